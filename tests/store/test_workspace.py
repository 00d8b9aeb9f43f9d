from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text
from store_records import make_reading

from workbench.errors import NewerStoreError, NotAWorkspaceError, StoreError
from workbench.store.database import StoreSettings
from workbench.store.readings import read_reading, save_reading
from workbench.store.workspace import Step, Workspace

HASTY = StoreSettings(busy_timeout_s=0.1)


def pragma(workspace: Workspace, name: str) -> object:
    with workspace.database.read() as session:
        return session.execute(text(f"PRAGMA {name}")).scalar()


def test_a_workspace_is_a_folder_with_these_parts(workspace: Workspace) -> None:
    assert sorted(path.name for path in workspace.root.iterdir() if path.is_dir()) == [
        "annotations", "corpora", "models", "objects", "reports",
    ]  # fmt: skip
    workspace.close()
    assert {path.name for path in workspace.root.iterdir() if path.is_file()} == {"workbench.db"}


def test_the_database_keeps_commits_and_its_references(workspace: Workspace) -> None:
    assert pragma(workspace, "journal_mode") == "wal"
    assert pragma(workspace, "synchronous") == 2  # FULL
    assert pragma(workspace, "foreign_keys") == 1
    assert pragma(workspace, "busy_timeout") == 60_000


def test_making_a_workspace_again_keeps_what_is_there(workspace: Workspace) -> None:
    save_reading(workspace, make_reading())
    with Workspace.create(workspace.root) as again:
        assert read_reading(again, make_reading().document.document_id) == make_reading()


def test_a_folder_without_a_database_is_no_workspace(tmp_path: Path) -> None:
    with pytest.raises(NotAWorkspaceError, match="Make one with: workbench init"):
        Workspace.open(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_file_can_not_become_a_workspace(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    with pytest.raises(StoreError, match="no workspace can be made here"):
        Workspace.create(tmp_path / "taken")


def test_a_newer_database_is_refused_and_not_touched(workspace: Workspace) -> None:
    path = workspace.database.path
    workspace.close()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    before = path.read_bytes()
    for use in (Workspace.open, Workspace.create):
        with pytest.raises(NewerStoreError, match=r"newer version \(schema 9999\)"):
            use(workspace.root)
    assert path.read_bytes() == before
    assert [p.name for p in workspace.root.iterdir() if p.is_file()] == ["workbench.db"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(b"", "only half written", id="empty"),
        pytest.param(b"%PDF-1.7 not a database" * 100, "is no database", id="another file"),
        pytest.param(b"SQLite format 3\0" + bytes(84), "workbench.db", id="header only"),
    ],
)
def test_what_is_no_database_is_named(workspace: Workspace, content: bytes, message: str) -> None:
    path = workspace.database.path
    workspace.close()
    path.write_bytes(content)
    with pytest.raises(StoreError, match=message) as caught:
        Workspace.open(workspace.root)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)
    assert path.read_bytes() == content


def test_a_database_cut_short_is_named(workspace: Workspace) -> None:
    path = workspace.database.path
    workspace.close()
    os.truncate(path, 3 * 4096)
    with pytest.raises(StoreError, match=r"is damaged\. Put back a backup"):
        Workspace.open(workspace.root)


def test_a_database_of_another_program_is_named(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "workbench.db")) as connection, connection:
        connection.execute("CREATE TABLE notes (note TEXT)")
    with pytest.raises(StoreError, match="half written"):
        Workspace.open(tmp_path)


def test_a_locked_database_is_named_after_the_wait(workspace: Workspace) -> None:
    with (
        closing(sqlite3.connect(workspace.database.path)) as other,
        Workspace.open(workspace.root, HASTY) as hasty,
    ):
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="is in use by another process"):
            save_reading(hasty, make_reading())
        other.execute("ROLLBACK")
        save_reading(hasty, make_reading())


def test_an_error_in_a_write_keeps_nothing_of_it(workspace: Workspace) -> None:
    step = Step(key="0" * 64, step="s", version="1", document_id="", output_hash="1" * 64)

    def write_half() -> None:
        with workspace.database.write() as session:
            session.execute(text("INSERT INTO seals (name, sha256) VALUES ('cases', 'x')"))
            raise RuntimeError("half way")

    with pytest.raises(RuntimeError, match="half way"):
        write_half()
    with workspace.database.read() as session:
        assert session.execute(text("SELECT count(*) FROM seals")).scalar() == 0
    workspace.record_steps([step])
    assert workspace.steps() == (step,)


def test_the_ledger_keeps_one_line_for_a_key(workspace: Workspace) -> None:
    old = Step(key="0" * 64, step="code", version="1", document_id="d", output_hash="1" * 64)
    new = Step(key="0" * 64, step="code", version="1", document_id="d", output_hash="2" * 64)
    first = Step(key="f" * 64, step="cases", version="1", document_id="", output_hash="3" * 64)
    workspace.record_steps([old])
    workspace.record_steps([new, first])
    assert workspace.steps() == (first, new)


CREATE = """
import sys
from pathlib import Path
from workbench.store.workspace import Step, Workspace
root, name = Path(sys.argv[1]), sys.argv[2]
sys.stdin.readline()  # start together
with Workspace.create(root) as workspace:
    workspace.record_steps(
        [Step(key=name, step="s", version="1", document_id="", output_hash="0")]
    )
"""


def test_processes_may_make_one_workspace_at_the_same_time(tmp_path: Path) -> None:
    root = tmp_path / "work"
    makers = [
        subprocess.Popen(
            [sys.executable, "-c", CREATE, str(root), f"maker-{i}"],
            stdin=subprocess.PIPE, text=True,
        )
        for i in range(4)
    ]  # fmt: skip
    for maker in makers:
        assert maker.stdin is not None
        maker.stdin.write("\n")
        maker.stdin.flush()
    for maker in makers:
        maker.communicate(timeout=60)
    assert [maker.returncode for maker in makers] == [0] * 4
    with Workspace.open(root) as workspace:
        assert {step.key for step in workspace.steps()} == {f"maker-{i}" for i in range(4)}
    assert [p.name for p in root.iterdir() if p.is_file()] == ["workbench.db"]


def test_what_a_killed_process_left_half_made_is_swept(workspace: Workspace) -> None:
    gone = subprocess.run(
        [sys.executable, "-c", "import sys, os; from workbench.store.objects import "
         "temporary_name as t; sys.stdout.write(t())"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    for suffix in ("", "-wal", "-shm"):
        (workspace.root / f"workbench.db.{gone}{suffix}").touch()
    (workspace.root / "objects" / "incoming").mkdir(exist_ok=True)
    (workspace.root / "objects" / "incoming" / gone).touch()
    with Workspace.open(workspace.root) as again:
        assert not list(again.root.rglob("*.tmp*"))


OPEN_AS_NOBODY = """
import os, sys
from pathlib import Path
from workbench.errors import StoreError
from workbench.store.workspace import Workspace
if os.getuid() == 0:
    os.setuid(65534)
for use in (Workspace.open, Workspace.create):
    try:
        use(Path(sys.argv[1])).close()
        print("no error")
    except StoreError as error:
        print(error)
"""


@pytest.mark.parametrize("closed", ["folder", "database", "both"])
def test_a_workspace_that_cannot_be_written_gives_one_line(closed: str) -> None:
    # Not tmp_path: its parents are closed to other users, and root may write anywhere.
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "work"
        Workspace.create(root).close()
        Path(folder).chmod(0o755)
        for path in (root, *root.iterdir()):
            path.chmod(0o777)
        if closed != "database":
            root.chmod(0o555)
        if closed != "folder":
            (root / "workbench.db").chmod(0o444)
        output = subprocess.run(
            [sys.executable, "-c", OPEN_AS_NOBODY, str(root)],
            capture_output=True, text=True, check=True,
        ).stdout.splitlines()  # fmt: skip
        named = root / "workbench.db" if closed == "database" else root
        expected = (
            f"{named}: cannot be written. Make it writable for you, or copy the workspace to a "
            "folder that is."
        )
        assert output == [expected, expected]
        root.chmod(0o777)


def test_a_folder_that_cannot_be_made_gives_one_line() -> None:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o555)
        output = subprocess.run(
            [sys.executable, "-c", OPEN_AS_NOBODY, f"{folder}/work"],
            capture_output=True, text=True, check=True,
        ).stdout.splitlines()  # fmt: skip
        assert output == [
            f"{folder}/work: is not a workspace. Make one with: workbench init {folder}/work",
            f"{folder}/work: no workspace can be made here (Permission denied). Choose a folder "
            "that you may write to.",
        ]

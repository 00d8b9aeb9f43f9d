"""Kills, full disks and many writers: what was acknowledged stays, and nothing is torn."""

from __future__ import annotations

import multiprocessing
import random
import resource
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest
from sqlalchemy import text
from store_records import document_id, make_reading

from workbench.errors import StoreError
from workbench.store.readings import read_reading, save_reading
from workbench.store.verify import verify
from workbench.store.workspace import Step, Workspace

#: Forked, because starting Python anew would take most of the time. Nothing is open meanwhile.
FORK = multiprocessing.get_context("fork")


def write_batches(root: Path, name: str, n_batches: int, said: Connection) -> None:
    """Write batches of five ledger lines; say each number once its commit has returned."""
    with Workspace.open(root) as workspace:
        for number in range(n_batches):
            output = workspace.objects.put(b"%d" % number)
            workspace.record_steps(
                Step(
                    key=f"{name}-{number}-{part}",
                    step="s",
                    version="1",
                    document_id=name,
                    output_hash=output,
                )
                for part in range(5)
            )
            said.send(number)


def start_writer(root: Path, name: str, n_batches: int) -> tuple[BaseProcess, Connection]:
    heard, said = FORK.Pipe(duplex=False)
    writer = FORK.Process(target=write_batches, args=(root, name, n_batches, said))
    writer.start()
    said.close()
    return writer, heard


def all_heard(heard: Connection) -> Iterator[int]:
    try:
        while True:
            yield heard.recv()
    except EOFError:
        return


def parts_by_batch(workspace: Workspace) -> Counter[str]:
    return Counter(step.key.rpartition("-")[0] for step in workspace.steps())


def integrity(path: Path) -> str:
    with closing(sqlite3.connect(path)) as connection:
        return str(connection.execute("PRAGMA integrity_check").fetchone()[0])


def test_writers_that_are_killed_lose_nothing_that_was_acknowledged(
    workspace: Workspace,
) -> None:
    workspace.close()
    acknowledged: set[str] = set()
    seconds = random.Random(0)
    for kill in range(20):
        writer, heard = start_writer(workspace.root, f"w{kill}", 1_000_000)
        said = [heard.recv()]  # it has begun
        time.sleep(seconds.uniform(0, 0.02))
        writer.kill()
        writer.join()
        said += all_heard(heard)
        acknowledged |= {f"w{kill}-{number}" for number in said}
        assert integrity(workspace.database.path) == "ok"
    with Workspace.open(workspace.root) as after:
        batches = parts_by_batch(after)
        assert acknowledged <= set(batches)
        assert set(batches.values()) == {5}  # no batch is torn
        assert len(acknowledged) >= 20
        assert verify(after) == []
        assert list((after.objects.folder / "incoming").iterdir()) == []


def test_eight_writers_at_the_same_time_lose_nothing(workspace: Workspace) -> None:
    workspace.close()
    started = [start_writer(workspace.root, f"w{i}", 12) for i in range(8)]
    said = [list(all_heard(heard)) for _, heard in started]
    for writer, _ in started:
        writer.join(timeout=120)
    assert [writer.exitcode for writer, _ in started] == [0] * 8
    assert said == [list(range(12))] * 8
    assert parts_by_batch(workspace) == {f"w{i}-{n}": 5 for i in range(8) for n in range(12)}
    assert verify(workspace) == []


def count_up(root: Path) -> None:
    """Read, then write what was read plus one: the pattern that a deferred BEGIN loses."""
    with Workspace.open(root) as workspace:
        for _ in range(15):
            with workspace.database.write() as session:
                count = session.execute(text("SELECT sha256 FROM seals")).scalar_one()
                session.execute(text("UPDATE seals SET sha256 = :n"), {"n": int(count) + 1})


def test_eight_writers_that_read_first_lose_no_update(workspace: Workspace) -> None:
    with workspace.database.write() as session:
        session.execute(text("INSERT INTO seals (name, sha256) VALUES ('counter', '0')"))
    workspace.close()
    writers = [FORK.Process(target=count_up, args=(workspace.root,)) for _ in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(timeout=120)
    assert [writer.exitcode for writer in writers] == [0] * 8
    with workspace.database.read() as session:
        assert session.execute(text("SELECT sha256 FROM seals")).scalar_one() == "120"


def test_a_reader_sees_one_state_while_others_write(workspace: Workspace) -> None:
    save_reading(workspace, make_reading())
    count = text("SELECT count(*) FROM segments")
    with workspace.database.read() as session:
        before = session.execute(count).scalar_one()
        with Workspace.open(workspace.root) as other:
            save_reading(other, make_reading("b"))
        assert session.execute(count).scalar_one() == before
    with workspace.database.read() as session:
        assert session.execute(count).scalar_one() == 2 * before


#: Stands in for a full disk: no file may grow beyond so many bytes.
FILL = """
import resource, sys
from dataclasses import replace
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from store_records import make_reading
from workbench.errors import StoreError
from workbench.store.readings import save_reading
from workbench.store.workspace import Workspace
with Workspace.open(Path(sys.argv[1])) as workspace:
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]),) * 2)
    for number in range(10_000):
        try:
            save_reading(workspace, make_reading(f"full-{number}"))
        except StoreError as error:
            print(error)
            break
        print(number)
"""


def test_a_full_disk_is_told_in_one_line_and_keeps_what_was_stored(workspace: Workspace) -> None:
    limit = 1_000_000
    output = subprocess.run(
        [sys.executable, "-c", FILL, str(workspace.root), str(Path(__file__).parent), str(limit)],
        capture_output=True, text=True, check=True,
    ).stdout.splitlines()  # fmt: skip
    *numbers, error = output
    assert numbers == [str(number) for number in range(len(numbers))]
    assert len(numbers) > 5
    assert "the disk is full or failing. Free space and run again" in error
    with Workspace.open(workspace.root) as after:
        assert verify(after) == []
        for number in numbers:
            assert read_reading(after, document_id(f"full-{number}"))
        save_reading(after, make_reading("after"))  # with space again
        assert read_reading(after, document_id("after")) == make_reading("after")


def test_an_object_that_does_not_fit_leaves_no_trace(workspace: Workspace) -> None:
    kept = workspace.objects.put(b"kept")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, hard))
    try:
        with pytest.raises(StoreError, match=r"cannot be written \(File too large\)"):
            workspace.objects.put(random.Random(0).randbytes(50_000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert list(workspace.objects.hashes()) == [kept]
    assert list((workspace.objects.folder / "incoming").iterdir()) == []


def test_a_batch_of_ledger_lines_is_kept_whole_or_not_at_all(workspace: Workspace) -> None:
    def breaking_off() -> Iterator[Step]:
        yield Step(key="k", step="s", version="1", document_id="", output_hash="0" * 64)
        raise RuntimeError("no more")

    with pytest.raises(RuntimeError, match="no more"):
        workspace.record_steps(breaking_off())
    assert workspace.steps() == ()

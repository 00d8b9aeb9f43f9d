from __future__ import annotations

import os
from pathlib import Path

import pytest
from sqlalchemy import text

from workbench.errors import InputError
from workbench.store.readings import read_documents
from workbench.store.sources import (
    FileChange,
    FileState,
    add_file,
    check_sources,
    read_sources,
    source_path,
)
from workbench.store.workspace import Workspace


def write(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def count(workspace: Workspace, table: str) -> int:
    with workspace.database.read() as session:
        return int(session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())


def states(workspace: Workspace) -> list[FileState]:
    return [checked.state for checked in check_sources(workspace)]


def test_a_file_in_the_workspace_is_known_by_its_path_there(workspace: Workspace) -> None:
    path = write(workspace.root / "corpora" / "own" / "a.pdf", b"abc")
    added = add_file(workspace, path)
    assert added.change is FileChange.NEW
    assert added.source.path == "corpora/own/a.pdf"
    assert added.source.document_id == (
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"  # FIPS 180-2, "abc"
    )
    assert read_sources(workspace) == (added.source,)
    assert source_path(workspace, added.source) == path


def test_a_file_elsewhere_is_known_by_its_whole_path(workspace: Workspace, tmp_path: Path) -> None:
    path = write(tmp_path / "a.pdf", b"abc")
    added = add_file(workspace, path)
    assert added.source.path == path.as_posix()
    assert source_path(workspace, added.source) == path


def test_one_path_written_in_two_ways_is_one_source(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(workspace.root / "corpora" / "a.pdf", b"abc")
    add_file(workspace, path)
    monkeypatch.chdir(workspace.root / "models")
    (tmp_path / "link").symlink_to(workspace.root)
    for other in (Path("../corpora/a.pdf"), tmp_path / "link" / "corpora" / "a.pdf"):
        assert add_file(workspace, other).change is FileChange.UNCHANGED
    assert count(workspace, "sources") == 1


def test_a_document_that_nobody_has_read_is_no_read_document(workspace: Workspace) -> None:
    add_file(workspace, write(workspace.root / "a.pdf", b"abc"))
    assert read_documents(workspace) == ()
    assert count(workspace, "documents") == 1


def test_two_files_with_one_content_are_one_document_with_two_sources(
    workspace: Workspace,
) -> None:
    first = add_file(workspace, write(workspace.root / "a.pdf", b"abc"))
    second = add_file(workspace, write(workspace.root / "b.pdf", b"abc"))
    assert second.change is FileChange.SAME_CONTENT
    assert second.source.document_id == first.source.document_id
    assert [source.path for source in read_sources(workspace)] == ["a.pdf", "b.pdf"]
    assert count(workspace, "documents") == 1


def test_other_content_under_a_known_path_supersedes_and_loses_nothing(
    workspace: Workspace,
) -> None:
    path = workspace.root / "a.pdf"
    first, second = (
        add_file(workspace, write(path, content)).source for content in (b"abc", b"abcd")
    )
    back = add_file(workspace, write(path, b"abc"))
    assert back.change is FileChange.REPLACED
    assert [source.document_id for source in read_sources(workspace)] == [first.document_id]
    every = read_sources(workspace, superseded=True)
    assert [(source.document_id, source.superseded) for source in every] == [
        (first.document_id, True), (second.document_id, True), (first.document_id, False),
    ]  # fmt: skip
    assert count(workspace, "documents") == 2


def test_adding_a_file_again_changes_nothing(workspace: Workspace) -> None:
    path = write(workspace.root / "a.pdf", b"abc")
    add_file(workspace, path)
    assert add_file(workspace, path).change is FileChange.UNCHANGED
    assert (count(workspace, "sources"), count(workspace, "documents")) == (1, 1)


def test_a_removed_file_is_missing_and_kept_in_mind(workspace: Workspace) -> None:
    path = write(workspace.root / "a.pdf", b"abc")
    add_file(workspace, path)
    assert states(workspace) == [FileState.PRESENT]
    path.unlink()
    assert states(workspace) == [FileState.MISSING]
    write(path, b"abc")
    assert states(workspace) == [FileState.PRESENT]


def test_a_file_with_other_content_has_changed_and_a_touched_one_has_not(
    workspace: Workspace,
) -> None:
    path = write(workspace.root / "a.pdf", b"abc")
    add_file(workspace, path)
    os.utime(path, ns=(1, 1))
    assert states(workspace) == [FileState.PRESENT]
    write(path, b"abd")
    assert states(workspace) == [FileState.CHANGED]
    add_file(workspace, path)
    assert states(workspace) == [FileState.PRESENT]


@pytest.mark.parametrize("name", ["nowhere.pdf", "a folder"])
def test_what_is_no_file_cannot_be_added(workspace: Workspace, name: str) -> None:
    (workspace.root / "a folder").mkdir()
    with pytest.raises(InputError, match=r"cannot be read .* Check the path"):
        add_file(workspace, workspace.root / name)
    assert count(workspace, "sources") == 0


@pytest.mark.parametrize("name", ["a'b\";--.pdf", "100% %41.pdf", "Ä \n tab\t.pdf", "🙂.pdf"])
def test_any_file_name_is_kept_as_it_is(workspace: Workspace, name: str) -> None:
    added = add_file(workspace, write(workspace.root / name, b"abc"))
    assert read_sources(workspace) == (added.source,)
    assert added.source.path == name


def test_a_name_that_is_no_unicode_is_refused_with_advice(workspace: Workspace) -> None:
    path = Path(os.fsdecode(os.fsencode(workspace.root) + b"/bad\xff.pdf"))
    with pytest.raises(InputError, match="not valid Unicode"):
        add_file(workspace, write(path, b"abc"))

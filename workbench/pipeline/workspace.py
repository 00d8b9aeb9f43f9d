"""Making a workspace, adding documents to it, and what stands in it."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from workbench.errors import InputError, NothingToDoError, StoreError
from workbench.pipeline.coders.annotations import add_missing_files
from workbench.pipeline.corrections import (
    CORRECTIONS,
    kind_of_file_name,
    read_corrections,
    values_for,
)
from workbench.pipeline.reading import DocumentTask
from workbench.store import sources
from workbench.store.sources import AddedFile, CheckedSource, FileState
from workbench.store.workspace import Workspace

#: The user's word on which files tell of one case: columns file_name, case.
LINKS = Path("corpora/cases.csv")
TITLE = Path("corpora/title.txt")


def create_workspace(path: Path, title: str = "") -> None:
    """Make a workspace with the shipped codebook; what is there already is kept.

    Raises:
        StoreError: The folder cannot be written, or is a file.
    """
    Workspace.create(path).close()
    try:
        add_missing_files(path)
        (path / LINKS).parent.mkdir(exist_ok=True)
        if not (path / LINKS).exists():
            (path / LINKS).write_text("file_name,case\n", encoding="utf-8")
        if title:
            (path / TITLE).write_text(title + "\n", encoding="utf-8")
    except OSError as error:
        raise StoreError(f"{path}: cannot be written ({error.strerror}).") from error


def require_workspace(path: Path) -> None:
    """Raise unless a folder holds a workspace.

    Raises:
        NotAWorkspaceError: There is none.
    """
    Workspace.open(path).close()


def corpus_title(root: Path) -> str:
    """What the corpus is called in reports: as given to ``init``, else the folder's name."""
    given = (root / TITLE).read_text(encoding="utf-8").strip() if (root / TITLE).exists() else ""
    return given or root.resolve().name


def add_documents(
    root: Path, paths: Sequence[Path], names: Sequence[str] | None = None
) -> Iterator[tuple[int, int, AddedFile | tuple[Path, str]]]:
    """Make PDFs known to a workspace; yields (done, total, what became of it) for each file.

    Folders are searched to their depths. The files stay where they are. A file that is no PDF
    but was named by itself is taken too: the run says what is wrong with it.

    Args:
        root: The workspace.
        paths: Files and folders.
        names: Take only the files with these names, given with or without ``.pdf``.

    Raises:
        NothingToDoError: There is no PDF in what was given.
        InputError: A path does not exist, or a wanted name is not there.
    """
    files = list(_files(paths, names))
    with Workspace.open(root) as workspace:
        for done, path in enumerate(files, start=1):
            try:
                yield done, len(files), sources.add_file(workspace, path)
            except InputError as error:
                yield done, len(files), (path, str(error))


def read_names(path: Path) -> list[str]:
    """The file names in a list, one a line; what follows a # is a remark.

    Raises:
        InputError: The list cannot be read.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read as text ({error}).") from error
    names = [line.partition("#")[0].strip() for line in lines]
    return [name for name in names if name]


def _files(paths: Iterable[Path], names: Sequence[str] | None) -> Iterator[Path]:
    found: dict[Path, None] = {}
    for path in paths:
        if not path.exists():
            raise InputError(f"{path}: does not exist. Give a PDF, or a folder that holds some.")
        if path.is_dir():
            inside = sorted(item for item in path.rglob("*") if item.suffix.lower() == ".pdf")
            found.update(dict.fromkeys(item for item in inside if item.is_file()))
        else:
            found[path] = None
    if names is not None:
        wanted = set(names)
        missing = wanted - {path.name for path in found} - {path.stem for path in found}
        if missing:
            raise InputError(f"not found in what was given: {', '.join(sorted(missing))}")
        found = {path: None for path in found if {path.name, path.stem} & wanted}
    if not found:
        raise NothingToDoError(
            f"{', '.join(map(str, paths))}: holds no PDF. Give a folder with files named *.pdf."
        )
    yield from found


def document_tasks(workspace: Workspace, *, paint: bool = True) -> list[DocumentTask]:
    """One task for each document whose file can be had, by document id.

    A file with new content is added anew. Of a file that is gone the stored reading is used.
    Each task carries the corrections that the user made for its file name.

    Raises:
        InputError: The file of corrections cannot be used, or names a file that is not there.
    """
    corrections = read_corrections(workspace.root)
    tasks: dict[str, DocumentTask] = {}
    names: dict[str, set[str]] = {}
    for checked in sources.check_sources(workspace):
        source = checked.source
        path = sources.source_path(workspace, source)
        if checked.state is FileState.CHANGED:
            source = sources.add_file(workspace, path).source
        names.setdefault(source.document_id, set()).add(path.name)
        task = DocumentTask(
            document_id=source.document_id,
            path=str(path),
            file_name=path.name,
            paint=paint,
            named_kind=kind_of_file_name(path.name),
        )
        if checked.state is FileState.MISSING:
            tasks.setdefault(source.document_id, task)
        elif source.document_id not in tasks or not Path(tasks[source.document_id].path).exists():
            tasks[source.document_id] = task
    unknown = {each.file_name for each in corrections} - set().union(*names.values())
    if unknown:
        raise InputError(
            f"{workspace.root / CORRECTIONS}: names files that are not in the workspace: "
            f"{', '.join(sorted(unknown))}. Add them, or take their lines out."
        )
    return [
        replace(tasks[key], corrections=values_for(corrections, names[key]))
        for key in sorted(tasks)
    ]


def missing_files(workspace: Workspace) -> tuple[CheckedSource, ...]:
    """The sources whose file is gone."""
    return tuple(
        checked
        for checked in sources.check_sources(workspace)
        if checked.state is FileState.MISSING
    )


def linked_cases(root: Path, file_names: Mapping[str, str]) -> dict[str, str]:
    """Document id -> case name, as the user wrote it in ``corpora/cases.csv``.

    Args:
        root: The workspace.
        file_names: Document id -> file name, of the documents there are.

    Raises:
        InputError: The file has other columns, or names a file that is not in the workspace.
    """
    path = root / LINKS
    if not path.exists():
        return {}
    ids = {name: document_id for document_id, name in file_names.items()}
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        if not {"file_name", "case"} <= set(reader.fieldnames or ()):
            raise InputError(f"{path}: needs the columns file_name and case.")
        rows = [(row["file_name"].strip(), row["case"].strip()) for row in reader]
    unknown = sorted(name for name, _ in rows if name not in ids)
    if unknown:
        raise InputError(
            f"{path}: names files that are not in the workspace: {', '.join(unknown)}. "
            "Add them, or take their lines out."
        )
    return {ids[name]: case for name, case in rows if case}

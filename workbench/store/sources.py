"""Which files a workspace knows, and whether they are still what they were."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from workbench.errors import InputError
from workbench.store.rows import add_rows, fetch, from_columns, to_columns
from workbench.store.schema.tables import DocumentRow, SourceRow
from workbench.store.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A path, and the document that it held when it was last looked at."""

    path: str  # relative to the workspace when it lies inside, else absolute; "/" between parts
    document_id: str
    size_bytes: int
    modified_ns: int  # of the file, since 1970
    superseded: bool = False  # the path holds another document by now


class FileChange(StrEnum):
    """What adding a file has changed."""

    NEW = "new"  # a document that was not known
    SAME_CONTENT = "same_content"  # a known document at another path: one document, two sources
    REPLACED = "replaced"  # a known path with other content: the old source is superseded
    UNCHANGED = "unchanged"


class FileState(StrEnum):
    """What has become of a file since it was added."""

    PRESENT = "present"
    MISSING = "missing"
    CHANGED = "changed"  # other content: add it again


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedFile:
    """The source of a file, and what adding it has changed."""

    source: Source
    change: FileChange


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedSource:
    """A source and the state of its file."""

    source: Source
    state: FileState


def add_file(workspace: Workspace, path: Path) -> AddedFile:
    """Make a file known by its content; the file itself stays where it is.

    Raises:
        InputError: The file cannot be read, or its name cannot be stored.
        StoreError: The workspace cannot be written.
    """
    found = _look_at(workspace, path)
    with workspace.database.write() as session:
        old = _in_use(session, found.path)
        if old is not None and old.document_id == found.document_id:
            session.execute(
                update(SourceRow)
                .where(SourceRow.path == found.path, ~SourceRow.superseded)
                .values(size_bytes=found.size_bytes, modified_ns=found.modified_ns)
            )
            return AddedFile(source=found, change=FileChange.UNCHANGED)
        if old is not None:
            session.execute(
                update(SourceRow)
                .where(SourceRow.path == found.path, ~SourceRow.superseded)
                .values(superseded=True)
            )
        known = session.get(DocumentRow, found.document_id) is not None
        if not known:
            add_rows(session, DocumentRow, [_unread(found.document_id, path.name)])
        add_rows(session, SourceRow, [to_columns(found)])
    if old is not None:
        return AddedFile(source=found, change=FileChange.REPLACED)
    return AddedFile(source=found, change=FileChange.SAME_CONTENT if known else FileChange.NEW)


def read_sources(workspace: Workspace, *, superseded: bool = False) -> tuple[Source, ...]:
    """The sources in use, by path; with ``superseded`` also those that were replaced."""
    query = select(*SourceRow.__table__.columns).order_by(SourceRow.path, SourceRow.source_key)
    if not superseded:
        query = query.where(~SourceRow.superseded)
    with workspace.database.read() as session:
        return tuple(from_columns(Source, row._mapping) for row in fetch(session, query))


def source_path(workspace: Workspace, source: Source) -> Path:
    """Where the file of a source is expected."""
    return workspace.root / source.path


def check_sources(workspace: Workspace) -> tuple[CheckedSource, ...]:
    """Every source in use and what has become of its file, by path.

    A file whose size and time are as recorded is taken to be unchanged; any other is read.
    """
    return tuple(
        CheckedSource(source=source, state=_state(workspace, source))
        for source in read_sources(workspace)
    )


def _state(workspace: Workspace, source: Source) -> FileState:
    path = source_path(workspace, source)
    try:
        status = path.stat()
        if (status.st_size, status.st_mtime_ns) == (source.size_bytes, source.modified_ns):
            return FileState.PRESENT
        same = _look_at(workspace, path).document_id == source.document_id
    except (OSError, InputError):
        return FileState.MISSING
    return FileState.PRESENT if same else FileState.CHANGED


def _look_at(workspace: Workspace, path: Path) -> Source:
    name = _stored_path(workspace, path)
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            status = os.fstat(file.fileno())
    except OSError as error:
        raise InputError(
            f"{path}: cannot be read ({error.strerror}). Check the path and its permissions."
        ) from error
    return Source(
        path=name,
        document_id=digest,
        size_bytes=status.st_size,
        modified_ns=status.st_mtime_ns,
    )


def _stored_path(workspace: Workspace, path: Path) -> str:
    absolute = path.parent.resolve() / path.name  # a link keeps its own name
    inside = absolute.is_relative_to(workspace.root)
    name = (absolute.relative_to(workspace.root) if inside else absolute).as_posix()
    try:
        name.encode()
    except UnicodeEncodeError as error:
        raise InputError(
            f"{name!a}: the name of the file is not valid Unicode. Rename it, then add it again."
        ) from error
    return name


def _in_use(session: Session, path: str) -> SourceRow | None:
    return session.scalars(
        select(SourceRow).where(SourceRow.path == path, ~SourceRow.superseded)
    ).one_or_none()


def _unread(document_id: str, file_name: str) -> dict[str, object]:
    return {
        "document_id": document_id,
        "file_name": file_name,
        "status": "",
        "n_pages": 0,
        "title": "",
        "review_type": "",
        "publisher": "",
        "producer": "",
        "warnings": [],
    }

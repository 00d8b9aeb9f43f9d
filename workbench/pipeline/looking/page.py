"""A page of a document drawn with what the machine saw on it."""

from __future__ import annotations

import tempfile
from pathlib import Path

from workbench.errors import InputError
from workbench.extract import render_pages
from workbench.pipeline.looking.stored import file_of, find_document, stored_extraction
from workbench.publish.page_view import PageView, write_page_view
from workbench.records import Document, DocumentStatus, FrozenText, Page, Segment
from workbench.store import readings
from workbench.store.workspace import Workspace

FOLDER = "pages"


def draw_page(root: Path, name: str, number: int, out: Path | None = None) -> Path:
    """The file with the drawing; by default ``pages/<file>-page-<number>.html`` in the workspace.

    Args:
        root: Of the workspace.
        name: Of the document: its id, its beginning, or a part of its file name.
        number: Of the page, from 1.
        out: The HTML file to write.

    Raises:
        InputError: No such document or page, or nothing of it was read.
    """
    with Workspace.open(root) as workspace:
        document = find_document(workspace, name)
        page = _page(workspace, document, number)
        frozen, segments = _text(workspace, document)
        view = PageView(
            file_name=document.file_name,
            page=number,
            n_pages=document.n_pages,
            width_pt=page.width_pt,
            height_pt=page.height_pt,
            source=page.source,
            image=_image(file_of(workspace, document.document_id), number),
            frozen=frozen,
            segments=segments,
            warnings=page.warnings,
        )
    target = out or root / FOLDER / f"{Path(document.file_name).stem}-page-{number}.html"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(write_page_view(view), encoding="utf-8")
    return target


def _page(workspace: Workspace, document: Document, number: int) -> Page:
    extraction = stored_extraction(workspace, document.document_id)
    pages = {page.number: page for page in extraction.pages} if extraction else {}
    if number not in pages:
        why = document.reason.text if document.reason else ""
        held = f"it has pages 1 to {max(pages)}" if pages else f"no page of it was read. {why}"
        raise InputError(f"{document.file_name}: there is no page {number}; {held}".rstrip())
    return pages[number]


def _text(
    workspace: Workspace, document: Document
) -> tuple[FrozenText | None, tuple[Segment, ...]]:
    if document.status is not DocumentStatus.OK:
        return None, ()
    reading = readings.read_reading(workspace, document.document_id)
    return reading.frozen, reading.segments


def _image(path: Path | None, number: int) -> bytes:
    """The page's PNG; b"" when the file is gone or the page cannot be painted."""
    if path is None:
        return b""
    with tempfile.TemporaryDirectory(prefix="workbench-") as folder:
        images = render_pages(path, [number], Path(folder))
        return images[number].read_bytes() if number in images else b""

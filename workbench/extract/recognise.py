"""The pages of a document that are pictures, read by text recognition."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from workbench.extract.head import PageRead, unread_page
from workbench.extract.jail import Task, TaskName, load_pages, run_child
from workbench.extract.ocr.continuity import mend_numbers
from workbench.extract.ocr.sizes import even_sizes
from workbench.extract.page.triage import is_garbled
from workbench.extract.reasons import ReasonNumber
from workbench.extract.settings import ExtractSettings
from workbench.records import Document, PageSource

_DEFAULTS = ExtractSettings()
_UNREAD = (PageSource.IMAGE_ONLY, PageSource.GARBLED)
_NOT_INSTALLED = "not recognised, because tesseract is not installed"


def find_tesseract(settings: ExtractSettings) -> str:
    """The path of the program, or "" when it is not installed or not wanted."""
    if not settings.ocr.is_on:
        return ""
    return shutil.which(settings.ocr.program or "tesseract") or ""


def could_read_more(document: Document, settings: ExtractSettings = _DEFAULTS) -> bool:
    """Whether text recognition was missing when a document was read, and is there now."""
    is_wanting = any(warning.endswith(_NOT_INSTALLED) for warning in document.warnings)
    return is_wanting and bool(find_tesseract(settings))


def unread_numbers(reads: Sequence[PageRead]) -> list[int]:
    """The pages (from 1) that are pictures or do not decode to words."""
    return [read.page.number for read in reads if read.page.source in _UNREAD]


def recognise_pages(
    pdf: BinaryIO, folder: Path, reads: Sequence[PageRead], settings: ExtractSettings
) -> list[PageRead]:
    """The pages of a document, those that are pictures recognised where that succeeds.

    A page that the recognition cannot read stays as it was, with a warning.
    """
    program = find_tesseract(settings)
    numbers = unread_numbers(reads)
    found = list(reads)
    if settings.ocr.is_on and not program:
        for number in numbers:
            found[number - 1] = _warned(found[number - 1], _NOT_INSTALLED)
    if not program or not numbers:
        return found
    document_id = reads[0].page.document_id
    left = numbers[: settings.ocr.max_pages]
    for attempt in range(1 + settings.max_restarts):
        target = folder / f"recognised-{attempt}"
        task = Task(
            name=TaskName.RECOGNISE, target=str(target), document_id=document_id,
            numbers=tuple(left), program=program, limits=settings,
        )  # fmt: skip
        why = run_child(task, pdf, settings.ocr.wall_s(len(left)))
        seen = _load(target, document_id, left, settings)
        for read in seen:
            index = read.page.number - 1
            found[index] = _joined(found[index], read, settings)
        left = left[len(seen) :]
        if why is None or not left:
            break
        failed = unread_page((document_id, left[0], ""), ReasonNumber.OCR_FAILED)
        found[left[0] - 1] = _joined(found[left[0] - 1], failed, settings)
        left = left[1:]
    pages = mend_numbers(even_sizes([read.page for read in found]))
    return [replace(read, page=page) for read, page in zip(found, pages, strict=True)]


def _load(
    target: Path, document_id: str, numbers: Sequence[int], settings: ExtractSettings
) -> list[PageRead]:
    try:
        return load_pages(target, document_id, numbers, settings)[1]
    except (ValueError, OSError):  # these pages stay pictures
        return []


def _joined(read: PageRead, seen: PageRead, settings: ExtractSettings) -> PageRead:
    """The page as it was read, with what was recognised on it."""
    page, picture = read.page, seen.page
    if seen.failure is not None:
        return replace(read, page=replace(page, warnings=page.warnings + picture.warnings))
    text = "".join(word.text for line in picture.lines for word in line.words)
    if not text or is_garbled(text, settings):  # the page shows no language, either
        return _warned(read, "no words were recognised")
    return replace(
        read,
        page=replace(
            picture,
            label=page.label,
            rotation_deg=page.rotation_deg,
            warnings=page.warnings + picture.warnings,
        ),
    )


def _warned(read: PageRead, warning: str) -> PageRead:
    return replace(read, page=replace(read.page, warnings=(*read.page.warnings, warning)))

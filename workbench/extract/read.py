"""A PDF file to a document and its pages; never an exception for what is in the file."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from workbench.extract import checks
from workbench.extract.head import Head
from workbench.extract.jail import run_child
from workbench.extract.reasons import ReasonNumber, reason
from workbench.extract.receiving import load_pages
from workbench.extract.settings import ExtractSettings
from workbench.records import Document, DocumentStatus, Page, PageSource, Reason, codec

_DEFAULTS = ExtractSettings()
_NOT_READ = "0" * 64  # the id of a file whose bytes could not be had


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """A document and, unless it is quarantined, all its pages."""

    document: Document
    pages: tuple[Page, ...] = ()


def read_document(pdf_path: Path, settings: ExtractSettings = _DEFAULTS) -> Extraction:
    """The document and pages of a file.

    Whatever the file holds, the document's status says how it ended: ``ok``, ``needs_ocr``
    (pages and a reason) or ``quarantined`` (a reason and no pages).
    """
    try:
        with pdf_path.open("rb") as pdf:
            return _read(pdf, pdf_path.name, settings)
    except OSError as error:
        found = reason(ReasonNumber.UNREADABLE, error.strerror or type(error).__name__)
        return _quarantined(_NOT_READ, pdf_path.name, found)


def _read(pdf: BinaryIO, file_name: str, settings: ExtractSettings) -> Extraction:
    import tempfile  # late: the child imports this package too, and starts faster without

    document_id = checks.sha256_of(pdf)
    refusal = checks.refusal_before_opening(pdf, os.fstat(pdf.fileno()).st_size, settings)
    if refusal is not None:
        return _quarantined(document_id, file_name, refusal)
    with tempfile.TemporaryDirectory(prefix="workbench-") as folder:
        target = Path(folder, "pages.jsonl")
        arguments = ["read", codec.dumps(settings).decode(), str(target), document_id]
        refusal = run_child(arguments, pdf, settings)
        if refusal is not None:
            return _quarantined(document_id, file_name, refusal)
        try:
            head, pages = load_pages(target, document_id, settings)
        except (ValueError, OSError) as error:
            refusal = reason(ReasonNumber.BAD_OUTPUT, str(error)[:200])
            return _quarantined(document_id, file_name, refusal)
    return _judged(document_id, file_name, head, pages, settings)


def _judged(
    document_id: str,
    file_name: str,
    head: Head,
    pages: tuple[Page, ...],
    settings: ExtractSettings,
) -> Extraction:
    status, why = _status(pages, settings)
    document = Document(
        document_id=document_id,
        file_name=file_name,
        status=status,
        reason=why,
        n_pages=len(pages),
        title=head.title,
        producer=head.producer,
        warnings=head.warnings + _warnings(pages),
    )
    return Extraction(document=document, pages=pages)


def _status(
    pages: Sequence[Page], settings: ExtractSettings
) -> tuple[DocumentStatus, Reason | None]:
    sources = Counter(page.source for page in pages)
    n_filled = len(pages) - sources[PageSource.EMPTY]
    if n_filled == 0:
        return DocumentStatus.NEEDS_OCR, reason(ReasonNumber.NO_WORDS)
    for source, number in (
        (PageSource.IMAGE_ONLY, ReasonNumber.IMAGE_ONLY),
        (PageSource.GARBLED, ReasonNumber.GARBLED),
    ):
        if sources[source] > settings.min_scan_page_share * n_filled:
            found = f"{sources[source]} of {len(pages)} pages"
            return DocumentStatus.NEEDS_OCR, reason(number, found)
    return DocumentStatus.OK, None


def _warnings(pages: Sequence[Page]) -> tuple[str, ...]:
    kinds = {
        PageSource.IMAGE_ONLY: "pictures without a text layer, not read",
        PageSource.GARBLED: "a text layer that does not decode to words",
        PageSource.FOREIGN_OCR: "text recognised by another program: expect misread words",
        PageSource.EMPTY: "no words",
    }
    numbers: dict[str, list[int]] = {}
    for source, meaning in kinds.items():
        numbers[meaning] = [page.number for page in pages if page.source is source]
    for page in pages:
        for text in page.warnings:
            numbers.setdefault(text, []).append(page.number)
    return tuple(f"page {ranges(found)}: {text}" for text, found in numbers.items() if found)


def ranges(numbers: Sequence[int]) -> str:
    """Page numbers for people: ``[1, 2, 3, 7]`` gives ``"1-3, 7"``."""
    parts: list[list[int]] = []
    for number in numbers:
        if parts and number == parts[-1][-1] + 1:
            parts[-1].append(number)
        else:
            parts.append([number])
    return ", ".join(f"{part[0]}-{part[-1]}" if part[1:] else str(part[0]) for part in parts)


def _quarantined(document_id: str, file_name: str, why: Reason) -> Extraction:
    return Extraction(
        document=Document(
            document_id=document_id,
            file_name=file_name,
            status=DocumentStatus.QUARANTINED,
            reason=why,
        )
    )

"""A PDF file to a document and its pages; never an exception for what is in the file."""

from __future__ import annotations

import os
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from workbench.extract import checks
from workbench.extract.judge import judge, page_warnings
from workbench.extract.mend import collect_mending
from workbench.extract.reasons import ReasonNumber, reason
from workbench.extract.recognise import find_tesseract, recognise_pages
from workbench.extract.second.opinion import with_second_opinion
from workbench.extract.settings import ExtractSettings
from workbench.records import Document, DocumentStatus, Page, Reason

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
    import tempfile  # late: command-line start-up

    document_id = checks.sha256_of(pdf)
    refusal = checks.refusal_before_opening(pdf, os.fstat(pdf.fileno()).st_size, settings)
    if refusal is not None:
        return _quarantined(document_id, file_name, refusal)
    with tempfile.TemporaryDirectory(prefix="workbench-") as name, ExitStack() as stack:
        folder = Path(name)
        found, readable = collect_mending(pdf, document_id, folder, settings, stack)
        reads = with_second_opinion(readable, folder, found.reads, settings)
        reads = recognise_pages(readable, folder, reads, settings)
    if found.head is None:
        refusal = found.why or reason(ReasonNumber.BAD_OUTPUT)
        return _quarantined(document_id, file_name, refusal)
    status, why = judge(reads, settings, has_tesseract=bool(find_tesseract(settings)))
    is_kept = status is not DocumentStatus.QUARANTINED
    document = Document(
        document_id=document_id,
        file_name=file_name,
        status=status,
        reason=why,
        n_pages=len(reads) if is_kept else 0,
        title=found.head.title,
        producer=found.head.producer,
        warnings=found.head.warnings + page_warnings(reads),
    )
    return Extraction(
        document=document, pages=tuple(read.page for read in reads) if is_kept else ()
    )


def _quarantined(document_id: str, file_name: str, why: Reason) -> Extraction:
    return Extraction(
        document=Document(
            document_id=document_id,
            file_name=file_name,
            status=DocumentStatus.QUARANTINED,
            reason=why,
        )
    )

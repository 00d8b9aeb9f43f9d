"""A PDF file to a document and its pages; never an exception for what is in the file."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from workbench.extract import checks
from workbench.extract.collect import collect_pages
from workbench.extract.judge import judge, page_warnings
from workbench.extract.reasons import ReasonNumber, reason
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
    with tempfile.TemporaryDirectory(prefix="workbench-") as folder:
        found = collect_pages(pdf, document_id, Path(folder), settings)
    if found.head is None:
        refusal = found.why or reason(ReasonNumber.BAD_OUTPUT)
        return _quarantined(document_id, file_name, refusal)
    status, why = judge(found.reads, settings)
    warnings = found.head.warnings + page_warnings(found.reads)
    is_kept = status is not DocumentStatus.QUARANTINED
    document = Document(
        document_id=document_id,
        file_name=file_name,
        status=status,
        reason=why,
        n_pages=len(found.reads) if is_kept else 0,
        title=found.head.title,
        producer=found.head.producer,
        warnings=warnings,
    )
    return Extraction(
        document=document, pages=tuple(read.page for read in found.reads) if is_kept else ()
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

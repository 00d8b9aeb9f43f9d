"""One opened document, page after page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from workbench.extract.head import Head
from workbench.extract.page.drawings import Drawings, read_drawings
from workbench.extract.page.frame import Frame
from workbench.extract.page.lines import build_lines
from workbench.extract.page.words import read_words
from workbench.extract.settings import ExtractSettings
from workbench.records import Page, PageSource, Word

_LETTERS = re.compile(r"[^\W\d_]+")
_NOT_TEXT = re.compile("[\ufffd\ue000-\uf8ff\x00-\x08]")


class PageTooDenseError(Exception):
    """A page holds more characters than any printed page."""


def read_head(pdf: pdfium.PdfDocument) -> Head:
    """The head of an opened file."""
    warnings = []
    if pdfium_c.FPDF_GetSecurityHandlerRevision(pdf) >= 0:
        permissions = pdfium_c.FPDF_GetDocPermissions(pdf)
        if not permissions & 0x10:
            warnings.append(
                "its publisher asks that text is not copied from it (a setting of the file): "
                "check that you may use it"
            )
    metadata = pdf.get_metadata_dict(skip_empty=True)
    return Head(
        n_pages=len(pdf),
        title=_clean(metadata.get("Title", "")),
        producer=_clean(metadata.get("Producer", "")),
        warnings=tuple(warnings),
    )


def read_pages(
    pdf: pdfium.PdfDocument, document_id: str, settings: ExtractSettings
) -> Iterator[Page]:
    """The pages of an opened file, in order; a page that cannot be read comes empty, warned.

    Raises:
        PageTooDenseError: A page holds more than ``max_page_chars`` characters.
    """
    for index in range(len(pdf)):
        label = _clean(pdf.get_page_label(index))
        try:
            page = pdf[index]
        except pdfium.PdfiumError:
            yield _unreadable(document_id, index + 1, label)
            continue
        yield _read_page(page, document_id, index + 1, label, settings)
        page.close()


def frame_of(page: pdfium.PdfPage) -> Frame:
    """The visible part of a page."""
    left, bottom, right, top = page.get_bbox()
    return Frame(
        left=left, bottom=bottom, right=right, top=top, rotation_deg=page.get_rotation() % 360
    )


def _read_page(
    page: pdfium.PdfPage, document_id: str, number: int, label: str, settings: ExtractSettings
) -> Page:
    frame = frame_of(page)
    text_page = page.get_textpage()
    n_chars = text_page.count_chars()
    if n_chars > settings.max_page_chars:
        raise PageTooDenseError(f"page {number} holds {n_chars:,} characters")
    words = read_words(text_page.raw, frame)
    text_page.close()
    drawings = read_drawings(page.raw, frame, settings.max_page_drawings)
    warnings = (
        () if drawings.is_complete else ("more drawings than are read: rules may be missing",)
    )
    return Page(
        document_id=document_id,
        number=number,
        label=label,
        width_pt=round(frame.width_pt, 2),
        height_pt=round(frame.height_pt, 2),
        rotation_deg=frame.rotation_deg,
        source=page_source(words, drawings, settings),
        lines=build_lines(words, drawings.edges),
        edges=tuple(drawings.edges),
        filled_boxes=tuple(drawings.filled_boxes),
        warnings=warnings,
    )


def page_source(words: list[Word], drawings: Drawings, settings: ExtractSettings) -> PageSource:
    """Where the words of a page come from."""
    n_chars = sum(len(word.text) for word in words)
    has_scan = drawings.image_share > settings.scan_min_image_share
    if n_chars < settings.scan_max_chars and has_scan:
        return PageSource.IMAGE_ONLY
    if not words:
        return PageSource.EMPTY
    text = " ".join(word.text for word in words)
    if len(_NOT_TEXT.findall(text)) > settings.garbled_min_share * n_chars:
        return PageSource.GARBLED
    invisible = 2 * drawings.n_invisible_texts > drawings.n_texts
    # A picture under visible text is a background; over it, or with unseen text, a scan.
    if has_scan and (invisible or drawings.image_is_last):
        return PageSource.FOREIGN_OCR
    return PageSource.TEXT


def _unreadable(document_id: str, number: int, label: str) -> Page:
    return Page(
        document_id=document_id, number=number, label=label, width_pt=0.0, height_pt=0.0,
        rotation_deg=0, source=PageSource.EMPTY, lines=(),
        warnings=("this page is damaged and could not be read",),
    )  # fmt: skip


def _clean(value: Any) -> str:  # noqa: ANN401 - from the file
    text = str(value).encode("utf-8", "replace").decode()
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())[:500]

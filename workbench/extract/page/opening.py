"""Opening a PDF from its bytes."""

from __future__ import annotations

import re
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from workbench.extract.checks import header_offset
from workbench.extract.reasons import ReasonNumber
from workbench.extract.settings import ExtractSettings

_REASONS = {
    pdfium_c.FPDF_ERR_PASSWORD: ReasonNumber.PASSWORD,
    pdfium_c.FPDF_ERR_SECURITY: ReasonNumber.ENCRYPTION_UNKNOWN,
}
_EMPTY_TREE = re.compile(rb"/Kids\s*\[\s*\]")
_ANY_PAGE = re.compile(rb"/Type\s*/Page\b")


class Opened(NamedTuple):
    """An opened document, and what had to be done to open it."""

    pdf: pdfium.PdfDocument
    repair: str = ""
    has_labels: bool = True  # whether its page labels may be asked for


def open_pdf(content: bytes, settings: ExtractSettings) -> Opened | ReasonNumber:
    """The opened document, or why it cannot be opened.

    When it cannot be opened as it is, what stands before its header is cut off: mail
    gateways and web servers put lines there.
    """
    try:
        return Opened(pdfium.PdfDocument(content))
    except pdfium.PdfiumError as error:
        refused = _REASONS.get(error.err_code, ReasonNumber.DAMAGED)
    offset = header_offset(content[: settings.header_window_bytes])
    if offset > 0:
        try:
            repair = f"damaged, and mended: {offset:,} bytes before its header were cut off"
            return Opened(pdfium.PdfDocument(content[offset:]), repair)
        except pdfium.PdfiumError as error:
            refused = _REASONS.get(error.err_code, ReasonNumber.DAMAGED)
    # PDFium calls a sound file without pages damaged, too.
    if refused is ReasonNumber.DAMAGED and _EMPTY_TREE.search(content):
        return refused if _ANY_PAGE.search(content) else ReasonNumber.NO_PAGES
    return refused

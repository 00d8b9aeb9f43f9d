"""Opening a PDF from its bytes."""

from __future__ import annotations

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from workbench.extract.checks import header_offset
from workbench.extract.reasons import ReasonNumber
from workbench.extract.settings import ExtractSettings

_REASONS = {
    pdfium_c.FPDF_ERR_PASSWORD: ReasonNumber.PASSWORD,
    pdfium_c.FPDF_ERR_SECURITY: ReasonNumber.ENCRYPTION_UNKNOWN,
}


def open_pdf(content: bytes, settings: ExtractSettings) -> pdfium.PdfDocument | ReasonNumber:
    """The opened document, or why it cannot be opened.

    When it cannot be opened as it is, what stands before its header is cut off: mail
    gateways and web servers put lines there.
    """
    try:
        return pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        refused = _REASONS.get(error.err_code, ReasonNumber.DAMAGED)
    offset = header_offset(content[: settings.header_window_bytes])
    if offset > 0:
        try:
            return pdfium.PdfDocument(content[offset:])
        except pdfium.PdfiumError as error:
            refused = _REASONS.get(error.err_code, ReasonNumber.DAMAGED)
    return refused

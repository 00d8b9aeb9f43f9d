"""PDFium's functions for single characters and objects, called the short way.

Checking typed pointers costs more than the call itself, and there are a few calls for every word
and every stroke. These take and give addresses as plain numbers (None for no object).
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

import pypdfium2.raw as pdfium_c

_AT, _INT = ctypes.c_void_p, ctypes.c_int


def _direct(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:  # noqa: ANN401
    address = ctypes.cast(function, ctypes.c_void_p).value
    return ctypes.PYFUNCTYPE(result, *arguments)(address or 0)


def address_of(pointer: Any) -> int:  # noqa: ANN401 - a typed pointer
    """The address that a typed pointer holds."""
    return ctypes.cast(pointer, ctypes.c_void_p).value or 0


# Of characters: page of text, index ...
loose_box = _direct(pdfium_c.FPDFText_GetLooseCharBox, _INT, _AT, _INT, _AT)
text_object = _direct(pdfium_c.FPDFText_GetTextObject, _AT, _AT, _INT)
font_size = _direct(pdfium_c.FPDFText_GetFontSize, ctypes.c_double, _AT, _INT)
char_matrix = _direct(pdfium_c.FPDFText_GetMatrix, _INT, _AT, _INT, _AT)
char_origin = _direct(pdfium_c.FPDFText_GetCharOrigin, _INT, _AT, _INT, _AT, _AT)
font_of = _direct(pdfium_c.FPDFTextObj_GetFont, _AT, _AT)

# Of what is drawn: page, form or object, index ...
count_objects = _direct(pdfium_c.FPDFPage_CountObjects, _INT, _AT)
page_object = _direct(pdfium_c.FPDFPage_GetObject, _AT, _AT, _INT)
count_form_objects = _direct(pdfium_c.FPDFFormObj_CountObjects, _INT, _AT)
form_object = _direct(pdfium_c.FPDFFormObj_GetObject, _AT, _AT, ctypes.c_ulong)
kind_of = _direct(pdfium_c.FPDFPageObj_GetType, _INT, _AT)
matrix_of = _direct(pdfium_c.FPDFPageObj_GetMatrix, _INT, _AT, _AT)
bounds_of = _direct(pdfium_c.FPDFPageObj_GetBounds, _INT, _AT, _AT, _AT, _AT, _AT)
fill_colour = _direct(pdfium_c.FPDFPageObj_GetFillColor, _INT, _AT, _AT, _AT, _AT, _AT)
stroke_colour = _direct(pdfium_c.FPDFPageObj_GetStrokeColor, _INT, _AT, _AT, _AT, _AT, _AT)
render_mode = _direct(pdfium_c.FPDFTextObj_GetTextRenderMode, _INT, _AT)
draw_mode = _direct(pdfium_c.FPDFPath_GetDrawMode, _INT, _AT, _AT, _AT)
count_segments = _direct(pdfium_c.FPDFPath_CountSegments, _INT, _AT)
path_segment = _direct(pdfium_c.FPDFPath_GetPathSegment, _AT, _AT, _INT)
segment_kind = _direct(pdfium_c.FPDFPathSegment_GetType, _INT, _AT)
segment_point = _direct(pdfium_c.FPDFPathSegment_GetPoint, _INT, _AT, _AT, _AT)
segment_closes = _direct(pdfium_c.FPDFPathSegment_GetClose, _INT, _AT)

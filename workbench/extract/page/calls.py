"""PDFium's functions for single characters and objects, called the short way.

Checking and converting pointers costs more than the call itself, and there are a few calls for
every word and every stroke. So these declare no arguments: an address must be made into an
argument once, by ``argument``, and may then be passed many times; a plain number is taken for a
C int and must be an index. They give addresses as plain numbers (None for no object).
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

import pypdfium2.raw as pdfium_c

_AT, _INT = ctypes.c_void_p, ctypes.c_int


#: An address (None for none) as the functions below take it.
argument: Callable[[int | None], Any] = ctypes.c_void_p.from_param


def _direct(function: Any, result: Any) -> Callable[..., Any]:  # noqa: ANN401
    address = ctypes.cast(function, ctypes.c_void_p).value
    return ctypes.PYFUNCTYPE(result)(address or 0)


def address_of(pointer: Any) -> int:  # noqa: ANN401 - a typed pointer
    """The address that a typed pointer holds."""
    return ctypes.cast(pointer, ctypes.c_void_p).value or 0


class Places:
    """Memory that PDFium fills: ``values`` to read, ``at`` with an argument for each value.

    One that belongs to a module is safe, since PDFium may be called by one thread only.
    """

    def __init__(self, kind: Any, n_values: int) -> None:  # noqa: ANN401 - a type of ctypes
        self.values = (kind * n_values)()
        start, size = ctypes.addressof(self.values), ctypes.sizeof(kind)
        self.at = tuple(argument(start + size * index) for index in range(n_values))


# Of characters: page of text, index ...
loose_box = _direct(pdfium_c.FPDFText_GetLooseCharBox, _INT)
text_object = _direct(pdfium_c.FPDFText_GetTextObject, _AT)
font_size = _direct(pdfium_c.FPDFText_GetFontSize, ctypes.c_double)
char_matrix = _direct(pdfium_c.FPDFText_GetMatrix, _INT)
char_origin = _direct(pdfium_c.FPDFText_GetCharOrigin, _INT)
font_of = _direct(pdfium_c.FPDFTextObj_GetFont, _AT)

# Marks that a writer gives to its objects: object, mark, index ...
count_marks = _direct(pdfium_c.FPDFPageObj_CountMarks, _INT)
mark_of = _direct(pdfium_c.FPDFPageObj_GetMark, _AT)
mark_name = _direct(pdfium_c.FPDFPageObjMark_GetName, _INT)

# Of what is drawn: page, form or object, index ...
count_objects = _direct(pdfium_c.FPDFPage_CountObjects, _INT)
page_object = _direct(pdfium_c.FPDFPage_GetObject, _AT)
count_form_objects = _direct(pdfium_c.FPDFFormObj_CountObjects, _INT)
form_object = _direct(pdfium_c.FPDFFormObj_GetObject, _AT)
kind_of = _direct(pdfium_c.FPDFPageObj_GetType, _INT)
matrix_of = _direct(pdfium_c.FPDFPageObj_GetMatrix, _INT)
bounds_of = _direct(pdfium_c.FPDFPageObj_GetBounds, _INT)
fill_colour = _direct(pdfium_c.FPDFPageObj_GetFillColor, _INT)
stroke_colour = _direct(pdfium_c.FPDFPageObj_GetStrokeColor, _INT)
render_mode = _direct(pdfium_c.FPDFTextObj_GetTextRenderMode, _INT)
draw_mode = _direct(pdfium_c.FPDFPath_GetDrawMode, _INT)
count_segments = _direct(pdfium_c.FPDFPath_CountSegments, _INT)
path_segment = _direct(pdfium_c.FPDFPath_GetPathSegment, _AT)
segment_kind = _direct(pdfium_c.FPDFPathSegment_GetType, _INT)
segment_point = _direct(pdfium_c.FPDFPathSegment_GetPoint, _INT)
segment_closes = _direct(pdfium_c.FPDFPathSegment_GetClose, _INT)

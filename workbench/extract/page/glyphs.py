"""What PDFium knows of single characters, with as few calls as can be."""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Callable
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium_c

from workbench.extract.page.frame import Frame

#: x0, top, x1, bottom in display space
GlyphBox = tuple[float, float, float, float]

_BOLD = re.compile(rb"bold|black|heavy|semibold|demi", re.IGNORECASE)
_FONT_NAME_BYTES = 128
# Shares of the size between which the ascent and descent of a font are believed; LibreOffice,
# for one, writes fonts that have the ascent of the one glyph used and no descent.
_ASCENTS, _DESCENTS = (0.65, 1.2), (0.1, 0.4)
_USUAL_ASCENT, _USUAL_DESCENT = 0.9, 0.22
_MAX_TILT_DEG = 3  # text that leans less is level


def _direct(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:  # noqa: ANN401
    """The same function, taking addresses for pointers.

    Checking typed pointers costs more than the call itself, and there are a few calls a word.
    """
    address = ctypes.cast(function, ctypes.c_void_p).value
    return ctypes.PYFUNCTYPE(result, *arguments)(address or 0)


_POINTER, _INDEX = ctypes.c_void_p, ctypes.c_int
_loose_box = _direct(pdfium_c.FPDFText_GetLooseCharBox, ctypes.c_int, _POINTER, _INDEX, _POINTER)
_text_object = _direct(pdfium_c.FPDFText_GetTextObject, _POINTER, _POINTER, _INDEX)
_font_size = _direct(pdfium_c.FPDFText_GetFontSize, ctypes.c_double, _POINTER, _INDEX)
_matrix = _direct(pdfium_c.FPDFText_GetMatrix, ctypes.c_int, _POINTER, _INDEX, _POINTER)
_origin = _direct(
    pdfium_c.FPDFText_GetCharOrigin, ctypes.c_int, _POINTER, _INDEX, _POINTER, _POINTER
)
_font = _direct(pdfium_c.FPDFTextObj_GetFont, _POINTER, _POINTER)


class Font(NamedTuple):
    """What all text in one font has in common; shares of the size."""

    bold: bool
    ascent: float
    descent: float


class Style(NamedTuple):
    """How one drawn string is set, in display space."""

    string: int  # tells the drawn strings of the page apart
    size_pt: float
    bold: bool
    is_level: bool
    top: float  # of the line box; for level text only
    bottom: float


class Glyphs:
    """The characters of one page: their text, boxes, sizes and fonts.

    ``text`` has one Python character for each character index of PDFium; ``box(index)`` is
    the box of one character in display space: exact from left to right (its advance width),
    but as high as its font claims to be. The height to be believed is in ``style(index)``.
    """

    def __init__(self, text_page: Any, frame: Frame) -> None:  # noqa: ANN401 - a C pointer
        self.raw = text_page
        self._address = ctypes.cast(text_page, ctypes.c_void_p).value
        self._frame = frame
        self._to_display = frame.to_display()
        self._styles: dict[int, Style] = {}
        self._fonts: dict[int, Font] = {}
        self.text = _text_by_character(text_page)
        self.box = self._box_reader()

    def _box_reader(self) -> Callable[[int], GlyphBox]:
        rect = pdfium_c.FS_RECTF()
        call, page, target, to_display = (
            _loose_box, self._address, ctypes.addressof(rect), self._to_display,
        )  # fmt: skip
        left, top = self._frame.left, self._frame.top

        def box(index: int) -> GlyphBox:
            call(page, index, target)
            return to_display(rect.left, rect.bottom, rect.right, rect.top)

        def upright_box(index: int) -> GlyphBox:
            call(page, index, target)
            return (rect.left - left, top - rect.top, rect.right - left, top - rect.bottom)

        return box if self._frame.rotation_deg else upright_box

    def style(self, index: int) -> Style:
        """How the string that holds this character is set."""
        string = _text_object(self._address, index) or 0
        style = self._styles.get(string)
        if style is None:
            style = self._styles[string] = self._read_style(string, index)
        return style

    def _read_style(self, string: int, index: int) -> Style:
        # The nominal size leaves out what the text matrix does, and many writers set "1 Tf"
        # and let the matrix scale.
        matrix = pdfium_c.FS_MATRIX()
        found = _matrix(self._address, index, ctypes.addressof(matrix))
        scale = math.hypot(matrix.c, matrix.d) if found else 1.0
        size = round(abs(_font_size(self._address, index)) * scale, 2)
        tilt = self._frame.rotation_deg - math.degrees(math.atan2(matrix.b, matrix.a))
        is_level = not found or abs((tilt + 180) % 360 - 180) < _MAX_TILT_DEG
        x, y = ctypes.c_double(), ctypes.c_double()
        _origin(self._address, index, ctypes.addressof(x), ctypes.addressof(y))
        baseline = self._to_display(x.value, y.value, x.value, y.value)[1]
        font = self._font(string)
        top, bottom = baseline - font.ascent * size, baseline + font.descent * size
        return Style(string, size, font.bold, is_level, round(top, 2), round(bottom, 2))

    def _font(self, string: int) -> Font:
        address = _font(string) if string else None
        if not address:
            return Font(False, _USUAL_ASCENT, _USUAL_DESCENT)
        if address not in self._fonts:
            self._fonts[address] = _read_font(address)
        return self._fonts[address]

    def is_generated(self, index: int) -> bool:
        """Whether PDFium added this character (a space or a line end) by its own judgement."""
        return bool(pdfium_c.FPDFText_IsGenerated(self.raw, index) == 1)


def _read_font(address: int) -> Font:
    font = ctypes.cast(address, pdfium_c.FPDF_FONT)
    name = ctypes.create_string_buffer(_FONT_NAME_BYTES)
    pdfium_c.FPDFFont_GetBaseFontName(font, name, _FONT_NAME_BYTES)
    height = ctypes.c_float()
    pdfium_c.FPDFFont_GetAscent(font, 1.0, ctypes.byref(height))
    ascent = height.value
    pdfium_c.FPDFFont_GetDescent(font, 1.0, ctypes.byref(height))
    descent = -height.value
    if not (_ASCENTS[0] <= ascent <= _ASCENTS[1] and _DESCENTS[0] <= descent <= _DESCENTS[1]):
        ascent, descent = _USUAL_ASCENT, _USUAL_DESCENT
    return Font(bool(_BOLD.search(name.value)), ascent, descent)


def _text_by_character(text_page: object) -> str:
    """The page's text with exactly one code point for each character index."""
    n_chars = pdfium_c.FPDFText_CountChars(text_page)
    if n_chars <= 0:
        return ""
    buffer = (ctypes.c_ushort * (n_chars + 1))()
    n_written = pdfium_c.FPDFText_GetText(text_page, 0, n_chars, buffer)
    text = bytes(buffer)[: 2 * n_chars].decode("utf-16-le", "replace")
    # Text indices are not character indices where a character needs two UTF-16 units or
    # has no text (pypdfium2 issue 261): then each character is asked for by itself.
    if n_written == n_chars + 1 and len(text) == n_chars and "\0" not in text:
        return text
    codes = (pdfium_c.FPDFText_GetUnicode(text_page, index) for index in range(n_chars))
    return "".join(chr(code) if code < 0x110000 else "\ufffd" for code in codes)

"""What PDFium knows of single characters, with as few calls as can be."""

from __future__ import annotations

import ctypes
import math
import re
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium_c

from workbench.extract.page import calls
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
_NEAR, _MAX_ADVANCE = 0.15, 1.5  # shares of the size


_ARTIFACT = "Artifact\0".encode("utf-16-le")
_MAX_MARKS = 8
_MARK_NAME = calls.Places(ctypes.c_ushort, len(_ARTIFACT) // 2)
_MARK_LENGTH = calls.Places(ctypes.c_ulong, 1)


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
    top: float  # of the line box, to 0.01; for level text only
    bottom: float
    near: float  # neighbours on one baseline with a smaller gap are one word
    advance: float  # a word that is wider than this for each of its glyphs has a hole in it


#: What strings of one font, size and matrix have in common: size, bold, is level, how far the
#: line box reaches over and under the baseline, near, advance
_Setting = tuple[float, bool, bool, float, float, float, float]


class Glyphs:
    """The characters of one page: their text, boxes, sizes and fonts.

    ``text`` has one Python character for each character index of PDFium; ``box(index)`` is
    the box of one character in display space: exact from left to right (its advance width),
    but as high as its font claims to be. The height to be believed is in ``style(index)``.
    """

    def __init__(self, text_page: Any, frame: Frame) -> None:  # noqa: ANN401 - a C pointer
        self.raw = text_page
        self.page = calls.argument(calls.address_of(text_page))
        self.is_upright, self.left = frame.rotation_deg == 0, frame.left
        self.rect = pdfium_c.FS_RECTF()
        self.styles: dict[int, Style] = {}  # by string
        self._rotation_deg, self._to_display = frame.rotation_deg, frame.to_display()
        self._settings: dict[tuple[float, ...], _Setting] = {}
        self._fonts: dict[int, Font] = {}
        self._artifacts: dict[int, bool] = {}  # by string
        self._matrix = pdfium_c.FS_MATRIX()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        places = map(ctypes.addressof, (self.rect, self._matrix, self._x, self._y))
        self.rect_at, *self._style_at = map(calls.argument, places)
        self.text = _text_by_character(text_page)

    def box(self, index: int) -> GlyphBox:
        """The box of one character."""
        rect = self.rect
        calls.loose_box(self.page, index, self.rect_at)
        return self._to_display(rect.left, rect.bottom, rect.right, rect.top)

    def style(self, index: int) -> Style:
        """How the string that holds this character is set."""
        string = calls.text_object(self.page, index) or 0
        style = self.styles.get(string)
        if style is None:
            style = self.styles[string] = self._read_style(string, index)
        return style

    def is_artifact(self, string: int) -> bool:
        """Whether its writer marked a drawn string as no part of the text: a head, a foot."""
        found = self._artifacts.get(string)
        if found is None:
            found = self._artifacts[string] = bool(string) and _is_artifact(string)
        return found

    def _read_style(self, string: int, index: int) -> Style:
        matrix, (matrix_at, x_at, y_at) = self._matrix, self._style_at
        found = calls.char_matrix(self.page, index, matrix_at)
        font = (calls.font_of(calls.argument(string)) if string else None) or 0
        size = calls.font_size(self.page, index)
        key = (font, size, matrix.a, matrix.b, matrix.c, matrix.d) if found else (font, size)
        setting = self._settings.get(key)
        if setting is None:
            setting = self._settings[key] = self._read_setting(*key)
        calls.char_origin(self.page, index, x_at, y_at)
        x, y = self._x.value, self._y.value
        baseline = self._to_display(x, y, x, y)[1]
        size, bold, is_level, over, under, near, advance = setting
        top, bottom = round(baseline - over, 2), round(baseline + under, 2)
        return Style(string, size, bold, is_level, top, bottom, near, advance)

    def _read_setting(self, font: int, nominal_size: float, *matrix: float) -> _Setting:
        # The nominal size leaves out what the text matrix does, and many writers set "1 Tf"
        # and let the matrix scale.
        a, b, c, d = matrix or (1.0, 0.0, 0.0, 1.0)
        size = round(abs(nominal_size) * math.hypot(c, d), 2)
        tilt = self._rotation_deg - math.degrees(math.atan2(b, a))
        is_level = not matrix or abs((tilt + 180) % 360 - 180) < _MAX_TILT_DEG
        if font not in self._fonts:
            usual = Font(False, _USUAL_ASCENT, _USUAL_DESCENT)
            self._fonts[font] = _read_font(font) if font else usual
        bold, ascent, descent = self._fonts[font]
        return (
            size, bold, is_level, ascent * size, descent * size, _NEAR * size, _MAX_ADVANCE * size,
        )  # fmt: skip

    def is_generated(self, index: int) -> bool:
        """Whether PDFium added this character (a space or a line end) by its own judgement."""
        return bool(pdfium_c.FPDFText_IsGenerated(self.raw, index) == 1)


def _is_artifact(string: int) -> bool:
    at = calls.argument(string)
    name, length = _MARK_NAME, _MARK_LENGTH
    for index in range(min(calls.count_marks(at), _MAX_MARKS)):
        mark = calls.argument(calls.mark_of(at, index))
        if (
            calls.mark_name(mark, name.at[0], len(_ARTIFACT), length.at[0])
            and length.values[0] == len(_ARTIFACT)
            and bytes(name.values) == _ARTIFACT
        ):
            return True
    return False


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

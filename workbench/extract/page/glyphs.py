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
#: A line box higher or lower than this (share of the size) comes from wrong font metrics.
_MIN_HEIGHT, _MAX_HEIGHT = 0.7, 1.6
_ASCENT, _DESCENT = 0.92, 0.24  # of the box that replaces it


def _direct(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:  # noqa: ANN401
    """The same function, taking addresses for pointers.

    Checking typed pointers costs more than the call itself, and there are a few calls a word.
    """
    address = ctypes.cast(function, ctypes.c_void_p).value
    return ctypes.PYFUNCTYPE(result, *arguments)(address or 0)


_PAGE, _INDEX = ctypes.c_void_p, ctypes.c_int
_loose_box = _direct(
    pdfium_c.FPDFText_GetLooseCharBox, ctypes.c_int, _PAGE, _INDEX, ctypes.c_void_p
)
_text_object = _direct(pdfium_c.FPDFText_GetTextObject, ctypes.c_void_p, _PAGE, _INDEX)
_font_size = _direct(pdfium_c.FPDFText_GetFontSize, ctypes.c_double, _PAGE, _INDEX)


class Style(NamedTuple):
    """How the characters of one text object are set."""

    size_pt: float  # as displayed
    bold: bool
    has_odd_height: bool  # the font's ascent and descent cannot be right


class Glyphs:
    """The characters of one page: their text, boxes, sizes and fonts.

    ``text`` has one Python character for each character index of PDFium; ``box(index)`` is
    the line box of one character (advance width by ascent and descent) in display space.
    """

    def __init__(self, text_page: Any, frame: Frame) -> None:  # noqa: ANN401 - a C pointer
        self.raw = text_page
        self._address = ctypes.cast(text_page, ctypes.c_void_p).value
        self._frame = frame
        self._name = ctypes.create_string_buffer(_FONT_NAME_BYTES)
        self._styles: dict[int, Style] = {}
        self._scales: dict[tuple[float, int], float] = {}
        self._bolds: dict[bytes, bool] = {}
        self.text = _text_by_character(text_page)
        self.box = self._box_reader()

    def _box_reader(self) -> Callable[[int], GlyphBox]:
        rect = pdfium_c.FS_RECTF()
        call, page, target, to_display = (
            _loose_box, self._address, ctypes.addressof(rect), self._frame.to_display(),
        )  # fmt: skip
        left, top = self._frame.left, self._frame.top

        def box(index: int) -> GlyphBox:
            call(page, index, target)
            return to_display(rect.left, rect.bottom, rect.right, rect.top)

        def upright_box(index: int) -> GlyphBox:
            call(page, index, target)
            return (rect.left - left, top - rect.top, rect.right - left, top - rect.bottom)

        return box if self._frame.rotation_deg else upright_box

    def text_object(self, index: int) -> int:
        """What tells the text objects of the page apart; 0 for a generated character."""
        return _text_object(self._address, index) or 0

    def style(self, index: int, height_pt: float) -> Style:
        """The style of a character whose line box has this height."""
        text_object = _text_object(self._address, index)
        style = self._styles.get(text_object)
        if style is None:
            size = self._size_pt(index, height_pt)
            odd = not _MIN_HEIGHT * size <= height_pt <= _MAX_HEIGHT * size
            style = self._styles[text_object] = Style(size, self._is_bold(index), odd)
        return style

    def _size_pt(self, index: int, height_pt: float) -> float:
        # The nominal size leaves out what the text matrix does, and many writers set "1 Tf"
        # and let the matrix scale. One nominal size with one height has one scale.
        nominal: float = abs(_font_size(self._address, index))
        key = (nominal, round(height_pt * 20))
        scale = self._scales.get(key)
        if scale is None:
            matrix = pdfium_c.FS_MATRIX()
            found = pdfium_c.FPDFText_GetMatrix(self.raw, index, ctypes.byref(matrix))
            scale = math.hypot(matrix.c, matrix.d) if found else 1.0
            self._scales[key] = scale
        return round(nominal * scale, 2)

    def _is_bold(self, index: int) -> bool:
        n_bytes = pdfium_c.FPDFText_GetFontInfo(self.raw, index, self._name, _FONT_NAME_BYTES, None)
        if not 1 < n_bytes <= _FONT_NAME_BYTES:
            return False
        name = self._name.value
        if name not in self._bolds:
            self._bolds[name] = bool(_BOLD.search(name))
        return self._bolds[name]

    def angle_deg(self, index: int) -> int:
        """Direction of the text as displayed: 0 for level, clockwise, 0-359."""
        angle = pdfium_c.FPDFText_GetCharAngle(self.raw, index)
        return round(self._frame.rotation_deg - math.degrees(angle)) % 360 if angle >= 0 else 0

    def is_generated(self, index: int) -> bool:
        """Whether PDFium added this character (a space or a line end) by its own judgement."""
        return bool(pdfium_c.FPDFText_IsGenerated(self.raw, index) == 1)

    def baseline(self, index: int) -> float | None:
        """Where the baseline of level text lies in display space."""
        x, y = ctypes.c_double(), ctypes.c_double()
        if not pdfium_c.FPDFText_GetCharOrigin(self.raw, index, ctypes.byref(x), ctypes.byref(y)):
            return None
        return self._frame.to_display()(x.value, y.value, x.value, y.value)[1]

    def levelled(self, box: GlyphBox, index: int, size_pt: float) -> GlyphBox:
        """The box with a height by the size, where the font's own metrics are implausible."""
        baseline = self.baseline(index)
        if baseline is None or size_pt <= 0:
            return box
        return (box[0], baseline - _ASCENT * size_pt, box[2], baseline + _DESCENT * size_pt)


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

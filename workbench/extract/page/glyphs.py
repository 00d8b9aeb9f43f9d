"""What PDFium knows of single characters, with as few calls as can be."""

from __future__ import annotations

import ctypes
import math
import re

import pypdfium2.raw as pdfium_c

from workbench.extract.page.frame import Frame

#: x0, top, x1, bottom in display space
GlyphBox = tuple[float, float, float, float]

_BOLD = re.compile(rb"bold|black|heavy|semibold|demi", re.IGNORECASE)
_FONT_NAME_BYTES = 128
#: A line box higher or lower than this (share of the size) comes from wrong font metrics.
_PLAUSIBLE_HEIGHT = (0.7, 1.6)
_ASCENT, _DESCENT = 0.92, 0.24  # of the box that replaces it


class Glyphs:
    """The characters of one page: their text, boxes, sizes and fonts.

    ``text`` has one Python character for each character index of PDFium.
    """

    def __init__(self, text_page: object, frame: Frame) -> None:
        self._raw = text_page
        self._to_display = frame.to_display()
        self._rect = pdfium_c.FS_RECTF()
        self._rect_ref = ctypes.byref(self._rect)
        self._name = ctypes.create_string_buffer(_FONT_NAME_BYTES)
        self._turn_rad = math.radians(frame.rotation_deg)
        self._sizes: dict[tuple[float, int], float] = {}
        self._bolds: dict[bytes, bool] = {}
        self.text = _text_by_character(text_page)

    def box(self, index: int) -> GlyphBox:
        """The line box of one character: advance width by ascent and descent."""
        rect = self._rect
        pdfium_c.FPDFText_GetLooseCharBox(self._raw, index, self._rect_ref)
        return self._to_display(rect.left, rect.bottom, rect.right, rect.top)

    def size_pt(self, index: int, height_pt: float) -> float:
        """The size as displayed; the height of the line box tells same from same."""
        nominal = pdfium_c.FPDFText_GetFontSize(self._raw, index)
        key = (nominal, round(height_pt * 20))
        size = self._sizes.get(key)
        if size is None:
            # The nominal size leaves out what the text matrix does; many writers set
            # "1 Tf" and let the matrix scale.
            matrix = pdfium_c.FS_MATRIX()
            found = pdfium_c.FPDFText_GetMatrix(self._raw, index, ctypes.byref(matrix))
            scale = math.hypot(matrix.c, matrix.d) if found else 1.0
            size = self._sizes[key] = round(abs(nominal) * (scale or 1.0), 2)
        return size

    def bold(self, index: int) -> bool:
        """Whether the font's name says that it is bold."""
        n_bytes = pdfium_c.FPDFText_GetFontInfo(
            self._raw, index, self._name, _FONT_NAME_BYTES, None
        )
        if not 1 < n_bytes <= _FONT_NAME_BYTES:
            return False
        name = self._name.value
        bold = self._bolds.get(name)
        if bold is None:
            bold = self._bolds[name] = bool(_BOLD.search(name))
        return bold

    def angle_deg(self, index: int) -> int:
        """Direction of the text as displayed: 0 for level, clockwise, 0-359."""
        angle = pdfium_c.FPDFText_GetCharAngle(self._raw, index)
        return round(math.degrees(self._turn_rad - angle)) % 360 if angle >= 0 else 0

    def is_generated(self, index: int) -> bool:
        """Whether PDFium added this character (a space or a line end) by its own judgement."""
        return bool(pdfium_c.FPDFText_IsGenerated(self._raw, index) == 1)

    def levelled(self, box: GlyphBox, index: int, size_pt: float) -> GlyphBox:
        """The box, with a height by the size where the font's own metrics are implausible."""
        low, high = (share * size_pt for share in _PLAUSIBLE_HEIGHT)
        if low <= box[3] - box[1] <= high or not size_pt:
            return box
        x, y = ctypes.c_double(), ctypes.c_double()
        if not pdfium_c.FPDFText_GetCharOrigin(self._raw, index, ctypes.byref(x), ctypes.byref(y)):
            return box
        baseline = self._to_display(x.value, y.value, x.value, y.value)[1]
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

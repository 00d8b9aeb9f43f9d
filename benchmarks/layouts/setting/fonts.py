"""Fonts that are there wherever the project is installed, and the advance of their glyphs."""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

#: Family -> regular, bold, italic, bold italic.
FAMILIES = {
    "helvetica": ("Helvetica", "Helvetica-Bold", "Helvetica-Oblique", "Helvetica-BoldOblique"),
    "times": ("Times-Roman", "Times-Bold", "Times-Italic", "Times-BoldItalic"),
    "sans": ("DejaVuSans", "DejaVuSans-Bold", "DejaVuSans-Oblique", "DejaVuSans-BoldOblique"),
    "serif": ("DejaVuSerif", "DejaVuSerif-Bold", "DejaVuSerif-Italic", "DejaVuSerif-BoldItalic"),
    "stix": ("STIXGeneral", "STIXGeneralBol", "STIXGeneralItalic", "STIXGeneralBolIta"),
}
STYLES = ("r", "b", "i", "bi")
EMBEDDED = ("sans", "serif", "stix")
#: Common pairs, in thousandths of the size; about what text faces have.
KERNING = {
    "AV": -70, "VA": -70, "AW": -55, "WA": -55, "AT": -75, "TA": -75, "AY": -85, "To": -70,
    "Tr": -35, "Te": -70, "Ta": -70, "Tu": -35, "Wa": -40, "We": -30, "Wo": -30, "Yo": -80,
    "Ye": -70, "Ve": -50, "Vo": -50, "P.": -110, "P,": -110, "F.": -80, "r.": -45, "r,": -45,
    "y.": -55, "y,": -55, "w.": -50, "v.": -55, "LT": -70, "Ly": -40, "av": -15, "ov": -12,
    "rt": 10, "fo": -10, "ke": -12, "1.": -15, "11": -55, "’s": -25, "“A": -60, "T.": -80,
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """How a run of text is drawn."""

    family: str
    style: str
    size: float  # points
    color: str = "#000000"
    kerned: bool = False
    tracking: float = 0.0  # points between glyphs
    ligatures: bool = False
    small_caps: bool = False

    @property
    def font(self) -> str:
        """The name that the canvas knows the font by."""
        return FAMILIES[self.family][STYLES.index(self.style)]


def font_path(name: str) -> Path:
    """The file of an embedded font, which comes with matplotlib."""
    spec = importlib.util.find_spec("matplotlib")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("matplotlib, whose fonts the generator uses, is not installed")
    return Path(spec.origin).parent / "mpl-data" / "fonts" / "ttf" / f"{name}.ttf"


@cache
def register_fonts() -> None:
    """Make the embedded fonts known to the canvas, once."""
    for family in EMBEDDED:
        for name in FAMILIES[family]:
            pdfmetrics.registerFont(TTFont(name, str(font_path(name))))


def drawn(text: str, face: Face) -> str:
    """The signs that are drawn for a text: with ligatures where the face has them."""
    if not face.ligatures or face.family not in EMBEDDED:
        return text
    return text.replace("fi", "\ufb01").replace("fl", "\ufb02")


@lru_cache(maxsize=100_000)
def glyph_offsets(text: str, face: Face) -> tuple[tuple[float, ...], float]:
    """The offset of each drawn glyph from the start of the run, and the width of the run."""
    register_fonts()
    offsets: list[float] = []
    at = 0.0
    signs = drawn(text, face)
    for place, sign in enumerate(signs):
        offsets.append(at)
        at += pdfmetrics.stringWidth(sign, face.font, face.size)
        pair = signs[place : place + 2]
        if len(pair) == 2:
            at += face.tracking + (KERNING.get(pair, 0) * face.size / 1000 if face.kerned else 0)
    return tuple(offsets), at


def width_of(text: str, face: Face) -> float:
    """The width of a run in points."""
    return glyph_offsets(text, face)[1]


@cache
def rise_and_drop(font: str) -> tuple[float, float]:
    """How far the line box goes over and under the baseline, as shares of the size."""
    register_fonts()
    ascent, descent = pdfmetrics.getAscentDescent(font, 1.0)
    return float(ascent), float(-descent)


VOWELS = frozenset("aeiouy")


def hyphen_points(word: str) -> list[int]:
    """Where a word may be broken: between two consonants that stand between vowels.

    Digraphs stay whole; a hyphen in the word is its only place to break.
    """
    letters = word.lower()
    points = []
    for at in range(3, len(word) - 3):
        left, right = letters[at - 1], letters[at]
        if not (letters[at - 2 : at + 2].isalpha() and letters.isascii()):
            continue
        between = left not in VOWELS and right not in VOWELS
        vowels = letters[at - 2] in VOWELS and letters[at + 1] in VOWELS
        if between and vowels and left + right not in {"th", "sh", "ch", "ph", "ck", "gh", "wh"}:
            points.append(at)
    return points

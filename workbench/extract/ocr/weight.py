"""Which recognised lines are bold: their strokes are thicker than those of most of the page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from workbench.extract.ocr.straighten import Gray, dark_level
from workbench.extract.ocr.tesseract import Seen

_MIN_LETTERS = 4  # fewer say nothing
_MIN_THICKER = 1.2  # times as thick as the page's usual strokes, for its size


class _Stroke(NamedTuple):
    thickness: float  # mean run of ink along a row, as a share of the size of type
    n_letters: int


def bold_lines(words: Sequence[Seen], gray: Gray) -> frozenset[int]:
    """The lines (``Seen.line``) that are bold."""
    level = dark_level(gray)
    strokes: dict[int, _Stroke] = {}
    for line in {word.line for word in words}:
        measured = _measured([word for word in words if word.line == line], gray, level)
        if measured is not None:
            strokes[line] = measured
    if not strokes:
        return frozenset()
    usual = _weighted_median(list(strokes.values()))
    return frozenset(
        line for line, stroke in strokes.items() if stroke.thickness > _MIN_THICKER * usual
    )


def _measured(words: Sequence[Seen], gray: Gray, level: int) -> _Stroke | None:
    n_letters = sum(char.isalpha() for word in words for char in word.text)
    if n_letters < _MIN_LETTERS:
        return None
    n_dark = n_runs = 0
    for word in words:
        rows = slice(max(0, round(word.baseline - 0.8 * word.size)), round(word.baseline) + 1)
        dark = gray[rows, round(word.x0) : round(word.x1)] < level
        n_dark += int(dark.sum())
        n_runs += int((dark[:, 1:] & ~dark[:, :-1]).sum() + dark[:, :1].sum())
    size = max(word.size for word in words)
    return _Stroke(n_dark / n_runs / size, n_letters) if n_runs else None


def _weighted_median(strokes: list[_Stroke]) -> float:
    half, seen = sum(stroke.n_letters for stroke in strokes) / 2, 0
    for stroke in sorted(strokes):
        seen += stroke.n_letters
        if seen >= half:
            return stroke.thickness
    return strokes[-1].thickness

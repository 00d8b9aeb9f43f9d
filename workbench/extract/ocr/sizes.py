"""Sizes of type of recognised lines, evened out over a document.

The height of one line in a scan is measured to a pixel or two, so that lines of one paragraph
would differ by a tenth. The lines of a document are set in a few sizes; each takes the nearest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from workbench.records import Line, Page, PageSource, Word

_REACH = 0.06  # sizes that differ by less, as a share, are one
_STEP_PT = 0.1
_ASCENT, _DESCENT = 0.9, 0.22  # of the line box, as for other words


def even_sizes(pages: Sequence[Page]) -> tuple[Page, ...]:
    """The pages, with the sizes of their recognised words evened out."""
    n_chars: Counter[int] = Counter()
    for page in pages:
        if page.source is PageSource.OCR:
            for line in page.lines:
                for word in line.words:
                    n_chars[_steps(word.size_pt)] += len(word.text)
    sizes = _levels(n_chars)
    return tuple(
        replace(page, lines=tuple(_evened(line, sizes) for line in page.lines))
        if page.source is PageSource.OCR
        else page
        for page in pages
    )


def _levels(n_chars: Counter[int]) -> dict[int, float]:
    """For each measured size (in steps) the size that it stands for, in points."""
    left, levels = Counter(n_chars), {}
    while left:
        centre = max(left, key=lambda size: (sum(left[near] for near in _near(left, size)), size))
        members = _near(left, centre)
        middle = _weighted_median({size: left[size] for size in members})
        for size in members:
            levels[size] = round(middle * _STEP_PT, 1)
            del left[size]
    return levels


def _near(sizes: Counter[int], centre: int) -> list[int]:
    return sorted(size for size in sizes if abs(size - centre) <= _REACH * centre)


def _weighted_median(weights: dict[int, int]) -> int:
    half, seen = sum(weights.values()) / 2, 0
    for size in sorted(weights):
        seen += weights[size]
        if seen >= half:
            return size
    return max(weights)


def _steps(size_pt: float) -> int:
    return round(size_pt / _STEP_PT)


def _evened(line: Line, sizes: dict[int, float]) -> Line:
    words = tuple(_resized(word, sizes[_steps(word.size_pt)]) for word in line.words)
    return replace(
        line,
        words=words,
        top=min(word.top for word in words),
        bottom=max(word.bottom for word in words),
        size_pt=sizes[_steps(line.size_pt)],
    )


def _resized(word: Word, size_pt: float) -> Word:
    baseline = word.bottom - _DESCENT * word.size_pt
    return word._replace(
        top=round(baseline - _ASCENT * size_pt, 2),
        bottom=round(baseline + _DESCENT * size_pt, 2),
        size_pt=size_pt,
    )

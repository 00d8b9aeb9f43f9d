"""Ruled lines and black bars of a scanned page: what tables and redactions are made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from workbench.extract.ocr.straighten import Gray, dark_level

if TYPE_CHECKING:
    from PIL import Image

Mask = NDArray[np.bool_]

_MIN_LENGTH_IN = 0.3  # no stroke of a letter is as long
_MAX_GAP_IN = 0.01  # noise may break a rule
_MAX_THICKNESS_IN = 0.04  # thicker is no rule
_MIN_BAR_IN = 0.07  # lower than this is no bar
_MAX_BAR_IN = 0.8  # higher is a picture
_NEAR_PX = 3
_MIN_ERASED_IN = 0.8  # no letter is as long
_WHITE = 255
_MAX_RAGGED_IN = 0.06  # how far the ends of a bar's rows may differ


class Stroke(NamedTuple):
    """A dark rectangle without holes, in pixels; ends are excluded."""

    x0: int
    top: int
    x1: int
    bottom: int


def find_strokes(gray: Gray, resolution_dpi: float) -> tuple[list[Stroke], list[Stroke]]:
    """The rules and the bars of a straightened page."""
    dark = gray < dark_level(gray)
    level = list(_stacks(_runs(dark, resolution_dpi)))
    upright = [_swapped(stroke) for stroke, _ in _stacks(_runs(dark.T, resolution_dpi))]
    rules = [stroke for stroke, _ in level if _is_thin(stroke, resolution_dpi)]
    rules += [stroke for stroke in upright if _is_thin(_swapped(stroke), resolution_dpi)]
    bars = [stroke for stroke, ragged in level if _is_bar(stroke, ragged, resolution_dpi)]
    return _without_pieces(rules), bars


def without_rules(image: Image.Image, rules: Sequence[Stroke], dpi: float) -> Image.Image:
    """The picture with its long rules painted over: beside words they are read as letters."""
    from PIL import Image as Pictures

    pixels = np.array(image)
    for x0, top, x1, bottom in rules:
        if max(x1 - x0, bottom - top) >= _MIN_ERASED_IN * dpi:
            rows = slice(max(0, top - _NEAR_PX), bottom + _NEAR_PX)
            pixels[rows, max(0, x0 - _NEAR_PX) : x1 + _NEAR_PX] = _WHITE
    return Pictures.fromarray(pixels)


def _without_pieces(rules: Sequence[Stroke]) -> list[Stroke]:
    """Without what is a piece of a longer rule."""
    kept: list[Stroke] = []
    for rule in sorted(rules, key=lambda rule: rule.top - rule.bottom + rule.x0 - rule.x1):
        if not any(_holds(other, rule) for other in kept):
            kept.append(rule)
    return sorted(kept)


def _holds(rule: Stroke, piece: Stroke) -> bool:
    return (
        rule.x0 - _NEAR_PX <= piece.x0
        and piece.x1 <= rule.x1 + _NEAR_PX
        and rule.top - _NEAR_PX <= piece.top
        and piece.bottom <= rule.bottom + _NEAR_PX
    )


def _runs(dark: Mask, dpi: float) -> Iterator[tuple[int, int, int]]:
    """Row, start and end of each long run of ink, row by row."""
    padded = np.zeros((dark.shape[0], dark.shape[1] + 2), dtype=np.int8)
    padded[:, 1:-1] = dark
    change = np.diff(padded, axis=1)
    rows, starts = np.nonzero(change == 1)
    _, ends = np.nonzero(change == -1)
    if not len(rows):
        return
    # Runs of one row with a small gap between them are one.
    new = np.ones(len(rows), dtype=bool)
    new[1:] = (rows[1:] != rows[:-1]) | (starts[1:] - ends[:-1] > max(1, _MAX_GAP_IN * dpi))
    first = np.flatnonzero(new)
    last = np.append(first[1:], len(rows)) - 1
    rows, starts, ends = rows[first], starts[first], ends[last]
    is_long = ends - starts >= _MIN_LENGTH_IN * dpi
    yield from zip(
        rows[is_long].tolist(), starts[is_long].tolist(), ends[is_long].tolist(), strict=True
    )


def _stacks(runs: Iterable[tuple[int, int, int]]) -> Iterator[tuple[Stroke, int]]:
    """Runs that lie on each other, and how far their ends differ at most."""
    open_stacks: list[list[tuple[int, int, int]]] = []
    for run in runs:
        row, start, end = run
        for stack in [stack for stack in open_stacks if stack[-1][0] < row - 2]:
            open_stacks.remove(stack)
            yield _stack(stack)
        for stack in open_stacks:
            # A rule that leans by a pixel goes on in the next row, end to end.
            if any(start <= other[2] + 2 and other[1] <= end + 2 for other in stack[-3:]):
                stack.append(run)
                break
        else:
            open_stacks.append([run])
    yield from map(_stack, open_stacks)


def _stack(runs: list[tuple[int, int, int]]) -> tuple[Stroke, int]:
    rows, starts, ends = zip(*runs, strict=True)
    middle_starts, middle_ends = sorted(starts), sorted(ends)
    trim = len(runs) // 10
    ragged = max(
        middle_starts[-1 - trim] - middle_starts[trim], middle_ends[-1 - trim] - middle_ends[trim]
    )
    return Stroke(min(starts), rows[0], max(ends), rows[-1] + 1), ragged


def _is_thin(stroke: Stroke, dpi: float) -> bool:
    return stroke.bottom - stroke.top <= max(2, _MAX_THICKNESS_IN * dpi)


def _is_bar(stroke: Stroke, ragged: int, dpi: float) -> bool:
    height = stroke.bottom - stroke.top
    return _MIN_BAR_IN * dpi <= height <= _MAX_BAR_IN * dpi and ragged <= _MAX_RAGGED_IN * dpi


def _swapped(stroke: Stroke) -> Stroke:
    return Stroke(stroke.top, stroke.x0, stroke.bottom, stroke.x1)

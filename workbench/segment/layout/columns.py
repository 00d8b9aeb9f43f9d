"""Reading order: columns of prose by their gutter, and one line for each baseline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from workbench.segment.layout.lines import TextLine, line_of, rows
from workbench.segment.settings import SegmentSettings

FEWEST_LINES = 6  # on either side before a gutter is believed
EVENNESS = 0.4  # lines of the emptier side for each line of the fuller
GUTTER_PT = 6.0
HOUSE_SHARE = 0.3  # of the pages that must have a gutter before the others may have it


class Band(NamedTuple):
    """A stretch of a page read from top to bottom, with its left and right limits."""

    left: float
    right: float
    lines: list[TextLine]
    is_column: bool = False  # one of several beside each other


def house_gutter(pages: Sequence[Sequence[TextLine]], settings: SegmentSettings) -> float | None:
    """The gutter that most pages with words have, None where the pages are not in columns."""
    found = [
        gutter
        for lines in pages
        if len(lines) >= 2 * FEWEST_LINES and (gutter := _page_gutter(lines, settings)) is not None
    ]
    counts = Counter(round(gutter) for gutter in found)
    if not found:
        return None
    best = max(counts, key=lambda x: (sum(counts[x + d] for d in range(-4, 5)), -x))
    votes = sum(counts[best + d] for d in range(-4, 5))
    return float(best) if votes > HOUSE_SHARE * sum(1 for lines in pages if lines) else None


def _page_gutter(lines: Sequence[TextLine], settings: SegmentSettings) -> float | None:
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    return _gutter(lines, left, right, settings)


def _keeps_free(lines: Sequence[TextLine], gutter: float) -> bool:
    """Whether few lines run over a gutter and both sides of it hold some."""
    crossing = sum(line.x0 < gutter < line.x1 for line in lines)
    sides = [sum(line.x1 <= gutter for line in lines), sum(line.x0 >= gutter for line in lines)]
    return min(sides) > 0 and crossing <= 0.2 * len(lines)


def prose_columns(
    lines: Sequence[TextLine], settings: SegmentSettings, house: float | None = None
) -> list[Band]:
    """The columns of prose on a page, in reading order; one band when there are none.

    A gutter is believed where at least six lines on both of its sides stand at the same
    heights and fill their width: pieces of a table or numbers beside paragraphs do not. The
    gutter of the house (the document's usual one) is believed where few lines cross it.
    """
    if not lines:
        return []
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    gutter = _gutter(lines, left, right, settings)
    if gutter is None and house is not None and _keeps_free(lines, house):
        gutter = house
    if gutter is None:
        return [Band(left, right, list(lines))]
    bands: list[Band] = []
    parted = [part for line in lines for part in _cut_at(line, gutter)]
    for crossing, group in _stretches(rows(parted), gutter):
        flat = [line for row in group for line in row]
        if crossing:
            bands.append(Band(left, right, flat))
            continue
        sides = (
            (gutter - GUTTER_PT, [line for line in flat if line.x1 <= gutter]),
            (right, [line for line in flat if line.x1 > gutter]),
        )
        for edge, side in sides:
            bands.extend(
                band if band.is_column else band._replace(right=edge, is_column=True)
                for band in prose_columns(side, settings)
            )
    return bands


def _gutter(
    lines: Sequence[TextLine], left: float, right: float, settings: SegmentSettings
) -> float | None:
    starts = Counter(round(line.x0) for line in lines)
    middle = (left + right) / 2
    for start in sorted(starts, key=lambda x: abs(x - middle)):
        gutter = start - GUTTER_PT / 2
        if starts[start] + starts[start - 1] + starts[start + 1] < FEWEST_LINES:
            continue
        sides = (
            [line for line in lines if line.x1 <= gutter],
            [line for line in lines if line.x0 >= gutter],
        )
        if _beside(*sides) and all(_is_filled(side, settings.column_fill_share) for side in sides):
            return _leftmost(lines, left, gutter)
    return None


def _leftmost(lines: Sequence[TextLine], left: float, gutter: float) -> float:
    """The gutter moved to where the left column ends, so that numbers hang right of it."""
    ends = sorted(line.x1 for line in lines if line.x0 < (left + gutter) / 2 and line.x1 <= gutter)
    return min(gutter, ends[-1 - len(ends) // 50] + 3.0)


def _beside(left: Sequence[TextLine], right: Sequence[TextLine]) -> bool:
    """Whether both sides hold enough lines, and about as many, at the same heights."""
    if min(len(left), len(right)) < FEWEST_LINES:
        return False
    top = max(min(line.top for line in left), min(line.top for line in right))
    bottom = min(max(line.bottom for line in left), max(line.bottom for line in right))
    beside = sorted(sum(top <= ln.middle <= bottom for ln in side) for side in (left, right))
    return beside[0] >= FEWEST_LINES and beside[0] >= EVENNESS * beside[1]


def _is_filled(column: Sequence[TextLine], share: float) -> bool:
    """Whether most lines run over nearly all of their column, as prose does."""
    width = max(line.x1 for line in column) - min(line.x0 for line in column)
    full = sum(line.x1 - line.x0 >= share * width for line in column)
    return width >= 80 and full >= 0.6 * len(column)


def _cut_at(line: TextLine, gutter: float) -> list[TextLine]:
    """The line in two where white space between its words holds the gutter."""
    for position, (left, right) in enumerate(pairwise(line.words), start=1):
        if left.x1 <= gutter <= right.x0 and right.x0 - left.x1 > right.size_pt:
            return [
                line_of(line.page, line.words[:position]),
                line_of(line.page, line.words[position:]),
            ]
    return [line]


def _stretches(
    printed: Sequence[list[TextLine]], gutter: float
) -> list[tuple[bool, list[list[TextLine]]]]:
    """Rows in runs that cross the gutter or keep it free."""
    runs: list[tuple[bool, list[list[TextLine]]]] = []
    for row in printed:
        crossing = any(line.x0 < gutter < line.x1 for line in row)
        if runs and runs[-1][0] == crossing:
            runs[-1][1].append(row)
        else:
            runs.append((crossing, [row]))
    return runs

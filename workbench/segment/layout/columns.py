"""Reading order: columns of prose by their gutter, and one line for each baseline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from workbench.segment.layout.lines import TextLine, line_of, rows
from workbench.segment.settings import SegmentSettings
from workbench.segment.tables.ruled import Rule

FEWEST_LINES = 6  # on either side before a gutter is believed
EVENNESS = 0.4  # lines of the emptier side for each line of the fuller
GUTTER_PT = 6.0
FILLED = 0.7  # of the length of all lines of a column that lines of (nearly) its width have
BAND_RULES, BAND_PT = 3, 200.0  # rules of a table over the columns; between two of them
LATER_COLUMN_PT = 40.0  # right of a rule's start stands no first column
HOUSE_SHARE = 0.3  # of the pages that must have a gutter before the others may have it


class Band(NamedTuple):
    """A stretch of a page read from top to bottom, with its left and right limits."""

    left: float
    right: float
    lines: list[TextLine]
    is_column: bool = False  # one of several beside each other


class Span(NamedTuple):
    """From where to where rules of one width follow each other, and how wide they are."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, line: TextLine) -> bool:
        """Whether a line stands between the rules."""
        inside = self.left - 3 <= line.x0 and line.x1 <= self.right + 3
        return inside and self.top < line.middle < self.bottom

    def crosses(self, x: float) -> bool:
        """Whether the rules run over a place on both sides of it."""
        return self.left < x - GUTTER_PT and x + GUTTER_PT < self.right


def rule_spans(rules: Sequence[Rule], lines: Sequence[TextLine]) -> list[Span]:
    """Where at least three rules of one width frame rows of several cells, as in a table.

    What only one of the outermost rules parts from the rows (notes above the rule of the
    foot) is none of the table.
    """
    groups: list[list[Rule]] = []
    for rule in rules:  # from the top
        for group in groups:
            near = abs(group[-1].start - rule.start) <= 3 and abs(group[-1].end - rule.end) <= 3
            if near and rule.at - group[-1].at <= BAND_PT:
                group.append(rule)
                break
        else:
            groups.append([rule])
    found = []
    for group in groups:
        gaps = [
            Span(upper.start, upper.at, upper.end, lower.at) for upper, lower in pairwise(group)
        ]
        held = [i for i, gap in enumerate(gaps) if _has_cells(gap, lines)]
        if held and held[-1] - held[0] + 2 >= BAND_RULES:
            found.append(gaps[held[0]]._replace(bottom=gaps[held[-1]].bottom))
    return found


def _has_cells(gap: Span, lines: Sequence[TextLine]) -> bool:
    """Whether rows between two rules have several pieces, or stand in a later column alone."""
    inside = [line for line in lines if gap.holds(line)]
    later = [line for line in inside if line.x0 > gap.left + LATER_COLUMN_PT]
    several = any(_n_pieces(row) > 1 for row in rows(inside))
    return several or (bool(inside) and len(later) == len(inside))


def _n_pieces(row: Sequence[TextLine]) -> int:
    """Pieces of a row parted by white space, the number of a note or paragraph left out."""
    words = [word for line in row for word in line.words]
    hangs = len(words[0].text) < 4
    return 1 + sum(
        right.x0 - left.x1 > 1.2 * right.size_pt and not (hangs and left is words[0])
        for left, right in pairwise(words)
    )


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
    lines: Sequence[TextLine],
    settings: SegmentSettings,
    house: float | None = None,
    spans: Sequence[Span] = (),
) -> list[Band]:
    """The columns of prose on a page, in reading order; one band when there are none.

    A gutter is believed where at least six lines on both of its sides stand at the same
    heights and fill their width: pieces of a table or numbers beside paragraphs do not. The
    gutter of the house (the document's usual one) is believed where few lines cross it. What
    stands between rules that run over the gutter is no column.
    """
    if not lines:
        return []
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    middle = (left + right) / 2
    wide = [span for span in spans if span.crosses(middle)]
    free = [line for line in lines if not any(span.holds(line) for span in wide)]
    gutter = _gutter(free, left, right, settings)
    if gutter is None and house is not None and _keeps_free(free, house):
        gutter = house
    if gutter is None:
        return [Band(left, right, list(lines))]
    bands: list[Band] = []
    over = [span for span in wide if span.crosses(gutter)]
    parted = [part for line in lines for part in _cut_at(line, gutter, over)]
    for crossing, group in _stretches(rows(parted), gutter, over):
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
    """Whether most of the text stands in lines that fill their column, as prose does."""
    width = max(line.x1 for line in column) - min(line.x0 for line in column)
    lengths = [line.x1 - line.x0 for line in column]
    full = sum(length for length in lengths if length >= share * width)
    return width >= 80 and full >= FILLED * sum(lengths)


def _cut_at(line: TextLine, gutter: float, over: Sequence[Span]) -> list[TextLine]:
    """The line in two where white space between its words holds the gutter."""
    if any(span.holds(line) for span in over):
        return [line]
    for position, (left, right) in enumerate(pairwise(line.words), start=1):
        if left.x1 <= gutter <= right.x0 and right.x0 - left.x1 > right.size_pt:
            return [
                line_of(line.page, line.words[:position]),
                line_of(line.page, line.words[position:]),
            ]
    return [line]


def _stretches(
    printed: Sequence[list[TextLine]], gutter: float, over: Sequence[Span]
) -> list[tuple[bool, list[list[TextLine]]]]:
    """Rows in runs that cross the gutter or keep it free."""
    runs: list[tuple[bool, list[list[TextLine]]]] = []
    for row in printed:
        crossing = any(
            line.x0 < gutter < line.x1 or any(span.holds(line) for span in over) for line in row
        )
        if runs and runs[-1][0] == crossing:
            runs[-1][1].append(row)
        else:
            runs.append((crossing, [row]))
    return runs

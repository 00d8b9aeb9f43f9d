"""Tables without (or with only some) drawn rules: columns that line up over several rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from workbench.records import Word
from workbench.segment.layout.lines import TextLine, joined, line_of, rows
from workbench.segment.tables.ruled import Rule

Row = list[TextLine]
Table = list[tuple[tuple[TextLine, ...], ...]]

ALIGN_PT = 3.0  # left edges nearer than this are one column
WORD_GAP = 0.5  # type sizes of white that may part two columns
EDGE_GAP = 0.32  # the same for a word that starts where the pieces above do
PIECE_GAP = 1.2  # type sizes of white inside a line behind which a column may start
GUTTER_PT = 5.0  # white space between two columns
FEWEST_ROWS = 3
FEWEST_RULES = 3
FARTHEST_PT = 200.0  # between two rules of a table, but for rows in its columns
CAPTION = re.compile(r"^(?:table|figure|chart|box)\s+[A-Z]?\d{1,3}\b", re.IGNORECASE)
#: What hangs before a paragraph is no column of a table.
HANGING = re.compile(
    r"^(?:\W{1,3}|\(?[a-z]{1,3}[.)]|\(?[ivxl]+[.)]|[a-z]{0,3}\d{1,3}(?:\.\d{1,3})*[.):]?"
    r"|(?:recommendation|finding|lesson|theme|learning(?: point)?|key finding)\s*\w{1,4}[.:]?)$",
    re.IGNORECASE,
)

SHORT_DATE = re.compile(r"^\d{1,2}[./]\d{1,2}[./]\d{2,4}$")


def aligned_tables(lines: Sequence[TextLine], rules: Sequence[Rule]) -> list[Table]:
    """Tables among loose lines, each as rows of cells; an empty cell is ``()``.

    Rules of one width, one below the other, frame a table whose columns are the white
    gutters between its words. Without rules, second columns must line up on three rows.
    """
    found: list[Table] = []
    left = list(lines)
    framed = _ruled_regions(left, rules)
    for region in [*framed, *_aligned_regions(left)]:
        used = {
            id(word)
            for table in found
            for row in table
            for cell in row
            for line in cell
            for word in line.words
        }
        fresh = [[line for line in row if id(line.words[0]) not in used] for row in region]
        is_framed = any(region is each for each in framed)
        table = _table([row for row in fresh if row], rules, is_framed=is_framed)
        if table:
            found.append(table)
    return found


def _ruled_regions(lines: Sequence[TextLine], rules: Sequence[Rule]) -> list[list[Row]]:
    groups: list[list[Rule]] = []
    for rule in rules:
        near = next((g for g in groups if _same_span(g[-1], rule)), None)
        if near is None:
            groups.append([rule])
        else:
            near.append(rule)
    regions = []
    for group in groups:
        for part in _unbroken(group, lines):
            if len(part) >= FEWEST_RULES:
                inside = [line for line in lines if _between(line, part)]
                regions.append(rows(inside))
    return [region for region in regions if len(region) > 1]


def _same_span(one: Rule, other: Rule) -> bool:
    return abs(one.start - other.start) <= ALIGN_PT and abs(one.end - other.end) <= ALIGN_PT


def _between(line: TextLine, part: Sequence[Rule]) -> bool:
    return (
        part[0].at < line.middle < part[-1].at
        and line.x0 >= part[0].start - ALIGN_PT
        and line.x1 <= part[0].end + ALIGN_PT
    )


def _unbroken(group: Sequence[Rule], lines: Sequence[TextLine]) -> list[list[Rule]]:
    """Runs of rules without a line of text that is much wider than their table between."""
    parts: list[list[Rule]] = [[group[0]]]
    for rule in group[1:]:
        upper = parts[-1][-1]
        between = [line for line in lines if upper.at < line.middle < rule.at]
        outside = any(
            line.x0 < upper.start - 2 * ALIGN_PT or line.x1 > upper.end + 2 * ALIGN_PT
            for line in between
        )
        far = rule.at - upper.at > FARTHEST_PT and not _in_columns(between, parts[-1], lines)
        if outside or far or not between or _is_headed(between, parts[-1], lines):
            parts.append([rule])
        else:
            parts[-1].append(rule)
    return parts


def _row_below(part: Sequence[Rule], lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines between the first two rules of a table, or below its only one so far."""
    end = part[1].at if len(part) > 1 else part[0].at + FARTHEST_PT
    return [line for line in lines if part[0].at < line.middle < end]


def _in_columns(
    between: Sequence[TextLine], part: Sequence[Rule], lines: Sequence[TextLine]
) -> bool:
    """Whether every line of a high row begins where the cells of the first row do."""
    lefts = {line.x0 for line in _row_below(part, lines)} if len(part) > 1 else set()
    return len(lefts) > 1 and all(_starts_column(line, [*lefts]) for line in between)


def _is_headed(
    between: Sequence[TextLine], part: Sequence[Rule], lines: Sequence[TextLine]
) -> bool:
    """Whether a heading or a caption stands between two rules: the next table begins there."""
    if len(part) == 1:  # the rule may belong to a heading above the table
        return any(CAPTION.match(line.text) for line in between)
    own = [line.size_pt for line in _row_below(part, lines)]
    return bool(own) and any(
        line.size_pt > 1.12 * max(own) or CAPTION.match(line.text) for line in between
    )


def _aligned_regions(lines: Sequence[TextLine]) -> list[list[Row]]:
    """Runs of rows in which a later piece starts at the same place at least three times."""
    printed = rows(lines)
    regions: list[list[Row]] = []
    start = 0
    while start < len(printed):
        end = _run_from(printed, start)
        if end > start:
            regions.append(printed[start:end])
            start = end
        else:
            start += 1
    return regions


def _run_from(printed: Sequence[Row], start: int) -> int:
    """End of the table that begins with a row, or the row itself when none does."""
    first = printed[start][0].text
    if len(printed[start]) < 2 or (HANGING.match(first) and not SHORT_DATE.match(first)):
        return start
    lefts = [line.x0 for line in printed[start]]
    matching, end = 1, start + 1
    for position in range(start + 1, len(printed)):
        row = [part for line in printed[position] for part in cut(line, lefts)]
        if row[0].top - printed[position - 1][-1].bottom > 2.5 * row[0].size_pt:
            break
        if not all(_starts_column(line, lefts) for line in row) or _crosses(row, lefts):
            break
        if len(row) == 1 and row[0].size_pt > 1.15 * printed[position - 1][0].size_pt:
            break  # a heading
        matching += len(row) > 1
        end = position + 1
    return end if matching >= FEWEST_ROWS else start


def _starts_column(line: TextLine, lefts: Sequence[float]) -> bool:
    return any(abs(line.x0 - left) <= ALIGN_PT for left in lefts)


def _crosses(row: Sequence[TextLine], lefts: Sequence[float]) -> bool:
    return any(
        line.x0 < left - ALIGN_PT and line.x1 > left - GUTTER_PT / 2
        for line in row
        for left in lefts
    )


def _table(region: Sequence[Row], rules: Sequence[Rule], *, is_framed: bool) -> Table:
    lefts = _columns(region, is_framed=is_framed)
    if len(lefts) < 2 or len(region) < 2:
        return []
    region = [[part for line in row for part in cut(line, lefts)] for row in region]
    groups = _row_groups(region, lefts, rules)
    table: Table = []
    for group in groups:
        cells: list[Row] = [[] for _ in lefts]
        for line in (line for row in group for line in row):
            cells[_column(line.x0, lefts)].append(line)
        table.append(tuple(tuple(joined(row) for row in rows(cell)) for cell in cells))
    return table


def _columns(region: Sequence[Row], *, is_framed: bool) -> list[float]:
    """Left edges of the columns: where several pieces start and no word runs across.

    Between rules, one piece below a piece of the first row is enough: rows may be high.
    """
    first = [line.x0 for line in region[0]] if region and is_framed and len(region[0]) > 1 else []
    starts = sorted(x0 for row in region for line in row for x0 in _piece_starts(line))
    clusters: list[list[float]] = []
    for start in starts:
        if clusters and start - clusters[-1][0] <= ALIGN_PT:
            clusters[-1].append(start)
        else:
            clusters.append([start])
    return [
        cluster[0]
        for cluster in clusters
        if len(cluster)
        >= (2 if {*cluster} & {*first} else max(2, min(FEWEST_ROWS, 0.2 * len(region))))
        and not _is_crossed(cluster, region)
    ]


def _piece_starts(line: TextLine) -> list[float]:
    """Where a line starts, and its words behind white space that may part two columns."""
    return [line.x0] + [
        right.x0
        for left, right in pairwise(line.words)
        if right.x0 - left.x1 > PIECE_GAP * right.size_pt
    ]


def _is_crossed(cluster: Sequence[float], region: Sequence[Row]) -> bool:
    """Whether words run over a column's edge, but for one row that is a single piece."""
    crossing = [
        row
        for row in region
        for line in row
        for word in line.words
        if word.x0 < cluster[0] - ALIGN_PT and word.x1 > cluster[0]
    ]
    spanning = len(crossing) == 1 and len(crossing[0]) == 1
    return bool(crossing) and not (spanning and len(cluster) >= FEWEST_ROWS)


def cut(line: TextLine, lefts: Sequence[float]) -> list[TextLine]:
    """The line in pieces, one for each column that its words start in."""
    parts: list[list[Word]] = []
    at = -1
    for word in line.words:
        column = _column(word.x0, lefts)
        starts = abs(word.x0 - lefts[column]) <= ALIGN_PT
        if not parts or (column != at and starts and _stands_apart(parts[-1][-1], word, lefts)):
            parts.append([])
            at = column
        parts[-1].append(word)
    return [line] if len(parts) == 1 else [line_of(line.page, part) for part in parts]


def _stands_apart(left: Word, right: Word, lefts: Sequence[float]) -> bool:
    """Whether white space parts two words; on the very edge of a column less is enough."""
    gap = (right.x0 - left.x1) / right.size_pt
    exact = any(abs(right.x0 - edge) <= 0.5 for edge in lefts)
    return gap > (EDGE_GAP if exact else WORD_GAP)


def _column(x: float, lefts: Sequence[float]) -> int:
    return max((i for i, left in enumerate(lefts) if x >= left - ALIGN_PT), default=0)


def _row_groups(
    region: Sequence[Row], lefts: Sequence[float], rules: Sequence[Rule]
) -> list[list[Row]]:
    """Printed rows that make one table row: between rules, or parted by wider leading."""
    width = max(line.x1 for row in region for line in row) - lefts[0]
    ruled = [r.at for r in rules if r.start <= lefts[0] + width / 2 and r.end - r.start > width / 2]
    divided = [
        any(upper[0].middle < at < lower[0].middle for at in ruled)
        for upper, lower in pairwise(region)
    ]
    if sum(divided) * 3 < len(region):
        divided = [
            was or wide for was, wide in zip(divided, _wide_gaps(region, lefts), strict=True)
        ]
    groups: list[list[Row]] = [[region[0]]]
    for row, apart in zip(region[1:], divided, strict=True):
        if apart:
            groups.append([row])
        else:
            groups[-1].append(row)
    return groups


def _wide_gaps(region: Sequence[Row], lefts: Sequence[float]) -> list[bool]:
    """Whether each row stands apart from the one above: by leading, else by its first cell."""
    pitches = [b[0].middle - a[0].middle for a, b in pairwise(region)]
    usual = min(pitches)
    wide = [pitch > 1.18 * usual for pitch in pitches]
    first = [_column(row[0].x0, lefts) == 0 for row in region[1:]]
    if any(wide):
        return wide
    return first

"""The head of a table that stands above its rules or above its first aligned row."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from workbench.segment.layout.lines import TextLine
from workbench.segment.tables.aligned import cut
from workbench.segment.tables.areas import Area
from workbench.segment.tables.kinds import AreaKind
from workbench.segment.tables.ruled import Rule

REACH = 2.2  # type sizes between the head and the table
HIGHEST_PT = 45.0  # of a head between its two rules
SAME_PT = 3.0
FEWEST_RULES, FEWEST_BELOW = 3, 2


def head_lines(lines: Sequence[TextLine], rules: Sequence[Rule]) -> set[int]:
    """Identities of the lines that head a table ruled only across, and so are no running head.

    Its first two rules enclose a row of several pieces, and below them lines start where one
    of its later pieces does.
    """
    found: set[int] = set()
    for first, second in pairwise(rules):
        own = [rule for rule in rules if rule.at > second.at and _same_span(first, rule)]
        close = second.at - first.at <= HIGHEST_PT and _same_span(first, second)
        if not close or len(own) + 2 < FEWEST_RULES:
            continue
        head = [line for line in lines if first.at < line.middle < second.at]
        later = sorted(line.x0 for line in head)[1:]
        row = [line for line in lines if second.at < line.middle < own[0].at]
        if any(_starting(row, x0) >= FEWEST_BELOW for x0 in later):
            found.update(id(line) for line in head)
    return found


def _same_span(one: Rule, other: Rule) -> bool:
    return abs(one.start - other.start) <= SAME_PT and abs(one.end - other.end) <= SAME_PT


def _starting(lines: Sequence[TextLine], x0: float) -> int:
    return sum(abs(line.x0 - x0) <= SAME_PT for line in lines)


def take_heads(areas: Sequence[Area], lines: Sequence[TextLine]) -> list[TextLine]:
    """Put bold lines directly above a table, set in its columns, into it; return the others."""
    rest = list(lines)
    for area in areas:
        lefts = _text_lefts(area)
        if area.kind is not AreaKind.TABLE or len(lefts) < 2:
            continue
        cells: list[list[TextLine]] = [[] for _ in lefts]
        taken = []
        for line in rest:
            pieces = cut(line, lefts) if _is_above(line, area) else []
            columns = [_column(piece, lefts) for piece in pieces]
            if pieces and None not in columns:
                taken.append(line)
                for piece, column in zip(pieces, columns, strict=True):
                    cells[column or 0].append(piece)
        if sum(map(bool, cells)) >= 2:
            area.rows = (tuple(map(tuple, cells)), *area.rows)
            area.top = min(line.top for line in taken)
            rest = [line for line in rest if line not in taken]
    return rest


def _is_above(line: TextLine, area: Area) -> bool:
    return (
        line.bold
        and 0 <= area.top - line.bottom + 2 < REACH * line.size_pt
        and line.x0 >= area.x0 - 6
        and line.x1 <= area.x1 + 6
    )


def _column(piece: TextLine, lefts: Sequence[float]) -> int | None:
    """The column whose text starts where a piece does, None when none does."""
    return next((i for i, left in enumerate(lefts) if abs(left - piece.x0) <= 3), None)


def _text_lefts(area: Area) -> list[float]:
    """Where the text of each column starts, for the rows that have all columns."""
    width = max(len(row) for row in area.rows)
    lefts = []
    for column in range(width):
        starts = [line.x0 for row in area.rows if len(row) == width for line in row[column]]
        if starts:
            lefts.append(min(starts))
    return lefts if len(lefts) == width else []

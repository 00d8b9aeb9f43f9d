"""Ruled areas to tables, forms and boxes, with the lines of each cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from workbench.records import Page
from workbench.segment.layout.lines import TextLine, joined, line_of, rows
from workbench.segment.settings import SegmentSettings
from workbench.segment.tables.aligned import aligned_tables
from workbench.segment.tables.kinds import AreaKind, CellLines, area_kind, has_date_column
from workbench.segment.tables.ruled import Cell, Grid, Rule, head_boxes, loose_horizontals


@dataclass(slots=True)
class Area:
    """A ruled (or aligned) area of one page, as rows of cells with their lines."""

    page: int
    kind: AreaKind
    x0: float
    top: float
    x1: float
    bottom: float
    rows: tuple[tuple[CellLines, ...], ...]
    edges: tuple[tuple[float, float], ...]  # left and right of each column

    @property
    def is_dated(self) -> bool:
        """Whether its first column is one of dates."""
        return has_date_column(self.rows)


def table_lines(
    page: Page, lines: Sequence[TextLine], drawn: Sequence[Grid], settings: SegmentSettings
) -> set[int]:
    """Identities of the lines in grids of several columns that reach into the body."""
    limit = settings.margin_share * page.height_pt
    body = [
        grid
        for grid in drawn
        if grid.n_columns > 1 and grid.bottom > limit and grid.top < page.height_pt - limit
    ]
    return {
        id(line)
        for line in lines
        for grid in body
        if grid.top <= line.middle <= grid.bottom and grid.x0 - 2 <= line.x0 <= grid.x1
    }


def ruled_areas(
    page: Page, lines: Sequence[TextLine], drawn: Sequence[Grid], settings: SegmentSettings
) -> tuple[list[Area], list[TextLine]]:
    """The areas that rules close, from the top, and the lines that stand in none of them."""
    areas: list[Area] = []
    rest = list(lines)
    loose = loose_horizontals(page, drawn)
    heads = head_boxes(drawn, loose)
    drawn = [grid for grid in drawn if grid not in heads]
    for grid in [_closed_below(grid, loose, rest) for grid in _stacked(drawn, rest)]:
        inside, rest = _take(rest, grid)
        if inside:
            areas.append(_area(page.number, grid, inside, settings))
    return areas, rest


def unruled_areas(
    page: Page, areas: Sequence[Area], lines: Sequence[TextLine]
) -> tuple[list[Area], list[TextLine]]:
    """Tables whose columns only line up, and the lines that stand in none of them."""
    found_areas: list[Area] = []
    rest = list(lines)
    taken = [Grid(a.x0, a.top, a.x1, a.bottom, ()) for a in areas]
    for found in aligned_tables(rest, loose_horizontals(page, taken)):
        used = {id(word) for row in found for cell in row for line in cell for word in line.words}
        rest = [line for line in rest if id(line.words[0]) not in used]
        found_areas.append(_aligned_area(page.number, found))
    return found_areas, rest


def _stacked(found: Sequence[Grid], lines: Sequence[TextLine]) -> list[Grid]:
    """Grids one below the other with the same columns and rows of text between, as one.

    Reports shade every other row and draw no rule around the rows between.
    """
    merged: list[Grid] = []
    for grid in found:
        if merged and grid.n_columns > 1 and _belongs_below(merged[-1], grid, lines):
            merged[-1] = _bridged(merged[-1], grid)
        else:
            merged.append(grid)
    return merged


def _columns(grid: Grid) -> list[float]:
    return sorted({cell.x0 for cell in grid.cells})


def _belongs_below(upper: Grid, lower: Grid, lines: Sequence[TextLine]) -> bool:
    lefts, others = _columns(upper), _columns(lower)
    if len(lefts) != len(others) or any(abs(a - b) > 3 for a, b in zip(lefts, others, strict=True)):
        return False
    between = [ln for ln in lines if upper.bottom <= ln.middle <= lower.top and ln.x1 > upper.x0]
    words = [word for line in between for word in line.words]
    starts = {max(i for i, left in enumerate(lefts) if w.x0 >= left - 3 or not i) for w in words}
    if any(w.x0 < left - 3 < w.x1 for w in words for left in lefts):
        return False
    return lower.top - upper.bottom < 120 and len(starts) > 1


def _bridged(upper: Grid, lower: Grid) -> Grid:
    rows_above = 1 + max(cell.row for cell in upper.cells)
    lefts = _columns(upper)
    rights = [*lefts[1:], upper.x1]
    bridge = tuple(
        Cell(left, upper.bottom, right, lower.top, rows_above, column)
        for column, (left, right) in enumerate(zip(lefts, rights, strict=True))
    )
    below = tuple(replace(cell, row=cell.row + rows_above + 1) for cell in lower.cells)
    return Grid(upper.x0, upper.top, upper.x1, lower.bottom, upper.cells + bridge + below)


def _closed_below(grid: Grid, loose: Sequence[Rule], lines: Sequence[TextLine]) -> Grid:
    """The grid with a last row that only a single rule of its width closes below."""
    rule = next(
        (
            rule
            for rule in loose
            if 0 < rule.at - grid.bottom < 80
            and abs(rule.start - grid.x0) <= 4
            and abs(rule.end - grid.x1) <= 4
        ),
        None,
    )
    if rule is None or grid.n_columns < 2:
        return grid
    lower = Grid(grid.x0, rule.at, grid.x1, rule.at, tuple(
        Cell(left, rule.at, left, rule.at, 0, column) for column, left in enumerate(_columns(grid))
    ))  # fmt: skip
    if not _belongs_below(grid, lower, lines):
        return grid
    bridged = _bridged(grid, lower)
    return replace(bridged, cells=tuple(cell for cell in bridged.cells if cell.bottom > cell.top))


def _take(lines: Iterable[TextLine], grid: Grid) -> tuple[list[TextLine], list[TextLine]]:
    """Lines in the grid, and the others; a line that runs over its side is cut there."""
    inside: list[TextLine] = []
    rest: list[TextLine] = []
    for line in lines:
        if not grid.top - 2 <= line.middle <= grid.bottom + 2 or (
            line.x1 <= grid.x0 or line.x0 >= grid.x1
        ):
            rest.append(line)
            continue
        within = [w for w in line.words if grid.x0 - 2 <= (w.x0 + w.x1) / 2 <= grid.x1 + 2]
        if len(within) == len(line.words):
            inside.append(line)
            continue
        outside = [word for word in line.words if word not in within]
        rest.append(line_of(line.page, outside))
        if within:
            inside.append(line_of(line.page, within))
    return inside, rest


def _area(page: int, grid: Grid, lines: Sequence[TextLine], settings: SegmentSettings) -> Area:
    columns = _columns(grid)
    table = _cells(grid, lines, columns)
    edges = tuple(zip(columns, [*columns[1:], grid.x1], strict=True))
    kind = area_kind(table, settings)
    return Area(page, kind, grid.x0, grid.top, grid.x1, grid.bottom, table, edges)


def _cells(
    grid: Grid, lines: Sequence[TextLine], columns: Sequence[float]
) -> tuple[tuple[CellLines, ...], ...]:
    """Rows of cells; a cell that a merged one covers is left out, an empty one is ()."""
    held: dict[int, list[TextLine]] = {}
    for line in lines:
        for index, part in _by_cell(line, grid.cells):
            held.setdefault(index, []).append(part)
    by_row: dict[int, list[tuple[int, CellLines]]] = {}
    for index, cell in enumerate(grid.cells):
        content = tuple(joined(row) for row in rows(held.get(index, ())))
        by_row.setdefault(cell.row, []).append((cell.column, content))
    table = (
        tuple(cell for _, cell in sorted(row, key=lambda c: c[0]))
        for _, row in sorted(by_row.items())
    )
    return tuple(row for row in table if any(row))


def _by_cell(line: TextLine, cells: Sequence[Cell]) -> list[tuple[int, TextLine]]:
    """The line cut at the sides of the cells it runs over."""
    whole = _cell_at(line.x0 + 1, line.middle, cells)
    if whole == _cell_at(line.x1 - 1, line.middle, cells):
        return [(whole, line)]
    parts: dict[int, list[int]] = {}
    for position, word in enumerate(line.words):
        parts.setdefault(_cell_at((word.x0 + word.x1) / 2, line.middle, cells), []).append(position)
    return [
        (index, line_of(line.page, [line.words[p] for p in positions]))
        for index, positions in parts.items()
    ]


def _cell_at(x: float, y: float, cells: Sequence[Cell]) -> int:
    """Index of the cell around a point, or of the nearest one."""
    for index, cell in enumerate(cells):
        if cell.top <= y <= cell.bottom and cell.x0 <= x <= cell.x1:
            return index

    def distance(index: int) -> float:
        cell = cells[index]
        across = max(cell.x0 - x, x - cell.x1, 0.0)
        return across + max(cell.top - y, y - cell.bottom, 0.0)

    return min(range(len(cells)), key=distance)


def _aligned_area(page: int, table: Sequence[Sequence[CellLines]]) -> Area:
    lines = [line for row in table for cell in row for line in cell]
    width = max(len(row) for row in table)
    lefts = [
        min(line.x0 for row in table if len(row) > c for line in row[c])
        if any(row[c] for row in table if len(row) > c)
        else 0.0
        for c in range(width)
    ]
    right = max(line.x1 for line in lines)
    return Area(
        page, AreaKind.TABLE, min(lefts), min(line.top for line in lines), right,
        max(line.bottom for line in lines), tuple(tuple(row) for row in table),
        tuple(zip(lefts, [*lefts[1:], right], strict=True)),
    )  # fmt: skip

"""Tables to blocks: one for each row, over pages, with heads and chronologies told apart."""

from __future__ import annotations

from collections.abc import Container, Sequence

from workbench.records import SegmentKind
from workbench.segment.blocks.block import Block
from workbench.segment.layout.lines import Region, TextLine
from workbench.segment.tables.areas import Area
from workbench.segment.tables.dates import DATE, DATE_HEAD

SAME_COLUMN_PT = 8.0


def row_blocks(areas: Sequence[Area], adjoining: Container[int]) -> dict[int, list[Block]]:
    """The rows of each table area, by its place in the sequence.

    An area with the same columns that adjoins the one before, or repeats its head on the next
    page, goes on with the table; a row that the break cut is put together.

    Args:
        areas: In reading order.
        adjoining: Places of the areas with no text between them and the area before.
    """
    blocks: dict[int, list[Block]] = {}
    table: list[int] = []
    for index, area in enumerate(areas):
        goes_on = bool(table) and _goes_on(areas[table[-1]], area)
        if not goes_on or not (index in adjoining or _same_head(areas[table[0]], area)):
            _set_kinds([block for i in table for block in blocks[i]])
            table = []
        rows = [_row(area, cells, index) for cells in area.rows]
        if table:
            rows = _joined_over_pages(blocks[table[0]], blocks[table[-1]], rows)
        elif rows:
            rows[0].is_head_row = _is_head(rows)
        table.append(index)
        blocks[index] = rows
    _set_kinds([block for i in table for block in blocks[i]])
    return blocks


def _goes_on(upper: Area, lower: Area) -> bool:
    return (
        0 <= lower.page - upper.page <= 1
        and len(upper.edges) == len(lower.edges)
        and all(
            abs(a[0] - b[0]) <= SAME_COLUMN_PT
            for a, b in zip(upper.edges, lower.edges, strict=True)
        )
        and (lower.page != upper.page or lower.top - upper.bottom < 30)
    )


def _same_head(first: Area, area: Area) -> bool:
    texts = [
        [" ".join(line.text for line in cell) for cell in each.rows[0]] for each in (first, area)
    ]
    return texts[0] == texts[1]


def _row(area: Area, cells: Sequence[Sequence[TextLine]], table: int) -> Block:
    held = [list(cell) for cell in cells]
    lines = [line for cell in held for line in cell]
    return Block(
        SegmentKind.TABLE_ROW, lines, Region(area.x0, area.x1, -1), cells=held, table=table
    )


def _is_head(rows: Sequence[Block]) -> bool:
    """Whether the first row names the columns: bold where the rows below are not, or short."""
    first, others = rows[0], rows[1:]
    if not others or not all(cell for cell in first.cells):
        return False
    bold = all(line.bold for line in first.lines)
    others_bold = sum(all(line.bold for line in row.lines) for row in others)
    if bold:
        return others_bold < len(others)
    return bool(DATE_HEAD.match(first.lines[0].text)) and not DATE.match(first.lines[0].text)


def _cell_texts(block: Block) -> list[str]:
    return [" ".join(line.text for line in cell) for cell in block.cells]


def _joined_over_pages(
    first: Sequence[Block], above: Sequence[Block], rows: list[Block]
) -> list[Block]:
    """The rows of a following page: repeated head marked, a row cut by the break joined."""
    start = 0
    if first and rows and _cell_texts(first[0]) == _cell_texts(rows[0]):
        rows[0].is_head_row = first[0].is_head_row = True
        start = 1
    if len(rows) <= start or not above:
        return rows
    cut, last = rows[start], above[-1]
    if len(cut.cells) == len(last.cells) and len(cut.cells) > 1 and not cut.cells[0]:
        for cell, more in zip(last.cells, cut.cells, strict=True):
            cell.extend(more)
        last.lines.extend(cut.lines)
        return [*rows[:start], *rows[start + 1 :]]
    return rows


def _set_kinds(rows: Sequence[Block]) -> None:
    """Rows of a table whose first column holds dates become chronology entries."""
    body = [row for row in rows if not row.is_head_row and row.cells and row.cells[0]]
    if not body:
        return
    dated = sum(bool(DATE.match(_cell_texts(row)[0])) for row in body)
    head = next((row for row in rows if row.is_head_row), None)
    named = head is not None and bool(DATE_HEAD.match(_cell_texts(head)[0]))
    if dated >= (0.4 if named else 0.75) * len(body) and (named or len(body) > 1):
        for row in rows:
            if not row.is_head_row:
                row.kind = SegmentKind.CHRONOLOGY_ENTRY

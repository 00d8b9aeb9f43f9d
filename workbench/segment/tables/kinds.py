"""What a ruled area holds: a table, a form or a box, by what stands in its cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum

from workbench.segment.layout.lines import TextLine
from workbench.segment.settings import SegmentSettings
from workbench.segment.tables.dates import DATE, DATE_HEAD

CellLines = tuple[TextLine, ...]

LONE_NUMBER = re.compile(r"^(?:recommendation\s*)?\d{1,3}[.)]?$", re.IGNORECASE)


class AreaKind(Enum):
    """What a ruled area holds."""

    TABLE = "table"
    FORM = "form"  # prose in cells, read cell by cell
    BOX = "box"  # one cell (or one column) around prose


def area_kind(table: Sequence[Sequence[CellLines]], settings: SegmentSettings) -> AreaKind:
    """The kind of an area, from its rows of cells."""
    width = max((len(row) for row in table), default=0)
    filled = {column for row in table for column, cell in enumerate(row) if cell}
    single = sum(sum(map(bool, row)) <= 1 for row in table)
    if width <= 1 or len(filled) <= 1 or single > 0.7 * len(table):
        return AreaKind.BOX
    if width > 3 or has_date_column(table):
        return AreaKind.TABLE
    if len(table) == 1 and len(table[0]) == 2 and _is_numbered_box(table[0]):
        return AreaKind.BOX
    if width == 2 and _is_numbered_form(table):
        return AreaKind.FORM
    cells = [cell for row in table for cell in row if cell]
    if any(len(cell) > settings.prose_cell_lines for cell in cells) and not _has_head(table):
        return AreaKind.FORM
    return AreaKind.TABLE


def has_date_column(table: Sequence[Sequence[CellLines]]) -> bool:
    """Whether the first column is headed as dates, or holds hardly anything else."""
    first = [row[0][0].text for row in table if row and row[0]]
    dated = sum(bool(DATE.match(text)) for text in first)
    return bool(first) and (
        bool(DATE_HEAD.match(first[0])) or (dated >= 2 and dated >= 0.7 * len(first))
    )


def _has_head(table: Sequence[Sequence[CellLines]]) -> bool:
    """Whether the first of several rows is bold and short throughout."""
    head = [cell for cell in table[0] if cell]
    return (
        len(table) > 2
        and len(head) > 1
        and all(len(cell) <= 2 and all(line.bold for line in cell) for cell in head)
    )


def _is_numbered_form(table: Sequence[Sequence[CellLines]]) -> bool:
    """Whether numbers stand beside boxes that open with a heading, as in a coroner's form."""
    pairs = [row for row in table if len(row) == 2 and row[1]]
    numbers = [row[0][0].text for row in pairs if row[0]]
    headed = [cell for _, cell in pairs if cell[0].bold and not cell[-1].bold]
    return (
        len(numbers) >= 2
        and all(LONE_NUMBER.match(text) for text in numbers)
        and len(headed) >= max(2, 0.6 * len(pairs))
    )


def _is_numbered_box(row: Sequence[CellLines]) -> bool:
    number, content = row
    return len(number) == 1 and bool(LONE_NUMBER.match(number[0].text)) and len(content) > 1

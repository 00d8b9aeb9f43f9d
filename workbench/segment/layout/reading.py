"""The reading order of a document: body lines, tables, notes and running matter of each page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count

from workbench.records import Page
from workbench.segment.layout.columns import Band, house_gutter, prose_columns, rule_spans
from workbench.segment.layout.lines import (
    Placed,
    Region,
    TextLine,
    body_size,
    joined,
    line_of,
    rows,
    same_baseline,
    text_lines,
)
from workbench.segment.layout.margins import margin_notes
from workbench.segment.layout.notes import footnote_lines
from workbench.segment.layout.running import running_lines
from workbench.segment.settings import SegmentSettings
from workbench.segment.tables.areas import (
    Area,
    ruled_areas,
    table_lines,
    unruled_areas,
)
from workbench.segment.tables.heads import head_lines, take_heads
from workbench.segment.tables.kinds import LONE_NUMBER, AreaKind
from workbench.segment.tables.ruled import grids, loose_horizontals

Item = Placed | Area


@dataclass(slots=True)
class PageReading:
    """What stands on one page, in reading order."""

    page: int
    lines: Sequence[TextLine] = ()  # of the page, less its running matter
    items: list[Item] = field(default_factory=list)
    notes: list[TextLine] = field(default_factory=list)
    running: list[TextLine] = field(default_factory=list)  # heads, feet and margin notes


def read_order(pages: Sequence[Page], settings: SegmentSettings) -> list[PageReading]:
    """Every line of the document exactly once (lines of one row may be joined)."""
    lines = {page.number: text_lines(page) for page in pages}
    drawn = {page.number: grids(page) for page in pages}
    in_tables = {
        identity
        for page in pages
        for identity in (
            *table_lines(page, lines[page.number], drawn[page.number], settings),
            *head_lines(lines[page.number], loose_horizontals(page, drawn[page.number])),
        )
    }
    running = running_lines(pages, lines, in_tables, settings)
    body = {
        number: [line for line in found if id(line) not in running]
        for number, found in lines.items()
    }
    ruled = {
        page.number: ruled_areas(page, body[page.number], drawn[page.number], settings)
        for page in pages
    }
    gutter = house_gutter([loose for _, loose in ruled.values()], settings)
    _continue_forms([area for areas, _ in ruled.values() for area in areas])
    margin = margin_notes({number: loose for number, (_, loose) in ruled.items()})
    size = body_size(line for found in body.values() for line in found)
    cells = count(1)
    readings = []
    for page in pages:
        areas, loose = ruled[page.number]
        reading = PageReading(page.number)
        reading.running = [line for line in lines[page.number] if id(line) in running]
        reading.running += [line for line in loose if id(line) in margin]
        rest = [line for line in loose if id(line) not in margin]
        reading.lines = body[page.number]
        _read_page(page, areas, rest, (size, gutter), reading, cells, settings)
        readings.append(reading)
    return readings


def _continue_forms(areas: Sequence[Area]) -> None:
    """A table with the columns of a form on the page before is the rest of that form."""
    form: Area | None = None
    for area in areas:
        if area.kind is AreaKind.FORM:
            form = area
        elif form and area.kind is AreaKind.TABLE and area.page - form.page <= 1:
            if area.is_dated:
                continue
            lefts = {round(left) for left, _ in form.edges}
            if all(any(abs(left - near) <= 8 for near in lefts) for left, _ in area.edges):
                area.kind = AreaKind.FORM
                form = area


def _read_page(  # noqa: PLR0913 - one page with all that is known of the document
    page: Page,
    areas: Sequence[Area],
    loose: Sequence[TextLine],
    habits: tuple[float, float | None],
    reading: PageReading,
    cells: count[int],
    settings: SegmentSettings,
) -> None:
    size_pt, gutter = habits
    boxes = [_stand_in(area) for area in areas]
    stand_ins = {id(box): area for box, area in zip(boxes, areas, strict=True)}
    spans = rule_spans(loose_horizontals(page, []), loose)
    for band in prose_columns([*loose, *boxes], settings, gutter, spans):
        printed = [line for line in band.lines if id(line) not in stand_ins]
        own = [stand_ins[id(line)] for line in band.lines if id(line) in stand_ins]
        below = [line for line in printed if not any(span.holds(line) for span in spans)]
        notes = footnote_lines(below, reading.lines, size_pt, settings)
        taken = {id(line) for line in notes}
        reading.notes.extend(joined(row) for row in rows(notes))
        more, rest = unruled_areas(page, own, [ln for ln in printed if id(ln) not in taken])
        rest = take_heads([*own, *more], rest)
        body = band._replace(lines=rest)
        reading.items.extend(_items(body, [*own, *more], cells))


def _stand_in(area: Area) -> TextLine:
    """A line without words in the place of an area, for the ordering of columns."""
    return TextLine(area.page, (), area.x0, area.top, area.x1, area.bottom, 0.0, False)


def _items(band: Band, areas: Sequence[Area], cells: count[int]) -> list[Item]:
    band = band._replace(lines=_without_box_numbers(band.lines, areas))
    left = min((line.x0 for line in band.lines), default=band.left)
    right = max((line.x1 for line in band.lines), default=band.right)
    if band.is_column:
        right = max(right, band.right)
    region = Region(left, right)
    found: list[tuple[float, list[Item]]] = [
        (line.middle, [Placed(line, region)]) for line in (joined(row) for row in rows(band.lines))
    ]
    for area in areas:
        items: list[Item] = [area] if area.kind is AreaKind.TABLE else [*_prose(area, cells)]
        found.append((area.top, items))
    found.sort(key=lambda item: item[0])
    return [item for _, items in found for item in items]


def _without_box_numbers(lines: Sequence[TextLine], areas: Sequence[Area]) -> list[TextLine]:
    """The lines less the numbers printed to the left of a box, which its first line takes."""
    rest = list(lines)
    for area in areas:
        first = next((cell for row in area.rows for cell in row if cell), None)
        if area.kind is not AreaKind.BOX or not first:
            continue
        for line in rest:
            beside = line.x1 <= area.x0 + 4 and same_baseline(line, first[0])
            if beside and LONE_NUMBER.match(line.text):
                joint = line_of(line.page, [*line.words, *first[0].words])
                area.x0 = line.x0
                area.rows = (((joint, *first[1:]),), *area.rows[1:])
                rest.remove(line)
                break
    return rest


def _prose(area: Area, cells: count[int]) -> list[Placed]:
    """The lines of a form or box in reading order; a lone number joins the text beside it.

    A form is read cell by cell. The rows of a box are one text, whatever is drawn behind it.
    """
    placed: list[Placed] = []
    box = next(cells)
    for row in area.rows:
        columns = _number_joined([list(cell) for cell in row])
        for index, cell in enumerate(columns):
            if not cell:
                continue
            left, right = area.edges[min(index, len(area.edges) - 1)]
            if len(columns) == 1:
                left, right = area.x0, area.x1
            number = -next(cells) if area.kind is AreaKind.FORM else box
            region = Region(left, max(right, left + 1), number)
            placed.extend(Placed(line, region) for line in _label_joined(cell))
    return placed


def _number_joined(columns: list[list[TextLine]]) -> list[list[TextLine]]:
    """The cells of a row, a lone number in the first put before the text of the second."""
    if len(columns) > 1 and len(columns[0]) == 1 and columns[1]:
        lone = columns[0][0]
        if LONE_NUMBER.match(lone.text):
            columns[1][0] = line_of(lone.page, [*lone.words, *columns[1][0].words])
            columns[0] = []
    return columns


def _label_joined(cell: Sequence[TextLine]) -> list[TextLine]:
    """The lines of a cell; a number alone on the first line joins the line below."""
    lines = list(cell)
    if len(lines) > 1 and LONE_NUMBER.match(lines[0].text):
        words = (*lines[0].words, *lines[1].words)
        lines[:2] = [
            TextLine(
                lines[1].page, words, lines[0].x0, lines[0].top, lines[1].x1, lines[1].bottom,
                lines[1].size_pt, lines[1].bold, " ".join(word.text for word in words),
            )
        ]  # fmt: skip
    return lines

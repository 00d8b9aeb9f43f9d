"""The reading order of a document to its blocks, with notes and running matter in place."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby

from workbench.records import SectionRole, SegmentKind
from workbench.segment.blocks.block import Block
from workbench.segment.blocks.contents import contents_lines, is_contents_area
from workbench.segment.blocks.headings import set_levels
from workbench.segment.blocks.kinds import set_kinds
from workbench.segment.blocks.measures import measure
from workbench.segment.blocks.paragraphs import Builder, believed_labels
from workbench.segment.blocks.rows import row_blocks
from workbench.segment.layout.lines import Placed, Region, TextLine, joined, rows
from workbench.segment.layout.notes import opening_number, refers
from workbench.segment.layout.reading import Item, PageReading
from workbench.segment.settings import SegmentSettings
from workbench.segment.tables.areas import Area


def body_blocks(
    readings: Sequence[PageReading],
    n_pages: int,
    settings: SegmentSettings,
    is_telling: Callable[[str], bool],
) -> list[Block]:
    """Paragraphs, headings, bullets, quotations, captions, table rows and contents lines.

    Args:
        readings: Of all pages.
        n_pages: Of the document; contents lines point at none beyond.
        settings: Of the stage.
        is_telling: Whether a text is a usual heading of a review.
    """
    items = [item for reading in readings for item in reading.items]
    placed = [item for item in items if isinstance(item, Placed)]
    measures = measure(placed)
    contents = contents_lines(placed, n_pages)
    labels = believed_labels(placed, contents, measures)
    areas = [item for item in items if isinstance(item, Area)]
    tables = row_blocks(areas, _adjoining(items))
    builder = Builder(measures, settings)
    at = table = 0
    for item in items:
        if isinstance(item, Area):
            builder.add_blocks(_table_blocks(item, tables[table], n_pages))
            table += 1
            continue
        if at in contents:
            builder.add_blocks([Block(SegmentKind.CONTENTS_LINE, [item.line], item.region)])
        else:
            builder.add_line(item, labels.get(at))
        at += 1
    set_kinds(builder.blocks, measures, is_telling)
    set_levels(builder.blocks, is_telling)
    return builder.blocks


def _adjoining(items: Sequence[Item]) -> set[int]:
    """Places among the areas of those that follow an area directly."""
    found: set[int] = set()
    n_areas = 0
    for position, item in enumerate(items):
        if isinstance(item, Area):
            if position and isinstance(items[position - 1], Area):
                found.add(n_areas)
            n_areas += 1
    return found


def _table_blocks(area: Area, blocks: list[Block], n_pages: int) -> list[Block]:
    if is_contents_area(area, n_pages):
        for block in blocks:
            block.kind, block.cells = SegmentKind.CONTENTS_LINE, []
    return blocks


def with_notes(
    blocks: Sequence[Block], readings: Sequence[PageReading], settings: SegmentSettings
) -> list[Block]:
    """The blocks with each footnote behind the block that refers to it.

    A note whose mark is not found stands behind the blocks that begin on its page.
    """
    by_block: dict[int, list[Block]] = {}
    loose: dict[int, list[Block]] = {}
    on_page: dict[int, list[Block]] = {}
    for block in blocks:
        for page in sorted({line.page for line in block.lines}):
            on_page.setdefault(page, []).append(block)
    for reading in readings:
        for note in _note_blocks(reading.notes):
            home = _referring(note, on_page.get(reading.page, ()), settings)
            if home is None:
                loose.setdefault(reading.page, []).append(note)
            else:
                by_block.setdefault(id(home), []).append(note)
    placed = [each for block in blocks for each in (block, *by_block.get(id(block), ()))]
    return _placed_after_page(placed, loose)


def _referring(note: Block, blocks: Sequence[Block], settings: SegmentSettings) -> Block | None:
    for block in blocks:
        if any(
            line.page == note.first.page and refers(line, note.number, settings)
            for line in block.lines
        ):
            return block
    return None


def with_running(blocks: Sequence[Block], readings: Sequence[PageReading]) -> list[Block]:
    """The blocks with the running matter of each page behind the last block of that page."""
    running = {
        reading.page: [
            _plain(SegmentKind.RUNNING_MATTER, joined(row)) for row in rows(reading.running)
        ]
        for reading in readings
        if reading.running
    }
    return _placed_after_page(blocks, running)


def _note_blocks(lines: Sequence[TextLine]) -> list[Block]:
    blocks: list[Block] = []
    for line in lines:
        number = opening_number(line)
        if blocks and not (number and _comes_next(blocks[-1].number, number)):
            blocks[-1].lines.append(line)
            continue
        block = _plain(SegmentKind.FOOTNOTE, line)
        block.number = number
        if number and line.words[0].text.strip("[]().:") == number:
            block.n_label_words = min(1, len(line.words) - 1)
        blocks.append(block)
    return blocks


def _comes_next(number: str, following: str) -> bool:
    if number.isdigit() and following.isdigit():
        return int(following) == int(number) + 1
    return not following.isdigit()


def _plain(kind: SegmentKind, line: TextLine) -> Block:
    # Until a section says otherwise, and for running matter always: no evidence.
    return Block(kind, [line], Region(line.x0, line.x1), role=SectionRole.FRONT_MATTER)


def _placed_after_page(blocks: Sequence[Block], extra: Mapping[int, list[Block]]) -> list[Block]:
    """Extra blocks of a page behind the blocks that begin on it."""
    placed: list[Block] = []
    pending = dict(sorted(extra.items()))
    for page, group in groupby(blocks, key=lambda block: block.lines[0].page):
        for earlier in [number for number in pending if number < page]:
            placed.extend(pending.pop(earlier))
        placed.extend(group)
    for more in pending.values():
        placed.extend(more)
    return placed

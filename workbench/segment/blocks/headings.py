"""Levels of headings, from their numbers and their type."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence

from workbench.records import SegmentKind
from workbench.segment.blocks.block import Block

Style = tuple[float, bool, bool]  # size in half points, bold, capitals

FEWEST_INSIDE = 5  # headings behind the first page before its own do not count
FEWEST_NUMBERED = 3  # headings of a type before its bare ones stand below them
DECIMAL = re.compile(r"^\d{1,2}(?:\.\d{1,3})*$")


def set_levels(blocks: Sequence[Block], is_telling: Callable[[str], bool]) -> None:
    """Set ``level`` of every heading, from 1.

    A decimal number gives the level ("2.1" is 2). Other headings take the level that numbered
    ones of the same type have, else the rank of their type: larger before smaller, capitals
    and bold before plain. Where one type serves numbered and bare headings, the bare ones stand
    below, but for those that name a section of a review themselves ("Glossary").
    """
    headings = [block for block in blocks if block.kind is SegmentKind.HEADING and block.lines]
    inside = [block for block in headings if block.first.page > 1]
    if len(inside) >= FEWEST_INSIDE:  # what a cover prints large ranks above nothing
        cover = {_style(block) for block in headings} - {_style(block) for block in inside}
        for block in headings:
            if _style(block) in cover:
                block.level = 1
        headings = [block for block in headings if _style(block) not in cover]
    by_style: dict[Style, list[int]] = defaultdict(list)
    for block in headings:
        style = _style(block)
        by_style[style].append(0)
        if DECIMAL.match(block.number):
            by_style[style].append(block.number.count(".") + 1)
    numbered = {
        style: min(level for level in levels if level)
        for style, levels in by_style.items()
        if any(levels)
    }
    ranked = sorted(by_style, key=lambda style: (-style[0], not style[2], not style[1]))
    levels = _levels(ranked, numbered)
    for block in headings:
        if DECIMAL.match(block.number):
            block.level = block.number.count(".") + 1
        else:
            style = _style(block)
            is_below = sum(level > 0 for level in by_style[style]) >= FEWEST_NUMBERED
            block.level = levels[style] + (is_below and not is_telling(block.text))


def _style(block: Block) -> Style:
    letters = [letter for letter in block.text if letter.isalpha()]
    capitals = sum(letter.isupper() for letter in letters) > 0.8 * max(len(letters), 1)
    return round(block.size_pt * 2) / 2, block.is_bold, capitals


def _levels(ranked: Sequence[Style], numbered: dict[Style, int]) -> dict[Style, int]:
    levels: dict[Style, int] = {}
    above = 0
    for style in ranked:
        level = numbered.get(style, min(above + 1, 6))
        levels[style] = max(level, 1)
        above = max(above, levels[style]) if style in numbered else levels[style]
    return levels

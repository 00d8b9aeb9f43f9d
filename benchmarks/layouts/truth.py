"""The exact truth of a generated document: its words with boxes, and its blocks."""

from __future__ import annotations

from typing import Any

from benchmarks.layouts.setting.breaking import Ink
from benchmarks.layouts.setting.compose import Composition
from benchmarks.layouts.setting.fonts import rise_and_drop
from benchmarks.layouts.setting.looks import House
from benchmarks.layouts.setting.pages import SetPage
from benchmarks.layouts.story.blocks import Block, plain

SCHEMA = "layout/1"
ZONES = ("head", "body", "note", "foot")


def truth_of(composition: Composition, house: House, traits: tuple[str, ...]) -> dict[str, Any]:
    """What a perfect reader would find, as JSON.

    ``words``: in reading order page by page (heads, body, notes, feet), each ``[text, page, x0,
    top, x1, bottom, block, part]``; boxes are line boxes in display space, points. ``part`` is
    body, number, bullet, mark, leader, page, repeated, label or margin_note.
    ``blocks``: ``kind, number, level, role, text, cells, pages, scored, traits, also, broken``.
    """
    numbers: dict[Block, int] = {}
    words: list[list[Any]] = []
    pages: list[dict[str, Any]] = []
    seen: dict[Block, list[int]] = {}
    for page in composition.pages:
        pages.append(page_of(page))
        for ink in in_reading_order(page, numbers):
            block = ink.block
            if block is None:
                continue
            number = numbers[block]
            if ink.part != "repeated":
                seen.setdefault(block, []).append(page.number)
            box = [round(v, 2) for v in box_of(ink)]
            words.append([ink.text, page.number, *box, number, part_of(ink, block)])
    blocks = [block_of(block, composition, sorted(set(seen.get(block, [])))) for block in numbers]
    return {
        "schema": SCHEMA,
        "id": house.name,
        "title": house.title,
        "fictional": True,
        "traits": list(traits),
        "pages": pages,
        "words": words,
        "blocks": blocks,
    }


def in_reading_order(page: SetPage, numbers: dict[Block, int]) -> list[Ink]:
    """The words of a page in reading order; blocks are numbered when first met."""
    for zone in ZONES:
        for ink in page.inks:
            if ink.zone == zone and ink.block is not None:
                numbers.setdefault(ink.block, len(numbers))

    def key(ink: Ink) -> tuple[int, int, int, int]:
        block = numbers[ink.block] if ink.block is not None else 0
        ahead = 0 if ink.part == "repeated" else 1
        return ZONES.index(ink.zone), ahead if not ahead else block + 1, ink.cell, ink.row

    return sorted(page.inks, key=key)


def page_of(page: SetPage) -> dict[str, Any]:
    """What is true of a whole page."""
    sheet = page.sheet
    return {
        "number": page.number,
        "label": page.label,
        "width": round(sheet.width, 2),
        "height": round(sheet.height, 2),
        "rotate": sheet.rotate,
        "columns": page.columns,
        "turned": sheet.turned,
    }


def part_of(ink: Ink, block: Block) -> str:
    """The part of a word; "Recommendation 3:" before a text is its number."""
    leading = ink.row == 0 and ink.runs[0][1].style == "b"
    return "number" if "run_in_number" in block.traits and leading else ink.part


def box_of(ink: Ink) -> tuple[float, float, float, float]:
    """The line box of a word: font rise over and drop under the baseline."""
    rise, drop = rise_and_drop(ink.runs[0][1].font)
    up, down = rise * ink.size, drop * ink.size
    if ink.turn:
        return ink.x - up, ink.y - ink.width, ink.x + down, ink.y
    return ink.x, ink.y - up, ink.x + ink.width, ink.y + down


def block_of(block: Block, composition: Composition, pages: list[int]) -> dict[str, Any]:
    """What is true of a block."""
    return {
        "kind": block.kind,
        "number": block.number.strip(),
        "level": block.level,
        "role": block.role,
        "text": composition.printed.get(block, block.text),
        "cells": [plain(cell) for cell in block.cells],
        "pages": pages,
        "scored": block.scored,
        "traits": list(block.traits),
        "also": [list(pair) for pair in block.also],
        "broken": block in composition.broken,
    }

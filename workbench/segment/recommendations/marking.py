"""Which blocks are recommendations, and which are notes at the end of the review."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from workbench.records import SectionRole, SegmentKind
from workbench.segment.blocks.block import Block
from workbench.segment.sections import titles

LONE_LABEL = re.compile(
    r"^(?:[A-Z]{1,3}\d{1,3}|(?:(?:key )?(?:recommendation|finding|lesson)|learning point)\s+"
    r"\w{1,3})[.:]?$",
    re.IGNORECASE,
)
BOX_TITLE = re.compile(r"^(?:conclusion|recommendation|finding|lesson)s?\W*$", re.IGNORECASE)
PROSE = (SegmentKind.PARAGRAPH, SegmentKind.BULLET, SegmentKind.QUOTATION)
NUMBERED = re.compile(r"^recommendation\s+\w{1,4}[.:]?$", re.IGNORECASE)
#: Recommendations counted from 1 (or A) within their own section need no "should".
FIRST = re.compile(r"^(?:R ?)?\(?(?:1|a|i)\)?$", re.IGNORECASE)
COUNT = re.compile(r"^(?:R ?)?\(?(?:\d{1,2}|[a-z]|[ivx]+)\)?$", re.IGNORECASE)
ROW_NUMBER = re.compile(r"^(?:recommendation\s+)?[A-Z]?\d{1,3}(?:\.\d{1,2})?[.)]?$", re.IGNORECASE)
FORM_ACTION = re.compile(r"^actions? (?:that )?should be taken\W*$", re.IGNORECASE)
ASKS = re.compile(
    r"\b(?:should|must|need(?:s)? to|is (?:asked|recommended|urged) to|are (?:asked|recommended) to"
    r"|to (?:ensure|review|develop|provide|consider|establish|produce|seek)|will ensure)\b",
    re.IGNORECASE,
)
NOTE_NUMBER = re.compile(r"^[\[(]?(\d{1,3}|[ivx]{1,5})[\]).:]?$")


def mark_recommendations(blocks: Sequence[Block]) -> None:
    """Set the kind of recommendations; those under a numbered heading of their own bear it."""
    _hand_down_numbers(blocks)
    asked = [block for block in blocks if block.role is SectionRole.RECOMMENDATIONS]
    has_named = any(NUMBERED.match(block.number) for block in asked)
    is_counted = any(FIRST.match(block.number) and block.kind in PROSE for block in asked)
    for block in asked:
        if block.kind in (SegmentKind.TABLE_ROW, SegmentKind.CHRONOLOGY_ENTRY):
            _mark_row(block)
        elif _is_recommendation(block, has_named=has_named, is_counted=is_counted):
            block.kind = SegmentKind.RECOMMENDATION
    _mark_form_action(blocks)


def _mark_form_action(blocks: Sequence[Block]) -> None:
    """In a coroner's form the first paragraph on action is the recommendation."""
    for heading, block in pairwise(blocks):
        asked = heading.kind is SegmentKind.HEADING and FORM_ACTION.match(heading.text)
        if asked and block.kind is SegmentKind.PARAGRAPH:
            block.kind = SegmentKind.RECOMMENDATION


def _hand_down_numbers(blocks: Sequence[Block]) -> None:
    """A heading that is only a label ("F3", "Recommendation 3") numbers the paragraph below.

    So does the number of a box whose heading names the addressee.
    """
    for heading, block in pairwise(blocks):
        if heading.kind is not SegmentKind.HEADING or block.kind not in PROSE or block.number:
            continue
        boxed = heading.number and 0 < heading.region.cell == block.region.cell
        if LONE_LABEL.match(heading.text):
            block.number = heading.text.rstrip(".:")
        elif boxed and (
            heading.role is SectionRole.RECOMMENDATIONS or BOX_TITLE.match(heading.text)
        ):
            block.number, heading.number = heading.number, ""


def _mark_row(block: Block) -> None:
    """A row with a number, below the head, is a recommendation without its number cell."""
    if block.is_head_row or len(block.cells) < 2 or not block.cells[0]:
        return
    first = " ".join(line.text for line in block.cells[0])
    rest = " ".join(line.text for cell in block.cells[1:] for line in cell)
    if ROW_NUMBER.match(first) and rest:
        block.kind, block.number = SegmentKind.RECOMMENDATION, first.rstrip(".)")
        block.cells = block.cells[1:]
    elif ASKS.search(first) or any(ASKS.search(line.text) for line in block.cells[1]):
        block.kind = SegmentKind.RECOMMENDATION


def _is_recommendation(block: Block, *, has_named: bool, is_counted: bool) -> bool:
    if block.kind not in PROSE or not block.number:
        return False
    if has_named:
        return bool(NUMBERED.match(block.number))
    return bool(ASKS.search(block.text)) or (is_counted and bool(COUNT.match(block.number)))


def mark_endnotes(blocks: Sequence[Block]) -> None:
    """Numbered blocks under "Notes" or "References" are footnotes."""
    for block in blocks:
        if (
            block.path
            and titles.ENDNOTES.match(block.path[-1])
            and block.kind in (SegmentKind.PARAGRAPH, SegmentKind.BULLET)
        ):
            if not block.number:
                match = NOTE_NUMBER.match(block.first.words[0].text)
                if match and len(block.first.words) > 1:
                    block.number, block.n_label_words = match.group(1), 1
            if block.number:
                block.kind, block.is_endnote = SegmentKind.FOOTNOTE, True

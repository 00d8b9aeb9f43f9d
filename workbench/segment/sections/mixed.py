"""Sections that hold conclusions beside recommendations, and documents that answer others."""

from __future__ import annotations

import re
from collections.abc import Sequence

from workbench.records import SectionRole, SegmentKind
from workbench.segment.blocks.block import Block
from workbench.segment.sections import titles

PROSE = (
    SegmentKind.PARAGRAPH, SegmentKind.BULLET, SegmentKind.QUOTATION, SegmentKind.RECOMMENDATION,
    SegmentKind.TABLE_ROW,
)  # fmt: skip
#: What committees print behind each paragraph of their closing list.
SAID_SO = re.compile(r"\((?P<what>recommendation|conclusion)s?,?\s+(?:para|page)", re.IGNORECASE)
LABELLED = re.compile(
    r"^\W*(?P<what>recommendation|conclusion|finding|lesson|learning point)s?\b", re.IGNORECASE
)
RECOMMENDING = re.compile(
    r"\b(?:we|i|(?:the|this) (?:\w+ )?(?:panel|review|inquiry|committee|author|board|coroner)|it is"
    r"|are)\s+(?:\w+\s+){0,2}recommend(?:s|ed)?\b|\brecommends? that\b",
    re.IGNORECASE,
)
ASKING = re.compile(
    r"^[^.;:?]{2,160}?\s(?:should|must|needs? to|ought to)\b(?!\s+(?:not\s+)?have\b)"
)
MAX_ASKING_WORDS = 90
REPLY_PAGES = 4  # the first pages, one of which says that the document answers another
QUOTED_WORDS = 12  # a bold passage of as many words in a reply repeats what was asked


def sort_mixed(blocks: Sequence[Block]) -> None:
    """Tell conclusions and recommendations apart in a section that is headed as both.

    A passage that recommends or asks is a recommendation, as are the points of a list below
    it; all others are findings. A heading takes the role of the first passage below it.
    """
    role = SectionRole.FINDINGS
    for block in blocks:
        if block.kind not in PROSE:
            continue
        goes_on = block.kind is SegmentKind.BULLET and role is SectionRole.RECOMMENDATIONS
        if not goes_on:
            role = _mixed_role(block)
        block.role = role
    first = next((block.role for block in blocks if block.kind in PROSE), None)
    for block in blocks:
        if block.kind is SegmentKind.HEADING and first is not None:
            block.role = first


def _mixed_role(block: Block) -> SectionRole:
    text = f"{block.number} {block.text}".strip()
    if said := SAID_SO.search(text) or LABELLED.match(text):
        is_asked = said["what"].casefold() == "recommendation"
        return SectionRole.RECOMMENDATIONS if is_asked else SectionRole.FINDINGS
    short = len(text.split()) <= MAX_ASKING_WORDS
    if RECOMMENDING.search(text) or (short and ASKING.match(block.text)):
        return SectionRole.RECOMMENDATIONS
    return SectionRole.FINDINGS


def is_reply(blocks: Sequence[Block]) -> bool:
    """Whether a document answers a report: its first pages are headed as a response to one."""
    return any(
        titles.REPLYING.match(block.text)
        for block in blocks
        if block.kind is SegmentKind.HEADING and block.first.page <= REPLY_PAGES
    )


def mark_quoted(blocks: Sequence[Block]) -> None:
    """In a reply, passages set in bold repeat the recommendation that is answered."""
    for block in blocks:
        prose = block.kind in (SegmentKind.PARAGRAPH, SegmentKind.BULLET)
        if prose and block.is_bold and len(block.text.split()) >= QUOTED_WORDS:
            block.role = SectionRole.RECOMMENDATIONS

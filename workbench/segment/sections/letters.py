"""Letters and imprints: what opens and what closes them is no evidence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from workbench.records import SectionRole, SegmentKind
from workbench.segment.blocks.block import Block
from workbench.segment.sections import titles
from workbench.segment.sections.passages import JUDGES, judging

IN_TEXT = (SegmentKind.QUOTATION, SegmentKind.FOOTNOTE)
SALUTATION = re.compile(r"^dear\s+(?:\S+\s*){1,10}$", re.IGNORECASE)
FAREWELL = re.compile(r"^yours (?:sincerely|faithfully|truly)\b", re.IGNORECASE)
#: What the first paragraphs of a letter tell of the inspection or the review itself.
OCCASION = re.compile(
    r"\bthis (?:letter|joint inspection|inspection|visit|review)\b|\b(?:inspection|visit|review)"
    r" (?:took place|was (?:conducted|carried out|commissioned))\b|\bundertook a\b"
    r"|\bcarried out by\b"
    r"|\b(?:inspectors|the review) (?:evaluated|considered|looked at|examined)\b",
    re.IGNORECASE,
)
JUDGED = 15.0  # cues of judgement for each thousand words of a paragraph
FEWEST_CUES = 2
CLOSING = re.compile(
    r"\b(?:thank|grateful|look forward|copying|copied|will be published|into account"
    r"|(?:next|further) (?:inspection|visit|letter)|in touch|contact (?:me|us))\b",
    re.IGNORECASE,
)
CLOSING_WORDS = 40
SIGNED_WORDS = 30  # a section with fewer words behind the farewell holds names


def close_letter(sections: Sequence[Sequence[Block]]) -> None:
    """What follows the close of a letter or opens the imprint is front matter.

    Headings behind the farewell that hold only names and offices belong to it.
    """
    farewell = 0
    for blocks in sections:
        head = blocks[0] if blocks else None
        if farewell and head and _is_signature(head, blocks, farewell):
            for block in blocks:
                block.role = SectionRole.FRONT_MATTER
            continue
        farewell = page = 0
        for position, block in enumerate(blocks):
            if FAREWELL.match(block.text) and position:
                _close(blocks[position - 1])
            if titles.CLOSING.search(block.text) and block.kind not in IN_TEXT:
                page = block.first.page
                farewell = page if FAREWELL.match(block.text) else farewell
            if page and page <= block.first.page <= page + 1:
                block.role = SectionRole.FRONT_MATTER


def _close(block: Block) -> None:
    """The sentence right above the farewell is a closing one."""
    short = len(block.text.split()) <= CLOSING_WORDS
    if block.kind is SegmentKind.PARAGRAPH and short and CLOSING.search(block.text):
        block.role = SectionRole.FRONT_MATTER


def _is_signature(head: Block, blocks: Sequence[Block], page: int) -> bool:
    words = sum(len(block.text.split()) for block in blocks[1:])
    names = head.kind is SegmentKind.HEADING and not head.number
    near = page <= head.first.page <= page + 1
    return names and near and words < SIGNED_WORDS and not titles.is_telling(head.text)


def open_letter(blocks: Sequence[Block]) -> None:
    """Give the opening of a letter its roles: first what it is about, then what was found.

    Args:
        blocks: Of the document's opening, above its first section.
    """
    after = next((i for i, b in enumerate(blocks) if SALUTATION.match(b.text)), None)
    if after is None:
        return
    role = SectionRole.METHODOLOGY
    for block in blocks[after + 1 :]:
        if block.kind in (SegmentKind.PARAGRAPH, SegmentKind.BULLET, SegmentKind.QUOTATION):
            if _judges(block.text):
                role = SectionRole.FINDINGS
            block.role = role


def _judges(text: str) -> bool:
    many = len(JUDGES.findall(text)) >= FEWEST_CUES and judging(text) >= JUDGED
    return many and not OCCASION.search(text)

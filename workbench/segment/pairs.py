"""Blocks beside the segments that were made of them."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.records import Segment
from workbench.segment.blocks.block import Block


def pair_up(
    blocks: Sequence[Block], segments: Sequence[Segment]
) -> tuple[tuple[Block, Segment], ...]:
    """Each segment with its block: freezing leaves out blocks without a word, and no other.

    Empty when the two do not fit, so that nothing is said of the wrong passage.
    """
    printed = [block for block in blocks if _has_text(block)]
    pairs = tuple(zip(printed, segments, strict=False))
    fits = len(printed) == len(segments) and all(
        block.kind is segment.kind and block.number == segment.number for block, segment in pairs
    )
    return pairs if fits else ()


def _has_text(block: Block) -> bool:
    if block.cells:
        words = [word for cell in block.cells for line in cell for word in line.words]
    else:
        words = [word for line in block.lines for word in line.words][block.n_label_words :]
    return any(word.text.replace("|", "").strip() for word in words)

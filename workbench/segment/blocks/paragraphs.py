"""Lines to blocks: where a paragraph, bullet or heading ends and the next begins."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass

from workbench.records import SegmentKind
from workbench.segment.blocks.block import Block
from workbench.segment.blocks.continuity import Candidate, believed
from workbench.segment.blocks.measures import Measures, follows, has_room, is_ended
from workbench.segment.blocks.numbers import Label, is_bullet, labels
from workbench.segment.layout.lines import Placed, TextLine
from workbench.segment.settings import SegmentSettings

#: "Addressed to: ...", "Timescale: ..." below a sentence begin a line of their own.
LABELLED = re.compile(r"^[A-Z][a-z]+(?: [a-z]+){0,2}:\s")
INDENT_STEP_PT = 10.0
FULL_SHARE = 0.85  # of a column's width that a full line of an indented list fills
WIDEST_PITCH = 1.5  # of the usual one, inside a paragraph


@dataclass(frozen=True, slots=True)
class _Open:
    """The block that is being filled, and its last line."""

    block: Block
    last: Placed


def believed_labels(
    placed: Sequence[Placed], skipped: Container[int], measures: Measures
) -> dict[int, Label]:
    """The number that opens each line, by place; lines without a believed number are absent."""
    candidates = []
    for index, item in enumerate(placed):
        if index in skipped:
            continue
        line = item.line
        as_heading = line.bold or line.size_pt > 1.1 * measures.body_pt
        for label in labels(line, as_heading=as_heading):
            indent = round((line.x0 - item.region.left) / INDENT_STEP_PT)
            evidence = _evidence(placed, index, label, measures, as_heading=as_heading)
            candidates.append(Candidate(index, label, indent, evidence))
    return believed(candidates)


def _evidence(
    placed: Sequence[Placed], index: int, label: Label, measures: Measures, *, as_heading: bool
) -> float:
    """How well the place of a line suits the beginning of a numbered paragraph."""
    item = placed[index]
    evidence = 0.3
    if label.is_wide:
        evidence += 1.2
    if as_heading:
        evidence += 0.7
    if index + 1 < len(placed) and follows(item, placed[index + 1]):
        below = placed[index + 1].line
        if below.x0 > item.line.x0 + 0.8 * item.line.size_pt:
            evidence += 0.7
    if index == 0 or not follows(placed[index - 1], item):
        return evidence + 0.3
    above = placed[index - 1]
    apart = item.line.bottom - above.line.bottom > 1.22 * measures.pitch(item.line.size_pt)
    if apart or above.line.bold != item.line.bold:
        return evidence + 1.0
    if is_ended(above.line) or has_room(above, item.line, item.region.right):
        return evidence + 0.4
    return evidence - 2.5


class Builder:
    """Collects lines into blocks; kinds beyond number and bullet come later."""

    def __init__(self, measures: Measures, settings: SegmentSettings) -> None:
        self.blocks: list[Block] = []
        self._measures, self._settings = measures, settings
        self._open: _Open | None = None

    def add_line(self, item: Placed, label: Label | None) -> None:
        """Add the next line: to the open block where it goes on, else as a new one."""
        bullet = label is None and is_bullet(item.line)
        current = self._open
        if current and not label and not bullet and self._goes_on(current, item):
            current.block.lines.append(item.line)
            self._open = _Open(current.block, item)
            return
        block = _new_block(item, label, is_bulleted=bullet)
        if current and follows(current.last, item):
            block.gap_above_pt = item.line.bottom - current.last.line.bottom
        self.blocks.append(block)
        self._open = _Open(block, item)

    def add_blocks(self, blocks: Sequence[Block]) -> None:
        """Add finished blocks; they close the open one."""
        self.blocks.extend(blocks)
        self._open = None

    def _goes_on(self, current: _Open, item: Placed) -> bool:
        return _continues(current, item, self._measures, self._settings)


def _new_block(item: Placed, label: Label | None, *, is_bulleted: bool) -> Block:
    block = Block(SegmentKind.PARAGRAPH, [item.line], item.region)
    if label is not None:
        # "Recommendation 3" alone is a heading: its words are the text, not the number.
        if label.n_words < len(item.line.words):
            block.number, block.n_label_words = label.printed, label.n_words
    elif is_bulleted:
        block.kind, block.n_label_words = SegmentKind.BULLET, 1
        block.n_label_words = min(1, len(item.line.words) - 1)
    return block


def _continues(current: _Open, item: Placed, measures: Measures, settings: SegmentSettings) -> bool:
    """Whether a line goes on with the open block."""
    last, line = current.last, item.line
    if _differs_in_type(last.line, line):
        return False
    if follows(last, item):
        return _continues_below(current, item, measures, settings)
    if last.region.cell or item.region.cell:
        return _continues_in_next_cell(current, item)
    return _continues_elsewhere(current, item)


def _differs_in_type(upper: TextLine, lower: TextLine) -> bool:
    sizes = sorted((upper.size_pt, lower.size_pt))
    if sizes[1] > 1.07 * sizes[0] + 0.2:
        return True
    if upper.bold == lower.bold:
        return False
    # A bold run inside a paragraph may fill a line; a bold line of its own is a heading.
    words = (upper if upper.bold else lower).words
    whole_bold = all(word.bold for word in words[1:] or words)  # the number may be plain
    return whole_bold and not (lower.bold and not is_ended(upper) and len(lower.words) > 3)


def _continues_below(
    current: _Open, item: Placed, measures: Measures, settings: SegmentSettings
) -> bool:
    block, last, line = current.block, current.last, item.line
    pitch = line.bottom - last.line.bottom
    usual = measures.pitch(line.size_pt)
    if pitch > settings.paragraph_pitch_ratio * usual + 0.5:
        # A quoted list may be set wider than the body: full lines that go on mid-sentence.
        return pitch <= WIDEST_PITCH * usual and _is_cut(last, item, block)
    indent = 0.8 * line.size_pt
    if len(block.lines) == 1:
        if not block.n_label_words and line.x0 > block.first.x0 + indent:
            return not is_ended(last.line) and not has_room(last, line, item.region.right)
    else:
        left = last.line.x0
        if abs(line.x0 - left) > indent and (line.x0 > left or is_ended(last.line)):
            return False
    if is_ended(last.line):
        return not (LABELLED.match(line.text) or has_room(last, line, _right_edge(block, item)))
    return not _stands_alone(block, item)


def _is_cut(last: Placed, item: Placed, block: Block) -> bool:
    """Whether a full line breaks off within a sentence that the next one goes on with."""
    goes_on = not is_ended(last.line) and item.line.words[0].text[:1].islower()
    width = item.region.right - item.region.left
    is_full = last.line.x1 - item.region.left > FULL_SHARE * width
    return goes_on and is_full and not block.is_bold


def _stands_alone(block: Block, item: Placed) -> bool:
    """Whether a lone short line (of a cover, an address) is followed by one of its own."""
    if len(block.lines) > 1 or block.n_label_words or block.is_bold:
        return False
    width = item.region.right - item.region.left
    first = item.line.words[0].text
    return block.first.x1 < item.region.right - 0.4 * width and first[:1].isupper()


def _right_edge(block: Block, item: Placed) -> float:
    """The furthest that the block's lines reach, or its region when it has one line."""
    if len(block.lines) < 2:
        return item.region.right
    return max(line.x1 for line in (*block.lines, item.line))


def _continues_in_next_cell(current: _Open, item: Placed) -> bool:
    """A cell that a page break cuts goes on at the top of the next page."""
    last, line = current.last, item.line
    if not (last.region.cell and item.region.cell) or line.page != last.line.page + 1:
        return False
    if abs(item.region.left - last.region.left) > 6 or abs(line.x0 - _text_left(current)) > 6:
        return False
    return _goes_on(current, item)


def _continues_elsewhere(current: _Open, item: Placed) -> bool:
    """A paragraph goes on in the next column or on the next page."""
    last, line = current.last, item.line
    if line.page - last.line.page > 1 or current.block.is_bold:
        return False
    shift = item.region.left - last.region.left
    if abs((line.x0 - shift) - _text_left(current)) > 1.2 * line.size_pt and not (
        abs(line.x0 - _text_left(current)) <= 1.2 * line.size_pt
    ):
        return False
    return _goes_on(current, item)


def _text_left(current: _Open) -> float:
    lines = current.block.lines
    return lines[1].x0 if len(lines) > 1 else current.block.text_left


def _goes_on(current: _Open, item: Placed) -> bool:
    last, line = current.last, item.line
    if not is_ended(last.line):
        return True
    first = line.words[0].text
    if first[:1].islower():
        return True
    return not has_room(last, line, _right_edge(current.block, last))

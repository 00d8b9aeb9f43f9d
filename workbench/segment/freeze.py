"""Blocks to the frozen text, with the place of every word, and to segments."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise, zip_longest

from workbench.records import FrozenText, PlacedWord, Segment, SegmentKind, Word
from workbench.segment.blocks.block import Block
from workbench.segment.layout.lines import TextLine

CELL_JOINT = " | "
BLOCK_JOINT = "\n\n"
HYPHENS = ("-", "\u2010", "\u00ad")
LETTERS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
HYPHEN = re.compile("[-\u2010]")
HYPHENED = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)+")
#: Before these a hyphen is usual, so a break behind one keeps it unless the document says no.
PREFIXES = frozenset(
    ("anti", "co", "cross", "ex", "mid", "multi", "non", "post", "pre", "pro", "self", "semi")
)
#: These are rather the first half of one word than of a compound.
FIRST_HALVES = frozenset(
    ("over", "under", "out", "with", "any", "some", "every", "how", "there", "where", "here")
)
CLOSERS = frozenset(".,;:!?)]”’'")
CLOSING = re.compile(r"^[.,;:!?)\]”’]+$|^[’']s$")

DOUBLED = frozenset((("re", "e"), ("re", "r")))

#: As ``PlacedWord._make``, without a call of Python for each word.
_placed = partial(tuple.__new__, PlacedWord)

Piece = tuple[str, Word, int]  # text as it is frozen, the word it stands for, page


@dataclass(slots=True)
class Vocabulary:
    """Words and hyphened words that the document prints away from line ends, with counts."""

    words: Counter[str] = field(default_factory=Counter)
    hyphened: Counter[str] = field(default_factory=Counter)
    is_hyphenated: bool = False  # the document breaks words at line ends

    @classmethod
    def of(cls, lines: Sequence[TextLine]) -> Vocabulary:
        """The vocabulary of the lines, broken words at their ends left out."""
        found = cls()
        breaks: list[tuple[str, str]] = []
        for line, following in zip_longest(lines, lines[1:]):
            text = line.text.casefold()
            if text.endswith(HYPHENS):
                text, _, broken = text.rpartition(" ")
                if following is not None:
                    breaks.append((broken[:-1], following.words[0].text.casefold()))
            found.words.update(LETTERS.findall(text))
            for compound in HYPHENED.findall(text) if HYPHEN.search(text) else ():
                parts = re.split("[-\u2010]", compound)
                found.hyphened.update(f"{a}-{b}" for a, b in pairwise(parts))
        known = [found._balance(left, right) for left, right in breaks]
        found.is_hyphenated = sum(b < 0 for b in known) > 0.25 * sum(b > 0 for b in known)
        return found

    def _balance(self, left: str, right: str) -> int:
        """Prints of the hyphened form less those of the joined one."""
        head, tail = LETTERS.findall(left.casefold()), LETTERS.findall(right.casefold())
        if not head or not tail:
            return 0
        return self.hyphened[f"{head[-1]}-{tail[0]}"] - self.words[head[-1] + tail[0]]

    def keeps_hyphen(self, left: str, right: str) -> bool:
        """Whether a word broken behind ``left`` is written with a hyphen.

        The document's own prints decide. A form that it prints nowhere else keeps its hyphen
        where the document breaks no words, behind a prefix, and between two words of its own.
        """
        head, tail = LETTERS.findall(left.casefold()), LETTERS.findall(right.casefold())
        if not head or not tail or not right[0].islower():
            return True
        if balance := self._balance(left, right):
            return balance > 0
        before, after = head[-1], tail[0]
        if before in PREFIXES or not self.is_hyphenated or (before, after[0]) in DOUBLED:
            return True
        if len(before) < 4 or before in FIRST_HALVES:
            return False
        return self.words[before] > 1 and self.words[after] > 1


def pieces(lines: Sequence[TextLine], skip: int, vocabulary: Vocabulary) -> Iterator[list[Piece]]:
    """The printed words of lines, each list without a space inside (a broken word has two)."""
    words = [(word, line.page, word is line.words[-1]) for line in lines for word in line.words]
    held: list[Piece] = []
    for position, (word, page, is_last) in enumerate(words[skip:], start=skip):
        text = word.text
        following = words[position + 1][0].text if position + 1 < len(words) else ""
        if not is_last and following[:1] in CLOSERS and CLOSING.match(following):
            held.append((text, word, page))
            continue
        if is_last and following and len(text) > 1 and text.endswith(HYPHENS):
            soft = not vocabulary.keeps_hyphen(text[:-1], following)
            held.append((text[:-1] if soft else text, word, page))
            continue
        yield [*held, (text, word, page)]
        held = []
    if held:
        yield held


def freeze(
    document_id: str, blocks: Sequence[Block], vocabulary: Vocabulary
) -> tuple[FrozenText, tuple[Segment, ...]]:
    """The frozen text of the blocks in their order, and one segment for each that has text."""
    parts: list[str] = []
    placed: list[PlacedWord] = []
    segments: list[Segment] = []
    at = 0
    for block in blocks:
        content = _content(block, vocabulary)
        start = at + (len(BLOCK_JOINT) if parts else 0)
        text, words, cells = _render(content, start)
        if not text:
            continue
        parts.append(text)
        placed.extend(words)
        at = start + len(text)
        segments.append(_segment(document_id, len(segments), block, start, text, words, cells))
    return FrozenText(
        document_id=document_id, text=BLOCK_JOINT.join(parts), words=tuple(placed)
    ), tuple(segments)


def _content(block: Block, vocabulary: Vocabulary) -> list[list[list[Piece]]]:
    """Cells of words of pieces; a block without cells has one."""
    if block.cells:
        return [list(pieces(cell, 0, vocabulary)) for cell in block.cells]
    return [list(pieces(block.lines, block.n_label_words, vocabulary))]


def _render(
    content: Sequence[Sequence[Sequence[Piece]]], start: int
) -> tuple[str, list[PlacedWord], list[str]]:
    parts: list[str] = []
    placed: list[PlacedWord] = []
    cells: list[str] = []
    at = start
    for number, cell in enumerate(content):
        if number:
            parts.append(CELL_JOINT)
            at += len(CELL_JOINT)
        begin = len(parts)
        for position, word in enumerate(cell):
            if position:
                parts.append(" ")
                at += 1
            for printed, source, page in word:
                _, x0, top, x1, bottom, _, _ = source
                end = at + len(printed)
                placed.append(_placed((at, end, page, x0, top, x1, bottom)))
                parts.append(printed)
                at = end
        cells.append("".join(parts[begin:]))
    text = "".join(parts)
    if not text.replace("|", "").strip():
        return "", [], []
    return text, placed, cells


def _segment(  # noqa: PLR0913 - the fields of one record
    document_id: str,
    ordinal: int,
    block: Block,
    start: int,
    text: str,
    words: Sequence[PlacedWord],
    cells: Sequence[str],
) -> Segment:
    is_row = block.kind in (SegmentKind.TABLE_ROW, SegmentKind.CHRONOLOGY_ENTRY)
    return Segment(
        document_id=document_id,
        ordinal=ordinal,
        kind=block.kind,
        section_role=block.role,
        start_char=start,
        end_char=start + len(text),
        text=text,
        page_start=min(word.page for word in words),
        page_end=max(word.page for word in words),
        number=block.number,
        section_path=block.path,
        level=block.level,
        cells=tuple(cells) if is_row or len(cells) > 1 else (),
    )

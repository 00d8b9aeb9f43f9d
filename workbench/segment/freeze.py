"""Blocks to the frozen text, with the place of every word, and to segments."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from workbench.records import FrozenText, PlacedWord, Segment, SegmentKind, Word
from workbench.segment.blocks.block import Block
from workbench.segment.layout.lines import TextLine

CELL_JOINT = " | "
BLOCK_JOINT = "\n\n"
HYPHENS = ("-", "\u2010", "\u00ad")
LETTERS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
HYPHENED = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)+")
#: Before these a hyphen is usual, so a break after one keeps it unless the document says no.
PREFIXES = frozenset(
    [
        "anti",
        "cross",
        "ex",
        "inter",
        "mid",
        "mini",
        "multi",
        "non",
        "off",
        "on",
        "one",
        "two",
        "three",
        "post",
        "pre",
        "pro",
        "self",
        "semi",
        "single",
        "sub",
        "well",
        "co",
        "full",
        "half",
        "high",
        "low",
        "long",
        "short",
        "follow",
        "all",
        "non-fatal",
        "drop",
        "step",
    ]
)

Piece = tuple[str, Word, int]  # text as it is frozen, the word it stands for, page


@dataclass(slots=True)
class Vocabulary:
    """Words and hyphened words that the document prints away from line ends, with counts."""

    words: Counter[str] = field(default_factory=Counter)
    hyphened: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, lines: Iterable[TextLine]) -> Vocabulary:
        """The vocabulary of the lines, broken words at their ends left out."""
        found = cls()
        for line in lines:
            words = line.words
            text = " ".join(word.text for word in words).casefold()
            if text.endswith(HYPHENS):
                text = text.rpartition(" ")[0]
            found.words.update(LETTERS.findall(text))
            found.hyphened.update(HYPHENED.findall(text))
        return found

    def keeps_hyphen(self, left: str, right: str) -> bool:
        """Whether a word broken after ``left`` is written with a hyphen."""
        head = LETTERS.findall(left.casefold())
        tail = LETTERS.findall(right.casefold())
        if not head or not tail or not right[0].islower():
            return True
        before, after = head[-1], tail[0]
        joined, hyphened = self.words[before + after], self.hyphened[f"{before}-{after}"]
        if joined != hyphened:
            return hyphened > joined
        if before in PREFIXES:
            return True
        return bool(self.words[before] > 1 and self.words[after] > 1 and len(before) > 2)


def pieces(lines: Sequence[TextLine], skip: int, vocabulary: Vocabulary) -> Iterator[list[Piece]]:
    """The printed words of lines, each list without a space inside (a broken word has two)."""
    words = [(word, line.page, word is line.words[-1]) for line in lines for word in line.words]
    held: list[Piece] = []
    for position, (word, page, is_last) in enumerate(words[skip:], start=skip):
        text = word.text
        following = words[position + 1][0].text if position + 1 < len(words) else ""
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
    text, placed, cells = "", [], []
    for number, cell in enumerate(content):
        if number:
            text += CELL_JOINT
        begin = len(text)
        for position, word in enumerate(cell):
            text += " " if position else ""
            for printed, source, page in word:
                first = start + len(text)
                text += printed
                placed.append(
                    PlacedWord(
                        first, first + len(printed), page,
                        source.x0, source.top, source.x1, source.bottom,
                    )
                )  # fmt: skip
        cells.append(text[begin:])
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

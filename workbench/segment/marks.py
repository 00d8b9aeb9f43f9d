"""Raised note marks taken out of the body's words."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace

from workbench.records import SegmentKind, Word
from workbench.segment.blocks.block import Block
from workbench.segment.layout.lines import TextLine
from workbench.segment.layout.notes import raised_marks
from workbench.segment.settings import SegmentSettings

GLUED = re.compile(r"^(?P<word>.*[^\W\d_][.,;:!?)’”\"']*)(?P<mark>\d{1,3})(?P<tail>[.,;:)]?)$")
CODE = re.compile(r"^\W*(?:[A-Z]+|[A-Z]\w{0,2})\W*$")


def without_marks(blocks: Sequence[Block], settings: SegmentSettings) -> None:
    """Take raised marks, and digits glued to words that are marks, from all but the notes.

    Digits glued to a word are a mark only where a note of the same page (or one at the end of
    the review) has that number, and the word is no code such as "CC1".
    """
    by_page: dict[int, set[str]] = defaultdict(set)
    at_end: set[str] = set()
    for block in blocks:
        if block.kind is SegmentKind.FOOTNOTE and block.number:
            (at_end if block.is_endnote else by_page[block.first.page]).add(block.number)
    codes = Counter(word.text for block in blocks for line in block.lines for word in line.words)
    for block in blocks:
        if block.kind is SegmentKind.FOOTNOTE:
            continue
        known = {line.page: by_page[line.page] | at_end for line in block.lines}
        block.lines = [
            _clean(line, known[line.page], codes, settings, kept=block.n_label_words * (not i))
            for i, line in enumerate(block.lines)
        ]
        block.cells = [
            [_clean(line, by_page[line.page] | at_end, codes, settings) for line in cell]
            for cell in block.cells
        ]


def _clean(
    line: TextLine,
    numbers: Collection[str],
    codes: Counter[str],
    settings: SegmentSettings,
    *,
    kept: int = 0,
) -> TextLine:
    """The line without marks; its first ``kept`` words are its number and stay."""
    small = any(w.size_pt <= settings.mark_size_ratio * line.size_pt for w in line.words)
    raised = {id(word) for word in raised_marks(line, settings)} if small else set()
    raised -= {id(word) for word in line.words[:kept]}
    words = [word for word in line.words if id(word) not in raised]
    if numbers:
        words[kept:] = [_unglued(word, numbers, codes) for word in words[kept:]]
    if not words or (not raised and all(a is b for a, b in zip(words, line.words, strict=True))):
        return line
    return replace(line, words=tuple(words), text=" ".join(word.text for word in words))


def _unglued(word: Word, numbers: Collection[str], codes: Counter[str]) -> Word:
    last = word.text[-1:]
    if not (last.isdigit() or word.text[-2:-1].isdigit()):
        return word
    match = GLUED.match(word.text)
    if match is None or match["mark"] not in numbers:
        return word
    bare = match["word"]
    punctuated = not bare[-1].isalnum()
    if not punctuated and (CODE.match(bare) or codes[word.text] > 1):
        return word
    return word._replace(text=bare + match["tail"])

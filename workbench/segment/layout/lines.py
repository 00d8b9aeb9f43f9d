"""The printed line that the layout steps pass on, and lines side by side as rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import NamedTuple

from workbench.records import Line, Page, Word
from workbench.segment.layout.redactions import with_redactions

#: "2.10.Many", "27.When"; a single number needs its full stop.
GLUED_NUMBER = re.compile(r"^(\d{1,2}(?:\.\d{1,3})+\.?|\d{1,3}\.)(?=[A-Z“\"‘(])")

NOTE_MARK = re.compile(r"^(?:\d{1,3}|[*†‡§]{1,3})$")


@dataclass(frozen=True, slots=True, eq=False)
class TextLine:
    """Words on one baseline inside one column or cell, with the page they stand on."""

    page: int
    words: tuple[Word, ...]
    x0: float
    top: float
    x1: float
    bottom: float
    size_pt: float
    bold: bool
    text: str = field(default="")

    @property
    def middle(self) -> float:
        """Height of its middle, in points from the top of the page."""
        return (self.top + self.bottom) / 2


class Region(NamedTuple):
    """Where a line may wrap: a column of a page, or a cell."""

    left: float
    right: float
    cell: int = 0  # 0: a column of the page; > 0: a box; < 0: a cell of a form; one number each


class Placed(NamedTuple):
    """A line of the reading order with the region it stands in."""

    line: TextLine
    region: Region


def text_lines(page: Page) -> list[TextLine]:
    """The lines of a page that hold words, in the order of the page.

    A line whose words lie over each other (a large numeral beside two lines) is taken apart.
    Filled boxes in a line are words of it.
    """
    found: list[TextLine] = []
    for line in map(_number_freed, with_redactions(page)):
        if any(right.x0 < left.x1 - 2 for left, right in pairwise(line.words)):
            found.extend(_untangled(page.number, line.words))
        elif _has_sizes(line) and any(_part(left, right) for left, right in pairwise(line.words)):
            found.extend(_parted(page.number, line.words))
        elif line.words:
            found.append(
                TextLine(
                    page.number, line.words, line.x0, line.top, line.x1, line.bottom,
                    line.size_pt, line.bold, line.text,
                )
            )  # fmt: skip
    return found


def _number_freed(line: Line) -> Line:
    """The line with a paragraph number parted from the word it is glued to ("2.10.Many")."""
    match = GLUED_NUMBER.match(line.words[0].text) if line.words else None
    if match is None:
        return line
    word, number = line.words[0], match.group(1)
    middle = word.x0 + (word.x1 - word.x0) * len(number) / len(word.text)
    parts = (
        word._replace(text=number, x1=middle),
        word._replace(text=word.text[len(number) :], x0=middle),
    )
    return replace(line, words=(*parts, *line.words[1:]))


def _has_sizes(line: Line) -> bool:
    """Whether a line is set in more than one size of type; most are not."""
    size = line.size_pt
    return any(word.size_pt != size for word in line.words)


def _part(left: Word, right: Word) -> bool:
    """Whether white space and another type size part two words (a note in the margin)."""
    if left.size_pt < right.size_pt and NOTE_MARK.match(left.text):
        return False  # the raised mark that opens a note stays with its words
    sizes = sorted((left.size_pt, right.size_pt))
    return sizes[1] > 1.12 * sizes[0] and right.x0 - left.x1 > 0.3 * sizes[1]


def _parted(page: int, words: Sequence[Word]) -> list[TextLine]:
    parts: list[list[Word]] = [[words[0]]]
    for left, right in pairwise(words):
        if _part(left, right):
            parts.append([])
        parts[-1].append(right)
    return [line_of(page, part) for part in parts]


def _untangled(page: int, words: Sequence[Word]) -> list[TextLine]:
    """Words by their own baseline: those whose bottoms are near."""
    groups: list[list[Word]] = []
    for word in sorted(words, key=lambda word: word.bottom):
        if groups and word.bottom - groups[-1][0].bottom < 0.35 * word.size_pt:
            groups[-1].append(word)
        else:
            groups.append([word])
    return [line_of(page, group) for group in groups]


def line_of(page: int, words: Sequence[Word]) -> TextLine:
    """One line of the given words, ordered from left to right."""
    ordered = tuple(sorted(words, key=lambda word: word.x0))
    sizes: Counter[float] = Counter()
    bold = total = 0
    for word in ordered:
        sizes[word.size_pt] += len(word.text)
        bold += len(word.text) * word.bold
        total += len(word.text)
    return TextLine(
        page,
        ordered,
        ordered[0].x0,
        min(word.top for word in ordered),
        max(word.x1 for word in ordered),
        max(word.bottom for word in ordered),
        max(sizes, key=lambda size: (sizes[size], size)),
        bold * 2 > total,
        " ".join(word.text for word in ordered),
    )


def same_baseline(one: TextLine, other: TextLine) -> bool:
    """Whether two lines of a page stand side by side."""
    overlap = min(one.bottom, other.bottom) - max(one.top, other.top)
    return overlap > 0.5 * min(one.bottom - one.top, other.bottom - other.top)


def rows(lines: Iterable[TextLine]) -> list[list[TextLine]]:
    """Lines that stand side by side, from the top of the page, each row from the left."""
    found: list[list[TextLine]] = []
    for line in sorted(lines, key=lambda line: (line.middle, line.x0)):
        near = next((row for row in found[:-4:-1] if same_baseline(row[0], line)), None)
        if near is None:
            found.append([line])
        else:
            near.append(line)
    for row in found:
        row.sort(key=lambda line: line.x0)
    return found


def joined(row: Sequence[TextLine]) -> TextLine:
    """The lines of a row as one line."""
    if len(row) == 1:
        return row[0]
    return line_of(row[0].page, [word for line in row for word in line.words])


def lines_from_words(page: int, words: Iterable[Word]) -> list[TextLine]:
    """Loose words (of a table cell) as lines, from the top."""
    single = [line_of(page, (word,)) for word in words]
    return [joined(row) for row in rows(single)]


def body_size(lines: Iterable[TextLine]) -> float:
    """The type size that most characters of the lines have, in points; 0.0 without lines."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size_pt * 2) / 2] += len(line.text)
    return max(sizes, key=lambda size: (sizes[size], size)) if sizes else 0.0

"""Words to lines: one baseline, no column gap between the words.

Lines come top to bottom, left to right; columns are the business of the segment stage, so a
line must never reach over a gutter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import compress

from workbench.records import Edge, Line, Word

#: Vertical overlap (share of the lower of two boxes) that puts two words on one row.
_MIN_OVERLAP = 0.55
#: A word this many times as high as its neighbour (a drop capital, the number of a table's
#: row) stands on its own row, unless the smaller one is a mark on it.
_MAX_HEIGHT_RATIO = 1.4
_MARK = re.compile(r"[\[(]?([0-9,]{1,4}|[*†‡§]{1,3})[\])]?")
_MAX_MARK_GAP = 0.5  # heights of the mark between it and its word
_MAX_LEADING_GAP = 4.0  # sizes of the mark between it and the note that it opens
_ROWS_BACK = 6  # rows that a word may still join
# Gaps between two words, in sizes of their type.
_MIN_SIZE_PT = 6.0  # smaller type counts as this
_MAX_GAP = 2.0  # a wider one always parts them
_MAX_LABEL_GAP = 6.0  # ... unless the left one is the paragraph's number or bullet
_MAX_JUMP_GAP = 0.8  # parts words that do not follow each other in the file
_MIN_GUTTER = 0.9  # parts them where the rows above or below have a gap at the same place
_MIN_RULED_GAP = 0.2  # parts them where a drawn rule stands in it
_GUTTER_REACH = 4  # rows above and below that are looked at for the same gap
_GUTTER_SUPPORT = 3  # rows among them that must have it
_MIN_GUTTER_OVERLAP = 0.7  # sizes that two gaps must have in common
# A number or bullet that opens a paragraph; "12.3.16" is a date.
_LABEL = re.compile(
    r"(?!\d\d?\.\d\d?\.\d\d$)[(\[]?(\d{1,3}(\.\d{1,3}){0,3}|[a-z]|[ivxlc]{1,5}|[A-Z])[.):\]]{0,2}|[^\w\s]{1,2}|o"
)
_NUMBER = re.compile(r"\d{1,3}(\.\d{1,3}){0,3}\.?")

_Placed = tuple[int, Word]  # place in the file's order, word
_Row = list[_Placed]
_Gap = tuple[float, float]


def build_lines(words: Sequence[Word], edges: Sequence[Edge] = ()) -> tuple[Line, ...]:
    """The lines of a page, top to bottom, then left to right.

    Args:
        words: In the order of the file: words drawn one after the other hold together more.
        edges: Drawn rules; upright ones part the cells of a table.
    """
    uprights = [edge for edge in edges if edge.x1 - edge.x0 < 1 and edge.bottom - edge.top > 4]
    rows = _rows(words)
    gutters = _gutters(rows)
    lines = [
        _line(part)
        for row, row_gutters in zip(rows, gutters, strict=True)
        for part in _parts(row, row_gutters, _rules_across(row, uprights))
    ]
    lines.sort(key=lambda line: (line.top, line.x0))
    return tuple(lines)


def _rows(words: Sequence[Word]) -> list[_Row]:
    """Words that share a row of the page, left to right."""
    rows: list[_Row] = []
    tops: list[float] = []
    bottoms: list[float] = []
    heights: list[float] = []  # of the highest word
    for (bottom, top), equals in sorted(_equally_high(words).items()):
        height = bottom - top
        for index in range(len(rows) - 1, max(-1, len(rows) - 1 - _ROWS_BACK), -1):
            low, high = heights[index], height
            if low > high:
                low, high = high, low
            overlap = min(bottoms[index], bottom) - max(tops[index], top)
            if overlap > _MIN_OVERLAP * low and high < _MAX_HEIGHT_RATIO * low:
                rows[index] += equals
                tops[index] = min(tops[index], top)
                bottoms[index] = max(bottoms[index], bottom)
                heights[index] = high
                break
        else:
            rows.append(equals)
            tops.append(top)
            bottoms.append(bottom)
            heights.append(height)
    _move_marks(rows, heights)
    return [sorted(row, key=_from_left) for row in rows if row]


def _equally_high(words: Sequence[Word]) -> dict[tuple[float, float], _Row]:
    """Words by their bottom and top: most words of a line have the same."""
    found: dict[tuple[float, float], _Row] = {}
    for placed in enumerate(words):
        _, _, top, _, bottom, _, _ = placed[1]
        place = bottom, top
        if place in found:
            found[place].append(placed)
        else:
            found[place] = [placed]
    return found


def _from_left(placed: _Placed) -> float:
    return placed[1][1]


def _move_marks(rows: list[_Row], heights: Sequence[float]) -> None:
    """Put smaller signs (the marks of notes) into the row of the word that they touch."""
    for index, row in enumerate(rows):
        around = [
            rows[near]
            for near in range(max(0, index - 3), min(len(rows), index + 4))
            if heights[near] >= _MAX_HEIGHT_RATIO * heights[index]
        ]
        if not around:
            continue
        for placed in row.copy():
            if _MARK.fullmatch(placed[1].text):
                bearer = _row_of_mark(placed[1], around)
                if bearer is not None:
                    row.remove(placed)
                    bearer.append(placed)


def _row_of_mark(mark: Word, rows: Sequence[_Row]) -> _Row | None:
    """The row with the word that a mark touches, or whose first word it stands before."""
    near, leading = _MAX_MARK_GAP * (mark.bottom - mark.top), _MAX_LEADING_GAP * mark.size_pt
    for row in rows:
        if any(_bears(word, mark) and abs(_gap(word, mark)) < near for _, word in row):
            return row
    for row in rows:
        first = min((word for _, word in row), key=lambda word: word.x0, default=None)
        if first is not None and 0 <= first.x0 - mark.x1 < leading and _bears(first, mark):
            return row
    return None


def _bears(word: Word, mark: Word) -> bool:
    """Whether a mark is smaller than a word and stands on its height."""
    low = mark.bottom - mark.top
    overlap = min(word.bottom, mark.bottom) - max(word.top, mark.top)
    return word.bottom - word.top >= _MAX_HEIGHT_RATIO * low and overlap > _MIN_OVERLAP * low


def _gap(word: Word, mark: Word) -> float:
    return max(mark.x0 - word.x1, word.x0 - mark.x1)


def _gutters(rows: Sequence[_Row]) -> list[list[_Gap]]:
    """For each row its gaps that the rows around it have too: columns, cells without rules."""
    gaps = [list(_wide_gaps(row)) for row in rows]
    return [
        [(start, end) for start, end, size in row_gaps if _is_shared(gaps, index, start, end, size)]
        for index, row_gaps in enumerate(gaps)
    ]


def _wide_gaps(row: _Row) -> Iterator[tuple[float, float, float]]:
    """Start, end and size of type of each gap that may be part of a gutter."""
    _, (_, _, _, right, _, size, _) = row[0]
    for _, (_, x0, _, x1, _, next_size, _) in row:
        if x0 - right > 5 and x0 - right > _MIN_GUTTER * max(size, next_size, _MIN_SIZE_PT):
            yield right, x0, max(size, next_size, _MIN_SIZE_PT)
        right, size = x1, next_size


def _is_shared(
    gaps: Sequence[Sequence[tuple[float, float, float]]],
    index: int,
    start: float,
    end: float,
    size: float,
) -> bool:
    around = (
        *gaps[max(0, index - _GUTTER_REACH) : index],
        *gaps[index + 1 : index + 1 + _GUTTER_REACH],
    )
    need = _MIN_GUTTER_OVERLAP * size
    support = sum(
        any(min(end, other[1]) - max(start, other[0]) >= need for other in row) for row in around
    )
    return support >= _GUTTER_SUPPORT


def _rules_across(row: _Row, uprights: Sequence[Edge]) -> list[float]:
    """Where upright rules cross the middle of a row."""
    if not uprights:
        return []
    middle = (row[0][1].top + row[0][1].bottom) / 2
    return [edge.x0 for edge in uprights if edge.top <= middle <= edge.bottom]


def _parts(row: _Row, gutters: Sequence[_Gap], rules: Sequence[float]) -> list[list[Word]]:
    """The words of a row, parted at its column gaps."""
    place, left = row[0]
    part = [left]
    parts = [part]
    narrow = _MIN_RULED_GAP if rules else _MAX_JUMP_GAP
    narrowest = narrow * _MIN_SIZE_PT
    for index in range(1, len(row)):
        next_place, right = row[index]
        gap = right[1] - left[3]
        if gap <= narrowest:  # most are
            part.append(right)
            place, left = next_place, right
            continue
        size = max(left.size_pt, right.size_pt, _MIN_SIZE_PT)
        if gap > narrow * size and (
            any(left.x1 - 1 <= x <= right.x0 + 1 for x in rules)
            or gap > size * _allowed_gap(part, gutters, next_place == place + 1, right)
            or (gap > _MIN_GUTTER * size and _stands_alone(row, index, size))
        ):
            part = []
            parts.append(part)
        part.append(right)
        place, left = next_place, right
    return parts


def _allowed_gap(
    part: Sequence[Word], gutters: Sequence[_Gap], follows: bool, right: Word
) -> float:
    """The widest gap, in sizes, that does not part the next word from this part of a row."""
    if not follows:
        return _MAX_JUMP_GAP
    if len(part) == 1 and _LABEL.fullmatch(part[0].text):
        return _MAX_LABEL_GAP
    return _MIN_GUTTER if (part[-1].x1, right.x0) in gutters else _MAX_GAP


def _stands_alone(row: _Row, index: int, size: float) -> bool:
    """Whether a word is a paragraph's number, with the text well to its right.

    What stands before such a number is a note in the margin.
    """
    if index + 1 >= len(row) or not _NUMBER.fullmatch(row[index][1].text):
        return False
    return row[index + 1][1].x0 - row[index][1].x1 > _MIN_GUTTER * size


def _line(words: Sequence[Word]) -> Line:
    texts, x0s, tops, x1s, bottoms, sizes, bolds = zip(*words, strict=True)
    size, bold = sizes[0], bolds[0]
    if sizes.count(size) < len(sizes) or bolds.count(bold) < len(bolds):
        lengths = [len(text) for text in texts]
        size = _of_most(sizes, lengths)
        bold = 2 * sum(compress(lengths, bolds)) > sum(lengths)
    return Line(
        words=tuple(words), x0=x0s[0], top=min(tops), x1=max(x1s), bottom=max(bottoms),
        size_pt=size, bold=bold,
    )  # fmt: skip


def _of_most(sizes: Sequence[float], lengths: Sequence[int]) -> float:
    """The size of most characters; the larger of two."""
    n_chars: dict[float, int] = {}
    for size, length in zip(sizes, lengths, strict=True):
        n_chars[size] = n_chars.get(size, 0) + length
    return max(n_chars, key=lambda size: (n_chars[size], size))

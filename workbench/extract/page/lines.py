"""Words to lines: one baseline, no column gap between the words.

Lines come top to bottom, left to right; columns are the business of the segment stage, so a
line must never reach over a gutter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

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
    for placed in sorted(enumerate(words), key=lambda item: (item[1][4], item[1][1])):
        _, _, top, _, bottom, _, _ = placed[1]
        height = bottom - top
        if rows and bottom == bottoms[-1] and top == tops[-1]:
            rows[-1].append(placed)
            continue
        for index in range(len(rows) - 1, max(-1, len(rows) - 1 - _ROWS_BACK), -1):
            low, high = heights[index], height
            if low > high:
                low, high = high, low
            overlap = min(bottoms[index], bottom) - max(tops[index], top)
            if overlap > _MIN_OVERLAP * low and high < _MAX_HEIGHT_RATIO * low:
                rows[index].append(placed)
                tops[index] = min(tops[index], top)
                bottoms[index] = max(bottoms[index], bottom)
                heights[index] = high
                break
        else:
            rows.append([placed])
            tops.append(top)
            bottoms.append(bottom)
            heights.append(height)
    _move_marks(rows, heights)
    return [sorted(row, key=lambda item: item[1].x0) for row in rows if row]


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
    previous = row[0][1]
    for _, word in row[1:]:
        gap = word.x0 - previous.x1
        if gap > 5 and gap > _MIN_GUTTER * max(previous.size_pt, word.size_pt, 6.0):
            yield previous.x1, word.x0, max(previous.size_pt, word.size_pt, 6.0)
        previous = word


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
    for index, (next_place, right) in enumerate(row[1:], start=1):
        gap = right.x0 - left.x1
        size = max(left.size_pt, right.size_pt, 6.0)
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
    sizes: dict[float, int] = {}
    n_bold = n_chars = 0
    for word in words:
        length = len(word.text)
        sizes[word.size_pt] = sizes.get(word.size_pt, 0) + length
        n_chars += length
        n_bold += length if word.bold else 0
    return Line(
        words=tuple(words),
        x0=words[0].x0,
        top=min([word.top for word in words]),
        x1=max([word.x1 for word in words]),
        bottom=max([word.bottom for word in words]),
        size_pt=max(sizes, key=lambda size: (sizes[size], size)),
        bold=2 * n_bold > n_chars,
    )

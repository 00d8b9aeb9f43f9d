"""Words to lines: one baseline, no column gap between the words.

Lines come top to bottom, left to right; columns are the business of the segment stage, so a
line must never reach over a gutter.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from workbench.records import Edge, Line, Word

#: Vertical overlap (share of the lower of two boxes) that puts two words on one row.
_MIN_OVERLAP = 0.55
#: A gap of more than this many sizes always parts two words.
_MAX_GAP = 2.0
#: A gap of more than this many sizes parts two words that do not follow each other in the file.
_MAX_JUMP_GAP = 0.8
#: A rule that stands in a gap of this many sizes parts two words.
_MIN_RULED_GAP = 0.2
_LABEL = re.compile(
    r"[(\[]?(\d{1,3}(\.\d{1,3}){0,3}|[a-z]|[ivxlc]{1,5}|[A-Z])[.):\]]{0,2}|[^\w\s]{1,2}|o"
)


def build_lines(words: Sequence[Word], edges: Sequence[Edge] = ()) -> tuple[Line, ...]:
    """The lines of a page, top to bottom, then left to right.

    Args:
        words: In the order of the file: words drawn one after the other hold together more.
        edges: Drawn rules; upright ones part the cells of a table.
    """
    uprights = [edge for edge in edges if edge.x1 - edge.x0 < 1 and edge.bottom - edge.top > 4]
    lines = []
    for row in _rows(words):
        lines += [_line([word for _, word in part]) for part in _parts(row, uprights)]
    return tuple(sorted(lines, key=lambda line: (line.top, line.x0)))


_Placed = tuple[int, Word]  # place in the file's order, word


def _rows(words: Sequence[Word]) -> list[list[_Placed]]:
    """Words that share a row of the page, left to right."""
    rows: list[tuple[float, float, list[_Placed]]] = []
    for placed in sorted(enumerate(words), key=lambda item: (item[1].bottom, item[1].x0)):
        word = placed[1]
        for index in range(len(rows) - 1, max(-1, len(rows) - 7), -1):
            top, bottom, row = rows[index]
            overlap = min(bottom, word.bottom) - max(top, word.top)
            if overlap > _MIN_OVERLAP * min(bottom - top, word.bottom - word.top):
                row.append(placed)
                rows[index] = (min(top, word.top), max(bottom, word.bottom), row)
                break
        else:
            rows.append((word.top, word.bottom, [placed]))
    return [sorted(row, key=lambda item: item[1].x0) for _, _, row in rows]


def _parts(row: Sequence[_Placed], uprights: Sequence[Edge]) -> list[list[_Placed]]:
    parts = [[row[0]]]
    for left, right in pairwise(row):
        label = len(parts[-1]) == 1 and bool(_LABEL.fullmatch(left[1].text))
        if _is_parted(left, right, uprights, label=label):
            parts.append([])
        parts[-1].append(right)
    return parts


def _is_parted(left: _Placed, right: _Placed, uprights: Sequence[Edge], *, label: bool) -> bool:
    gap = right[1].x0 - left[1].x1
    size = max(left[1].size_pt, right[1].size_pt, 6.0)
    if gap > _MIN_RULED_GAP * size and _ruled(left[1], right[1], uprights):
        return True
    follows = right[0] == left[0] + 1
    if label and follows:
        return gap > 6 * size
    return gap > (_MAX_GAP if follows else _MAX_JUMP_GAP) * size


def _ruled(left: Word, right: Word, uprights: Sequence[Edge]) -> bool:
    middle = (left.top + left.bottom) / 2
    return any(
        left.x1 - 1 <= edge.x0 <= right.x0 + 1 and edge.top <= middle <= edge.bottom
        for edge in uprights
    )


def _line(words: Sequence[Word]) -> Line:
    sizes: Counter[float] = Counter()
    n_bold = 0
    for word in words:
        sizes[word.size_pt] += len(word.text)
        n_bold += len(word.text) if word.bold else 0
    return Line(
        words=tuple(words),
        x0=words[0].x0,
        top=min(word.top for word in words),
        x1=max(word.x1 for word in words),
        bottom=max(word.bottom for word in words),
        size_pt=max(sizes, key=lambda size: (sizes[size], size)),
        bold=2 * n_bold > sizes.total(),
    )

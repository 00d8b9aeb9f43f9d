"""Lines of a table of contents: titles with the number of their page at the right."""

from __future__ import annotations

import re
from collections.abc import Sequence

from workbench.segment.layout.lines import Placed, TextLine
from workbench.segment.tables.areas import Area

LEADERS = re.compile(r"(?:\.\s?){4,}|…{2,}|_{4,}")
PAGE = re.compile(r"^(\d{1,3}|[ivxl]{1,5})$")
GLUED_PAGE = re.compile(r"[.…_]{3,}\s?(\d{1,3}|[ivxl]{1,5})$")
FEWEST = 3
WIDE_GAP = 1.5  # type sizes of white before the page number
HEADED = re.compile(r"^(?:(?:table of )?contents|index)\W*$", re.IGNORECASE)


def contents_lines(placed: Sequence[Placed], n_pages: int) -> set[int]:
    """Places of the lines that belong to a table of contents.

    At least three lines of a page must end with page numbers that do not fall. A line without
    a number between two of them is the first half of a long title.
    """
    found: set[int] = set()
    run: list[int] = []
    last = 0
    for index, item in enumerate(placed):
        number = _page_number(item.line, n_pages)
        if number is None:
            if run and index - run[-1] <= 1 and index + 1 < len(placed):
                following = _page_number(placed[index + 1].line, n_pages)
                if following is not None and following >= last:
                    continue
            found.update(_whole(run))
            run, last = [], 0
        elif number >= last:
            run.append(index)
            last = number
        else:
            found.update(_whole(run))
            run, last = [index], number
    return found | _whole(run) | _page_first(placed, n_pages)


def _page_first(placed: Sequence[Placed], n_pages: int) -> set[int]:
    """Places of the lines below a heading "Contents" that begin with the numbers of pages.

    The numbers do not fall, and one comes twice: those of chapters would not.
    """
    found: set[int] = set()
    for start, item in enumerate(placed):
        if not HEADED.match(item.line.text):
            continue
        run: list[int] = []
        values: list[int] = []
        for index in range(start + 1, len(placed)):
            value = _opening_page(placed[index].line, n_pages)
            goes_on = run and value is None and placed[index].line.x0 > placed[run[0]].line.x0 + 9
            if value is not None and (not values or value >= values[-1]):
                values.append(value)
            elif not goes_on:
                break
            run.append(index)
        if len(values) > len(set(values)):
            found |= _whole(run)
    return found


def _opening_page(line: TextLine, n_pages: int) -> int | None:
    """The page number that opens a contents line, None when a word follows it closely."""
    words = line.words
    if len(words) < 2 or not words[0].text.isdigit() or len(words[0].text) > 3:
        return None
    wide = words[1].x0 - words[0].x1 > WIDE_GAP * line.size_pt
    value = int(words[0].text)
    return value if wide and value <= n_pages + 20 else None


def _whole(run: Sequence[int]) -> set[int]:
    return set(range(run[0], run[-1] + 1)) if len(run) >= FEWEST else set()


def _page_number(line: TextLine, n_pages: int) -> int | None:
    """The page that a line points at, or None when it does not look like a contents line."""
    words = line.words
    if match := GLUED_PAGE.search(line.text):
        return _value(match.group(1))
    if len(words) < 2 or not PAGE.match(words[-1].text):
        return None
    wide = words[-1].x0 - words[-2].x1 > WIDE_GAP * line.size_pt
    if not wide and not LEADERS.search(line.text):
        return None
    value = _value(words[-1].text)
    return value if value <= n_pages + 20 else None


def _value(text: str) -> int:
    return int(text) if text.isdigit() else 0


def is_contents_area(area: Area, n_pages: int) -> bool:
    """Whether the last column of a table holds nothing but rising page numbers."""
    last = [row[-1][0].text for row in area.rows if row and row[-1]]
    if len(last) < max(FEWEST, len(area.rows) - 2) or len(area.edges) > 4:
        return False
    if not all(PAGE.match(text) for text in last):
        return False
    values = [int(text) for text in last if text.isdigit()]
    return values == sorted(values) and all(value <= n_pages + 20 for value in values)

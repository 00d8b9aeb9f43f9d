"""Running heads and feet: what recurs at the same height in the margins of the pages."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Container, Mapping, Sequence
from itertools import pairwise
from math import ceil

from workbench.records import Page
from workbench.segment.layout.lines import TextLine, rows
from workbench.segment.settings import SegmentSettings

Row = list[TextLine]
Slot = tuple[str, int]  # margin, and height of the middle in steps from that edge

DIGITS = re.compile(r"\d+")
ROMAN = re.compile(r"\b[ivxl]+\b", re.IGNORECASE)
PAGE_NUMBER = re.compile(
    r"(?i)^[\W_]*(?:page\s*)?#(?:\s*(?:of|/|\|)\s*#)?(?:\s*\|?\s*page)?[\W_]*$"
)
SPELT_PAGE = re.compile(r"(?i)^\W*page\s*#(?:\s*of\s*#)?\W*$")
PART = "part: "  # marks the keys of pieces of a row
PART_SHARE = 0.3  # of the pages on which a piece recurs, whose row does not
LONGEST_PART = 70  # characters of a piece of a running row
MAX_ROWS = 5  # from the edge of the page


def mask(text: str) -> str:
    """The text with every number as ``#``, so that page numbers compare equal."""
    return ROMAN.sub("#", DIGITS.sub("#", text)).strip().casefold()


def running_lines(
    pages: Sequence[Page],
    lines: Mapping[int, Sequence[TextLine]],
    in_tables: Container[int],
    settings: SegmentSettings,
) -> set[int]:
    """Identities (``id``) of the lines that are running matter.

    A row recurs when its masked text stands at the same distance from the edge on enough
    pages, whatever their shape: a landscape page shares the heads of the upright ones. Rows
    outside of a running row run as well: nothing of the body stands above the head. The
    repeated head of a table is none.

    Args:
        pages: Of the document.
        lines: Of each page, by its number.
        in_tables: Identities of the lines that stand in a ruled table of the body.
        settings: Of the stage.
    """
    margins = {
        page.number: _margin_rows(
            page, [line for line in lines[page.number] if id(line) not in in_tables], settings
        )
        for page in pages
    }
    seen: dict[tuple[str, str], list[tuple[int, float]]] = defaultdict(list)
    for number, found in margins.items():
        for slot, depth, row in found:
            for text in _keys(row):
                seen[slot, text].append((number, depth))
    enough = max(2, ceil(settings.running_share * len(pages)))
    for_part = max(3, ceil(PART_SHARE * len(pages)))
    heights = {
        key: _heights(
            places, for_part if key[1].startswith(PART) else enough, settings.running_drift_pt
        )
        for key, places in seen.items()
    }
    running: set[int] = set()
    for number, found in margins.items():
        running.update(_running_on(number, found, heights, settings.running_drift_pt))
    return running


def _margin_rows(
    page: Page, lines: Sequence[TextLine], settings: SegmentSettings
) -> list[tuple[str, float, Row]]:
    """(margin, distance of the middle from its edge, row), from the edges inwards."""
    limit = settings.margin_share * page.height_pt
    near = [line for line in lines if not limit < line.middle < page.height_pt - limit]
    found = rows(near)
    top = [row for row in found if row[0].middle <= limit][:MAX_ROWS]
    bottom = [row for row in found if row[0].middle >= page.height_pt - limit][: -MAX_ROWS - 1 : -1]
    return [("top", row[0].middle, row) for row in top] + [
        ("bottom", page.height_pt - row[0].middle, row) for row in bottom
    ]


def _keys(row: Row) -> set[str]:
    """Masked texts by which a row may recur: the whole row, and its longer parts.

    A part does not speak for a row that also holds a line of the body.
    """
    parts = [mask(line.text) for line in row]
    keys = {" ".join(parts)}
    if len(parts) > 1 and all(len(part) <= LONGEST_PART for part in parts):
        keys.update(PART + part for part in parts if len(re.sub(r"\W|#", "", part)) >= 4)
    return keys


def _heights(places: Sequence[tuple[int, float]], enough: int, drift_pt: float) -> list[float]:
    """Heights at which a text stands on enough different pages."""
    counts: Counter[int] = Counter()
    for _, depth in {(number, round(depth / drift_pt)) for number, depth in places}:
        counts[depth] += 1
    found = []
    for step in counts:
        near = {n for n, depth in places if abs(depth / drift_pt - step) <= 1.0}
        if len(near) >= enough:
            found.append(step * drift_pt)
    return found


def _running_on(
    number: int,
    found: Sequence[tuple[str, float, Row]],
    heights: Mapping[tuple[str, str], Sequence[float]],
    drift_pt: float,
) -> set[int]:
    running: set[int] = set()
    for margin in ("top", "bottom"):
        inner = -1
        ranked = [(depth, row) for slot, depth, row in found if slot == margin]
        recurring = [
            _recurs(margin, depth, row, heights, drift_pt)
            or _is_known(margin, rank, row, heights)
            or _is_own_number(number, row, rank)
            for rank, (depth, row) in enumerate(ranked)
        ]
        for rank, recurs in enumerate(recurring):
            if recurs and _heads_table(ranked[rank:], recurring[rank:]):
                break
            if recurs:
                inner = rank
        for _, row in ranked[: inner + 1]:
            running.update(id(line) for line in row)
    return running


def _recurs(
    margin: str,
    depth: float,
    row: Row,
    heights: Mapping[tuple[str, str], Sequence[float]],
    drift_pt: float,
) -> bool:
    for text in _keys(row):
        if any(abs(depth - height) <= 2 * drift_pt for height in heights[margin, text]) and (
            re.sub(r"[\W#]", "", text) or PAGE_NUMBER.match(text)
        ):
            return True
    return False


def _heads_table(ranked: Sequence[tuple[float, Row]], recurring: Sequence[bool]) -> bool:
    """Whether the pieces of a row stand over those of a next row that does not recur."""
    row = ranked[0][1]
    if len(ranked) < 2 or len(row) < 2 or recurring[1]:
        return False
    below = [x0 for line in ranked[1][1] for x0 in _piece_starts(line)]
    return sum(any(abs(line.x0 - x0) <= 3 for x0 in below) for line in row) >= 2


def _piece_starts(line: TextLine) -> list[float]:
    """Where words stand behind white space that may part two columns."""
    return [line.x0] + [
        right.x0 for left, right in pairwise(line.words) if right.x0 - left.x1 > 0.7 * right.size_pt
    ]


def _is_known(
    margin: str, rank: int, row: Row, heights: Mapping[tuple[str, str], Sequence[float]]
) -> bool:
    """Whether an outermost row prints what runs on other pages at another height."""
    text = " ".join(mask(line.text) for line in row)
    letters = re.sub(r"[\W#]", "", text)
    known = heights.get((margin, text)) or heights.get((margin, PART + text))
    return rank == 0 and len(letters) >= 12 and bool(known)


def _is_own_number(number: int, row: Row, rank: int) -> bool:
    """Whether an outermost row is nothing but a page number of this very page."""
    text = " ".join(line.text for line in row)
    if rank or not SPELT_PAGE.match(mask(text)):
        return False
    return DIGITS.findall(text)[:1] == [str(number)]

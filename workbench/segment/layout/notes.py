"""Footnotes and the raised marks that refer to them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from workbench.records import Word
from workbench.segment.layout.lines import TextLine
from workbench.segment.settings import SegmentSettings

MARK = re.compile(r"^[\[(]?(\d{1,3}|[*†‡§]{1,3})[\])]?$")
OPENING = re.compile(r"^[\[(]?(\d{1,3}|[*†‡§]{1,3})[\]).:]?$")
GLUED = re.compile(r"^(\d{1,3}|[*†‡]{1,3})(?=[A-Za-z‘“\"'(])")


def raised_marks(line: TextLine, settings: SegmentSettings) -> list[Word]:
    """Words of a line that are raised note marks: small, short and above the baseline."""
    limit = settings.mark_size_ratio * line.size_pt
    return [
        word
        for word in line.words
        if word.size_pt <= limit and MARK.match(word.text.rstrip(",;")) and _is_raised(word, line)
    ]


def _is_raised(word: Word, line: TextLine) -> bool:
    full = [other for other in line.words if other.size_pt > word.size_pt]
    if not full:
        return False
    return word.bottom < max(other.bottom for other in full) + 0.5


def footnote_lines(
    lines: Sequence[TextLine],
    page_lines: Sequence[TextLine],
    size_pt: float,
    settings: SegmentSettings,
) -> list[TextLine]:
    """The trailing smaller lines of a column that hold footnotes of its page.

    They must open with a number that a raised mark on the page refers to, or that ends a word
    there where extraction could not part the mark from its word; or with numbers that count on
    to one that a raised mark refers to.
    """
    ordered = sorted(lines, key=lambda line: line.top)
    cut = len(ordered)
    for position in range(len(ordered) - 1, -1, -1):
        if ordered[position].size_pt > settings.note_size_ratio * size_pt:
            break
        cut = position
    while cut < len(ordered) and not opening_number(ordered[cut]):
        cut += 1
    notes = ordered[cut:]
    if not notes:
        return []
    own = {id(line) for line in notes}
    body = [line for line in page_lines if id(line) not in own]
    first, *others = _counted(notes)
    if any(refers(line, first, settings) for line in body):
        return notes
    raised = {mark.text.strip("[](),;") for line in body for mark in raised_marks(line, settings)}
    return notes if raised & {*others} else []


def _counted(notes: Sequence[TextLine]) -> list[str]:
    """The number of the first note, and those that count on from it.

    The mark of the first may stand on the page before.
    """
    numbers: list[str] = []
    for line in notes:
        number = opening_number(line)
        follows = bool(numbers) and number.isdigit() and numbers[-1].isdigit()
        if not numbers or (follows and int(number) == int(numbers[-1]) + 1):
            numbers.append(number)
    return numbers


def refers(line: TextLine, number: str, settings: SegmentSettings) -> bool:
    """Whether a line carries the mark of a note, raised or glued to one of its words."""
    if number not in line.text:
        return False
    if any(MARK.sub(r"\1", w.text.rstrip(",;")) == number for w in raised_marks(line, settings)):
        return True
    pattern = re.compile(rf"[^\W\d_][.,;:!?’”\"')]*{re.escape(number)}[,.;:)]?$")
    return any(pattern.search(word.text) for word in line.words)


def opening_number(line: TextLine) -> str:
    """The number or sign that opens a footnote line; "" when none does."""
    first = line.words[0].text
    match = OPENING.match(first) or GLUED.match(first)
    return match.group(1) if match else ""

"""What the system says of the labelled lines of one page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from workbench.records import Page, PlacedWord, Segment, SegmentKind
from workbench.segment import Segmentation

REDACTED = re.compile(r"^\[redacted\]\W*(?=\w)")
Label = dict[str, Any]


class Placing(NamedTuple):
    """A word of the frozen text with the segment that holds it."""

    word: PlacedWord
    segment: Segment


@dataclass(slots=True)
class ReadLine:
    """A labelled line with what the system made of its words."""

    label: Label
    n_words: int = 0  # that extraction found in its box
    placings: list[Placing] = field(default_factory=list)
    stands_for: int = -1  # the line whose start it prints, where it is only a number or bullet

    @property
    def owner(self) -> Segment | None:
        """The segment with most words of the line."""
        counts = Counter(placing.segment.ordinal for placing in self.placings)
        if not counts:
            return None
        ordinal = max(counts, key=lambda n: (counts[n], -n))
        return next(p.segment for p in self.placings if p.segment.ordinal == ordinal)

    @property
    def place(self) -> int:
        """Where its first word stands in the frozen text."""
        return min(placing.word.start_char for placing in self.placings)

    @property
    def starting(self) -> list[Segment]:
        """Segments whose first word stands on the line, by their order."""
        found = {
            p.segment.ordinal: p.segment
            for p in self.placings
            if p.word.start_char == _first_printed(p.segment)
        }
        return [found[ordinal] for ordinal in sorted(found)]


def _first_printed(segment: Segment) -> int:
    """Where a segment starts, behind a blacked-out box, which no labelled line holds."""
    behind = REDACTED.match(segment.text)
    return segment.start_char + (behind.end() if behind else 0)


def read_lines(labels: Sequence[Label], page: Page, made: Segmentation) -> list[ReadLine]:
    """The labelled lines of a page with the words and segments in their boxes."""
    lines = [ReadLine(label) for label in labels]
    for printed in page.lines:
        for drawn in printed.words:
            at = _line_at(lines, drawn.x0, drawn.top, drawn.x1, drawn.bottom)
            if at is not None:
                lines[at].n_words += 1
    for word, segment in _placed(made, page.number):
        at = _line_at(lines, word.x0, word.top, word.x1, word.bottom)
        if at is not None:
            lines[at].placings.append(Placing(word, segment))
    for index, line in enumerate(lines):
        line.stands_for = index if line.placings else _beside(lines, index)
    return lines


def _placed(made: Segmentation, page: int) -> list[Placing]:
    """The placed words of a page; segments hold their words in order."""
    found = []
    at = 0
    for word in made.frozen.words:
        while made.segments[at].end_char <= word.start_char:
            at += 1
        if word.page == page:
            found.append(Placing(word, made.segments[at]))
    return found


def _line_at(
    lines: Sequence[ReadLine], x0: float, top: float, x1: float, bottom: float
) -> int | None:
    """The labelled line around the middle of a box, the nearest in height of several."""
    x, y = (x0 + x1) / 2, (top + bottom) / 2
    best: tuple[float, int] | None = None
    for index, line in enumerate(lines):
        left, upper, right, lower = line.label["box"]
        if left - 1 <= x <= right + 1 and upper - 1 <= y <= lower + 1:
            distance = abs((upper + lower) / 2 - y)
            if best is None or distance < best[0]:
                best = (distance, index)
    return best[1] if best else None


def _beside(lines: Sequence[ReadLine], index: int) -> int:
    """The nearest line with words beside, or else below, a line that prints a number."""
    left, upper, _, lower = lines[index].label["box"]
    middle, height = (upper + lower) / 2, lower - upper
    best: tuple[float, int] | None = None
    for other, line in enumerate(lines):
        x0, top, _, bottom = line.label["box"]
        if not line.placings or x0 < left - 2 or line.label["kind"] == "running_matter":
            continue
        drop = (top + bottom) / 2 - middle
        if -0.6 * height <= drop <= 2.2 * height:
            distance = abs(drop) * 20 + (x0 - left)
            if best is None or distance < best[0]:
                best = (distance, other)
    return best[1] if best else index


def plain_number(printed: str) -> str:
    """A number without closing marks and without the words before it ("Recommendation 3")."""
    last = printed.split()[-1] if printed.split() else ""
    return re.sub(r"[.:]+$", "", last).casefold()


#: The kinds of segments that are right for a labelled kind.
RIGHT_KINDS: dict[str, frozenset[SegmentKind]] = {
    "body": frozenset((SegmentKind.PARAGRAPH, SegmentKind.QUOTATION, SegmentKind.RECOMMENDATION)),
    "list": frozenset((SegmentKind.BULLET, SegmentKind.RECOMMENDATION)),
    "quotation": frozenset((SegmentKind.QUOTATION,)),
    "heading": frozenset((SegmentKind.HEADING,)),
    "running_matter": frozenset((SegmentKind.RUNNING_MATTER,)),
    "footnote": frozenset((SegmentKind.FOOTNOTE,)),
    "contents": frozenset((SegmentKind.CONTENTS_LINE,)),
    "caption": frozenset((SegmentKind.CAPTION,)),
    "table": frozenset(
        (SegmentKind.TABLE_ROW, SegmentKind.CHRONOLOGY_ENTRY, SegmentKind.RECOMMENDATION)
    ),
    "form": frozenset((SegmentKind.HEADING, SegmentKind.PARAGRAPH, SegmentKind.BULLET)),
}

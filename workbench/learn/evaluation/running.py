"""Running matter: heads, feet and margin notes told apart from the body."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from workbench.learn.evaluation.pooling import Bootstrap, pool_measures
from workbench.learn.evaluation.records import Section, Tally, precision_recall_f1, share
from workbench.learn.matching.comparison import Comparison
from workbench.learn.truth_records import RunningMatter
from workbench.records import FrozenText, PlacedWord, SegmentKind

LABELS = {
    "words.precision": "words marked as running matter: precision",
    "words.recall": "words of running matter: recall",
    "words.f1": "words of running matter: F1",
    "body_lost": "body words wrongly marked as running matter (lower is better)",
}
_MARGIN_LINES = 4  # a head or foot stands among that many lines at its end of the page
_GAP_HEIGHTS = 1.5  # a gap of that many line heights parts the left of a line from the right


def running_section(comparisons: Sequence[Comparison], bootstrap: Bootstrap) -> Section:
    """The section on running matter."""
    units = {comparison.truth.truth_id: _tallies(comparison) for comparison in comparisons}
    return Section(
        key="running",
        title="Running matter",
        explanation="Word by word: heads, feet and margin notes must be taken out of the text, "
        "and nothing of the body with them. Lines are judged by the truth's patterns; a line "
        "that the truth counts as body is body.",
        measures=pool_measures("running", LABELS, units, bootstrap),
    )


def _tallies(comparison: Comparison) -> dict[str, Tally]:
    owners = comparison.alignment.owners
    marked = {
        token
        for token, segment in enumerate(comparison.segment_of_token)
        if segment >= 0 and comparison.segments[segment].kind == SegmentKind.RUNNING_MATTER
    }
    body = {token for token, owner in enumerate(owners) if owner >= 0}
    running = {
        token
        for line in _lines(comparison)
        if line.is_running(comparison.truth.running_matter)
        for start_char, end_char in line.ranges
        for token in comparison.alignment.tokens_between(start_char, end_char)
    } - body
    hits = len(running & marked)
    return {
        **precision_recall_f1("words", hits, len(marked) - hits, len(running) - hits),
        "body_lost": share(len(body & marked), len(body)),
    }


class _PrintedLine:
    """Words side by side on a page, and how many lines stand above and below them."""

    def __init__(self, text: str, ranges: list[tuple[int, int]], above: int, below: int) -> None:
        self.text, self.ranges, self.above, self.below = text, ranges, above, below

    def is_running(self, patterns: Sequence[RunningMatter]) -> bool:
        """Whether a pattern matches the whole line at the place it names."""
        places = {"header": self.above < _MARGIN_LINES, "footer": self.below < _MARGIN_LINES}
        return any(
            places.get(each.position, True) and re.fullmatch(each.pattern, self.text) is not None
            for each in patterns
        )


def _lines(comparison: Comparison) -> Iterator[_PrintedLine]:
    """Each printed line as a whole, and each part of it between wide gaps."""
    if comparison.reading is None:
        return
    frozen = comparison.reading.frozen
    if not frozen.words:  # a text without places: a segment is the nearest thing to a line
        for segment in comparison.segments:
            yield _PrintedLine(
                " ".join(segment.text.split()), [(segment.start_char, segment.end_char)], 0, 0
            )
        return
    for _, words in groupby(sorted(frozen.words, key=lambda word: word.page), lambda w: w.page):
        rows = _rows(list(words))
        for above, row in enumerate(rows):
            parts = _parts(row)
            for part in [row, *parts] if len(parts) > 1 else parts:
                yield _printed(frozen, part, above, len(rows) - 1 - above)


def _printed(
    frozen: FrozenText, words: Sequence[PlacedWord], above: int, below: int
) -> _PrintedLine:
    ranges = [(word.start_char, word.end_char) for word in words]
    text = " ".join(" ".join(frozen.text[start:end] for start, end in ranges).split())
    return _PrintedLine(text, ranges, above, below)


def _rows(words: list[PlacedWord]) -> list[list[PlacedWord]]:
    """Words of one page by baseline, from the top; each row from left to right."""
    rows: list[list[PlacedWord]] = []
    for word in sorted(words, key=lambda w: (w.top + w.bottom, w.x0)):
        middle = (word.top + word.bottom) / 2
        if rows and rows[-1][0].top < middle < rows[-1][0].bottom:
            rows[-1].append(word)
        else:
            rows.append([word])
    return [sorted(row, key=lambda word: word.x0) for row in rows]


def _parts(row: list[PlacedWord]) -> list[list[PlacedWord]]:
    parts = [[row[0]]]
    for left, right in pairwise(row):
        gap_pt = right.x0 - left.x1
        if gap_pt > _GAP_HEIGHTS * (left.bottom - left.top):
            parts.append([])
        parts[-1].append(right)
    return parts

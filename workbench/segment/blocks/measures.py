"""What is usual in a document: type size, line pitch, line ends."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from workbench.segment.layout.lines import Placed, TextLine, body_size

ENDED = re.compile(r"[.!?:;…][\"'”’)\]]*\d{0,2}$")


@dataclass(frozen=True, slots=True)
class Measures:
    """The body size and the line pitch inside a paragraph, by type size, in points."""

    body_pt: float
    pitch_pt: dict[int, float]

    def pitch(self, size_pt: float) -> float:
        """The usual pitch at a type size; where the size is rare, as for the body."""
        body = self.pitch_pt.get(round(self.body_pt), 1.2 * self.body_pt)
        scaled = body * size_pt / max(self.body_pt, 1.0)
        # Headings hardly ever run over a line: what was measured at their size may be the
        # distance of two headings.
        known = self.pitch_pt.get(round(size_pt), scaled)
        return known if known <= 1.1 * scaled else scaled


def measure(placed: Sequence[Placed]) -> Measures:
    """The measures of all placed lines of a document."""
    pitches: dict[int, Counter[float]] = {}
    for upper, lower in pairwise(placed):
        if follows(upper, lower) and round(upper.line.size_pt) == round(lower.line.size_pt):
            step = round((lower.line.bottom - upper.line.bottom) * 2) / 2
            if 0.8 * lower.line.size_pt < step < 3 * lower.line.size_pt:
                pitches.setdefault(round(lower.line.size_pt), Counter())[step] += 1
    usual = {size: _smallest_common(counts) for size, counts in pitches.items()}
    return Measures(body_size(item.line for item in placed), usual)


def _smallest_common(counts: Counter[float]) -> float:
    """The smallest pitch that is no rarity: paragraphs also stand apart at wider ones."""
    total = counts.total()
    common = [step for step in counts if counts[step] >= 0.12 * total]
    return min(common) if common else min(counts)


def follows(upper: Placed, lower: Placed) -> bool:
    """Whether a line stands below another in the same region of the same page."""
    return (
        upper.line.page == lower.line.page
        and upper.region == lower.region
        and lower.line.middle > upper.line.middle
    )


def is_ended(line: TextLine) -> bool:
    """Whether a line closes with a mark that may end a paragraph."""
    return bool(ENDED.search(line.text))


def has_room(upper: Placed, lower: TextLine, right: float) -> bool:
    """Whether the first word of the next line would still have fitted on a line."""
    first = lower.words[0]
    space = 0.3 * upper.line.size_pt
    return upper.line.x1 + space + (first.x1 - first.x0) < right - 0.5 * upper.line.size_pt

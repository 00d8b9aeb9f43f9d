"""Notes in the outer margin, beside the text and smaller than it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from workbench.segment.layout.lines import TextLine, body_size

NUMBER = re.compile(r"^\(?(?:\d{1,3}(?:\.\d{1,3})*|[ivxl]+|[a-z])[.):]?$", re.IGNORECASE)
SMALLER = 0.92  # of the body size
FEWEST = 4  # notes in a document before a margin is believed


def margin_notes(lines: Mapping[int, Sequence[TextLine]]) -> set[int]:
    """Identities (``id``) of the lines that are notes in a margin."""
    everything = [line for found in lines.values() for line in found]
    size = body_size(everything)
    body = [line for line in everything if line.size_pt > SMALLER * size and len(line.text) > 25]
    if not body:
        return set()
    left = _usual(Counter(round(line.x0) for line in body), first=True)
    right = _usual(Counter(round(line.x1) for line in body), first=False)
    notes: set[int] = set()
    for found in lines.values():
        spans = [(line.top, line.bottom) for line in found if line.size_pt > SMALLER * size]
        for line in found:
            if (
                line.size_pt <= SMALLER * size
                and (line.x1 < left or line.x0 > right + 6)
                and not NUMBER.match(line.text)
                and any(top < line.middle < bottom for top, bottom in spans)
            ):
                notes.add(id(line))
    return _with_neighbours(notes, lines, size) if len(notes) >= FEWEST else set()


def _usual(places: Counter[int], *, first: bool) -> float:
    """The outermost edge at which a fair share of the lines stands."""
    total = sum(places.values())
    ordered = sorted(places, reverse=not first)
    for place in ordered:
        if sum(places[near] for near in range(place - 2, place + 3)) >= 0.1 * total:
            return float(place)
    return float(ordered[0])


def _with_neighbours(
    notes: set[int], lines: Mapping[int, Sequence[TextLine]], size: float
) -> set[int]:
    """The notes with further lines of theirs that stand beside no line of the body."""
    grown = set(notes)
    for found in lines.values():
        own = [line for line in found if id(line) in notes]
        for line in found:
            if (
                id(line) not in grown
                and line.size_pt <= SMALLER * size
                and any(
                    abs(line.top - note.bottom) < size
                    and line.x0 < note.x1
                    and line.x1 > note.x0
                    and line.x1 <= note.x1 + size
                    for note in own
                )
            ):
                grown.add(id(line))
    return grown

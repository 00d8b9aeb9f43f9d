"""Which decisions hold, and where their words stand in the text of today."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from workbench.records import Action, Decision, Segment

#: Actions after which their target does not count any more, when it is a decision of the coder.
REPLACING = frozenset({Action.UNDO, Action.AMEND, Action.REJECT})


def in_force(decisions: Sequence[Decision]) -> tuple[Decision, ...]:
    """The decisions that no later decision has undone, in their order; undos themselves left out.

    An undo that was undone does not count. Only the coder who decided can undo. A coder who
    amends or rejects a mark of their own has put it away.

    Args:
        decisions: In the order in which they were made.
    """
    undone: set[tuple[str, str]] = set()
    kept: list[Decision] = []
    for decision in reversed(decisions):
        if (decision.decision_id, decision.coder) in undone:
            continue
        if decision.action in REPLACING:
            undone.add((decision.target, decision.coder))
        if decision.action is not Action.UNDO:
            kept.append(decision)
    return tuple(reversed(kept))


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchored:
    """Decisions whose words were found in a text, and those whose words were not."""

    decisions: tuple[Decision, ...]  # with the offsets and segments of this text
    origin: Mapping[str, str]  # id of a decision that was moved -> its id as it was made
    stale: tuple[Decision, ...]  # as they were made; nothing may be concluded from them


def anchor(decisions: Iterable[Decision], text: str, segments: Sequence[Segment]) -> Anchored:
    """Find the words of decisions in a document's text, which a newer run may have changed.

    Words that stand where they stood are taken; else the only place where they occur. Words that
    occur nowhere or in several places are stale, and so is a segment that was read to its end and
    is no segment of this text any more.
    """
    starts = [segment.start_char for segment in segments]
    found: list[Decision] = []
    stale: list[Decision] = []
    origin: dict[str, str] = {}
    for decision in decisions:
        start = _place(decision, text)
        at = bisect_right(starts, start) - 1
        segment = segments[at] if start >= 0 and at >= 0 else None
        end = start + len(decision.text)
        if segment is None or not _fits(decision, segment, start, end):
            stale.append(decision)
            continue
        placed = decision
        if (start, segment.ordinal) != (decision.start_char, decision.segment):
            placed = replace(decision, start_char=start, end_char=end, segment=segment.ordinal)
            origin[placed.decision_id] = decision.decision_id
        found.append(placed)
    return Anchored(decisions=tuple(found), origin=origin, stale=tuple(stale))


def _place(decision: Decision, text: str) -> int:
    if text[decision.start_char : decision.end_char] == decision.text:
        return decision.start_char
    first = text.find(decision.text)
    return first if first >= 0 and text.find(decision.text, first + 1) < 0 else -1


def _fits(decision: Decision, segment: Segment, start: int, end: int) -> bool:
    if decision.action is Action.COMPLETE:
        return (start, end) == (segment.start_char, segment.end_char)
    return segment.start_char <= start < segment.end_char

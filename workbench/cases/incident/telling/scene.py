"""The scene of an incident: the sentences around its anchor that go on telling of the same hours.

Accounts are told over several sentences, often over several paragraphs: "At about 5.50 pm he
walked to the park. ... There, ...". The scene begins at the sentence that opens it, with a date,
an hour or a part of the day, and ends where another day, another section or another matter begins.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from workbench.cases.incident.telling.clock import clock_times
from workbench.cases.incident.telling.dates import Dated, days_without_year, weekdays_in
from workbench.cases.incident.telling.harm import EARLIER
from workbench.cases.incident.telling.sentences import Sentence
from workbench.records import SegmentKind

_BACK, _ON = 10, 12  # sentences before and behind the anchor that may belong to its scene
_SEGMENTS_BACK, _SEGMENTS_ON = 3, 4
_SURE = 0.6  # chance of harm to the subject at which a sentence may have a scene of its own
_ANOTHER_DAY = re.compile(
    r"\b(?:the (?:next|following) (?:day|morning|afternoon|evening|night|week|month|year)"
    r"|the day (?:after|before)|(?:day|night|evening|week|weekend) before|(?:days?|weeks?|months?"
    r"|years?) (?:later|afterwards?|earlier|ago|before)|the previous (?:day|night|evening|week)"
    r"|(?:first|second|last) (?:reported|referred|contact))\b", re.IGNORECASE,
)  # fmt: skip
_OPENS = re.compile(
    r"\b(?:(?:on|in) (?:the|that) (?:day|morning|afternoon|evening|night|early hours)"
    r"|that (?:day|morning|afternoon|evening|night)|earlier (?:that|in the) (?:day|evening))\b",
    re.IGNORECASE,
)
_ROWS = (SegmentKind.TABLE_ROW, SegmentKind.CHRONOLOGY_ENTRY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A sentence that tells of the incident, and how sure that is (0-1)."""

    sentence: Sentence
    text: str  # of the sentence, with what looks like a cue and is none blanked
    weight: float
    harm: tuple[int, int] = (0, 0)  # of the words of harm in the text; (0, 0): none
    context: str = ""  # of its segment, what stands before it


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """A sentence with how well it would do as the anchor of an account."""

    told: Told
    anchor: float
    dates: tuple[Dated, ...]
    place: int  # of the segment, among those that are read


def scene_of(best: Scored, scored: Sequence[Scored]) -> frozenset[int]:
    """Where the sentences of the anchor's scene begin, its own among them.

    Args:
        best: The anchor.
        scored: All sentences that are read, in their order.
    """
    at = next(n for n, each in enumerate(scored) if each is best)
    on = list(_within(best, scored[at + 1 : at + 1 + _ON], _SEGMENTS_ON))
    back = list(_within(best, scored[max(0, at - _BACK) : at][::-1], _SEGMENTS_BACK))
    # Without a sentence that opens the scene, what stands before the anchor is background.
    opening = max((n for n, each in enumerate(back) if _opens(each)), default=-1)
    scene = [best, *on, *back[: opening + 1]]
    return frozenset(each.told.sentence.start_char for each in scene)


def told_again(
    scored: Sequence[Scored], scene: Collection[int], agreeing: Collection[int]
) -> frozenset[int]:
    """Other scenes of the same day that tell of harm to the subject: a summary and a narrative.

    Args:
        scored: All sentences that are read, in their order.
        scene: Where the sentences of the anchor's scene begin.
        agreeing: Where the sentences begin that are dated as it is.
    """
    again: set[int] = set()
    for each in scored:
        start = each.told.sentence.start_char
        if each.told.weight >= _SURE and start not in scene and start not in again:
            other = scene_of(each, scored)
            if other & set(agreeing):
                again |= other
    return frozenset(again)


def _within(best: Scored, others: Sequence[Scored], segments: int) -> Iterator[Scored]:
    """Those of the others, from the anchor away, that no other day or section stands before."""
    anchor = best.told.sentence.segment
    days = {date.value for date in best.dates}
    for each in others:
        segment = each.told.sentence.segment
        in_reach = (
            abs(each.place - best.place) <= segments
            and segment.section_path == anchor.section_path
            and (segment.kind not in _ROWS or segment.ordinal == anchor.ordinal)
        )
        if not in_reach or _ANOTHER_DAY.search(each.told.text):
            return
        if each.dates:
            own = {date.value for date in each.dates}
            if days and not own & days:
                return
            days = days or own
        elif EARLIER.search(each.told.text) or _names_another(each.told.text, days):
            return
        yield each


def _names_another(text: str, days: Collection[str]) -> bool:
    """Whether a day is named without its year that is none of the scene's."""
    year = int(min(days)[:4]) if days else 0
    named = days_without_year(text, year) if year else frozenset()
    return bool(named) and not named & set(days)


def _opens(each: Scored) -> bool:
    text = each.told.text
    return bool(
        each.dates or clock_times(text) or any(weekdays_in(text)) or _OPENS.search(text)
    )  # fmt: skip

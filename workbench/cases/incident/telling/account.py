"""Where a document tells of its own incident, and how sure it is that a sentence does.

A review tells of many injuries and deaths: earlier attacks, a grandmother's death, other cases.
The account is found by the sentence that best says that harm came to whom the review is about,
with a date and in a section that tells facts; what stands around it and what repeats it counts
less, what is dated otherwise or is about somebody else does not count at all.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from workbench.cases.incident.telling.clock import clock_times
from workbench.cases.incident.telling.dates import Dated, dates_in, days_without_year, years_in
from workbench.cases.incident.telling.harm import (
    ACCOUNT_HEADING,
    CAUSE,
    EARLIER,
    FATAL,
    HARM,
    UNREAL,
    incident_dates,
)
from workbench.cases.incident.telling.scene import Scored, Told, scene_of, told_again
from workbench.cases.incident.telling.sentences import Blanked, sentences_of
from workbench.cases.incident.telling.subjects import Cast
from workbench.records import MetadataField, Reading, SectionRole, Segment, SegmentKind

#: How much a section is trusted to tell of the incident; those not named are not read.
SECTION_TRUST = {
    SectionRole.FACTS: 1.0,
    SectionRole.FINDINGS: 0.85,
    SectionRole.FRONT_MATTER: 0.8,
    SectionRole.METHODOLOGY: 0.7,
    SectionRole.ANALYSIS: 0.7,
    SectionRole.APPENDIX: 0.5,
}
_TOLD = re.compile(
    r"\b(?:the (?:incident|homicide|murder|killing|death|attack|event)s?\b|circumstances"
    r"|what happened|index offence|fatal|introduction|the case|summary)", re.IGNORECASE,
)  # fmt: skip
_CLAUSE_START = re.compile(r"[,;:(]| and ")
_AROUND = 6  # segments behind the anchor that may go on with the account
MIN_ANCHOR = 0.9
MIN_ANCHOR_OF_PART = 0.7  # a part about one person tells of no other incident
_EARLY = 0.4  # what the beginning of a review adds
_NEAR, _LATEST = 0.6, 0.3  # how near anchors are compared by their dates, and what the last adds
_OTHERS = 0.3  # chance of harm to the subject below which it is somebody else's


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What a document tells of its incident, the anchor first; empty when it tells nothing."""

    told: tuple[Told, ...]
    date: Dated | None = None  # its offsets are those of the frozen text
    date_told: Told | None = None


def account_of(
    reading: Reading, cast: Cast, blanked: Blanked, only: Collection[int] | None = None
) -> Account:
    """The sentences that tell of the incident of a document.

    Args:
        reading: The document.
        cast: Who is who in it.
        blanked: Takes out what looks like a cue and is none.
        only: Ordinals of the segments of one of several subjects; None: all segments.
    """
    segments = [
        segment
        for segment in reading.segments
        if segment.section_role in SECTION_TRUST and (only is None or segment.ordinal in only)
    ]
    hint = _hint(reading)
    scored: list[Scored] = []
    for place, segment in enumerate(segments):
        # A review begins with its incident; the part about one of several people may end with it.
        position = place / max(1, len(segments)) if only is None else 0.5
        scored += _of_segment(segment, place, position, cast, blanked, hint)
    best = _anchor_of(scored)
    if best is None or best.anchor < (MIN_ANCHOR if only is None else MIN_ANCHOR_OF_PART):
        return Account(told=())
    return _gathered(best, scored)


def _anchor_of(scored: Sequence[Scored]) -> Scored | None:
    """The sentence that best tells of the incident; of near ones that with the latest date.

    Reviews tell of earlier attacks as they tell of the last one, but nothing later than it.
    """
    best = max((each.anchor for each in scored), default=0.0)
    near = [each for each in scored if each.anchor >= best - _NEAR and each.anchor > 0]
    latest = max((date.value for each in near for date in each.dates), default="")

    def rank(each: Scored) -> tuple[float, int]:
        is_latest = bool(latest) and any(date.value == latest for date in each.dates)
        return each.anchor + _LATEST * is_latest, -each.told.sentence.start_char

    return max(near, key=rank, default=None)


def _hint(reading: Reading) -> tuple[str, float]:
    """The month of the incident that the cover or an early passage gives, and its confidence."""
    found = [each for each in reading.metadata if each.field is MetadataField.INCIDENT_DATE]
    return (found[0].value[:7], found[0].confidence) if found else ("", 0.0)


def _of_segment(
    segment: Segment,
    place: int,
    position: float,
    cast: Cast,
    blanked: Blanked,
    hint: tuple[str, float],
) -> list[Scored]:
    scored: list[Scored] = []
    before, context = "", ""
    dates_before: tuple[Dated, ...] = ()
    headed = any(_TOLD.search(heading) for heading in segment.section_path[-2:])
    for sentence in sentences_of(segment):
        text = blanked(sentence.text)
        prob, harm = _harm(text, before, cast)
        own = incident_dates(text)
        dates = own or dates_before
        anchor = prob * SECTION_TRUST[segment.section_role]
        if prob >= 0.4:
            anchor += _dated_bonus(dates, hint) * (_closeness(own, harm) if own else 0.6)
            anchor += 0.2 * bool(clock_times(text))
            anchor += 0.3 * headed + _EARLY * (1 - position) + 0.25 * bool(FATAL.search(text))
            anchor -= 0.25 * (segment.kind is not SegmentKind.PARAGRAPH)
            # A sentence with a date of its own is judged by that.
            anchor -= 0.8 * bool(not own and EARLIER.search(text))
            anchor -= 0.4 * bool(UNREAL.search(text))
        if segment.kind is SegmentKind.HEADING:
            anchor = 0.0
        told = Told(sentence=sentence, text=text, weight=prob, harm=harm, context=context)
        scored.append(Scored(told=told, anchor=anchor, dates=own, place=place))
        before, context = text, f"{context} {text}"
        dates_before = own or dates_before
    return scored


def _harm(text: str, before: str, cast: Cast) -> tuple[float, tuple[int, int]]:
    """How likely the sentence tells of harm to whom the review is about, and which words do."""
    best = (0.0, (0, 0))
    for match in HARM.finditer(text):
        if match["definite"]:
            clause = _CLAUSE_START.split(text[: match.start()])[-1]
            prob = cast.is_harmed(clause + match.group(), len(clause), len(clause) + 1, "")
            prob = 0.8 if prob >= 0.4 else prob
        else:
            prob = cast.is_harmed(text, match.start(), match.end(), before)
            prob *= 1.0 if match["attack"] else 0.9 if match["death"] else 0.75
        best = max(best, (prob, match.span()), key=lambda each: each[0])
    return best


def _dated_bonus(dates: Sequence[Dated], hint: tuple[str, float]) -> float:
    if not dates:
        return 0.0
    month, confidence = hint
    bonus = 0.8 if dates[-1].day else 0.35
    return bonus + (0.5 * confidence if month and dates[-1].value[:7] == month else 0.0)


def _closeness(dates: Sequence[Dated], harm: tuple[int, int]) -> float:
    """Dates beside the words of harm count in full, those at the other end of a sentence less."""
    gap = min(max(harm[0] - each.end, each.start - harm[1], 0) for each in dates)
    return 1.0 / (1.0 + gap / 120.0)


def _gathered(best: Scored, scored: Sequence[Scored]) -> Account:
    scene = scene_of(best, scored)
    anchor_date, dated = _date_of(best, scored, scene)
    anchor = best.told.sentence
    agreeing = {
        each.told.sentence.start_char for each in scored if _agreement(each, anchor_date)[0]
        or _headed_by(each.told.sentence.segment, anchor_date)
    }  # fmt: skip
    scene |= told_again(scored, scene, agreeing)
    told = []
    for each in scored:
        in_scene = each.told.sentence.start_char in scene
        weight = _weight(each, best, anchor_date, in_scene=in_scene)
        if weight > 0:
            told.append(replace(each.told, weight=round(weight, 4)))
    told.sort(key=lambda each: (-each.weight, each.sentence.start_char))
    shifted = None
    if anchor_date is not None and dated is not None:
        start = dated.sentence.start_char
        shifted = replace(anchor_date, start=anchor_date.start + start, end=anchor_date.end + start)
    first = [each for each in told if each.sentence.start_char == anchor.start_char]
    rest = [each for each in told if each.sentence.start_char != anchor.start_char]
    return Account(told=tuple(first + rest), date=shifted, date_told=dated)


def _date_of(
    best: Scored, scored: Sequence[Scored], scene: Collection[int]
) -> tuple[Dated | None, Told | None]:
    """The date in the anchor's sentence, nearest to the harm; else the last before it."""
    if best.dates:
        middle = sum(best.told.harm) / 2
        return min(best.dates, key=lambda d: abs((d.start + d.end) / 2 - middle)), best.told
    earlier = [
        each
        for each in scored
        if (each.place == best.place or each.told.sentence.start_char in scene)
        and each.dates
        and each.told.sentence.start_char < best.told.sentence.start_char
    ]
    return (earlier[-1].dates[-1], earlier[-1].told) if earlier else (None, None)


def _weight(each: Scored, best: Scored, date: Dated | None, *, in_scene: bool) -> float:
    """How sure it is (0-1) that a sentence tells of the incident that the anchor tells of."""
    sentence, anchor = each.told.sentence, best.told.sentence
    if sentence.start_char == anchor.start_char:
        return 1.0
    agrees, conflicts, later = _agreement(each, date)
    if conflicts:
        return 0.0
    agrees = agrees or _headed_by(sentence.segment, date)
    weight = _by_place(each, best, agrees=agrees, in_scene=in_scene)
    if 0 < each.told.weight < _OTHERS:
        weight *= 0.25  # harm, but to somebody else
    if each.place != best.place:
        weight *= SECTION_TRUST[sentence.segment.section_role]
    if not each.dates and EARLIER.search(each.told.text):
        weight *= 0.25
    return weight * (0.5 if later or UNREAL.search(each.told.text) else 1.0)


def _by_place(each: Scored, best: Scored, *, agrees: bool, in_scene: bool) -> float:
    """By where the sentence stands, seen from the anchor, and whether it tells of harm."""
    segment, anchor = each.told.sentence.segment, best.told.sentence.segment
    harmed = each.told.weight >= 0.5
    same_section = segment.section_path == anchor.section_path
    steps = each.place - best.place
    heading = segment.section_path[-1] if segment.section_path else ""
    #: Where it may stand, with and without words of harm; the first that holds decides.
    places = (
        (in_scene, 0.9, 0.7),
        (steps == 0, 0.8, 0.5),
        (agrees, 0.8, 0.6),
        (harmed and bool(CAUSE.search(each.told.text)), 0.75, 0.0),
        (0 < steps <= _AROUND and same_section, 0.7, 0.5),
        (bool(ACCOUNT_HEADING.search(heading)), 0.75, 0.55),
        (-2 <= steps < 0 and same_section, 0.5, 0.35),
        (True, 0.5 * each.told.weight, 0.0),
    )
    return next(with_harm if harmed else without for holds, with_harm, without in places if holds)


def _agreement(each: Scored, date: Dated | None) -> tuple[bool, bool, bool]:
    """Whether a sentence is dated as the incident, before it, or after it."""
    if date is None:
        return False, False, False
    if each.dates:
        # The month alone is no agreement with a day: much else happens in a month.
        agrees = any(own.value == date.value for own in each.dates)
        if not agrees and any(_same(own.value, date.value) for own in each.dates):
            return False, False, False
        latest = max(own.value for own in each.dates)
        return agrees, not agrees and latest < date.value, not agrees and latest > date.value
    days = days_without_year(each.told.text, int(date.value[:4])) if date.day else ()
    if days:
        agrees = date.value in days
        return agrees, not agrees and max(days) < date.value, not agrees and min(days) > date.value
    years = years_in(each.told.text)
    year = int(date.value[:4])
    return False, bool(years) and max(years) < year, bool(years) and min(years) > year


def _headed_by(segment: Segment, date: Dated | None) -> bool:
    """Whether the heading right above a segment has the date of the incident."""
    heading = segment.section_path[-1] if segment.section_path else ""
    if date is None:
        return False
    named = days_without_year(heading, int(date.value[:4])) if date.day else ()
    return date.value in (*named, *(each.value for each in dates_in(heading)))


def _same(left: str, right: str) -> bool:
    shorter = min(len(left), len(right))
    return left[:shorter] == right[:shorter]

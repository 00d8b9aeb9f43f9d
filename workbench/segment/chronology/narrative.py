"""Dated events that the running text tells, where no chronology lists them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from workbench.records import (
    DateBasis,
    DatedEvent,
    DatePrecision,
    SectionRole,
    Segment,
    SegmentKind,
)
from workbench.segment.chronology.dates import MONTHS, PrintedDate, dates_in

_TOLD = frozenset({SegmentKind.PARAGRAPH, SegmentKind.BULLET})
_SENTENCE_END = re.compile(r"[.!?][\"'\u201d\u2019)\]]*\s+(?=[\"'\u201c\u2018(\[]?[A-Z0-9])")
_MONTH = "|".join(name.capitalize() for name in MONTHS)
#: "On 31 January Corinne ..." borrows the year of the date before it.
_WITHOUT_YEAR = re.compile(
    rf"\b(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<of>{_MONTH})|(?:[Ii]n|[Bb]y|[Dd]uring|[Ll]ate|"
    rf"[Ee]arly|[Mm]id-?)\s+(?P<month>{_MONTH}))\b(?!\s+\d)"
)
#: A year alone dates an event only where words say so: a title or a law has one too.
_IN_YEAR = re.compile(r"\b(?:in|since|during|until|of|by|late|early|and)\s+$", re.IGNORECASE)
_NO_EVENT = re.compile(
    r"\b(?:Act|Regulations?|Order|Guidance|Code|Strategy|Census)\s+$|[(\[]$", re.IGNORECASE
)
#: What a sentence of law, plans or research says happened to nobody in the case.
_NOT_TOLD = re.compile(
    r"\b(?:should|must respond|your response|published|guidance|statutory|nationally|research"
    r"|study|studies|terms of reference|period (?:under review|examined)|came into force)\b",
    re.IGNORECASE,
)
_EXACT = (DatePrecision.DAY, DatePrecision.MONTH)


@dataclass(frozen=True, slots=True)
class _Dated:
    found: PrintedDate
    basis: DateBasis


def told_events(
    segments: Sequence[Segment], entries: Sequence[DatedEvent], incident: str = ""
) -> tuple[DatedEvent, ...]:
    """One event for each date in a sentence of the facts, in reading order.

    A date that an entry of the document's chronology already has is left out: the sentence tells
    of the same event. A day or month without a year has the year of the date before it in the
    same section, or the next one where it would else run back (basis ``year_above``), but none
    after the last entry of the chronology, or after the incident where there is none. The first
    telling of a date stays, so that a summary does not repeat it.

    Args:
        segments: Of one document, in reading order.
        entries: The entries of its chronologies.
        incident: Date of the incident, ISO 8601 as exact as it is known; "" for not known.
    """
    known = {(entry.date, entry.precision) for entry in entries}
    last = max((entry.date for entry in entries if entry.precision in _EXACT), default=incident)
    events = []
    section: tuple[str, ...] = ()
    above = ""
    for segment in segments:
        if segment.section_role is not SectionRole.FACTS or segment.kind not in _TOLD:
            continue
        if segment.section_path != section:
            section, above = segment.section_path, ""
        found, above = _in_segment(segment, above, last)
        for event in found:
            key = (event.date, event.precision)
            if key not in known:
                known.add(key)
                events.append(event)
    return tuple(events)


def _in_segment(segment: Segment, above: str, last: str) -> tuple[list[DatedEvent], str]:
    """The events of a segment, and the last date in it, of which later ones borrow the year."""
    events = []
    for start, end in _sentences(segment.text):
        sentence = segment.text[start:end].rstrip()
        told = not _NOT_TOLD.search(sentence)
        for dated in _dates(sentence, above, last):
            if dated.found.precision in _EXACT:
                above = dated.found.date
            if told:
                events.append(_event(segment, start, sentence, dated))
    return events, above


def _event(segment: Segment, start: int, sentence: str, dated: _Dated) -> DatedEvent:
    first = segment.start_char + start
    return DatedEvent(
        document_id=segment.document_id, segment=segment.ordinal, date=dated.found.date,
        precision=dated.found.precision, basis=dated.basis,
        printed=sentence[dated.found.start : dated.found.end], text=sentence,
        is_approximate=dated.found.is_approximate,
        start_char=first, end_char=first + len(sentence),
    )  # fmt: skip


def _dates(sentence: str, above: str, last: str) -> Iterator[_Dated]:
    """The dates of a sentence in their order; those without a year after the one before them."""
    full = [found for found in dates_in(sentence) if _is_of_event(sentence, found)]
    shared = [
        match for match in _WITHOUT_YEAR.finditer(sentence)
        if all(match.end() <= each.start or match.start() >= each.end for each in full)
    ]  # fmt: skip
    places: list[tuple[int, PrintedDate | re.Match[str]]] = [
        *((each.start, each) for each in full),
        *((match.start(), match) for match in shared),
    ]
    places.sort(key=lambda place: place[0])
    for _, found in places:
        if isinstance(found, PrintedDate):
            if found.precision in _EXACT:
                above = found.date
            yield _Dated(found, DateBasis.IN_TEXT)
        elif above and (borrowed := _with_year(found, above, last)):
            above = borrowed.date
            yield _Dated(borrowed, DateBasis.YEAR_ABOVE)


def _is_of_event(sentence: str, found: PrintedDate) -> bool:
    before = sentence[: found.start]
    if found.precision in (DatePrecision.YEAR, DatePrecision.PART_OF_YEAR):
        return bool(_IN_YEAR.search(before)) and not _NO_EVENT.search(before)
    return not _NO_EVENT.search(before)


def _with_year(match: re.Match[str], above: str, last: str) -> PrintedDate | None:
    """The date with the year of the one above, or of the next year where it would run back."""
    month = MONTHS.index((match["of"] or match["month"]).lower()) + 1
    year = int(above[:4]) + (month < int(above[5:7]))
    if len(last) >= 7 and f"{year}-{month:02d}" > last[:7]:
        year = int(last[:4]) - (month > int(last[5:7]))
    start = match.start("day") if match["day"] else match.start("month")
    if not match["day"]:
        iso, precision = f"{year}-{month:02d}", DatePrecision.MONTH
    else:
        iso, precision = _day(year, month, int(match["day"])), DatePrecision.DAY
    return PrintedDate(date=iso, precision=precision, start=start, end=match.end()) if iso else None


def _day(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:  # the calendar has none such
        return ""


def _sentences(text: str) -> list[tuple[int, int]]:
    starts = [0, *(match.end() for match in _SENTENCE_END.finditer(text))]
    return [(a, b) for a, b in zip(starts, [*starts[1:], len(text)], strict=True) if a < b]

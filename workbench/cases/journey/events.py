"""Dated events with the agencies, people and codings in them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Generic, Protocol, TypeVar

from workbench.records import Assertion, Coding, DatedEvent, Person, Reading, Segment
from workbench.records.journey import Agency, AgencyMention, JourneyEvent, date_bounds

#: The parts of a column of agencies, and what in it is nobody.
_PARTS = re.compile(r"[^;/\s][^;/]*(?<!\s)")
_NOBODY = re.compile(
    r"(?:none|n/?a|not applicable|various|all|nobody|family|unknown|[-–—?]+)\b|[-–—?]+$", re.I
)


def events_of(
    reading: Reading, agencies: Sequence[Agency], mentions: Sequence[AgencyMention]
) -> list[JourneyEvent]:
    """The dated events of one document, by date; those without a date are left out.

    An agency belongs to an event when it is named inside it, or in the column of agencies of its
    entry, in whatever words; it was in touch (``kinds``) when the words tell of a contact. An
    event holds the affirmed codings of evidence sections that begin
    inside it, and the people whose names stand in it.
    """
    codings = [
        coding
        for coding in reading.codings
        if coding.assertion is Assertion.AFFIRMED and coding.counts_as_evidence
    ]
    names = {agency.agency_id: agency.name for agency in agencies}
    spoken = _spoken_names(reading.people)
    texts = {segment.ordinal: segment for segment in reading.segments}
    mentions_in, codings_in = _Inside(mentions), _Inside(codings)
    found = []
    for event in reading.events:
        if date_bounds(event.date):
            here = mentions_in.of(event)
            column = _unknown_of_column(event, texts[event.segment], here, spoken)
            found.append(_event(event, here, (names, column), codings_in.of(event), spoken))
    return in_order(found)


def _unknown_of_column(
    event: DatedEvent,
    segment: Segment,
    mentions: Sequence[AgencyMention],
    spoken: Sequence[tuple[str, re.Pattern[str]]],
) -> list[str]:
    """What the column of agencies names and no rule knows: a "Review conference"."""
    column = segment.text.find(event.agency) if event.agency else -1
    found = []
    for part in _PARTS.finditer(event.agency) if column >= 0 else ():
        start = segment.start_char + column + part.start()
        end = start + len(part.group())
        is_known = any(m.start_char < end and start < m.end_char for m in mentions)
        is_person = any(pattern.search(part.group()) for _, pattern in spoken)
        if not is_known and not is_person and not _NOBODY.match(part.group()):
            found.append(part.group())
    return found


def in_order(events: Iterable[JourneyEvent]) -> list[JourneyEvent]:
    """By the first day on which they can have happened, then the last, then their place."""
    return sorted(
        events,
        key=lambda event: (*(event.days or ()), event.document_id, event.start_char, event.date),
    )


def _event(
    event: DatedEvent,
    mentions: Sequence[AgencyMention],
    names_and_column: tuple[dict[str, str], Sequence[str]],
    codings: Sequence[Coding],
    spoken: Sequence[tuple[str, re.Pattern[str]]],
) -> JourneyEvent:
    names, column = names_and_column
    named = [names.get(each.agency_id) or each.kind.replace("_", " ") for each in mentions]
    contacts = [mention for mention in mentions if mention.is_contact]
    return JourneyEvent(
        document_id=event.document_id, segment=event.segment,
        start_char=event.start_char, end_char=event.end_char, text=event.text,
        date=event.date, precision=event.precision, printed=event.printed,
        kinds=tuple(sorted({mention.kind for mention in contacts})),
        mention_ids=tuple(dict.fromkeys(mention.mention_id for mention in contacts)),
        agencies=tuple(dict.fromkeys((*named, *column))),
        person_ids=tuple(
            person_id for person_id, pattern in spoken if pattern.search(event.text)
        ),
        coding_ids=tuple(dict.fromkeys(coding.coding_id for coding in codings)),
        from_chronology=event.is_entry,
    )  # fmt: skip


class _Begins(Protocol):
    @property
    def start_char(self) -> int: ...


_T = TypeVar("_T", bound=_Begins)


class _Inside(Generic[_T]):
    """Records by where they begin."""

    def __init__(self, records: Sequence[_T]) -> None:
        self._records = sorted(records, key=lambda record: record.start_char)
        self._starts = [record.start_char for record in self._records]

    def of(self, event: DatedEvent) -> list[_T]:
        """Those that begin inside an event, in their order."""
        first = bisect_left(self._starts, event.start_char)
        return self._records[first : bisect_left(self._starts, event.end_char)]


def _spoken_names(people: Iterable[Person]) -> list[tuple[str, re.Pattern[str]]]:
    """For each person the pattern that finds their names as whole words."""
    found = []
    for person in people:
        names = sorted({person.name, *person.aliases} - {""}, key=len, reverse=True)
        if names:
            joined = "|".join(re.escape(name) for name in names)
            found.append((person.person_id, re.compile(rf"(?<!\w)(?:{joined})(?!\w)")))
    return found

"""Dated events with the agencies, people and codings in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from workbench.records import Assertion, Coding, DatedEvent, Person, Reading
from workbench.records.journey import Agency, AgencyMention, JourneyEvent, date_bounds


def events_of(
    reading: Reading, agencies: Sequence[Agency], mentions: Sequence[AgencyMention]
) -> list[JourneyEvent]:
    """The dated events of one document, by date; those without a date are left out.

    An agency belongs to an event when it is named inside it; it was in touch (``kinds``) when the
    words tell of a contact. An event holds the affirmed codings of evidence sections that begin
    inside it, and the people whose names stand in it.
    """
    codings = [
        coding
        for coding in reading.codings
        if coding.assertion is Assertion.AFFIRMED and coding.counts_as_evidence
    ]
    names = {agency.agency_id: agency.name for agency in agencies}
    spoken = _spoken_names(reading.people)
    found = [
        _event(
            event,
            [m for m in mentions if _inside(m.start_char, event)],
            names,
            [coding for coding in codings if _inside(coding.start_char, event)],
            spoken,
        )
        for event in reading.events
        if date_bounds(event.date)
    ]
    return in_order(found)


def in_order(events: Iterable[JourneyEvent]) -> list[JourneyEvent]:
    """By the first day on which they can have happened, then the last, then their place."""
    return sorted(
        events,
        key=lambda event: (*(event.days or ()), event.document_id, event.start_char, event.date),
    )


def _event(
    event: DatedEvent,
    mentions: Sequence[AgencyMention],
    names: dict[str, str],
    codings: Sequence[Coding],
    spoken: Sequence[tuple[str, re.Pattern[str]]],
) -> JourneyEvent:
    contacts = [mention for mention in mentions if mention.is_contact]
    return JourneyEvent(
        document_id=event.document_id, segment=event.segment,
        start_char=event.start_char, end_char=event.end_char, text=event.text,
        date=event.date, precision=event.precision, printed=event.printed,
        kinds=tuple(sorted({mention.kind for mention in contacts})),
        mention_ids=tuple(dict.fromkeys(mention.mention_id for mention in contacts)),
        agencies=tuple(dict.fromkeys(
            names.get(mention.agency_id) or mention.kind.replace("_", " ") for mention in mentions
        )),
        person_ids=tuple(
            person_id for person_id, pattern in spoken if pattern.search(event.text)
        ),
        coding_ids=tuple(dict.fromkeys(coding.coding_id for coding in codings)),
        from_chronology=event.is_entry,
    )  # fmt: skip


def _inside(start_char: int, event: DatedEvent) -> bool:
    return event.start_char <= start_char < event.end_char


def _spoken_names(people: Iterable[Person]) -> list[tuple[str, re.Pattern[str]]]:
    """For each person the pattern that finds their names as whole words."""
    found = []
    for person in people:
        names = sorted({person.name, *person.aliases} - {""}, key=len, reverse=True)
        if names:
            joined = "|".join(re.escape(name) for name in names)
            found.append((person.person_id, re.compile(rf"(?<!\w)(?:{joined})(?!\w)")))
    return found

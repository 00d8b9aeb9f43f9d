"""Cases and their readings to journeys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from workbench.cases.journey.agencies import AgenciesFound, agencies_of
from workbench.cases.journey.events import events_of, in_order
from workbench.cases.journey.kinds import Kinds, agency_kinds
from workbench.records import Case, MetadataField, Person, Reading, SubjectRole
from workbench.records.journey import (
    Agency,
    AgencyMention,
    Journey,
    JourneyEvent,
    date_bounds,
)

#: Whose way it is, in this order: a review of a child is about the child.
_SUBJECTS = (SubjectRole.INDEX_CHILD, SubjectRole.VICTIM, SubjectRole.DECEASED)
_MAX_AGE_YEARS = 120


def build_journeys(
    cases: Sequence[Case],
    readings: Mapping[str, Reading],
    incident_dates: Mapping[str, str],
    kinds: Kinds | None = None,
) -> tuple[Journey, ...]:
    """The journey of each case, in the order of the cases.

    Args:
        cases: Their documents need not all have been read.
        readings: By document id.
        incident_dates: Case id -> date of the incident, as exact as it is known; where a case
            has none, the date that its documents state as a whole.
        kinds: Kinds of agency; those that come with the workbench when left out.
    """
    kinds = kinds or agency_kinds()
    told: dict[str, _Told] = {}  # several cases may share a document
    for key in {key: None for case in cases for key in case.document_ids if key in readings}:
        found = agencies_of(readings[key], kinds)
        told[key] = _Told(
            readings[key], found, events_of(readings[key], found.agencies, found.mentions)
        )
    return tuple(
        _journey(
            case,
            [told[key] for key in case.document_ids if key in told],
            incident_dates.get(case.case_id, ""),
        )
        for case in cases
    )


class _Told(NamedTuple):
    """What one document tells, of whichever case."""

    reading: Reading
    found: AgenciesFound
    events: Sequence[JourneyEvent]


def _journey(case: Case, documents: Sequence[_Told], incident_date: str) -> Journey:
    agencies: list[Agency] = []
    mentions: list[AgencyMention] = []
    events: list[JourneyEvent] = []
    for _, found, told in documents:
        # Names are declared anywhere in a document: a case that has a part of it only, too.
        own = [each for each in found.mentions if case.tells(each.document_id, each.segment)]
        named = {each.agency_id for each in own}
        agencies += [each for each in found.agencies if not case.part or each.agency_id in named]
        mentions += own
        events += _new(events, [e for e in told if case.tells(e.document_id, e.segment)])
    incident = incident_date or _stated_incident([each.reading for each in documents])
    return Journey(
        case_id=case.case_id,
        agencies=tuple(agencies),
        mentions=tuple(mentions),
        events=tuple(in_order(events)),
        incident_date=incident,
        birth_date=_birth_date(case.people, incident),
    )


def _new(known: Sequence[JourneyEvent], more: Sequence[JourneyEvent]) -> list[JourneyEvent]:
    """Events whose date no document of the case before has: a summary tells the same again."""
    dates = {(event.date, event.precision) for event in known}
    return [event for event in more if (event.date, event.precision) not in dates]


def _stated_incident(readings: Sequence[Reading]) -> str:
    return next(
        (
            each.value
            for reading in readings
            for each in reading.metadata
            if each.field is MetadataField.INCIDENT_DATE and date_bounds(each.value)
        ),
        "",
    )


def _birth_date(people: Sequence[Person], incident: str) -> str:
    """Between which days the only subject was born, from the age at the incident.

    "" where there are several subjects of the first role that has any, where the age or the
    incident is not known.
    """
    bounds = date_bounds(incident)
    for role in _SUBJECTS:
        subjects = [person for person in people if person.role is role]
        if subjects:
            age = subjects[0].age_years
            if len(subjects) > 1 or age is None or bounds is None or age > _MAX_AGE_YEARS:
                return ""
            first, last = bounds
            return f"{first.year - age - 1}-{first:%m}/{last.year - age}-{last:%m}"
    return ""

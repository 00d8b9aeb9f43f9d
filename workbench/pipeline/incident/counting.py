"""What the cases of a workspace say of their incidents, and the passages that show it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from workbench.cases.incident.settle import incidents_of, with_calendar
from workbench.codebook import Codebook
from workbench.pipeline.annotation.decisions import Decided
from workbench.pipeline.given.tables import table_facts
from workbench.records import (
    CalendarPeriod,
    Case,
    Coding,
    IncidentFact,
    IncidentField,
    Reading,
    Standing,
)
from workbench.store.objects import ObjectStore
from workbench.store.results import read_incidents
from workbench.store.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseIncident:
    """The facts of one case, as they are stored."""

    case_id: str
    facts: tuple[IncidentFact, ...]


def incidents_told(
    root: Path, cases: Sequence[Case], found: Decided, codebook: Codebook
) -> tuple[CaseIncident, ...]:
    """The facts of each case that says any, with people's decisions; no calendar is looked at."""
    coded = table_facts(root, ObjectStore(root / "objects"))
    return _as_cases(incidents_of(cases, found.readings, codebook, found.valued, coded=coded))


def dated_in(
    told: Sequence[CaseIncident],
    cases: Sequence[Case],
    found: Decided,
    calendar: Sequence[CalendarPeriod],
) -> tuple[CaseIncident, ...]:
    """Facts that ``incidents_told`` gave, with term or holiday by a calendar."""
    return _as_cases(with_calendar(as_mapping(told), cases, found.readings, calendar))


def _as_cases(facts: Mapping[str, tuple[IncidentFact, ...]]) -> tuple[CaseIncident, ...]:
    return tuple(CaseIncident(case_id=case_id, facts=of_case) for case_id, of_case in facts.items())


def stored_facts(root: Path, case_id: str) -> tuple[IncidentFact, ...]:
    """What the last run made of a case's incident; nothing when it is silent or not counted."""
    with Workspace.open(root) as workspace:
        return read_incidents(workspace).get(case_id, ())


def as_mapping(incidents: Iterable[CaseIncident]) -> dict[str, tuple[IncidentFact, ...]]:
    """Case id -> facts."""
    return {each.case_id: each.facts for each in incidents}


def incident_groups(incidents: Iterable[CaseIncident]) -> dict[str, str]:
    """Case id -> the area of its incident, where the review states one."""
    return _standing(incidents, IncidentField.AREA)


def incident_dates(incidents: Iterable[CaseIncident]) -> dict[str, str]:
    """Case id -> the date of its incident, for cases that state one."""
    return _standing(incidents, IncidentField.DATE)


def _standing(incidents: Iterable[CaseIncident], field: IncidentField) -> dict[str, str]:
    """Case id -> the first value of a field that stands."""
    return {
        each.case_id: fact.value
        for each in incidents
        for fact in reversed(each.facts)
        if fact.field is field and fact.standing is Standing.VALUE
    }


def with_passages(
    readings: Mapping[str, Reading], incidents: Iterable[CaseIncident]
) -> dict[str, Reading]:
    """The readings with the words of the facts among their passages, so that they can be shown."""
    more: dict[str, dict[str, Coding]] = {}
    for each in incidents:
        for fact in each.facts:
            reading = readings[fact.document_id]
            role = next(
                segment.section_role for segment in reading.segments
                if segment.ordinal == fact.segment
            )  # fmt: skip
            of_document = more.setdefault(fact.document_id, {})
            coding = fact.coding(role)
            known = of_document.get(coding.coding_id)
            of_document[coding.coding_id] = _joined(known, coding) if known else coding
    return {
        document_id: replace(reading, codings=_together(reading, more.get(document_id, {})))
        for document_id, reading in readings.items()
    }


def _joined(known: Coding, coding: Coding) -> Coding:
    """One passage that gives several facts, such as a date and its weekday, explains them all."""
    parts = [known.explanation, *([coding.explanation] if coding.explanation else [])]
    if coding.explanation in known.explanation.split("; "):
        parts = [known.explanation]
    return replace(
        known, score=max(known.score, coding.score), explanation="; ".join(filter(None, parts))
    )


def _together(reading: Reading, more: Mapping[str, Coding]) -> tuple[Coding, ...]:
    known = {coding.coding_id for coding in reading.codings}
    fresh = [coding for key, coding in more.items() if key not in known]
    together = [*reading.codings, *fresh]
    return tuple(
        sorted(together, key=lambda each: (each.start_char, each.end_char, each.coding_id))
    )

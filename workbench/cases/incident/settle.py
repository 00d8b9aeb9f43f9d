"""The facts of a case: its documents joined, people's decisions over them, the calendar last."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from workbench.cases.incident.decided import decided_facts
from workbench.cases.incident.read import incident_facts
from workbench.cases.incident.school import calendar_facts
from workbench.cases.subjects import identities, subject_parts
from workbench.cases.tables.readings import CASE_TABLE
from workbench.codebook import Codebook
from workbench.records import (
    CalendarPeriod,
    Case,
    Decision,
    FactBasis,
    IncidentFact,
    IncidentField,
    MetadataField,
    Reading,
    Standing,
)

_NO_DECISIONS: Mapping[str, Sequence[Decision]] = MappingProxyType({})
_NO_FACTS: Mapping[str, Sequence[IncidentFact]] = MappingProxyType({})
#: Values of a relationship that leave no room for another pair.
_ALONE = frozenset({"self", "stranger", "unknown_perpetrator"})
_MIN_PAIR = 0.6  # score of a further pair


def incidents_of(
    cases: Sequence[Case],
    readings: Mapping[str, Reading],
    codebook: Codebook,
    decisions: Mapping[str, Sequence[Decision]] = _NO_DECISIONS,
    calendar: Sequence[CalendarPeriod] = (),
    coded: Mapping[str, Sequence[IncidentFact]] = _NO_FACTS,
) -> dict[str, tuple[IncidentFact, ...]]:
    """What each case says of its incident.

    Args:
        cases: The cases.
        readings: Document id -> reading.
        codebook: It has the attributes and their values.
        decisions: Document id -> decisions in force, with their words where they stand today;
            those without a value are passed over.
        calendar: School terms and holidays that the user gives; without it, term or holiday is
            known only where the text says it.
        coded: Document id -> facts of cases that come from tables.

    Returns:
        Case id -> facts by subject and field, the value of the case first; cases without any
        are left out.
    """
    found = {}
    for case in cases:
        facts = list(_of_case(case, readings, codebook, coded))
        of_people = list(_of_people(case, facts, readings, decisions))
        facts = decided_facts(facts, of_people, codebook)
        if facts:
            found[case.case_id] = _ordered(facts, case)
    return with_calendar(found, cases, readings, calendar)


def with_calendar(
    told: Mapping[str, tuple[IncidentFact, ...]],
    cases: Sequence[Case],
    readings: Mapping[str, Reading],
    calendar: Sequence[CalendarPeriod],
) -> dict[str, tuple[IncidentFact, ...]]:
    """The facts of each case with term or holiday by a calendar.

    Args:
        told: Case id -> facts, as ``incidents_of`` finds them without a calendar.
        cases: The cases.
        readings: Document id -> reading.
        calendar: Periods that do not overlap within an area.
    """
    return {
        case.case_id: _ordered(
            [*facts, *calendar_facts(facts, _areas(case, readings), calendar)], case
        )
        for case in cases
        if (facts := told.get(case.case_id))
    }


def _of_case(
    case: Case,
    readings: Mapping[str, Reading],
    codebook: Codebook,
    coded: Mapping[str, Sequence[IncidentFact]],
) -> Iterator[IncidentFact]:
    leading = readings.get(case.document_ids[0])
    if leading and leading.document.producer == CASE_TABLE:
        # Cells of a table tell nothing in sentences; its map says what they mean.
        yield from coded.get(leading.document.document_id, ())
        return
    several = _several(leading, codebook) if leading and case.part is None else []
    if several:
        # Summaries of a review of several people seldom keep them apart.
        yield from several
        return
    by_field: dict[IncidentField, list[IncidentFact]] = {}
    for document_id in case.document_ids:
        reading = readings.get(document_id)
        for fact in _told(case, reading, codebook) if reading else ():
            by_field.setdefault(fact.field, []).append(fact)
    for facts in by_field.values():
        yield from _joined(facts)


def _of_people(
    case: Case,
    facts: Sequence[IncidentFact],
    readings: Mapping[str, Reading],
    decisions: Mapping[str, Sequence[Decision]],
) -> Iterator[Decision]:
    """Decisions with a value, each given to the subject in whose part of the review it was made.

    Where subjects are told apart, a decision on words that are in nobody's part is left out.
    """
    told_apart = any(fact.person_id for fact in facts)
    for document_id in case.document_ids:
        reading = readings.get(document_id)
        parts = subject_parts(reading) if told_apart and reading else {}
        for decision in decisions.get(document_id, ()):
            owner = next((key for key, part in parts.items() if decision.segment in part), "")
            if not case.tells(document_id, decision.segment):
                continue
            if decision.value and bool(owner) == told_apart:
                yield replace(decision, person_id=owner)


def _told(case: Case, reading: Reading, codebook: Codebook) -> Sequence[IncidentFact]:
    """What one document says of a case; of one of several incidents, what its own part says."""
    if case.part is None:
        return incident_facts(reading, codebook)
    document_id = reading.document.document_id
    own = frozenset(ordinal for key, ordinal in case.part.segments if key == document_id)
    person_id = next(
        (
            dict(identities(each.person)).get(document_id, "")
            for each in case.subjects
            if (case.review_id, case.part.person_id) in identities(each.person)
        ),
        "",
    )
    facts = incident_facts(reading, codebook, person_id=person_id, only=own)
    # The case has one subject, so that a fact need not say whose it is.
    return [replace(fact, person_id="") for fact in facts]


def _several(reading: Reading, codebook: Codebook) -> list[IncidentFact]:
    """Facts of each subject who has a part of the review; none unless two are told apart."""
    found = [
        incident_facts(reading, codebook, person_id=person_id, only=ordinals)
        for person_id, ordinals in subject_parts(reading).items()
    ]
    told = [facts for facts in found if facts]
    return [fact for facts in told for fact in _pairs(facts)] if len(told) > 1 else []


def _joined(facts: Sequence[IncidentFact]) -> Iterator[IncidentFact]:
    """The facts of one field from all documents: one value counts, the rest stands beside.

    It is the value that most documents have; of those the surest, and of equals the leading
    document's, whose facts come first.
    """
    values = [fact for fact in facts if fact.standing is Standing.VALUE]
    n_documents = Counter(fact.value for fact in values)
    best = max(values, key=lambda fact: (n_documents[fact.value], fact.score))
    beside = []
    for fact in facts:
        if fact is not best:
            same = fact.value == best.value or _same_date(fact, best)
            standing = Standing.AGREES if same else Standing.DIFFERS
            beside.append(replace(fact, standing=standing))
    yield from _pairs([best, *beside])


def _same_date(fact: IncidentFact, best: IncidentFact) -> bool:
    """A month and a day of it do not contradict each other."""
    if fact.field is not IncidentField.DATE:
        return False
    shorter = min(len(fact.value), len(best.value))
    return fact.value[:shorter] == best.value[:shorter]


def _pairs(facts: Sequence[IncidentFact]) -> Iterator[IncidentFact]:
    """Relationships of further pairs count as well: two parents, or a partner and a friend."""
    counted = {
        fact.value
        for fact in facts
        if fact.field is IncidentField.RELATIONSHIP and fact.standing is Standing.VALUE
    }
    for fact in facts:
        further = (
            fact.field is IncidentField.RELATIONSHIP
            and fact.standing is Standing.DIFFERS
            and fact.basis is FactBasis.STATED
            and fact.score >= _MIN_PAIR
            and not counted & _ALONE
            and fact.value not in counted | _ALONE
        )
        if further:
            counted.add(fact.value)
        yield replace(fact, standing=Standing.VALUE) if further else fact


def _areas(case: Case, readings: Mapping[str, Reading]) -> tuple[str, ...]:
    """Areas that the case's documents say they are about."""
    return tuple(
        dict.fromkeys(
            each.value
            for document_id in case.document_ids
            if document_id in readings
            for each in readings[document_id].metadata
            if each.field is MetadataField.AREA
        )
    )


def _ordered(facts: Iterable[IncidentFact], case: Case) -> tuple[IncidentFact, ...]:
    fields, standings = list(IncidentField), list(Standing)
    documents = {document_id: rank for rank, document_id in enumerate(case.document_ids)}

    def rank(fact: IncidentFact) -> tuple[str, int, int, float, int, int, str]:
        return (
            fact.person_id, fields.index(fact.field), standings.index(fact.standing),
            -fact.score, documents[fact.document_id], fact.start_char, fact.value,
        )  # fmt: skip

    return tuple(sorted(facts, key=rank))

"""One document to the facts of its incident, value by value with the words that say it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from workbench.cases.incident.telling.account import Account, account_of
from workbench.cases.incident.telling.sentences import Blanked
from workbench.cases.incident.telling.subjects import Cast
from workbench.cases.incident.values.candidates import Answer, Candidate, answers_of
from workbench.cases.incident.values.how_and_where import areas_in, methods_in, places_in
from workbench.cases.incident.values.when import (
    WEEKEND,
    bands_in,
    date_in,
    school_days_in,
    weekdays_of,
)
from workbench.cases.incident.values.who import relationships_in
from workbench.cases.incident.values.wordings import SUICIDES, not_said
from workbench.codebook import Codebook
from workbench.records import FactBasis, IncidentFact, IncidentField, Reading, Standing

#: Below it a value is not stated, however often it is hinted at.
THRESHOLDS = {
    IncidentField.METHOD: 0.4,
    IncidentField.PLACE: 0.3,
    IncidentField.AREA: 0.4,
    IncidentField.DATE: 0.5,
    IncidentField.TIME_BAND: 0.2,
    IncidentField.WEEKDAY: 0.45,
    IncidentField.SCHOOL_CALENDAR: 0.4,
    IncidentField.RELATIONSHIP: 0.35,
}
#: Relationships of people who usually live in one home.
_HOUSEHOLD = frozenset({"spouse_or_civil_partner", "partner", "parent",
                        "step_parent_or_parents_partner"})  # fmt: skip
#: Other words are kept beside a value, so many of each.
_KEPT = 3
_MIN_DIFFERENT = 0.5  # of the winner's score: what is weaker is no contradiction


def blanked_for(codebook: Codebook) -> Blanked:
    """Takes out what the codebook calls false positives of its incident attributes."""
    phrases = [
        phrase for code in codebook.codes if code.is_attribute for phrase in code.false_positives
    ]
    return Blanked([*phrases, *not_said()])


def incident_facts(
    reading: Reading,
    codebook: Codebook,
    *,
    person_id: str = "",
    only: Collection[int] | None = None,
) -> tuple[IncidentFact, ...]:
    """What one document says of its incident; of one of several subjects, when one is named.

    Only attributes and values of the codebook are given, where words say them or where they
    follow from words (the weekday of a printed date). Nothing is given where the document is
    silent.

    Args:
        reading: The document.
        codebook: It has the values of the attributes and the phrases that look like cues.
        person_id: The subject whose incident it is; "": that of the document.
        only: Ordinals of the segments that are about them.

    Returns:
        Facts in the order of the fields, of each the value first.
    """
    cast = Cast.of(reading.people, person_id)
    account = account_of(reading, cast, blanked_for(codebook), only)
    if not account.told:
        return ()
    known = {code.code_id for code in codebook.codes if code.is_attribute}
    allowed = _allowed(codebook)
    found = _candidates(reading, account, cast)
    facts: list[IncidentFact] = []
    for field in (each for each in IncidentField if each.code_id in known):
        of_field = [
            each for each in found
            if each.field is field and (field not in allowed or each.value in allowed[field])
        ]  # fmt: skip
        facts += _facts(field, of_field, person_id)
    return tuple(facts)


def _allowed(codebook: Codebook) -> dict[IncidentField, frozenset[str]]:
    """Field -> the values that the codebook has for it."""
    allowed: dict[IncidentField, set[str]] = {}
    for code in codebook.codes:
        for value in code.values if code.is_attribute else ():
            name, separator, option = value.partition("=")
            for field in IncidentField:
                if (
                    field.is_coded
                    and field.code_id == code.code_id
                    and (not separator or field.value == name)
                ):
                    allowed.setdefault(field, set()).add(option if separator else value)
    return {field: frozenset(values) for field, values in allowed.items()}


def _candidates(reading: Reading, account: Account, cast: Cast) -> list[Candidate]:
    methods = list(methods_in(account, cast))
    relations = _settled_relations(list(relationships_in(reading, account, cast)), methods)
    places = [*_at_home(list(places_in(account, cast)), relations)]
    weekdays = list(weekdays_of(account))
    return [
        *methods, *places, *areas_in(account), *date_in(account), *bands_in(account), *weekdays,
        *_day_types(weekdays), *school_days_in(account), *relations,
    ]  # fmt: skip


def _day_types(weekdays: Iterable[Candidate]) -> Iterator[Candidate]:
    for each in weekdays:
        yield replace(
            each, field=IncidentField.DAY_TYPE, basis=FactBasis.COMPUTED,
            value="weekend" if each.value in WEEKEND else "weekday", explanation=each.value,
        )  # fmt: skip


def _settled_relations(relations: list[Candidate], methods: Sequence[Candidate]) -> list[Candidate]:
    """Former partners are not also partners; who took their own life did it themselves."""
    if any(each.value == "ex_partner" and each.weight >= 0.3 for each in relations):
        current = {"spouse_or_civil_partner", "partner"}
        relations = [
            replace(each, value="ex_partner") if each.value in current else each
            for each in relations
        ]
    best = answers_of(methods)[:1]
    if best and best[0].value in SUICIDES:
        first = best[0].candidates[0]
        return [
            replace(
                first, field=IncidentField.RELATIONSHIP, value="self", basis=FactBasis.COMPUTED,
                explanation=f"the method is {first.value}",
            )
        ]  # fmt: skip
    return relations


def _at_home(places: Iterable[Candidate], relations: Sequence[Candidate]) -> Iterator[Candidate]:
    """Places, where "at home, by her husband" is the home of both."""
    best = answers_of(relations)[:1]
    together = bool(best) and best[0].value in _HOUSEHOLD and best[0].score >= 0.4
    for each in places:
        if together and each.value == "victim_home" and each.words.lower() == "at home":
            yield replace(
                each, value="shared_home", basis=FactBasis.COMPUTED,
                explanation=f"at home, and the relationship is {best[0].value}",
            )  # fmt: skip
        else:
            yield each


def _facts(
    field: IncidentField, candidates: Sequence[Candidate], person_id: str
) -> Iterator[IncidentFact]:
    answers = [
        answer for answer in answers_of(candidates) if answer.score >= _threshold(field)
    ]  # fmt: skip
    if not answers:
        return
    best = answers[0]
    yield from _of_answer(best, Standing.VALUE, person_id)
    for other in answers[1:]:
        if other.score >= _MIN_DIFFERENT * best.score:
            yield from _of_answer(other, Standing.DIFFERS, person_id)


def _threshold(field: IncidentField) -> float:
    return THRESHOLDS[IncidentField.WEEKDAY if field is IncidentField.DAY_TYPE else field]


def _of_answer(answer: Answer, standing: Standing, person_id: str) -> Iterator[IncidentFact]:
    for number, each in enumerate(answer.candidates[:_KEPT]):
        first = number == 0
        agrees = Standing.AGREES if standing is Standing.VALUE else Standing.DIFFERS
        yield IncidentFact(
            field=each.field,
            value=each.value,
            basis=each.basis,
            standing=standing if first else agrees,
            score=round(answer.score if first else each.weight, 4),
            document_id=each.told.sentence.segment.document_id,
            segment=each.told.sentence.segment.ordinal,
            start_char=each.start_char,
            end_char=each.end_char,
            text=each.words,
            person_id=person_id,
            explanation=each.explanation,
        )

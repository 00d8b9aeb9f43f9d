"""One document to the facts of its incident, value by value with the words that say it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from workbench.cases.incident.telling.account import Account, account_of
from workbench.cases.incident.telling.boxes import boxes_of
from workbench.cases.incident.telling.sentences import Blanked
from workbench.cases.incident.telling.subjects import Cast
from workbench.cases.incident.values.boxed import candidates_of
from workbench.cases.incident.values.candidates import Answer, Candidate, answers_of
from workbench.cases.incident.values.homes import lived_together, shared_homes, unowned_homes
from workbench.cases.incident.values.how_and_where import areas_in, methods_in, places_in
from workbench.cases.incident.values.when import (
    WEEKEND,
    bands_in,
    date_in,
    found_later,
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
#: Other words are kept beside a value, so many of each.
_KEPT = 3
#: Fields whose cells stand beside what sentences say, without being weighed by other fields.
_HOURS_AND_DATES = (IncidentField.DATE, IncidentField.TIME_BAND, IncidentField.SCHOOL_CALENDAR)
_RELATED = 0.4  # score of a relationship that says who lived together
_SELF = 0.5  # who is so surely said to have done it themselves was harmed by nobody else
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
    blanked = blanked_for(codebook)
    account = account_of(reading, cast, blanked, only)
    cells = [
        candidate
        for boxed in boxes_of(reading, cast, only)
        for candidate in candidates_of(boxed, blanked)
    ]
    if not account.told and not cells:
        return ()
    known = {code.code_id for code in codebook.codes if code.is_attribute}
    allowed = _allowed(codebook)
    found = _candidates(reading, account, cast, cells)
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


def _candidates(
    reading: Reading, account: Account, cast: Cast, cells: Sequence[Candidate]
) -> list[Candidate]:
    def in_cells(field: IncidentField) -> list[Candidate]:
        return [each for each in cells if each.field is field]

    methods = _specific([*methods_in(account, cast), *in_cells(IncidentField.METHOD)])
    told = list(relationships_in(reading, account, cast))
    relations = _settled_relations([*told, *in_cells(IncidentField.RELATIONSHIP)], methods)
    places = _placed(reading, account, cast, relations, in_cells(IncidentField.PLACE))
    weekdays = [*weekdays_of(account), *in_cells(IncidentField.WEEKDAY)]
    days = [
        *date_in(account), *bands_in(account), *weekdays, *_day_types(weekdays),
        *school_days_in(account), *(each for each in cells if each.field in _HOURS_AND_DATES),
    ]  # fmt: skip
    if found_later(account):
        days = _of_finding(days)
    return [*methods, *places, *areas_in(account), *days, *relations]


def _of_finding(days: Iterable[Candidate]) -> list[Candidate]:
    """What the day on which somebody long dead was found says of the incident: the month."""
    return [
        replace(each, value=each.value[:7], explanation="found dead then, days or more after")
        for each in days
        if each.field is IncidentField.DATE
    ]


def _specific(methods: Sequence[Candidate]) -> list[Candidate]:
    """The methods, where "suicide" alone does not stand beside the hanging that it was."""
    hanging = answers_of(each for each in methods if each.value == "suicide_hanging")
    if not hanging or hanging[0].score < THRESHOLDS[IncidentField.METHOD]:
        return list(methods)
    return [each for each in methods if each.value != "suicide_other"]


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
    # The words of an inquest say it best; else it follows from the method.
    selves = [each for each in relations if each.value == "self"]
    if answers_of(selves)[:1] and answers_of(selves)[0].score >= _SELF:
        return selves
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


def _placed(
    reading: Reading,
    account: Account,
    cast: Cast,
    relations: Sequence[Candidate],
    cells: Sequence[Candidate],
) -> list[Candidate]:
    """Places with whose home it was, as far as the review says who lived there."""
    best = answers_of(relations)[:1]
    relation = best[0].value if best and best[0].score >= _RELATED else ""
    is_shared = lived_together(reading, cast, relation)
    places = [*places_in(account, cast), *cells]
    places += unowned_homes(account, places, is_shared=is_shared)
    return list(shared_homes(places, cast, is_shared=is_shared, relation=relation))


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

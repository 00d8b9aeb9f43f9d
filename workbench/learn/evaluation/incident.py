"""Incident facts: what the system states of each case, against the truth's one value for each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from workbench.learn.evaluation.pooling import (
    Bootstrap,
    EvaluationSettings,
    confusion_table,
    pool_measures,
)
from workbench.learn.evaluation.records import Section, Tally, share
from workbench.learn.matching.cases import pair_cases
from workbench.learn.matching.comparison import Comparison
from workbench.records import NOT_STATED, Case, IncidentFact, IncidentField, Standing

TITLES = {
    IncidentField.METHOD: "method",
    IncidentField.PLACE: "place",
    IncidentField.RELATIONSHIP: "relationship",
    IncidentField.TIME_BAND: "time band",
    IncidentField.DAY_TYPE: "weekday or weekend",
    IncidentField.SCHOOL_CALENDAR: "term or holiday",
}
_KINDS = {
    "accuracy": "right, silence where the truth is silent included",
    "precision": "right, of those that the system states",
    "recall": "right, of those that the truth states",
}
LABELS = {
    **{f"all.{kind}": f"all attributes: {label}" for kind, label in _KINDS.items()},
    **{
        f"{field.value}.{kind}": f"{title}: {label}"
        for field, title in TITLES.items()
        for kind, label in _KINDS.items()
    },
    "date.precision": "date: month right, of those that the system states",
    "date.recall": "date: month right, of those that the truth states",
}
#: A value of the truth that is no statement of a review.
_SILENT = frozenset({NOT_STATED, "not_applicable"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Compared:
    """One value of the truth and what the system states in its place."""

    field: IncidentField
    wanted: str  # NOT_STATED where the review is silent
    given: str
    is_right: bool


def incident_section(
    comparisons: Sequence[Comparison],
    cases: Sequence[Case],
    incidents: Mapping[str, Sequence[IncidentFact]],
    settings: EvaluationSettings,
) -> Section:
    """The section on incident facts; its units are cases, of which the leading document has them.

    Several values of one case are compared as a bag. Where the truth says that a place is
    another value as well, either is right, and so is one of several relationships.
    """
    pairs = pair_cases(comparisons, cases)
    units: dict[str, dict[str, Tally]] = {}
    compared: list[_Compared] = []
    for pair in pairs:
        facts = incidents.get(pair.case.case_id, ()) if pair.case else ()
        of_case = list(_compare(pair.incident, facts))
        compared += of_case
        units[pair.unit_id] = _tallies(of_case) | _dates(pair.incident, facts)
    return Section(
        key="incident",
        title="Incident facts",
        explanation="One value for each attribute of a case; a review of several incidents is as "
        "many cases. What the review does not say must be left unsaid.",
        measures=pool_measures(
            "incident", LABELS, units, Bootstrap([pair.case_id for pair in pairs], settings)
        ),
        tables=tuple(
            confusion_table(
                f"incident.{field.value}",
                title.capitalize(),
                [(each.wanted, each.given) for each in compared if each.field is field],
            )
            for field, title in TITLES.items()
        ),
    )


def _compare(truth: Mapping[str, object], facts: Sequence[IncidentFact]) -> Iterable[_Compared]:
    for field in TITLES:
        wanted = truth.get(field.value)
        given = _given(facts, field)
        if isinstance(wanted, list):
            yield from _bag(field, [str(each) for each in wanted], given)
        elif wanted is not None:
            allowed = {_said(str(wanted)), *_also(truth, field)}
            values = [value for values in given for value in values] or [NOT_STATED]
            right = [value for value in values if value in allowed]
            yield _Compared(
                field=field,
                wanted=_said(str(wanted)),
                given=(right or values)[0],
                is_right=bool(right),
            )


def _bag(
    field: IncidentField, wanted: Sequence[str], given: Sequence[Sequence[str]]
) -> Iterable[_Compared]:
    """Values of several people: hits are what both bags share, the rest is paired as it comes."""
    want = Counter(_said(value) for value in wanted)
    have = Counter(value for values in given for value in values[:1])
    shared = want & have
    for value in shared.elements():
        yield _Compared(field=field, wanted=value, given=value, is_right=True)
    left = sorted((have - shared).elements())
    for number, value in enumerate(sorted((want - shared).elements())):
        found = left[number] if number < len(left) else NOT_STATED
        yield _Compared(field=field, wanted=value, given=found, is_right=value == found)


def _given(facts: Sequence[IncidentFact], field: IncidentField) -> list[list[str]]:
    """The values of each person, in their order; one list when people are not told apart."""
    by_person: dict[str, list[str]] = {}
    for fact in facts:
        if fact.field is field and fact.standing is Standing.VALUE:
            by_person.setdefault(fact.person_id, []).append(fact.value)
    return list(by_person.values())


def _said(value: str) -> str:
    return NOT_STATED if value in _SILENT else value


def _also(truth: Mapping[str, object], field: IncidentField) -> set[str]:
    also = truth.get(f"{field.value}_also")
    return {str(value) for value in also} if isinstance(also, list) else set()


def _tallies(compared: Sequence[_Compared]) -> dict[str, Tally]:
    tallies: dict[str, Tally] = {}
    for name, of in [("all", list(compared))] + [
        (field.value, [each for each in compared if each.field is field]) for field in TITLES
    ]:
        right = sum(each.is_right for each in of)
        stated = [each for each in of if each.given != NOT_STATED]
        told = [each for each in of if each.wanted != NOT_STATED]
        tallies[f"{name}.accuracy"] = share(right, len(of))
        tallies[f"{name}.precision"] = share(sum(each.is_right for each in stated), len(stated))
        tallies[f"{name}.recall"] = share(sum(each.is_right for each in told), len(told))
    return tallies


def _dates(truth: Mapping[str, object], facts: Sequence[IncidentFact]) -> dict[str, Tally]:
    wanted = str(truth.get("date") or "")[:7]
    given = [values[0][:7] for values in _given(facts, IncidentField.DATE)]
    if not wanted:  # truths without a date do not say that the review has none
        return {}
    right = sum(value == wanted for value in given[:1])
    return {
        "date.precision": share(right, len(given[:1])),
        "date.recall": share(right, 1),
    }

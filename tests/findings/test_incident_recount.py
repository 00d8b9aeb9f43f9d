"""Findings on incidents recount from the facts; what does not hold is told."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from finding_making import CODEBOOK
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.findings import recount_problems
from workbench.findings.incidents import incident_findings, incident_problems
from workbench.findings.incidents.counts import COUNTED, values_of
from workbench.records import (
    Case,
    FactBasis,
    Finding,
    IncidentFact,
    IncidentField,
    Standing,
)

F = IncidentField
Facts = dict[str, tuple[IncidentFact, ...]]
FIELDS = [field for field in COUNTED if field is not F.RELATIONSHIP]


def document_id(number: int) -> str:
    return f"{number:012x}".ljust(64, "0")


def case(number: int) -> Case:
    return Case(
        case_id=f"case-{number:03d}", title=f"Case {number}", review_type="",
        document_ids=(document_id(number),), people=(), states=(), n_segments=1, n_words=1,
    )  # fmt: skip


def fact(
    number: int, field: IncidentField, value: str, standing: Standing = Standing.VALUE
) -> IncidentFact:
    start = 10 * list(IncidentField).index(field) + (200 if standing is Standing.DIFFERS else 0)
    return IncidentFact(
        field=field, value=value, basis=FactBasis.STATED, standing=standing, score=0.9,
        document_id=document_id(number), segment=0, start_char=start, end_char=start + 5,
        text="words",
    )  # fmt: skip


@st.composite
def corpora(draw: st.DrawFn) -> tuple[list[Case], Facts]:
    """Cases with one value or none for each field, some with a value that differs."""
    n = draw(st.integers(1, 7))
    incidents: Facts = {}
    for number in range(n):
        facts = []
        for field in FIELDS:
            chosen = draw(st.none() | st.sampled_from(values_of(field, CODEBOOK)))
            if chosen is not None:
                facts.append(fact(number, field, chosen))
                if draw(st.booleans()):
                    other = draw(st.sampled_from(values_of(field, CODEBOOK)))
                    facts.append(fact(number, field, other, Standing.DIFFERS))
        if facts:
            incidents[case(number).case_id] = tuple(facts)
    return [case(number) for number in range(n)], incidents


@given(corpora())
@settings(max_examples=40, deadline=None)
def test_every_finding_on_incidents_recounts(made: tuple[list[Case], Facts]) -> None:
    cases, incidents = made
    findings = incident_findings(cases, incidents, CODEBOOK)
    assert incident_problems(findings, cases, incidents) == ()
    assert recount_problems(findings, cases, {}) == ()


CASES = [case(number) for number in range(4)]
INCIDENTS: Facts = {
    "case-000": (
        fact(0, F.TIME_BAND, "16-19"), fact(0, F.WEEKDAY, "monday"),
        fact(0, F.DAY_TYPE, "weekday"), fact(0, F.SCHOOL_CALENDAR, "term"),
    ),
    "case-001": (fact(1, F.TIME_BAND, "16-19"), fact(1, F.WEEKDAY, "sunday")),
    "case-002": (fact(2, F.TIME_BAND, "19-24", Standing.DIFFERS),),
}  # fmt: skip
FINDINGS = {f.finding_id: f for f in incident_findings(CASES, INCIDENTS, CODEBOOK)}
BAND = "incident-time_band__16-19"


def problems_of(name: str, **fields: Any) -> tuple[str, ...]:
    made: dict[str, Finding] = FINDINGS | {name: replace(FINDINGS[name], **fields)}
    return incident_problems(tuple(made.values()), CASES, INCIDENTS)


def test_the_findings_by_hand() -> None:
    counts = {name: (f.numerator, f.denominator) for name, f in FINDINGS.items()}
    assert counts["incident-time_band"] == (2, 4)
    assert counts[BAND] == (2, 2)
    assert counts["incident-when__weekday-16-19"] == (1, 2)
    assert counts["incident-after-school__inside"] == (1, 1)


@pytest.mark.parametrize(
    ("name", "fields", "told"),
    [
        (BAND, {"numerator": 1, "estimate": 0.5, "case_ids": ("case-000",)}, "facts give 2 cases"),
        (BAND, {"case_ids": ("case-000", "case-002")}, "the facts give 2 cases"),
        (BAND, {"denominator": 4, "estimate": 0.5}, "is out of 4, not of 2"),
        (BAND, {"estimate": 0.9}, "2 of 2 is not 0.9"),
        (BAND, {"coding_ids": ()}, "counts the case case-000 without a passage"),
        (BAND, {"coding_ids": (*FINDINGS[BAND].coding_ids, "x-1-2")}, "which no listed case has"),
        ("incident-when__weekday-16-19", {"numerator": 2, "estimate": 1.0}, "facts give 1 cases"),
        ("incident-after-school", {"denominator": 3}, "is out of 3, not of 4"),
    ],
)  # fmt: skip
def test_a_number_that_does_not_hold_is_told(name: str, fields: dict[str, Any], told: str) -> None:
    assert any(told in problem for problem in problems_of(name, **fields)), problems_of(
        name, **fields
    )


def test_a_finding_of_an_unknown_name_is_told() -> None:
    strange = replace(FINDINGS[BAND], finding_id="incident-weather")
    assert incident_problems((strange,), CASES, INCIDENTS) == (
        "incident-weather: nothing here counts it",
    )

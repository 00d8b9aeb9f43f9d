"""The tables of 647 real Domestic Homicide Reviews come out as their authors published them.

Cook and Cook (2026), Domestic Homicide Review Dataset, CC BY 4.0: library tags by incident,
victim and perpetrator. A tag that is not set is "not mentioned", never "absent".
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

import pytest

from workbench.codebook import Codebook
from workbench.findings import compute_findings, recount_problems
from workbench.records import Case, CaseState, Finding, Person, State, SubjectRole

VICTIM, PERPETRATOR = SubjectRole.VICTIM, SubjectRole.PERPETRATOR
#: Tag columns of the two tables by the code that they stand for.
TAGS = {
    "alcohol_misuse": ("victim_vuln_alcohol", "perpetrator_vuln_alcohol"),
    "drug_misuse": ("victim_vuln_substance_misuse", "perpetrator_vuln_substance_misuse"),
    "mental_health_own": ("victim_mental_health_issues", "perpetrator_mental_health_issues"),
    "neurodiversity_send": ("victim_vuln_neurodiversity", "perpetrator_vuln_neurodiversity"),
    "housing_instability": ("victim_vuln_housing", "perpetrator_vuln_housing"),
}
INCIDENT_TAGS = {"coercive_control": "coercive_control", "separation_trigger": "separation"}

pytestmark = pytest.mark.real


def rows(path: Path) -> dict[str, dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as table:
        return {row["incident_id"]: row for row in csv.DictReader(table)}


def state(code_id: str, role: SubjectRole) -> CaseState:
    return CaseState(code_id=code_id, subject_role=role, state=State.PRESENT)


def case_of(
    incident: Mapping[str, str], victim: Mapping[str, str], perpetrator: Mapping[str, str]
) -> Case:
    name = incident["incident_id"].lower()
    states = [
        state(code_id, role)
        for code_id, columns in TAGS.items()
        for role, row, column in zip(
            (VICTIM, PERPETRATOR), (victim, perpetrator), columns, strict=True
        )
        if row[column] == "True"
    ]
    states += [
        state(code_id, VICTIM)
        for code_id, column in INCIDENT_TAGS.items()
        if incident[column] == "True"
    ]
    people = [
        Person(document_id=name, person_id=role.value, name=role.value, role=role)
        for role in (VICTIM, PERPETRATOR)
    ]
    return Case(
        case_id=name, title=name, review_type="domestic_homicide_review", document_ids=(name,),
        people=tuple(people), states=tuple(states), n_segments=1, n_words=1,
    )  # fmt: skip


@pytest.fixture(scope="module")
def cases(shared: Path) -> list[Case]:
    folder = shared / "real" / "dhrd"
    tables = [rows(folder / f"{name}.csv") for name in ("incidents", "victims", "perpetrators")]
    incidents, victims, perpetrators = tables
    assert len(incidents) == 647
    return [case_of(incidents[name], victims[name], perpetrators[name]) for name in victims]


@pytest.fixture(scope="module")
def findings(cases: list[Case], codebook: Codebook) -> dict[str, Finding]:
    made = compute_findings(cases, {}, codebook)
    assert recount_problems(made, cases, {}) == ()
    return {finding.finding_id: finding for finding in made}


@pytest.mark.parametrize(
    ("role", "n", "percent"),
    [("any", 356, 57.5), ("victim", 222, 35.9), ("perpetrator", 294, 47.5)],
)
def test_alcohol_is_present_as_often_as_published(
    findings: Mapping[str, Finding], role: str, n: int, percent: float
) -> None:
    finding = findings[f"prevalence-present-alcohol_misuse-{role}"]
    assert (finding.numerator, finding.denominator) == (n, 619)
    assert round(100 * finding.estimate, 1) == percent
    silent = findings[f"prevalence-not_mentioned-alcohol_misuse-{role}"]
    assert silent.numerator == 619 - n


def test_victim_by_perpetrator_is_the_published_table(findings: Mapping[str, Finding]) -> None:
    pair = findings["roles-alcohol_misuse-victim-perpetrator"]
    statistics = dict(pair.statistics)
    both, neither = statistics["n_both"], statistics["n_neither"]
    only_victim, only_perpetrator = statistics["n_first"] - both, statistics["n_second"] - both
    assert (both, only_victim, only_perpetrator, neither) == (160, 62, 134, 263)
    assert statistics["odds_ratio"] == pytest.approx(5.065, abs=5e-4)


def test_pairs_of_tags_equal_a_count_over_the_rows(
    cases: list[Case], findings: Mapping[str, Finding]
) -> None:
    pairs = [finding for finding in findings.values() if finding.measure == "co_occurrence"]
    assert len(pairs) == 21  # seven tags
    for pair in pairs:
        by_hand = sum(
            set(pair.code_ids) <= {state.code_id for state in case.states} for case in cases
        )
        assert pair.numerator == by_hand

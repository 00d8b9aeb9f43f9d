"""A finding that was tampered with, or made wrongly, does not recount."""

from __future__ import annotations

from typing import Any

import pytest
from finding_making import CODEBOOK, changed, findings_of, made_case, passage, person
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.findings import compute_findings, recount, recount_problems
from workbench.records import Assertion, Case, Coding, SectionRole, SubjectRole, Valence

CHILD = SubjectRole.INDEX_CHILD
ROLES = (SubjectRole.VICTIM, SubjectRole.PERPETRATOR, CHILD, SubjectRole.AGENCY)
CODES = ("alcohol_misuse", "ap_voice", "ace_physical_abuse", "ace_sexual_abuse", "ipa_pattern")


@st.composite
def corpora(draw: st.DrawFn) -> tuple[list[Case], dict[str, Coding]]:
    cases: list[Case] = []
    codings: dict[str, Coding] = {}
    for number in range(draw(st.integers(1, 7))):
        name = f"c{number}"
        found: list[Coding] = []
        good: list[Coding] = []
        for _ in range(draw(st.integers(0, 9))):
            coding = passage(
                name,
                draw(st.sampled_from(CODES)),
                draw(st.integers(0, 3)),
                role=draw(st.sampled_from(ROLES)),
                assertion=draw(
                    st.sampled_from([Assertion.AFFIRMED, Assertion.NEGATED, Assertion.SUSPECTED])
                ),
                part=draw(st.sampled_from(["", "summary"])),
                person_id=draw(st.sampled_from(["", "P1", "P2"])),
                text=draw(st.sampled_from(["words", "other words"])),
                valence=draw(st.sampled_from([Valence.NOT_APPLICABLE, Valence.POSITIVE])),
            )
            praise = coding.code_id == "ap_voice" and coding.valence is Valence.POSITIVE
            (good if praise else found).append(coding)
        codings |= {coding.coding_id: coding for coding in (*found, *good)}
        people = [person(name, CHILD, f"P{i + 1}") for i in range(draw(st.integers(0, 2)))]
        cases.append(
            made_case(name, found, people, n_words=draw(st.integers(1, 99)), parts=("", "summary"))
        )
    return cases, codings


@settings(max_examples=60, deadline=None)
@given(corpora())
def test_every_finding_recounts(made: tuple[list[Case], dict[str, Coding]]) -> None:
    cases, codings = made
    found = findings_of(cases, codings, min_cases_for_pairs=1)
    assert recount_problems(list(found.values()), cases, codings) == ()
    for finding in list(found.values())[::37]:
        assert recount(finding, cases, codings) == finding.numerator


CODINGS = {
    coding.coding_id: coding
    for coding in (
        passage("a", "ipa_pattern"),
        passage("b", "ipa_pattern"),
        passage("a", "alcohol_misuse", 20, assertion=Assertion.NEGATED),
        passage("b", "ipa_pattern", 40, section_role=SectionRole.GLOSSARY),
        passage("b", "drug_misuse", 60),
    )
}
A, B, RULED_OUT, GLOSSARY, OTHER_CODE = CODINGS
CASES = [
    made_case("a", [CODINGS[A], CODINGS[RULED_OUT]]),
    made_case("b", [CODINGS[B], CODINGS[OTHER_CODE]]),
    made_case("c"),
]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"numerator": 3}, "says 3, but the cases give 2"),
        ({"case_ids": ("a",)}, "says 2, but lists 1 cases"),
        ({"case_ids": ("a", "z")}, "lists the case z, which does not exist"),
        ({"denominator": 2, "estimate": 1.0}, "is out of 2, but there are 3 cases"),
        ({"estimate": 0.5}, "2 of 3 is not 0.5"),
        ({"low": 0.9}, "lies outside 0.9 to"),
        ({"coding_ids": ("gone",)}, "rests on the passage gone, which does not exist"),
        ({"coding_ids": (OTHER_CODE,)}, "which is coded drug_misuse"),
        ({"coding_ids": (GLOSSARY,)}, "which is affirmed in glossary; it should be affirmed in"),
        ({"code_ids": ("drug_misuse",)}, "says 2, but the cases give 1"),
    ],
)
def test_a_number_that_does_not_hold_is_reported(fields: dict[str, Any], message: str) -> None:
    finding = findings_of(CASES, CODINGS)["prevalence-present-ipa_pattern-any"]
    assert recount_problems([finding], CASES, CODINGS) == ()
    problems = recount_problems([changed(finding, **fields)], CASES, CODINGS)
    assert any(message in problem for problem in problems), problems
    assert all(problem.startswith(finding.finding_id) for problem in problems)


def test_a_negated_passage_cannot_stand_behind_a_factor_that_is_present() -> None:
    finding = findings_of(CASES, CODINGS)["prevalence-ruled_out-alcohol_misuse-any"]
    assert finding.coding_ids == (RULED_OUT,)
    wrong = changed(finding, measure="prevalence")
    problems = recount_problems([wrong], CASES, CODINGS)
    assert any("which is negated in facts; it should be affirmed" in text for text in problems)


def test_two_findings_of_one_name_are_reported() -> None:
    finding = findings_of(CASES, CODINGS)["prevalence-present-ipa_pattern-any"]
    (problem,) = recount_problems([finding, finding], CASES, CODINGS)
    assert problem == f"{finding.finding_id}: 2 findings have this id"


def test_a_case_that_is_taken_away_is_missed() -> None:
    made = compute_findings(CASES, CODINGS, CODEBOOK)
    problems = recount_problems(made, CASES[1:], CODINGS)
    assert "prevalence-present-ipa_pattern-any: says 2, but the cases give 1" in problems


def test_an_unknown_measure_is_refused() -> None:
    finding = findings_of(CASES, CODINGS)["prevalence-present-ipa_pattern-any"]
    with pytest.raises(ValueError, match="nothing here counts 'luck'"):
        recount(changed(finding, measure="luck"), CASES, CODINGS)

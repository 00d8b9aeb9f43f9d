"""How many cases have a factor, for whom, and what is only suspected or never said."""

from __future__ import annotations

import pytest
from finding_making import (
    AFFIRMED,
    PERPETRATOR,
    VICTIM,
    corpus,
    findings_of,
    made_case,
    passage,
    person,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.records import Assertion, Coding, Finding, SubjectRole

NEGATED, SUSPECTED = Assertion.NEGATED, Assertion.SUSPECTED
STATES = ("present", "ruled_out", "not_mentioned", "suspected")


def four(codings: list[Coding], role: str, n_silent: int = 0) -> list[int]:
    """Numerators of the four states of alcohol misuse over cases "a", "b" ... and silent ones."""
    by_case: dict[str, list[Coding]] = {}
    for coding in codings:
        by_case.setdefault(coding.document_id, []).append(coding)
    cases = [
        made_case(name, [c for c in codings if c.document_id == passage(name, "x").document_id])
        for name in ("a", "b", "c")
    ]
    cases += [made_case(f"silent {i}") for i in range(n_silent)]
    made = findings_of(cases, codings)
    return [made[f"prevalence-{state}-alcohol_misuse-{role}"].numerator for state in STATES]


CODE = "alcohol_misuse"


@pytest.mark.parametrize(
    ("codings", "role", "expected"),
    [
        pytest.param([passage("a", CODE)], "victim", [1, 0, 4, 0], id="one of five"),
        pytest.param([passage("a", CODE), passage("a", CODE, 9)], "any", [1, 0, 4, 0], id="once"),
        pytest.param(
            [passage("a", CODE, assertion=NEGATED), passage("a", CODE, 9)],
            "victim", [1, 0, 4, 0], id="ruled out and affirmed is present",
        ),
        pytest.param(
            [passage("a", CODE, assertion=NEGATED), passage("a", CODE, role=PERPETRATOR)],
            "any", [1, 0, 4, 0], id="the perpetrator's counts for any role",
        ),
        pytest.param(
            [passage("a", CODE, assertion=NEGATED), passage("a", CODE, role=PERPETRATOR)],
            "victim", [0, 1, 4, 0], id="the perpetrator's is not the victim's",
        ),
        pytest.param(
            [passage("a", CODE, assertion=SUSPECTED)], "any", [0, 0, 5, 1], id="suspected only"
        ),
        pytest.param(
            [passage("a", CODE, assertion=SUSPECTED), passage("a", CODE, 9, assertion=NEGATED)],
            "any", [0, 1, 4, 0], id="suspected, then ruled out",
        ),
        pytest.param([], "any", [0, 0, 5, 0], id="silence"),
    ],
)  # fmt: skip
def test_each_case_has_one_state(codings: list[Coding], role: str, expected: list[int]) -> None:
    assert four(codings, role, n_silent=2) == expected


def test_a_finding_says_what_is_behind_it() -> None:
    codings = [
        passage("a", "ipa_pattern"),
        passage("b", "ipa_pattern", 5),
        passage("b", "ipa_pattern", 20),
        passage("b", "ipa_pattern", 40, assertion=NEGATED),
    ]
    cases = [made_case("b", codings[1:]), made_case("c"), made_case("a", codings[:1])]
    finding = findings_of(cases, codings)["prevalence-present-ipa_pattern-victim"]
    assert (finding.numerator, finding.denominator, finding.unit) == (2, 3, "cases")
    assert finding.estimate == 2 / 3
    assert (finding.low, finding.high) == pytest.approx((0.2077, 0.9385), abs=5e-5)
    assert finding.case_ids == ("a", "b")
    assert finding.coding_ids == tuple(coding.coding_id for coding in codings[:3])
    assert finding.label.endswith("(victim): present in the review")
    assert "not of homicides" in finding.note


def test_a_role_that_no_case_speaks_of_has_no_findings_of_its_own() -> None:
    cases, codings = corpus({"drug_misuse": ["c00"]}, 2)
    made = findings_of(cases, codings)
    assert "prevalence-present-drug_misuse-victim" in made
    assert "prevalence-present-drug_misuse-perpetrator" not in made
    assert made["prevalence-present-drug_misuse-any"].numerator == 1


def test_a_role_says_how_many_cases_tell_of_such_a_person() -> None:
    coding = passage("a", "drug_misuse")
    cases = [made_case("a", [coding]), made_case("b", people=[person("b", VICTIM, "P1")])]
    cases.append(made_case("c", people=[person("c", PERPETRATOR, "P1")]))
    finding = findings_of(cases, [coding])["prevalence-present-drug_misuse-victim"]
    assert dict(finding.statistics) == {"n_cases_with_role": 2.0}
    assert finding.denominator == 3


def test_no_cases_have_no_findings() -> None:
    assert findings_of([], []) == {}


CORPORA = st.lists(
    st.lists(
        st.tuples(
            st.sampled_from(["alcohol_misuse", "ap_voice", "ace_physical_abuse", "ipa_pattern"]),
            st.sampled_from([VICTIM, PERPETRATOR, SubjectRole.INDEX_CHILD]),
            st.sampled_from([AFFIRMED, NEGATED, SUSPECTED]),
        ),
        max_size=6,
    ),
    min_size=1,
    max_size=8,
)
Drawn = list[list[tuple[str, SubjectRole, Assertion]]]


def findings_from(drawn: Drawn, order: int = 1) -> dict[str, Finding]:
    cases, codings = [], []
    for number, said in enumerate(drawn):
        found = [
            passage(f"c{number}", code_id, 10 * place, role=role, assertion=assertion)
            for place, (code_id, role, assertion) in enumerate(said)
        ]
        cases.append(made_case(f"c{number}", found, n_words=100 + 7 * number))
        codings += found
    groups = {"half": {f"c{number}": "ab"[number % 2] for number in range(len(drawn))}}
    return findings_of(cases[::order], codings[::order], groups=groups, min_cases_for_pairs=1)


@settings(max_examples=25, deadline=None)
@given(CORPORA)
def test_the_states_share_the_cases_out(drawn: Drawn) -> None:
    made = findings_from(drawn)
    for name in [name for name in made if name.startswith("prevalence-present-")]:
        of_state = {s: made[name.replace("present", s, 1)] for s in STATES}
        shared = [set(of_state[s].case_ids) for s in STATES[:3]]
        assert sum(map(len, shared)) == len(set().union(*shared)) == len(drawn)
        assert set(of_state["suspected"].case_ids) <= set(of_state["not_mentioned"].case_ids)


@settings(max_examples=25, deadline=None)
@given(CORPORA)
def test_the_order_of_cases_and_codings_does_not_matter(drawn: Drawn) -> None:
    assert findings_from(drawn) == findings_from(drawn, order=-1)


COUNTS_OF_CASES = ("prevalence", "suspected", "aces", "co_occurrence", "crosswalk", "group")


@settings(max_examples=15, deadline=None)
@given(CORPORA)
def test_a_case_added_never_lowers_a_count(drawn: Drawn) -> None:
    before, after = findings_from(drawn[:-1] or drawn), findings_from(drawn)
    for name, finding in before.items():
        if finding.measure in COUNTS_OF_CASES and name in after:
            assert after[name].numerator >= finding.numerator
            assert set(finding.case_ids) <= set(after[name].case_ids)


@settings(max_examples=25, deadline=None)
@given(CORPORA)
def test_every_interval_holds_its_estimate_and_numbers_match_their_lists(drawn: Drawn) -> None:
    for finding in findings_from(drawn).values():
        if finding.low is not None and finding.high is not None:
            assert finding.low <= finding.estimate <= finding.high
        listed = {
            "cases": finding.case_ids, "passages": finding.coding_ids,
            "factors": finding.code_ids, "items": finding.code_ids,
        }[finding.unit]  # fmt: skip
        assert finding.numerator == len(listed) == len(set(listed))

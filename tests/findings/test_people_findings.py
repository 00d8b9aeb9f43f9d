"""Factors over people: who is counted, the bounds, the interval, and the recount by other code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from finding_making import AFFIRMED, CODEBOOK, PERPETRATOR, VICTIM, changed
from hypothesis import given, settings
from hypothesis import strategies as st
from people_making import (
    ABUSE,
    ALCOHOL,
    HAS_ALCOHOL,
    NEGATED,
    SUSPECTED,
    case_of_people,
    corpus_of_people,
)

from workbench.findings import FindingsSettings, recount_problems
from workbench.findings.intervals import Estimate, share_difference, wilson
from workbench.findings.people import people_findings, people_problems
from workbench.findings.people.intervals import difference, effective_people, people_interval
from workbench.records import Case, Finding

PRESENT = f"people-present-{ALCOHOL}-victim"


def found_in(cases: Sequence[Case]) -> dict[str, Finding]:
    made = people_findings(cases, CODEBOOK)
    assert len({finding.finding_id for finding in made}) == len(made)
    return {finding.finding_id: finding for finding in made}


def two_cases() -> tuple[list[Case], dict[str, Any]]:
    """Three victims of one review and one of another; drink is told of one and of several."""
    return corpus_of_people(
        case_of_people("a", [HAS_ALCOHOL, {ALCOHOL: NEGATED}, {}], shared=HAS_ALCOHOL),
        case_of_people("b", [{ALCOHOL: SUSPECTED}]),
    )


def test_the_four_states_share_the_people_out() -> None:
    found = found_in(two_cases()[0])
    counts = {
        said: found[f"people-{said}-{ALCOHOL}-victim"].numerator
        for said in ("present", "ruled_out", "shared", "not_mentioned")
    }
    assert counts == {"present": 1, "ruled_out": 1, "shared": 1, "not_mentioned": 1}
    assert {finding.unit for finding in found.values()} == {"people"}
    assert {finding.denominator for finding in found.values()} == {4}


def test_what_is_said_of_several_is_in_the_upper_count_alone() -> None:
    present = found_in(two_cases()[0])[PRESENT]
    figures = dict(present.statistics)
    assert (figures["n_people_at_least"], figures["n_people_at_most"]) == (1, 3)
    assert present.case_ids == ("a",)
    assert len(present.coding_ids) == 1


def test_somebody_has_what_is_told_of_several_and_of_nobody_alone() -> None:
    cases, _ = corpus_of_people(
        case_of_people("a", [{}, {}], shared=HAS_ALCOHOL), case_of_people("b", [HAS_ALCOHOL])
    )
    figures = dict(found_in(cases)[PRESENT].statistics)
    assert (figures["n_people_at_least"], figures["n_people_at_most"]) == (2, 3)


def test_people_of_another_role_are_in_a_table_of_their_own() -> None:
    cases, _ = corpus_of_people(
        case_of_people("a", [HAS_ALCOHOL, {}]),
        case_of_people("b", [HAS_ALCOHOL], role=PERPETRATOR),
    )
    found = found_in(cases)
    assert (found[PRESENT].numerator, found[PRESENT].denominator) == (1, 2)
    theirs = found[f"people-present-{ALCOHOL}-perpetrator"]
    assert (theirs.numerator, theirs.denominator) == (1, 1)


def test_a_factor_of_which_nobody_speaks_has_no_finding() -> None:
    assert not [name for name in found_in(two_cases()[0]) if ABUSE in name]
    assert people_findings([], CODEBOOK) == ()


@pytest.mark.parametrize(
    ("people_of_reviews", "expected"),
    [
        pytest.param([1] * 12, 12.0, id="each of a review of their own"),
        pytest.param([5], 1.0, id="all of one review"),
        pytest.param([3, 1], 16 / 10, id="by hand: 4 squared over 9 and 1"),
        # Kish (1965): deff = 1 + (m - 1) rho = 2 for pairs that are wholly alike.
        pytest.param([2] * 10, 10.0, id="pairs are worth half their number"),
        pytest.param([], 0.0, id="nobody"),
    ],
)
def test_people_of_one_review_are_worth_less(people_of_reviews: list[int], expected: float) -> None:
    assert effective_people(people_of_reviews) == pytest.approx(expected)


def test_the_interval_is_wilson_where_each_person_has_a_review() -> None:
    # Newcombe (1998), Stat. Med. 17, 857-872, table I, method 3: 81/263 gives 0.2553-0.3662.
    interval = people_interval(81, 263, effective_people([1] * 263), 0.95)
    assert interval == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert people_interval(15, 148, 148.0, 0.95) == pytest.approx((0.0624, 0.1605), abs=5e-5)


def test_pairs_that_are_alike_have_the_interval_of_half_as_many() -> None:
    # 30 of 296 people in 148 pairs tell what 15 of 148 do: the same table, 0.0624-0.1605.
    interval = people_interval(30, 296, effective_people([2] * 148), 0.95)
    assert interval == pytest.approx((0.0624, 0.1605), abs=5e-5)


@given(st.lists(st.integers(1, 9), min_size=1, max_size=20), st.data())
def test_the_interval_is_never_narrower_than_wilson(sizes: list[int], data: st.DataObject) -> None:
    n = sum(sizes)
    n_with = data.draw(st.integers(0, n))
    wider, plain = people_interval(n_with, n, effective_people(sizes), 0.95), wilson(n_with, n)
    assert wider.low <= plain.low + 1e-12
    assert wider.high >= plain.high - 1e-12
    assert wider.low - 1e-12 <= n_with / n <= wider.high + 1e-12


def test_the_difference_is_newcombes_where_nobody_shares_a_review() -> None:
    # Newcombe (1998), Stat. Med. 17, 873-890, table II, 56/70 less 48/80: 0.0524-0.3339.
    first, second = wilson(56, 70), wilson(48, 80)
    apart = difference(Estimate(0.8, *first), Estimate(0.6, *second))
    assert apart == pytest.approx((0.2, 0.0524, 0.3339), abs=5e-5)
    assert apart == pytest.approx(share_difference((56, 70), (48, 80)))


@pytest.mark.parametrize("alike", [0.0, 0.3, 1.0])
def test_the_interval_covers_the_true_share_however_alike_people_are(alike: float) -> None:
    """Thirty reviews of one person, five of two, two of five; plain Wilson covers less."""
    rng = np.random.default_rng(26)
    sizes = np.array([1] * 30 + [2] * 5 + [5] * 2)
    review = np.repeat(np.arange(len(sizes)), sizes)
    n, share, n_runs = int(sizes.sum()), 0.3, 2000
    effective = effective_people(sizes.tolist())
    common = rng.random((n_runs, len(sizes)))[:, review] < share
    own = rng.random((n_runs, n)) < share
    takes_common = rng.random((n_runs, n)) < np.sqrt(alike)
    n_with = np.where(takes_common, common, own).sum(axis=1)
    intervals = [people_interval(int(k), n, effective, 0.95) for k in range(n + 1)]
    covered = np.mean([intervals[k].low <= share <= intervals[k].high for k in n_with])
    assert covered >= 0.93


def test_every_finding_recounts_by_other_code() -> None:
    cases, codings = two_cases()
    made = people_findings(cases, CODEBOOK)
    assert made
    assert people_problems(made, cases, codings) == ()
    assert recount_problems(made, cases, codings) == ()


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        pytest.param({"numerator": 2}, "says 2, but the cases give 1 people", id="numerator"),
        pytest.param({"denominator": 5}, "out of 5, but there are 4", id="denominator"),
        pytest.param({"estimate": 0.5}, "is not 0.5", id="estimate"),
        pytest.param({"unit": "cases"}, "counts cases, not people", id="unit"),
        pytest.param({"case_ids": ("b",)}, "does not list the cases", id="cases"),
        pytest.param({"low": 0.1}, "its interval is", id="interval"),
        pytest.param({"coding_ids": ()}, "without a passage", id="no passage"),
        pytest.param({"coding_ids": ("x",)}, "tells of nobody counted", id="unknown passage"),
        pytest.param(
            {"statistics": (("n_people_at_least", 1.0), ("n_people_at_most", 2.0))},
            "its bounds are not 1 and 3",
            id="bounds",
        ),
    ],
)
def test_what_does_not_hold_is_told(fields: dict[str, Any], told: str) -> None:
    cases, codings = two_cases()
    wrong = changed(found_in(cases)[PRESENT], **fields)
    assert any(told in problem for problem in people_problems([wrong], cases, codings))


def test_a_passage_that_rules_out_cannot_stand_behind_a_presence() -> None:
    cases, codings = two_cases()
    against = next(key for key, coding in codings.items() if coding.assertion is NEGATED)
    subject = cases[0].subjects[0]
    state = replace(subject.states[0], codings_for=(against,))
    record = replace(subject, states=(state,))
    cases[0] = replace(cases[0], subjects=(record, *cases[0].subjects[1:]))
    wrong = found_in(cases)[PRESENT]
    assert any("which is negated" in each for each in people_problems([wrong], cases, codings))


SAID = st.sampled_from([None, AFFIRMED, NEGATED, SUSPECTED])


@st.composite
def corpora(draw: st.DrawFn) -> tuple[list[Case], dict[str, Any]]:
    made = []
    for number in range(draw(st.integers(1, 5))):
        told = draw(st.lists(st.tuples(SAID, SAID), min_size=1, max_size=4))
        several = draw(SAID) if len(told) > 1 else None
        people = [
            {code: said for code, said in zip((ALCOHOL, ABUSE), both, strict=True) if said}
            for both in told
        ]
        role = draw(st.sampled_from([VICTIM, PERPETRATOR]))
        sexes = draw(st.lists(st.sampled_from(["female", "male", ""]), min_size=len(people),
                              max_size=len(people)))  # fmt: skip
        made.append(
            case_of_people(
                f"c{number}", people, {ALCOHOL: several} if several else {}, role, sex=sexes
            )
        )
    return corpus_of_people(*made)


@settings(max_examples=30, deadline=None)
@given(corpora(), st.randoms(use_true_random=False))
def test_the_order_of_cases_does_not_matter_and_all_recounts(
    corpus: tuple[list[Case], dict[str, Any]], shuffle: Any
) -> None:
    cases, codings = corpus
    made = people_findings(cases, CODEBOOK, FindingsSettings(min_cases_for_pairs=1))
    assert people_problems(made, cases, codings) == ()
    mixed = list(cases)
    shuffle.shuffle(mixed)
    assert people_findings(mixed, CODEBOOK, FindingsSettings(min_cases_for_pairs=1)) == made


@settings(max_examples=30, deadline=None)
@given(corpora())
def test_bounds_contain_the_count_and_cases_are_never_more_than_people(
    corpus: tuple[list[Case], dict[str, Any]],
) -> None:
    cases, _ = corpus
    for finding in people_findings(cases, CODEBOOK):
        assert finding.low is not None
        assert finding.high is not None
        assert finding.low <= finding.estimate <= finding.high
        if finding.measure != "people_prevalence":
            continue
        figures = dict(finding.statistics)
        least, most = figures["n_people_at_least"], figures["n_people_at_most"]
        assert finding.numerator <= least <= most <= finding.denominator
        role = finding.subject_role
        with_it = [case for case in cases if case.state(finding.code_ids[0], role) == "present"]
        assert len(with_it) <= least


@settings(max_examples=30, deadline=None)
@given(corpora(), st.lists(st.sampled_from([AFFIRMED, NEGATED, SUSPECTED]), max_size=1))
def test_one_more_person_never_lowers_a_count(
    corpus: tuple[list[Case], dict[str, Any]], said: list[Any]
) -> None:
    cases, _ = corpus
    more, _ = case_of_people("z", [dict.fromkeys((ALCOHOL,), *said) if said else {}])
    before, after = found_in(cases), found_in([*cases, more])
    for name, finding in before.items():
        if finding.measure != "in_people_group":
            assert after[name].numerator >= finding.numerator
            assert after[name].denominator >= finding.denominator

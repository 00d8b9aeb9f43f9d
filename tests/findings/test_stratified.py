"""Pairs of factors among reviews alike, and sets of factors."""

from __future__ import annotations

import numpy as np
import pytest
from finding_making import corpus, findings_of, made_case, passage
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from workbench.findings.patterns.stratified import pooled_pairs, strata_of
from workbench.findings.significance import can_be_rejected, false_discovery_q, fisher_exact

# Admissions to six departments of Berkeley, 1973 (Bickel, Hammel and O'Connell 1975, Science
# 187, 398-404): men admitted, men rejected, women admitted, women rejected.
BERKELEY = [
    (512, 313, 89, 19), (353, 207, 17, 8), (120, 205, 202, 391),
    (138, 279, 131, 244), (53, 138, 94, 299), (22, 351, 24, 317),
]  # fmt: skip
Marks = NDArray[np.int64]


def rows(both: int, only_first: int, only_second: int, neither: int) -> Marks:
    kinds = [(1, 1)] * both + [(1, 0)] * only_first + [(0, 1)] * only_second + [(0, 0)] * neither
    return np.array(kinds, dtype=np.int64)


def stacked(tables: list[tuple[int, int, int, int]]) -> tuple[Marks, list[Marks]]:
    parts = [rows(*table) for table in tables]
    ends = np.cumsum([len(part) for part in parts])
    places = [np.arange(end - len(part), end) for part, end in zip(parts, ends, strict=True)]
    return np.vstack(parts), places


def test_the_pooled_figures_are_the_published_ones() -> None:
    # R's documentation of mantelhaen.test prints for these data: X-squared = 1.4269 on 1 degree
    # of freedom, p = 0.2323, common odds ratio 0.9046968, interval 0.7719074 to 1.0603298.
    made = pooled_pairs(*stacked(BERKELEY))
    assert made.odds_ratio[0, 1] == pytest.approx(0.9046968, abs=1e-6)
    assert (made.low[0, 1], made.high[0, 1]) == pytest.approx((0.7719074, 1.0603298), abs=1e-6)
    assert made.p_value[0, 1] == pytest.approx(0.2323, abs=5e-5)
    assert made.odds_ratio[0, 1] == made.odds_ratio[1, 0]


def test_they_agree_with_another_library() -> None:
    from statsmodels.stats.contingency_tables import StratifiedTable

    tables = [(5, 3, 2, 9), (8, 2, 6, 4), (1, 7, 2, 12)]
    made = pooled_pairs(*stacked(tables))
    other = StratifiedTable([np.array([[a, b], [c, d]], dtype=float) for a, b, c, d in tables])
    assert made.odds_ratio[0, 1] == pytest.approx(other.oddsratio_pooled)
    assert (made.low[0, 1], made.high[0, 1]) == pytest.approx(other.oddsratio_pooled_confint())
    assert made.p_value[0, 1] == pytest.approx(other.test_null_odds(correction=True).pvalue)


def test_a_pair_that_only_length_makes_is_no_pair_among_like_reviews() -> None:
    # Independent within short reviews (1 in 10 each) and within long ones (9 in 10 each).
    present = np.vstack([rows(1, 9, 9, 81), rows(81, 9, 9, 1)])
    strata = strata_of([100] * 100 + [900] * 100, [""] * 200)
    made = pooled_pairs(present, strata)
    assert made.odds_ratio[0, 1] == pytest.approx(1.0)
    assert made.p_value[0, 1] > 0.9
    assert 82 * 82 / (18 * 18) > 20  # the plain odds ratio of the same reviews


def test_where_nothing_can_be_pooled_there_is_no_number() -> None:
    never_apart = pooled_pairs(rows(3, 0, 0, 3), [np.arange(6)])
    assert np.isnan(never_apart.odds_ratio[0, 1])
    assert never_apart.p_value[0, 1] == pytest.approx(0.136, abs=5e-4)
    all_alike = pooled_pairs(rows(6, 0, 0, 0), [np.arange(6)])
    assert np.isnan(all_alike.p_value[0, 1])


@pytest.mark.parametrize(
    ("n_words", "kinds", "expected"),
    [
        pytest.param([5] * 30, [""] * 30, [30], id="all of one length"),
        pytest.param([*range(40)], [""] * 40, [10, 10, 10, 10], id="four bands of ten"),
        pytest.param([*range(200)], [""] * 200, [40] * 5, id="never more than five"),
        pytest.param([*range(19)], [""] * 19, [19], id="too few to cut"),
        pytest.param([*range(40)], ["a"] * 20 + ["b"] * 20, [10] * 4, id="by kind first"),
    ],
)
def test_strata_are_of_one_kind_and_like_length(
    n_words: list[int], kinds: list[str], expected: list[int]
) -> None:
    assert [len(places) for places in strata_of(n_words, kinds)] == expected


@given(st.lists(st.tuples(st.integers(0, 50), st.sampled_from("ab")), min_size=1, max_size=60))
def test_every_case_is_in_one_stratum_and_equal_ones_stay_together(
    cases: list[tuple[int, str]],
) -> None:
    strata = strata_of([n for n, _ in cases], [kind for _, kind in cases])
    together = [place for places in strata for place in places.tolist()]
    assert sorted(together) == list(range(len(cases)))
    of_case = {place: number for number, places in enumerate(strata) for place in places.tolist()}
    for one in range(len(cases)):
        for other in range(one):
            if cases[one] == cases[other]:
                assert of_case[one] == of_case[other]


def test_null_data_give_no_more_false_discoveries_than_allowed() -> None:
    # Longer reviews mention more of everything, and nothing else ties the factors together.
    # With every hypothesis true, a corpus with any discovery is a false one: 5 % of them.
    draw = np.random.default_rng(8)
    n_runs, wrong_plain, wrong_adjusted = 60, 0, 0
    for _ in range(n_runs):
        n_words = draw.lognormal(9.5, 0.6, 100).astype(int)
        chance = 1 / (1 + np.exp(-(draw.normal(-0.8, 0.8, 20) + np.log(n_words / 13_000)[:, None])))
        present = (draw.random((100, 20)) < chance).astype(np.int64)
        both = present.T @ present
        pairs = [(i, j) for i in range(20) for j in range(i)]
        tests = [fisher_exact(both[i, j], both[i, i], both[j, j], 100) for i, j in pairs]
        tested = can_be_rejected([test.smallest_p for test in tests])
        plain = false_discovery_q([t.p_value for t, yes in zip(tests, tested, strict=True) if yes])
        pooled = pooled_pairs(present, strata_of(n_words.tolist(), [""] * 100)).p_value
        among_like = false_discovery_q(
            [pooled[pair] for pair, yes in zip(pairs, tested, strict=True) if yes]
        )
        surviving = [max(p, q) <= 0.05 for p, q in zip(plain, among_like, strict=True)]
        wrong_plain += min(plain) <= 0.05
        wrong_adjusted += any(surviving)
    assert wrong_adjusted <= 6  # 60 corpora at 5 %: more than 6 come by chance in 1 of 30 trials
    assert wrong_plain > 6  # length alone makes pairs; the adjustment is not for nothing


def test_planted_pairs_survive() -> None:
    holders = [f"c{n:02d}" for n in range(0, 60, 2)]
    cases, codings = corpus({"drug_misuse": holders, "ipa_pattern": holders[:-2]}, 60)
    said = dict(findings_of(cases, codings)["cooccurrence-drug_misuse--ipa_pattern"].statistics)
    assert said["survives"] == 1
    assert said["q_adjusted"] < 0.001


def test_the_adjusted_ratio_stands_beside_the_plain_one() -> None:
    present = rows(4, 2, 2, 4)
    cases, codings = [], []
    for number, row in enumerate(present):
        found = [
            passage(f"c{number:02d}", code_id, 10 * place)
            for place, code_id in enumerate(("drug_misuse", "ipa_pattern"))
            if row[place]
        ]
        cases.append(made_case(f"c{number:02d}", found, n_words=100 * (1 + number % 2)))
        codings += found
    made = findings_of(cases, codings)["cooccurrence-drug_misuse--ipa_pattern"]
    statistics = dict(made.statistics)
    assert statistics["odds_ratio"] == pytest.approx(4.0)
    assert statistics["odds_ratio_adjusted"] == pytest.approx(4.0)  # too few cases to cut


def test_three_factors_of_one_review_are_counted_together() -> None:
    trio = ("ace_domestic_abuse", "ace_household_substance", "ace_household_mental_illness")
    present = {
        trio[0]: ["c00", "c01", "c02", "c03"], trio[1]: ["c00", "c01", "c02"],
        trio[2]: ["c00", "c01", "c02", "c05"], "drug_misuse": ["c00", "c01", "c02"],
    }  # fmt: skip
    made = findings_of(*corpus(present, 10))
    sets = [finding for finding in made.values() if finding.measure == "factor_set"]
    assert len(sets) == 4  # the named one and three others, none of them twice
    named = made["set-" + "--".join(trio)]
    assert "toxic trio" in named.label
    assert (named.numerator, named.denominator) == (3, 10)
    assert dict(named.statistics)["expected_share"] == pytest.approx(0.4 * 0.3 * 0.4)
    assert dict(named.statistics)["lift"] == pytest.approx(0.3 / 0.048)

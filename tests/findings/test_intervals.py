"""Intervals agree with the papers they come from."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from workbench.findings.intervals import odds_ratio, rank_correlation_interval, wilson


@pytest.mark.parametrize(
    ("numerator", "denominator", "low", "high"),
    [
        # Newcombe (1998), Stat. Med. 17, 857-872, table I, method 3 (score, no correction).
        pytest.param(81, 263, 0.2553, 0.3662, id="81/263"),
        pytest.param(15, 148, 0.0624, 0.1605, id="15/148"),
        pytest.param(0, 20, 0.0000, 0.1611, id="0/20"),
        pytest.param(1, 29, 0.0061, 0.1718, id="1/29"),
    ],
)
def test_the_score_interval_is_the_published_one(
    numerator: int, denominator: int, low: float, high: float
) -> None:
    assert wilson(numerator, denominator) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(("numerator", "denominator"), [(1, 0), (-1, 5), (6, 5)])
def test_what_is_no_share_has_no_interval(numerator: int, denominator: int) -> None:
    with pytest.raises(ValueError, match="is not a share"):
        wilson(numerator, denominator)


@settings(deadline=None)
@given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_holds_the_share_and_agrees_with_another_library(
    counts: tuple[int, int],
) -> None:
    numerator, denominator = counts
    low, high = wilson(numerator, denominator)
    assert 0 <= low <= numerator / denominator <= high <= 1
    expected = proportion_confint(numerator, denominator, method="wilson")
    assert (low, high) == pytest.approx(expected, abs=1e-9)


@settings(deadline=None)
@given(st.integers(1, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_of_the_rest_mirrors_it(counts: tuple[int, int]) -> None:
    numerator, denominator = counts
    low, high = wilson(numerator, denominator)
    mirrored = wilson(denominator - numerator, denominator)
    assert mirrored == pytest.approx((1 - high, 1 - low), abs=1e-12)


@pytest.mark.parametrize("n_cases", [15, 60, 300])
def test_the_interval_covers_as_it_claims(n_cases: int) -> None:
    # Exact coverage, no simulation: the probability of the numerators whose interval holds it.
    import numpy as np
    from scipy.stats import binom

    intervals = [wilson(numerator, n_cases) for numerator in range(n_cases + 1)]
    shares = np.linspace(0.02, 0.98, 97)
    coverage = [
        binom.pmf(
            [k for k, (low, high) in enumerate(intervals) if low <= p <= high], n_cases, p
        ).sum()
        for p in shares
    ]
    assert 0.93 <= float(np.mean(coverage)) <= 0.97


def test_more_confidence_is_a_wider_interval() -> None:
    assert wilson(8, 10, 0.99).low < wilson(8, 10, 0.95).low < wilson(8, 10, 0.5).low


def test_the_odds_ratio_of_the_aspirin_trial_is_the_published_one() -> None:
    # Agresti (2002), Categorical Data Analysis, 2nd ed., section 3.1.1: heart attacks among
    # physicians, placebo 189 of 11,034 and aspirin 104 of 11,037: 1.83 (1.44 to 2.33).
    result = odds_ratio(189, 10845, 104, 10933)
    assert (result.value, result.low, result.high) == pytest.approx((1.832, 1.440, 2.331), abs=5e-4)
    assert not result.corrected


def test_an_empty_cell_gets_half_a_case_in_every_cell() -> None:
    result = odds_ratio(3, 0, 2, 5)
    assert result.corrected
    assert result.value == pytest.approx(3.5 * 5.5 / (0.5 * 2.5))
    assert 0 < result.low < result.value < result.high


@settings(deadline=None)
@given(st.tuples(*[st.integers(0, 200)] * 4))
def test_turning_the_table_turns_the_odds_ratio(cells: tuple[int, int, int, int]) -> None:
    a, b, c, d = cells
    ratio, turned = odds_ratio(a, b, c, d), odds_ratio(c, d, a, b)
    assert turned.value == pytest.approx(1 / ratio.value)
    assert (turned.low, turned.high) == pytest.approx((1 / ratio.high, 1 / ratio.low))
    assert odds_ratio(a, c, b, d) == pytest.approx(ratio)


def test_the_interval_of_a_rank_correlation_is_fishers_widened() -> None:
    # By hand: z = atanh(0.5) = 0.549306; se = sqrt((1 + 0.125) / 17) = 0.257248;
    # z -/+ 1.959964 se = 0.04511, 1.05350; tanh of both.
    low, high = rank_correlation_interval(0.5, 20)
    assert (low, high) == pytest.approx((0.04508, 0.78316), abs=1e-5)


def test_the_interval_of_a_rank_correlation_covers_as_it_claims() -> None:
    import numpy as np
    from scipy.stats import spearmanr

    # Bivariate normal with Pearson 0.5 has Spearman 6/pi * asin(0.25) = 0.4826.
    truth = 6 / np.pi * np.arcsin(0.25)
    rng = np.random.default_rng(1927)
    covered = 0
    for _ in range(400):
        x, noise = rng.standard_normal((2, 60))
        rho = spearmanr(x, 0.5 * x + np.sqrt(0.75) * noise).statistic
        low, high = rank_correlation_interval(float(rho), 60)
        covered += low <= truth <= high
    assert covered / 400 >= 0.92


def test_too_few_pairs_have_no_interval() -> None:
    with pytest.raises(ValueError, match="at least four"):
        rank_correlation_interval(0.5, 3)
    assert rank_correlation_interval(1.0, 9) == (1.0, 1.0)

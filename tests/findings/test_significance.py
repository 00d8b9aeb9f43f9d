"""Exact tests and false-discovery control agree with published examples."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import fisher_exact as scipy_fisher
from statsmodels.stats.multitest import multipletests

from workbench.findings.significance import can_be_rejected, false_discovery_q, fisher_exact


@pytest.mark.parametrize(
    ("both", "p_value"),
    [
        # Fisher's tea taster, 4 of 8 cups; Agresti (2002), section 3.5.2: P = 0.486 for three
        # right, 1/70 for each of the two extreme tables.
        pytest.param(3, 34 / 70, id="three of four right"),
        pytest.param(4, 2 / 70, id="all right"),
        pytest.param(2, 1.0, id="half right"),
    ],
)
def test_the_tea_taster(both: int, p_value: float) -> None:
    test = fisher_exact(both, 4, 4, 8)
    assert test.p_value == pytest.approx(p_value)
    assert test.smallest_p == pytest.approx(2 / 70)


@st.composite
def tables(draw: st.DrawFn) -> tuple[int, int, int, int]:
    n = draw(st.integers(1, 60))
    first, second = draw(st.integers(0, n)), draw(st.integers(0, n))
    both = draw(st.integers(max(0, first + second - n), min(first, second)))
    return both, first, second, n


@settings(deadline=None)
@given(tables())
def test_the_exact_test_agrees_with_another_library(table: tuple[int, int, int, int]) -> None:
    both, first, second, n = table
    cells = [[both, first - both], [second - both, n - first - second + both]]
    test = fisher_exact(both, first, second, n)
    assert test.p_value == pytest.approx(scipy_fisher(cells).pvalue, rel=1e-6)
    assert test.smallest_p <= test.p_value * (1 + 1e-9)


@settings(deadline=None)
@given(tables())
def test_the_smallest_p_is_the_least_of_all_tables_with_the_margins(
    table: tuple[int, int, int, int],
) -> None:
    _, first, second, n = table
    possible = range(max(0, first + second - n), min(first, second) + 1)
    least = min(fisher_exact(both, first, second, n).p_value for both in possible)
    assert fisher_exact(possible[0], first, second, n).smallest_p == pytest.approx(least)


# Benjamini and Hochberg (1995), section 4.1: fifteen hypotheses on thrombolysis; the procedure
# at 0.05 rejects the four smallest, where Bonferroni's rejects three.
THROMBOLYSIS = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262,
    0.5719, 0.6528, 0.7590, 1.0000,
]  # fmt: skip


def test_false_discovery_control_rejects_what_the_paper_rejects() -> None:
    q_values = false_discovery_q(THROMBOLYSIS)
    assert [q <= 0.05 for q in q_values] == [True] * 4 + [False] * 11
    assert q_values[3] == pytest.approx(0.0095 * 15 / 4)


@settings(deadline=None)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_q_values_agree_with_another_library_in_any_order(p_values: list[float]) -> None:
    expected = multipletests(p_values, method="fdr_bh")[1]
    assert false_discovery_q(p_values) == pytest.approx(list(expected), abs=1e-12)


def test_no_tests_have_no_q_values() -> None:
    assert false_discovery_q([]) == []
    assert can_be_rejected([]) == []


@pytest.mark.parametrize(
    ("smallest", "expected"),
    [
        # Tarone (1990): the least K such that at most K hypotheses can reach 0.05 / K.
        pytest.param([0.2, 0.04, 0.01, 0.001], [False, False, True, True], id="K = 2"),
        pytest.param([0.5, 0.2], [False, False], id="nothing can be found"),
        pytest.param([0.04], [True], id="one hypothesis keeps the whole level"),
        pytest.param([0.04, 0.03], [False, False], id="two cannot both keep it"),
        pytest.param([0.025, 0.025], [True, True], id="the bound itself counts"),
    ],
)
def test_only_what_the_margins_allow_is_tested(smallest: list[float], expected: list[bool]) -> None:
    assert can_be_rejected(smallest, 0.05) == expected

"""Agreement on sets of codes and on spans, and how sure figures are."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.annotate.statistics.planning import documents_for_width, units_for_width
from workbench.annotate.statistics.resampling import draw_documents, estimate, expanded_tail
from workbench.annotate.statistics.sets import (
    CodeSet,
    masi_distance,
    masi_distances,
    set_alpha,
    tally_sets,
)
from workbench.annotate.statistics.spans import Span, is_exact, n_matched, overlaps, span_f1


def codes(*names: str) -> CodeSet:
    return frozenset(names)


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [
        pytest.param(codes("a", "b"), codes("a", "b"), 0.0, id="equal"),
        # Passonneau (2006), section 3: a subset weighs 2/3, an overlap 1/3.
        pytest.param(codes("a", "b"), codes("a", "b", "c", "d"), 1 - 1 / 2 * 2 / 3, id="subset"),
        pytest.param(codes("a", "b"), codes("b", "c"), 1 - 1 / 3 * 1 / 3, id="overlap"),
        pytest.param(codes("a"), codes("b"), 1.0, id="disjoint"),
        pytest.param(codes(), codes(), 0.0, id="both empty"),
        pytest.param(codes(), codes("a"), 1.0, id="one empty"),
    ],
)
def test_masi_tells_how_far_sets_are_apart(one: CodeSet, other: CodeSet, distance: float) -> None:
    assert masi_distance(one, other) == pytest.approx(distance)
    assert masi_distance(other, one) == masi_distance(one, other)


@given(st.lists(st.frozensets(st.sampled_from("abcd"), max_size=4), min_size=1, unique=True))
@settings(max_examples=40, deadline=None)
def test_distances_at_once_are_those_of_each_pair(sets: list[CodeSet]) -> None:
    wanted = [[masi_distance(one, other) for other in sets] for one in sets]
    assert masi_distances(sets) == pytest.approx(np.array(wanted))


SETS = st.frozensets(st.sampled_from("abc"), max_size=3)
UNITS = st.lists(
    st.dictionaries(st.sampled_from(["A", "B", "C"]), SETS, min_size=2), min_size=2, max_size=15
)


@given(UNITS)
@settings(max_examples=60, deadline=None)
def test_alpha_over_sets_is_that_of_nltk(units: list[dict[str, CodeSet]]) -> None:
    agreement = pytest.importorskip("nltk.metrics.agreement")
    distances = pytest.importorskip("nltk.metrics.distance")

    def rounded(one: CodeSet, other: CodeSet) -> float:
        """NLTK's: 0.67 and 0.33 for thirds, and nothing said of two empty sets."""
        return float(distances.masi_distance(one, other)) if one | other else 0.0

    data = [
        (coder, f"i{at}", given) for at, unit in enumerate(units) for coder, given in unit.items()
    ]
    if len({given for _, _, given in data}) < 2:
        return
    by_nltk = agreement.AnnotationTask(data=data, distance=rounded).alpha()
    tallies = tally_sets(units, np.zeros(len(units), dtype=np.int64), rounded)
    assert set_alpha(tallies)[0] == pytest.approx(by_nltk, abs=1e-9)


def test_alpha_over_sets_of_one_code_is_the_nominal_alpha() -> None:
    # Krippendorff (2011), section A: 0.095.
    pairs = zip("yxyyyyyyxy", "xxxyyxyyyy", strict=True)
    units = [{"A": codes(a), "B": codes(b)} for a, b in pairs]
    tallies = tally_sets(units, np.zeros(len(units), dtype=np.int64))
    assert set_alpha(tallies)[0] == pytest.approx(0.095, abs=5e-4)


def test_sets_that_never_differ_have_no_alpha() -> None:
    units = [{"A": codes("a"), "B": codes("a")}, {"A": codes("b")}]
    assert np.isnan(set_alpha(tally_sets(units, np.zeros(2, dtype=np.int64)))).all()


def test_matching_finds_the_most_pairs_whatever_the_order() -> None:
    # The first span overlaps both; taking the nearer one would leave the second alone.
    long, left, right = Span(0, 20), Span(0, 5), Span(10, 30)
    assert n_matched([long, right], [left, right]) == 2
    assert n_matched([right, long], [right, left]) == 2
    assert n_matched([long], [left, right]) == 1
    assert n_matched([long, right], [left, right], is_exact) == 1


def test_spans_that_only_touch_do_not_overlap() -> None:
    assert not overlaps(Span(0, 5), Span(5, 9))
    assert overlaps(Span(0, 6), Span(5, 9))


SPANS = st.lists(
    st.tuples(st.integers(0, 12), st.integers(1, 6)).map(lambda pair: Span(pair[0], sum(pair))),
    max_size=5,
)


@given(SPANS, SPANS)
@settings(max_examples=60, deadline=None)
def test_matching_is_symmetric_and_as_large_as_any_found_by_trying_all(
    one: list[Span], other: list[Span]
) -> None:
    possible = [
        (a, b) for a in range(len(one)) for b in range(len(other)) if overlaps(one[a], other[b])
    ]
    best = max(
        size
        for size in range(len(one) + 1)
        if any(
            len({a for a, _ in chosen}) == len({b for _, b in chosen}) == size
            for chosen in combinations(possible, size)
        )
    )
    assert n_matched(one, other) == n_matched(other, one) == best


def test_f1_counts_each_span_once() -> None:
    assert span_f1(3, 4, 5) == pytest.approx(6 / 9)
    assert np.isnan(span_f1(0, 0, 0))


def test_documents_are_drawn_whole_and_the_same_for_a_seed() -> None:
    draws = draw_documents(7, 50, seed=3)
    assert (draws.sum(axis=1) == 7).all()
    assert (draws == draw_documents(7, 50, seed=3)).all()
    assert (draws != draw_documents(7, 50, seed=4)).any()
    assert draw_documents(0, 4, seed=0).shape == (4, 0)


def test_an_interval_is_given_only_where_it_says_something() -> None:
    values = np.arange(1001) / 1000.0
    found = estimate(0.5, values, n_documents=100_000)
    assert (found.low, found.high) == pytest.approx((0.025, 0.975), abs=1e-4)
    fewer = estimate(0.5, values, n_documents=10)
    assert fewer.low == pytest.approx(expanded_tail(10, 0.025))
    assert estimate(0.5, values, n_documents=4) == (0.5, None, None)
    mostly_undefined = np.where(values < 0.9, np.nan, values)
    assert estimate(0.5, mostly_undefined, n_documents=20) == (0.5, None, None)
    assert estimate(float("nan"), values, n_documents=20) == (None, None, None)


def test_quantiles_are_farther_out_where_documents_are_few() -> None:
    # Student's t with 9 degrees of freedom: 2.262157; times sqrt(10/9) = 2.384521; normal tail.
    assert expanded_tail(10, 0.025) == pytest.approx(0.00855, abs=5e-5)
    assert expanded_tail(5, 0.025) < expanded_tail(10, 0.025) < expanded_tail(50, 0.025) < 0.025


def test_half_the_width_takes_four_times_the_documents() -> None:
    assert documents_for_width(25, 0.5, 0.7, 0.1) == 100
    assert documents_for_width(25, 0.5, 0.7, 0.2) == 25
    with pytest.raises(ValueError, match="above 0"):
        documents_for_width(25, 0.5, 0.7, 0)


def test_units_for_a_width_reach_that_width_when_tried() -> None:
    kappa, share, wanted = 0.6, 0.2, 0.2
    n_units = units_for_width(kappa, share, wanted)
    # Two coders with equal margins and that kappa: the cells of the cross-table.
    both = share**2 + kappa * share * (1 - share)
    cells = [both, share - both, share - both, 1 - 2 * share + both]
    tables = np.random.default_rng(0).multinomial(n_units, cells, size=4000) / n_units
    observed = tables[:, 0] + tables[:, 3]
    margin = tables[:, 0] + (tables[:, 1] + tables[:, 2]) / 2
    kappas = 1 - (1 - observed) / (2 * margin * (1 - margin))
    assert 2 * 1.96 * kappas.std() == pytest.approx(wanted, rel=0.05)


@pytest.mark.parametrize(
    ("kappa", "share", "width"), [(1.2, 0.5, 0.1), (0.5, 0, 0.1), (0.5, 0.1, 0)]
)
def test_planning_refuses_what_cannot_be(kappa: float, share: float, width: float) -> None:
    with pytest.raises(ValueError, match="must be"):
        units_for_width(kappa, share, width)

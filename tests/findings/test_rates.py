"""Rates, ratios, places and hours, against published values; denominators that do not fit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from finding_making import corpus, findings_of
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import PopulationsError
from workbench.findings import recount_problems
from workbench.findings.rates.calendar import (
    Period,
    by_calendar,
    by_exposure,
    calendar_problems,
)
from workbench.findings.rates.concentration import concentration, generalised_gini, gini
from workbench.findings.rates.poisson import poisson_interval, rate, rate_ratio
from workbench.findings.rates.populations import read_populations
from workbench.findings.table import Population


@pytest.mark.parametrize(
    ("n", "low", "high"),
    # Exact Poisson limits, for instance Ulm (1990), Am. J. Epidemiol. 131, 373-375.
    [(0, 0.0, 3.69), (3, 0.62, 8.77), (10, 4.80, 18.39)],
)
def test_exact_poisson_bounds_are_the_published_ones(n: int, low: float, high: float) -> None:
    assert poisson_interval(n) == pytest.approx((low, high), abs=5e-3)


def test_the_ratio_of_rates_has_the_published_bounds() -> None:
    # Fay (2022), vignette of the R package rateratio.test: 2 in 17877 and 9 in 16660.
    assert rate_ratio((2, 17877), (9, 16660)) == pytest.approx(
        (0.2070941557, 0.02177406, 1.00054910), rel=1e-6
    )


def test_a_group_without_events_has_a_bound_on_one_side() -> None:
    none, all_of_them = rate_ratio((0, 10), (5, 10)), rate_ratio((5, 10), (0, 10))
    assert (none.value, none.low) == (0, 0)
    assert none.high < 1.1
    assert all_of_them.value == all_of_them.high == float("inf")
    assert rate(0, 50_000).high == pytest.approx(3.69 * 2, abs=0.01)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        pytest.param(lambda: rate(1, 0), "population above 0", id="nobody"),
        pytest.param(lambda: poisson_interval(-1), "no number of events", id="less than none"),
        pytest.param(lambda: rate_ratio((0, 5), (0, 5)), "no ratio", id="no events"),
        pytest.param(lambda: gini([]), "needs places", id="no places"),
        pytest.param(lambda: gini([0, 0]), "needs places", id="no cases"),
        pytest.param(lambda: concentration([1, 2], 3), "cannot be looked at", id="too many"),
        pytest.param(lambda: concentration([1, 2], 1, [1.0]), "exposure", id="exposures"),
        pytest.param(lambda: by_exposure({"a": 1}, {"b": 1.0}), "no exposure is given", id="hours"),
    ],
)  # fmt: skip
def test_what_cannot_be_counted_is_refused(call: object, message: str) -> None:
    assert callable(call)
    with pytest.raises(ValueError, match=message):
        call()


@pytest.mark.parametrize(
    ("counts", "plain", "generalised"),
    [
        pytest.param([5, 5, 5, 5], 0.0, 0.0, id="even"),
        pytest.param([20, 0, 0, 0], 0.75, 0.75, id="all in one of four"),
        # Two cases cannot be in four places: one each in two places is as even as can be.
        pytest.param([1, 1, 0, 0], 0.5, 0.0, id="fewer cases than places, even"),
        pytest.param([2, 0, 0, 0], 0.75, 0.5, id="fewer cases than places, together"),
    ],
)
def test_the_generalised_coefficient_calls_few_cases_even_when_they_are(
    counts: Sequence[int], plain: float, generalised: float
) -> None:
    assert gini(counts) == pytest.approx(plain)
    assert generalised_gini(counts) == pytest.approx(generalised)


def test_scattered_cases_are_not_concentrated() -> None:
    # 360 cases scattered over 620 wards: 44 % of them in the top 12 % of wards by chance alone.
    counts = np.random.default_rng(2).multinomial(360, [1 / 620] * 620).tolist()
    made = concentration(counts, 74)
    assert made.gini > 0.6
    assert made.random_top_share == pytest.approx(0.44, abs=0.01)
    assert made.random_top_low <= made.top_share <= made.random_top_high
    assert made.p_value > 0.05


def test_planted_concentration_is_found_and_its_excess_is_small() -> None:
    draw = np.random.default_rng(4)
    weights = np.where(np.arange(620) < 74, 3.0, 1.0)
    made = concentration(draw.multinomial(360, weights / weights.sum()).tolist(), 74)
    assert made.p_value < 0.01
    assert 0 < made.beyond_chance < 0.25
    # A population that explains the heaps leaves nothing beyond chance.
    fair = concentration(
        draw.multinomial(360, weights / weights.sum()).tolist(), 74, weights.tolist()
    )
    assert fair.p_value > 0.05


@given(st.lists(st.integers(0, 5), min_size=2, max_size=12).filter(any), st.randoms())
def test_the_order_of_places_does_not_matter(counts: list[int], random: object) -> None:
    assert gini(counts) == pytest.approx(gini(sorted(counts)))
    assert -1e-9 <= generalised_gini(counts) <= gini(counts) + 1e-9


TERM = Period("term", date(2024, 1, 8), date(2024, 2, 9))
HALF = Period("holiday", date(2024, 2, 10), date(2024, 2, 18))


def test_days_of_a_calendar_count_against_how_many_there_are() -> None:
    days = [date(2024, 1, 9), date(2024, 2, 12), date(2024, 2, 13), date(2024, 3, 1)]
    made = {
        each.name: each
        for each in by_calendar(days, [TERM, HALF], date(2024, 1, 8), date(2024, 2, 20))
    }
    assert [(each.n_events, each.exposure) for each in made.values()] == [(1, 33), (2, 9), (0, 2)]
    assert made["holiday"].rate == pytest.approx(100 * 2 / 9)
    assert made["holiday"].ratio == pytest.approx((2 / 9) / (1 / 35))


def test_hours_are_compared_by_their_length() -> None:
    made = by_exposure({"16-19": 6, "other": 8}, {"16-19": 3.0, "other": 21.0})
    assert made[0].ratio == pytest.approx(2 / (8 / 21))
    assert made[0].ratio_low > 1
    assert made[1].ratio == pytest.approx(1 / made[0].ratio)


def test_a_calendar_that_overlaps_is_refused_with_all_its_problems() -> None:
    wrong = [TERM, Period("trip", date(2024, 2, 9), date(2024, 2, 12)), HALF,
             Period("late", date(2024, 5, 2), date(2024, 5, 1))]  # fmt: skip
    problems = calendar_problems(wrong)
    assert len(problems) == 3
    with pytest.raises(ValueError, match=r"trip .* and holiday .* overlap"):
        by_calendar([], wrong, date(2024, 1, 1), date(2024, 6, 1))
    with pytest.raises(ValueError, match="no day lies"):
        by_calendar([], [], date(2024, 2, 1), date(2024, 1, 1))


AREAS = {f"c{n:02d}": f"A{n % 3}" for n in range(60)}


def populations(folder: Path, text: str) -> tuple[Population, ...]:
    path = folder / "populations.csv"
    path.write_text(text, encoding="utf-8")
    return read_populations(path, {"area": AREAS})


def test_rates_are_given_for_groups_with_a_population() -> None:
    given_sizes = tuple(
        Population("area", f"A{n}", size) for n, size in enumerate((100_000, 200_000, 400_000, 9))
    )
    cases, codings = corpus({"drug_misuse": ["c00"]}, 60)
    made = findings_of(cases, codings, groups={"area": AREAS}, populations=given_sizes)
    first = made["placed-area__rate-1"]
    assert (first.numerator, first.denominator) == (20, 60)
    assert first.estimate == pytest.approx(20)
    assert (first.low, first.high) == pytest.approx(poisson_interval(20))
    assert dict(first.statistics)["rate_ratio"] == pytest.approx(20 / (40 / 6.00009), rel=1e-6)
    assert "Unreliable" not in first.note
    assert "placed-area__rate-4" not in made  # no case there
    assert "placed-area__concentration" not in made  # fewer than ten places
    assert recount_problems(tuple(made.values()), cases, codings) == ()


def test_few_cases_are_marked_and_fewer_have_no_rate() -> None:
    labels = {"c00": "few", "c01": "few", **{f"c{n:02d}": "some" for n in range(2, 7)}}
    sizes = (Population("area", "few", 1e5), Population("area", "some", 1e5))
    made = findings_of(*corpus({}, 20), groups={"area": labels}, populations=sizes)
    assert "Unreliable (u)" in made["placed-area__rate-2"].note
    assert "placed-area__rate-1" not in made


def test_many_places_say_how_concentrated_the_cases_are() -> None:
    labels = {f"c{n:02d}": f"W{0 if n < 30 else n:02d}" for n in range(60)}
    sizes = tuple(Population("ward", f"W{n:02d}", 1000.0) for n in range(60))
    cases, codings = corpus({}, 60)
    made = findings_of(cases, codings, groups={"ward": labels}, populations=sizes)
    found = made["placed-ward__concentration"]
    assert found.numerator == 30 + 5
    assert found.p_value is not None
    assert found.p_value < 0.001
    assert dict(found.statistics)["random_share"] < found.estimate
    assert recount_problems(tuple(made.values()), cases, codings) == ()


def test_a_table_of_populations_is_read(tmp_path: Path) -> None:
    text = "grouping,group,population\narea,A0,10\narea,A1,20\narea,A2,30\narea,A9,5\n"
    assert populations(tmp_path, text)[1] == ("area", "A1", 20.0)


def test_denominators_that_do_not_fit_are_all_named(tmp_path: Path) -> None:
    text = (
        "grouping,group,population\narea,A0,0\nregion,North,5\narea,A1,many\narea,A2,5\n"
        "area,A2,6\narea,,7\n"
    )
    with pytest.raises(PopulationsError) as caught:
        populations(tmp_path, text)
    problems = "\n".join(caught.value.problems)
    for expected in (
        "line 2: population is '0'", "line 3: there is no grouping 'region'; there are area",
        "line 4: population is 'many'", "line 6: area A2 is given twice",
        "line 7: the group has no name", "area: no population for A0, A1, which has cases",
    ):  # fmt: skip
        assert expected in problems
    with pytest.raises(PopulationsError, match="needs the columns"):
        populations(tmp_path, "area,population\nA0,1\n")

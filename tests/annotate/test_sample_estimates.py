"""Shares of the frame from coded samples."""

from __future__ import annotations

import numpy as np
import pytest

from workbench.annotate.sampling import Drawn, FrameUnit, Method, Sample, SampleSettings, draw
from workbench.annotate.sampling.estimate import estimate_shares


def sample_of(drawn: Drawn, method: Method, n_frame: int) -> Sample:
    return Sample(
        name="s", method=method, seed=0, unit="segment", frame="segments", frame_hash="",
        n_frame=n_frame, strata=drawn.strata, units=drawn.units, assignments=(), codebook="1",
    )  # fmt: skip


def frame(n_units: int = 200) -> tuple[list[FrameUnit], set[str]]:
    """Units of twenty documents; the larger its size, the likelier a unit has the code."""
    units, with_code = [], set()
    random = np.random.default_rng(7)
    for at in range(n_units):
        size = float(random.random())
        units.append(
            FrameUnit(
                unit_id=f"u{at:03d}", document_id=f"d{at % 20}", segment=at, size=size,
                stratum="a" if at % 5 else "b",
            )
        )  # fmt: skip
        if random.random() < size * 0.4:
            with_code.add(units[-1].unit_id)
    return units, with_code


@pytest.mark.parametrize("method", [Method.RANDOM, Method.STRATIFIED, Method.UNCERTAINTY], ids=str)
def test_estimates_are_right_on_average_and_their_intervals_hold(method: Method) -> None:
    units, with_code = frame()
    truth = len(with_code) / len(units)
    shares, hits = [], 0
    for seed in range(200):
        drawn = draw(units, SampleSettings(n_units=60, method=method, seed=seed))
        found = {
            unit.unit_id: frozenset({"debt"} if unit.unit_id in with_code else ())
            for unit in drawn.units
        }
        sample = sample_of(drawn, method, len(units))
        (any_code, *_) = estimate_shares(sample, found, n_resamples=300)
        assert any_code.share.value is not None
        shares.append(any_code.share.value)
        low, high = any_code.share.low, any_code.share.high
        hits += low is not None and high is not None and low <= truth <= high
    # The weighted mean has a small bias; a naive mean of an uncertainty sample is off by 0.05.
    assert np.mean(shares) == pytest.approx(truth, abs=0.012)
    assert hits >= 180


def test_units_not_coded_yet_are_like_the_others_of_their_stratum() -> None:
    units, _ = frame(100)
    drawn = draw(units, SampleSettings(n_units=100, method=Method.STRATIFIED))
    found = {
        unit.unit_id: frozenset({"debt"} if unit.stratum == "b" else ())
        for unit in drawn.units
        if unit.stratum == "b" or unit.segment % 2
    }
    (any_code, _) = estimate_shares(sample_of(drawn, Method.STRATIFIED, 100), found)
    assert any_code.share.value == pytest.approx(0.2)
    assert any_code.n_in_frame.value == pytest.approx(20)


def test_nothing_found_has_a_bound_that_is_not_zero() -> None:
    units, _ = frame(300)
    drawn = draw(units, SampleSettings(n_units=100))
    (none,) = estimate_shares(
        sample_of(drawn, Method.RANDOM, 300), {unit.unit_id: frozenset() for unit in drawn.units}
    )
    # Clopper and Pearson (1934): 0 of 100 gives an upper bound of 0.0362.
    assert none.share[:2] == (0.0, 0.0)
    assert none.share.high == pytest.approx(0.0362, abs=5e-5)
    assert none.n_in_frame.high == pytest.approx(10.86, abs=0.01)


def test_codes_come_with_the_most_frequent_first() -> None:
    units, _ = frame(20)
    drawn = draw(units, SampleSettings(n_units=20))
    found = {
        unit.unit_id: frozenset({"b", *("a" * (at < 3))}) for at, unit in enumerate(drawn.units)
    }
    shares = estimate_shares(sample_of(drawn, Method.RANDOM, 20), found)
    assert [(each.code_id, each.n_found) for each in shares] == [("", 20), ("b", 20), ("a", 3)]


def test_a_sample_that_nobody_coded_is_refused() -> None:
    drawn = draw(frame(5)[0], SampleSettings(n_units=2))
    with pytest.raises(ValueError, match="no unit of s was coded"):
        estimate_shares(sample_of(drawn, Method.RANDOM, 5), {})

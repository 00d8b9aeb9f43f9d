"""Samples: chances that are as stated, and work that is divided as asked."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.annotate.sampling import (
    AssignSettings,
    FrameUnit,
    Method,
    SampleSettings,
    assign,
    draw,
)
from workbench.annotate.sampling.draw import allocate, unequal_probabilities
from workbench.errors import InputError
from workbench.records import Shown


def frame(*sizes: float, strata: str = "") -> list[FrameUnit]:
    names = strata or "x" * len(sizes)
    return [
        FrameUnit(unit_id=f"u{at:03d}", document_id="d", segment=at, stratum=names[at], size=size)
        for at, size in enumerate(sizes)
    ]


def ids(units: list[FrameUnit], **changes: object) -> list[str]:
    drawn = draw(units, SampleSettings(**{"n_units": 4, **changes}))  # type: ignore[arg-type]
    return [unit.unit_id for unit in drawn.units]


@pytest.mark.parametrize("method", Method)
def test_the_same_seed_draws_the_same_whatever_the_order(method: Method) -> None:
    units = frame(*range(1, 21), strata="ab" * 10)
    drawn = ids(units, method=method, seed=5)
    assert drawn == ids(units[::-1], method=method, seed=5)
    assert len(set(drawn)) == 4
    assert any(drawn != ids(units, method=method, seed=seed) for seed in range(5))


@pytest.mark.parametrize("method", [Method.RANDOM, Method.STRATIFIED, Method.UNCERTAINTY], ids=str)
def test_units_are_drawn_as_often_as_their_stated_chance(method: Method) -> None:
    units = frame(0, 0, 1, 1, 2, 2, 3, 3, 8, 1, strata="aaaabbbbbb")
    n_draws, hits, stated = 3000, Counter[str](), dict[str, float]()
    for seed in range(n_draws):
        for unit in draw(units, SampleSettings(n_units=4, method=method, seed=seed)).units:
            hits[unit.unit_id] += 1
            stated[unit.unit_id] = unit.inclusion_probability
    assert set(stated) == {unit.unit_id for unit in units}
    for unit_id, chance in stated.items():
        spread = 5 * (chance * (1 - chance) / n_draws) ** 0.5  # five standard errors
        assert hits[unit_id] / n_draws == pytest.approx(chance, abs=spread + 1e-9)


def test_weighing_by_the_chance_gives_back_the_total() -> None:
    units = frame(*(at % 7 for at in range(40)))
    estimates = [
        sum(1 / unit.inclusion_probability for unit in draw(
            units, SampleSettings(n_units=12, method=Method.UNCERTAINTY, seed=seed)
        ).units if unit.segment < 10)
        for seed in range(1500)
    ]  # fmt: skip
    assert np.mean(estimates) == pytest.approx(10, abs=4 * np.std(estimates) / 1500**0.5)


@given(st.lists(st.floats(0, 100), min_size=2, max_size=30), st.integers(1, 30))
@settings(max_examples=80, deadline=None)
def test_chances_sum_to_the_sample_and_none_is_impossible(sizes: list[float], n: int) -> None:
    chances = unequal_probabilities(sizes, n)
    assert chances.sum() == pytest.approx(min(n, len(sizes)))
    assert ((chances > 0) & (chances <= 1)).all()
    drawn = draw(frame(*sizes), SampleSettings(n_units=n, method=Method.UNCERTAINTY))
    assert len(drawn.units) == min(n, len(sizes))


def test_a_larger_sample_than_the_frame_takes_all_with_certainty() -> None:
    drawn = draw(frame(1, 2, 3), SampleSettings(n_units=9))
    assert [unit.inclusion_probability for unit in drawn.units] == [1, 1, 1]


def test_strata_get_their_share_and_never_nothing() -> None:
    sizes = {"a": 90, "b": 9, "c": 1}
    assert allocate(sizes, 10, equal=False) == {"a": 8, "b": 1, "c": 1}
    assert allocate(sizes, 9, equal=True) == {"a": 4, "b": 4, "c": 1}
    assert allocate(sizes, 500, equal=False) == sizes


def test_more_strata_than_units_are_refused() -> None:
    with pytest.raises(InputError, match="5 strata need 5 units at least, and 4 are wanted"):
        ids(frame(1, 1, 1, 1, 1, strata="abcde"), method=Method.STRATIFIED)


@pytest.mark.parametrize(
    ("units", "words"),
    [
        pytest.param([], "nothing to draw from", id="empty"),
        pytest.param([*frame(1), *frame(1)], "twice", id="twice"),
        pytest.param(frame(1, -1, 1, 1, 1), "negative", id="negative"),
    ],
)
def test_a_frame_that_makes_no_sense_is_refused(units: list[FrameUnit], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        ids(units, method=Method.UNCERTAINTY)


UNITS = [f"u{at:02d}" for at in range(30)]


def loads(settings: AssignSettings) -> Counter[str]:
    return Counter(coder for coder, _ in {(a.coder, a.unit_id) for a in assign(UNITS, settings)})


def test_shared_units_go_to_every_pair_alike_and_loads_are_even() -> None:
    asked = AssignSettings(coders=("anna", "ben", "cleo"), overlap=0.4)
    given = assign(UNITS, asked)
    by_unit: dict[str, set[str]] = {}
    for each in given:
        by_unit.setdefault(each.unit_id, set()).add(each.coder)
    shared = Counter(frozenset(coders) for coders in by_unit.values() if len(coders) > 1)
    assert set(by_unit) == set(UNITS)
    assert list(shared.values()) == [4, 4, 4]
    assert loads(asked) == {"anna": 14, "ben": 14, "cleo": 14}


def test_each_coder_begins_blind_and_shared_units_are_blind() -> None:
    given = assign(UNITS, AssignSettings(coders=("anna", "ben"), overlap=0.2, blind=0.5))
    n_coders = Counter(each.unit_id for each in given)
    for coder in ("anna", "ben"):
        mine = [each for each in given if each.coder == coder]
        assert [each.position for each in mine] == list(range(1, len(mine) + 1))
        shown = [each.shown for each in mine]
        assert not any(pair == (Shown.SUGGESTED, Shown.BLIND) for pair in pairwise(shown))
        assert shown.count(Shown.BLIND) == 9
        assert all(each.shown is Shown.BLIND for each in mine if n_coders[each.unit_id] > 1)


def test_a_second_look_comes_after_all_blind_units() -> None:
    given = assign(UNITS, AssignSettings(coders=("anna",), overlap=0, second_look=True))
    assert [each.shown for each in given] == [Shown.BLIND] * 30 + [Shown.SUGGESTED] * 30
    assert {each.unit_id for each in given[:30]} == {each.unit_id for each in given[30:]}


def test_workloads_are_kept() -> None:
    asked = AssignSettings(coders=("anna", "ben"), overlap=0.2, workload={"anna": 26, "ben": 10})
    found = loads(asked)
    assert found["anna"] + found["ben"] == 36
    assert (found["anna"], found["ben"]) == (26, 10)


def test_the_same_seed_assigns_the_same() -> None:
    one, other = (AssignSettings(coders=("a", "b"), seed=seed) for seed in (1, 2))
    assert assign(UNITS, one) == assign(UNITS[::-1], one)
    assert assign(UNITS, one) != assign(UNITS, other)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (AssignSettings(coders=("anna",)), "2 coders are needed"),
        (AssignSettings(coders=("a", "b"), workload={"a": 5, "b": 5}), "workloads are too small"),
    ],
)
def test_work_that_cannot_be_divided_is_refused(asked: AssignSettings, words: str) -> None:
    with pytest.raises(InputError, match=words):
        assign(UNITS, asked)


@pytest.mark.parametrize(
    "changes",
    [{"coders": ()}, {"coders": ("a", "a")}, {"overlap": 1.5}, {"n_overlap": 1},
     {"workload": {"z": 3}}],
)  # fmt: skip
def test_assignments_that_make_no_sense_are_refused(changes: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        AssignSettings(**{"coders": ("a", "b"), **changes})  # type: ignore[arg-type]

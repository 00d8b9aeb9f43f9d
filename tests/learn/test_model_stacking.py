"""Stacking, calibration, thresholds and the figures of validation."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from workbench.learn.evaluation.pooling import EvaluationSettings
from workbench.learn.models.fitting.calibration import (
    SHRINKAGE,
    choose_thresholds,
    fit_calibrator,
)
from workbench.learn.models.fitting.measures import calibration_error, figures
from workbench.learn.models.fitting.stacking import (
    StackData,
    fit_stack,
    folds,
    unseen_probabilities,
)
from workbench.learn.models.fitting.validation import Unseen, even_folds, leave_one_out

Floats = NDArray[np.float32]


def stack_data(n: int = 400, seed: int = 0) -> StackData:
    """Cells whose odds rise with the first column; the second is noise."""
    rng = np.random.default_rng(seed)
    evidence = rng.standard_normal((n, 3, 2)).astype(np.float32)
    probability = 1 / (1 + np.exp(1 - 2 * evidence[:, :, 0]))
    return StackData(
        evidence=evidence,
        candidates=np.ones((n, 3), dtype=bool),
        counted=np.ones((n, 3), dtype=bool),
        targets=(rng.random((n, 3)) < probability).astype(np.float32),
        weights=np.ones(n, dtype=np.float32),
        groups=tuple(f"g{i % 10}" for i in range(n)),
        bare=np.zeros(n, dtype=bool),
    )


def test_the_stack_finds_what_counts_and_what_does_not() -> None:
    stack = fit_stack(stack_data(4000))
    slopes = stack.weights / stack.scale
    assert slopes[0] == pytest.approx(2, abs=0.25)
    assert slopes[1] == pytest.approx(0, abs=0.15)


def test_cells_that_are_no_candidates_get_nothing() -> None:
    data = stack_data()
    probability = fit_stack(data).probability(data.evidence, np.zeros((400, 3), dtype=bool))
    assert not probability.any()


def test_no_group_stands_in_two_folds_and_none_is_lost() -> None:
    groups = [f"g{i % 7}" for i in range(50)]
    parts = list(folds(groups, 3))
    assert sorted(row for part in parts for row in part) == list(range(50))
    names = [{groups[row] for row in part} for part in parts]
    assert sum(map(len, names)) == len(set().union(*names))


def test_unseen_probabilities_do_not_know_their_own_group() -> None:
    data = stack_data(60)
    # A column that is the label itself, but only within one group, must not help that group.
    spoiled = data.evidence.copy()
    own = np.array([group == "g0" for group in data.groups])
    spoiled[:, :, 1] = 0
    spoiled[own, :, 1] = data.targets[own]
    plain = data.evidence.copy()
    plain[:, :, 1] = 0
    evidence, without = replace(data, evidence=spoiled), replace(data, evidence=plain)
    one, other = unseen_probabilities(evidence)[own], unseen_probabilities(without)[own]
    np.testing.assert_allclose(one, other, atol=1e-3)


def test_a_calibrator_mends_overconfidence_and_keeps_the_order() -> None:
    rng = np.random.default_rng(1)
    true = rng.random(20_000).astype(np.float32)
    given = true**0.5  # too high throughout
    right = (rng.random(20_000) < true).astype(np.float32)
    calibrator = fit_calibrator(given, right, np.ones_like(given))
    meant = calibrator(np.linspace(0, 1, 50).astype(np.float32))
    assert (np.diff(meant) >= 0).all()
    assert abs(float(calibrator(np.array([0.7], dtype=np.float32))[0]) - 0.49) < 0.05
    assert calibration_error(calibrator(given).astype(float), right > 0) < 0.02
    assert calibration_error(given.astype(float), right > 0) > 0.1


def test_thresholds_of_rare_codes_stay_near_the_common_one() -> None:
    rng = np.random.default_rng(2)
    n = 3000
    probabilities = rng.random((n, 2)).astype(np.float32)
    targets = np.zeros((n, 2), dtype=np.float32)
    targets[:, 0] = probabilities[:, 0] > 0.3
    targets[:3, 1] = 1
    probabilities[:3, 1] = 0.79
    probabilities[3:, 1] *= 0.2
    common, thresholds = choose_thresholds(
        probabilities, targets, np.ones((n, 2), dtype=bool), np.ones(n, dtype=np.float32)
    )
    assert common == pytest.approx(0.3, abs=0.02)
    assert thresholds[0] == pytest.approx(0.3, abs=0.06)
    share = 3 / (3 + SHRINKAGE)
    assert abs(thresholds[1] - common) <= share * 0.8


def unseen() -> Unseen:
    targets = np.array([[1, 0], [1, 1], [0, 0], [0, 1]], dtype=bool)
    chosen = np.array([[1, 1], [0, 1], [0, 0], [0, 1]], dtype=bool)
    return Unseen(
        code_ids=("a", "b"),
        groups=("x", "x", "y", "z"),
        kinds=("review",) * 4,
        document_ids=("1", "1", "2", "3"),
        probabilities=np.where(chosen, 0.75, 0.05).astype(np.float32),
        chosen=chosen,
        ruled=np.zeros((4, 2), dtype=bool),
        targets=targets,
        counted=np.array([[1, 0], [1, 1], [1, 1], [1, 1]], dtype=bool),
    )


def test_figures_count_as_a_person_would() -> None:
    found = figures(unseen(), EvaluationSettings(n_resamples=200))
    # Hits (0,a) (1,b) (3,b); missed (1,a); the wrong cell (0,b) is doubtful and not counted.
    assert found.support == 4
    assert found.precision == 1.0
    assert found.recall == 0.75
    assert found.micro_f1.value == pytest.approx(6 / 7)
    assert found.rules_micro_f1.value == 0.0
    assert found.macro_f1.value is None  # no code has five uses
    assert [code.support for code in found.codes] == [2, 2]


def test_rows_of_chosen_documents_only() -> None:
    part = unseen().of(lambda name: name == "1")
    assert part.groups == ("x", "x")
    assert part.targets.shape == (2, 2)


def test_folds_of_reviews_and_passages() -> None:
    assert leave_one_out(["b", "a", "b"]) == [frozenset("a"), frozenset("b")]
    parts = even_folds({"a": 5, "b": 3, "c": 3, "d": 1}, 2)
    assert set().union(*parts) == set("abcd")
    assert parts == [frozenset("ad"), frozenset("bc")]

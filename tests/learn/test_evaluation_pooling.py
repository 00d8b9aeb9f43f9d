"""Pooled values, bootstrap intervals and the calibration of scores."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from evaluation_examples import make_truth
from evaluation_systems import PERFECT, QUICK, TRUTH, measured, perfect_reading

from workbench.learn.evaluation import EvaluationSettings, evaluate
from workbench.learn.evaluation.pooling import Bootstrap, confusion_table, pool_measures
from workbench.learn.evaluation.records import Tally, precision_recall_f1, share
from workbench.records import Assertion

# Efron and Tibshirani (1993), table 2.1: survival in days of the treated mice.
TREATED_MICE_DAYS = (94, 197, 16, 38, 99, 141, 23)


def test_the_bootstrap_has_the_published_standard_error() -> None:
    bootstrap = Bootstrap(
        [f"mouse {n}" for n in range(7)], EvaluationSettings(n_resamples=20_000, seed=1)
    )
    replicates = bootstrap.ratio(TREATED_MICE_DAYS, [1] * 7)
    # Efron and Tibshirani (1993), table 2.2: 23.36 days for the mean with B = infinity.
    assert np.std(replicates) == pytest.approx(23.36, abs=0.4)
    assert np.mean(replicates) == pytest.approx(86.86, abs=0.5)


def test_documents_of_one_case_are_drawn_together() -> None:
    bootstrap = Bootstrap(["A", "B", "A"], EvaluationSettings())
    assert (bootstrap.weights[:, 0] == bootstrap.weights[:, 2]).all()
    assert (bootstrap.weights[:, 0] + bootstrap.weights[:, 1] == 2).all()


def test_pooled_values_are_sums_over_sums_not_means_of_shares() -> None:
    units = {"A": {"x": share(1, 2)}, "B": {"x": share(8, 8)}, "C": {"x": share(0, 0)}}
    bootstrap = Bootstrap(list(units), EvaluationSettings())
    (measure,) = pool_measures("part", {"x": "x"}, units, bootstrap)
    assert (measure.key, measure.value, measure.n) == ("part.x", 9 / 10, 10)
    assert [unit.value for unit in measure.units] == [0.5, 1.0, None]
    assert measure.low is not None
    assert measure.high is not None
    assert 0.5 <= measure.low < 9 / 10 < measure.high <= 1.0


def test_f1_of_the_sums_is_the_harmonic_mean() -> None:
    tallies = precision_recall_f1("x", 6, 2, 4)
    values = {key: tally.part / tally.whole for key, tally in tallies.items()}
    precision, recall = values["x.precision"], values["x.recall"]
    assert values["x.f1"] == pytest.approx(2 * precision * recall / (precision + recall))
    assert tallies["x.f1"] == Tally(12, 18, 10)


@pytest.mark.parametrize("case_ids", [[], ["A"], ["A", "A"]])
def test_fewer_than_two_cases_have_no_interval(case_ids: list[str]) -> None:
    units = {f"document {n}": {"x": share(1, 2)} for n in range(len(case_ids))}
    bootstrap = Bootstrap(case_ids, EvaluationSettings())
    (measure,) = pool_measures("part", {"x": "x"}, units, bootstrap)
    assert (measure.low, measure.high) == (None, None)


def test_confusions_keep_the_order_of_the_vocabulary() -> None:
    pairs = [("negated", "affirmed"), ("affirmed", "affirmed"), ("affirmed", "other")]
    table = confusion_table("key", "title", pairs, list(Assertion))
    assert table.columns == ("truth \\ system", "affirmed", "negated", "other")
    assert table.rows == (("affirmed", 1, 0, 1), ("negated", 1, 0, 0))


def test_the_brier_score_is_the_mean_squared_distance() -> None:
    # The example of scikit-learn's brier_score_loss: outcomes 0 1 1 0 with 0.1 0.9 0.8 0.3.
    right = list(PERFECT.codings[:2])
    scores = (0.9, 0.8)
    wrong = [replace(right[0], code_id=f"wrong_{score}", score=score) for score in (0.1, 0.3)]
    codings = [replace(one, score=score) for one, score in zip(right, scores, strict=True)]
    evaluation = measured(replace(PERFECT, codings=tuple(codings + wrong)))
    assert evaluation.measure("calibration.brier").value == pytest.approx(0.0375)
    assert evaluation.measure("calibration.right").value == pytest.approx(0.5)
    assert evaluation.measure("calibration.error").value == pytest.approx(
        (0.1 + 0.3 + 0.1 + 0.2) / 4
    )
    assert [row[:2] for row in evaluation.table("calibration.bins").rows] == [
        ("0.10 to 0.20", 1),
        ("0.30 to 0.40", 1),
        ("0.80 to 0.90", 1),
        ("0.90 to 1.00", 1),
    ]


def test_errors_in_both_directions_cancel_within_a_bin_only() -> None:
    right = replace(PERFECT.codings[0], score=0.55)
    wrong = replace(PERFECT.codings[0], code_id="wrong", score=0.55)
    evaluation = measured(replace(PERFECT, codings=(right, wrong)))
    assert evaluation.measure("calibration.error").value == pytest.approx(0.05)
    (row,) = evaluation.table("calibration.bins").rows
    assert list(row) == ["0.50 to 0.60", 2, pytest.approx(0.55), 0.5]


def test_a_pair_counts_with_the_highest_score_of_its_affirmed_codings() -> None:
    low = replace(PERFECT.codings[0], score=0.2)
    suspected = replace(PERFECT.codings[0], score=0.9, assertion=Assertion.SUSPECTED)
    evaluation = measured(replace(PERFECT, codings=(low, suspected)))
    assert evaluation.measure("calibration.score").value == pytest.approx(0.2)


def test_the_interval_of_a_corpus_holds_its_value_and_depends_on_the_seed_only() -> None:
    truths = [make_truth(f"T{n}", f"T{n}") for n in range(6)]
    readings = {truth.truth_id: perfect_reading(truth) for truth in truths}
    for number in range(3):
        reading = readings[f"T{number}"]
        readings[f"T{number}"] = replace(reading, codings=reading.codings[number:])
    first = evaluate(readings, (), truths, QUICK).measure("codings.affirmed.recall")
    assert first.value is not None
    assert first.low is not None
    assert first.high is not None
    assert first.low < first.value < first.high
    other = evaluate(readings, (), truths, replace(QUICK, seed=2))
    assert other.measure("codings.affirmed.recall").value == first.value
    assert evaluate(readings, (), truths, QUICK).measure("codings.affirmed.recall") == first


@pytest.mark.parametrize("change", [{"n_resamples": 10}, {"coverage": 1.0}, {"n_score_bins": 0}])
def test_settings_out_of_range_are_refused(change: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="needs at least 100 resamples"):
        replace(EvaluationSettings(), **change)  # type: ignore[arg-type]


def test_the_example_truth_is_used_unchanged() -> None:
    assert make_truth() == TRUTH

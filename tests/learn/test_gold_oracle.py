"""Figures agree exactly with an independent scorer, run as a program of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from gold_examples import CODES, random_lines, write_lines

from workbench.learn.evaluation import EvaluationSettings
from workbench.learn.gold.evaluate import evaluate_passages
from workbench.learn.gold.read import read_gold, read_predictions


def scored(scorer: Path, gold: Path, predictions: Path) -> dict[str, Any]:
    command = [sys.executable, str(scorer), str(gold), str(predictions), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def ours(gold: Path, predictions: Path, codes: tuple[str, ...]) -> dict[str, Any]:
    """The same figures in the form in which the scorer prints them."""
    passages = read_gold(gold, codes)
    evaluation = evaluate_passages(
        passages,
        read_predictions(predictions, codes),
        system="mine",
        baselines={},
        settings=EvaluationSettings(n_resamples=100),
    )
    figures = evaluation.figures

    def value(key: str) -> float:
        return figures.measure(key).value or 0.0

    def shares(key: str) -> list[float]:
        precision, recall = value(f"{key}.precision"), value(f"{key}.recall")
        assert harmonic(precision, recall) == pytest.approx(value(f"{key}.f1"))
        return rounded(3, precision, recall)

    return {
        "passages": len(passages),
        "missing": evaluation.n_missing,
        "affirmed": shares("gold.affirmed"),
        "macro_f1": round(value("gold.affirmed.macro_f1"), 3),
        "codes": figures.measure("gold.affirmed.macro_f1").n,
        "any": shares("gold.any"),
        "assertion_accuracy": [
            round(value("matched.assertion"), 3), figures.measure("matched.assertion").n
        ],
        "role_accuracy": [round(value("matched.role"), 3), figures.measure("matched.role").n],
        "per_code": {
            row[0]: [row[1], *rounded(2, float(row[4] or 0), float(row[5] or 0))]
            for row in figures.table("gold.codes").rows
        },
    }  # fmt: skip


def rounded(digits: int, precision: float, recall: float) -> list[float]:
    """Precision, recall and F1, rounded as the scorer does: 0.125 may go either way."""
    f1 = harmonic(precision, recall)
    return [round(each, digits) for each in (precision, recall, f1)]


def harmonic(precision: float, recall: float) -> float:
    total = precision + recall
    return 2 * precision * recall / total if total else 0.0


def theirs(result: dict[str, Any]) -> dict[str, Any]:
    affirmed, every = result["affirmed"], result["any"]
    return {
        **{key: result[key] for key in ("passages", "missing", "per_code")},
        **{key: result[key] for key in ("assertion_accuracy", "role_accuracy")},
        "affirmed": [affirmed["p"], affirmed["r"], affirmed["f1"]],
        "macro_f1": affirmed["macro_f1"],
        "codes": affirmed["codes"],
        "any": [every["p"], every["r"], every["f1"]],
    }


@pytest.mark.parametrize("seed", range(6))
def test_random_codings_score_the_same(shared: Path, tmp_path: Path, seed: int) -> None:
    gold = write_lines(tmp_path / "gold", random_lines(seed, 40))
    other = random_lines(seed + 100, 40 + seed, share=0.1 + 0.15 * seed)
    predictions = write_lines(tmp_path / "predictions", other[seed:])  # some passages are missing
    expected = theirs(scored(shared / "tools" / "score_codings.py", gold, predictions))
    assert ours(gold, predictions, CODES) == expected

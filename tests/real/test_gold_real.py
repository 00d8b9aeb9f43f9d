"""The real coded passages are read whole, and scored as the independent scorer does."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from workbench.codebook import Codebook
from workbench.learn.evaluation import EvaluationSettings
from workbench.learn.gold.baselines import PlainCoder
from workbench.learn.gold.evaluate import evaluate_passages
from workbench.learn.gold.read import read_gold, read_predictions

pytestmark = pytest.mark.real


@pytest.mark.parametrize(
    ("name", "n_passages", "n_codings"),
    [("double_coded", 298, 846), ("training", 900, 2964)],
)
def test_the_gold_files_have_no_problems(
    shared: Path, codebook: Codebook, name: str, n_passages: int, n_codings: int
) -> None:
    codes = {code.code_id for code in codebook.codes}
    passages = read_gold(shared / "real" / "gold" / f"{name}.jsonl", codes)
    assert len(passages) == n_passages
    assert sum(len(passage.codings) for passage in passages) == n_codings


@pytest.mark.parametrize("coder", ["coder_A", "coder_B"])
def test_the_coders_before_adjudication_score_as_the_scorer_says(
    shared: Path, codebook: Codebook, coder: str
) -> None:
    folder = shared / "real" / "gold"
    codes = {code.code_id for code in codebook.codes}
    gold, predictions = folder / "double_coded.jsonl", folder / f"{coder}.jsonl"
    figures = evaluate_passages(
        read_gold(gold, codes),
        read_predictions(predictions, codes),
        system=coder,
        baselines={},
        settings=EvaluationSettings(n_resamples=100),
    ).figures
    scorer = shared / "tools" / "score_codings.py"
    command = [sys.executable, str(scorer), str(gold), str(predictions), "--json"]
    result = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    for key, name in (("affirmed.f1", "affirmed"), ("any.f1", "any")):
        assert round(figures.measure(f"gold.{key}").value or 0, 3) == result[name]["f1"]
    macro = figures.measure("gold.affirmed.macro_f1").value or 0
    assert round(macro, 3) == result["affirmed"]["macro_f1"]
    for name in ("assertion", "role"):
        measure = figures.measure(f"matched.{name}")
        assert [round(measure.value or 0, 3), measure.n] == result[f"{name}_accuracy"]


def test_the_plainest_coders_reach_what_is_known_of_them(shared: Path, codebook: Codebook) -> None:
    """Published for other passages of the same make: cues 0.30, with proximity 0.43."""
    codes = {code.code_id for code in codebook.codes}
    passages = read_gold(shared / "real" / "gold" / "double_coded.jsonl", codes)
    f1 = {}
    for proximity in (False, True):
        coder = PlainCoder(codebook, proximity=proximity)
        codings = {passage.passage_id: coder.code(passage.text) for passage in passages}
        figures = evaluate_passages(
            passages, codings, system="plain", baselines={},
            settings=EvaluationSettings(n_resamples=100),
        ).figures  # fmt: skip
        f1[proximity] = figures.measure("gold.affirmed.f1").value
    assert f1[False] == pytest.approx(0.30, abs=0.04)
    assert f1[True] == pytest.approx(0.43, abs=0.04)

"""The labels of the benchmark of ties name recommendations and passages that there are."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from workbench.learn.truth import load_truth

ROOT = Path(__file__).parents[2]
LABELS = json.loads((ROOT / "benchmarks/journeys/ties.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("truth_id", sorted(LABELS["documents"]))
def test_each_label_names_one_recommendation_and_passages_of_its_review(truth_id: str) -> None:
    truth = load_truth(ROOT / f"corpora/demo/truth/{truth_id}.json")
    rows = LABELS["documents"][truth_id]
    numbers = [row["recommendation"] for row in rows]
    assert len(set(numbers)) == len(numbers) <= len(truth.recommendations)
    for place in (place for row in rows for place in row["answers"]):
        found = [p for p in truth.paragraphs if p.number == place or p.text.startswith(place)]
        assert found, f"no paragraph {place!r}"

"""The labels of the benchmarks of journeys name recommendations and passages that there are."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from workbench.cases import agency_kinds
from workbench.learn.truth import load_truth

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "benchmarks" / "journeys"
TIES = json.loads((FOLDER / "ties.json").read_text(encoding="utf-8"))["documents"]
CONTACTS = json.loads((FOLDER / "contacts.json").read_text(encoding="utf-8"))["documents"]


@pytest.mark.parametrize("truth_id", sorted(TIES))
def test_each_label_names_one_recommendation_and_passages_of_its_review(truth_id: str) -> None:
    truth = load_truth(ROOT / f"corpora/demo/truth/{truth_id}.json")
    rows = TIES[truth_id]
    numbers = [row["recommendation"] for row in rows]
    assert len(set(numbers)) == len(numbers) <= len(truth.recommendations)
    for place in (place for row in rows for place in row["answers"]):
        found = [p for p in truth.paragraphs if p.number == place or p.text.startswith(place)]
        assert found, f"no paragraph {place!r}"


@pytest.mark.parametrize("truth_id", sorted(CONTACTS))
def test_each_label_of_contacts_names_one_passage_and_known_kinds(truth_id: str) -> None:
    truth = load_truth(ROOT / f"corpora/demo/truth/{truth_id}.json")
    rows = CONTACTS[truth_id]
    assert len({row["place"] for row in rows}) == len(rows) == 20
    for row in rows:
        place = row["place"].split(" | ")[0]
        assert any(p.number == place or p.text.startswith(place) for p in truth.paragraphs), place
        assert set(row["contacts"]) | set(row.get("either", ())) <= agency_kinds().labels.keys()
        assert not set(row["contacts"]) & set(row.get("either", ()))

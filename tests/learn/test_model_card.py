"""The card of a model, and the figures on it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from model_examples import ALCOHOL, WordEmbedder, labelled_reviews, small_codebook

from workbench.codebook import Codebook
from workbench.learn.models import FitSettings, fit_model, load_card, save_model
from workbench.learn.models.card import card_text, data_of, make_card
from workbench.learn.models.fitting.validation import cross_validate, leave_one_out

SETTINGS = FitSettings(min_segments=3)


@pytest.fixture(scope="module")
def card(codebook: Codebook, tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    small, reviews = small_codebook(codebook), labelled_reviews()
    folds = leave_one_out(each.group for each in reviews)
    validated = cross_validate(reviews, small, folds, WordEmbedder(), SETTINGS)
    made = make_card(reviews, SETTINGS, validated, {"failures": ["It knows two codes only."]})
    folder = tmp_path_factory.mktemp("card") / "made-1"
    save_model(fit_model(reviews, small, WordEmbedder(), SETTINGS), made, folder)
    return load_card(folder)


def test_a_card_says_how_well_each_variant_works_on_what_it_did_not_see(
    card: dict[str, dict[str, dict[str, dict[str, object]]]],
) -> None:
    assert set(card["figures"]) == {"lexical", "embedding"}
    numbers = card["figures"]["lexical"]["review"]
    assert numbers["n_groups"] == 8
    assert numbers["support"] == 32
    codes = numbers["codes"]
    assert isinstance(codes, list)
    assert {code["code_id"] for code in codes} == {ALCOHOL, "ap_record_keeping"}
    assert all(code["f1"]["low"] <= code["f1"]["value"] <= code["f1"]["high"] for code in codes)


def test_the_text_of_a_card_names_data_figures_limits_and_failures(card: dict[str, object]) -> None:
    text = card_text(card)
    for part in (
        "# Model made-1",
        str(card["sha256"]),
        "## What it must not be used for",
        "## Made from",
        "It knows two codes only.",
        "Whole reviews, each case left out in its turn: variant embedding",
        f"| `{ALCOHOL}` | 16 |",
        "Brier score",
    ):
        assert part in text
    assert text == card_text(json.loads(json.dumps(card)))


def test_the_hash_of_the_data_changes_with_any_label() -> None:
    reviews = labelled_reviews()
    (before,) = data_of(reviews)
    (after,) = data_of(reviews[:-1])
    assert before["sha256"] != after["sha256"]
    assert before == data_of(reviews[::-1])[0]


def test_a_card_that_is_written_twice_is_the_same(card: dict[str, object], tmp_path: Path) -> None:
    (tmp_path / "one.md").write_text(card_text(card), encoding="utf-8")
    assert (tmp_path / "one.md").read_text(encoding="utf-8") == card_text(card)

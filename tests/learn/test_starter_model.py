"""The model that comes with the project: it loads, works offline, and holds no text."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from model_examples import document, segments_of

from workbench.codebook import Codebook
from workbench.learn.models import ModelCoder, load_card, load_coder
from workbench.learn.models.features.lexical import MIN_DOCUMENTS
from workbench.records import Assertion

ROOT = Path(__file__).parents[2]
STARTER = ROOT / "models" / "starter-1"
TRUTHS = sorted((ROOT / "corpora" / "demo" / "truth").glob("*.json"))
MAX_MIB = 12
TEXTS = (
    "By that winter she was drinking two bottles of wine every evening and had been drunk at the "
    "school gate.",
    "The health visitor did not share what she had seen with the social worker, and nobody told "
    "the school.",
    "The village has a shop, a church and a station on the line to the coast.",
)


@pytest.fixture(scope="module")
def starter(codebook: Codebook) -> ModelCoder:
    return load_coder(STARTER, codebook)


@pytest.fixture(scope="module")
def vocabulary() -> dict[str, list[str]]:
    with np.load(STARTER / "model.npz", allow_pickle=False) as arrays:
        return {
            name: arrays[name].tobytes().decode().split("\n")
            for name in ("known", "word_terms", "run_terms")
        }


def test_it_works_without_embeddings_and_points_to_words(starter: ModelCoder) -> None:
    segments = segments_of(TEXTS)
    found = starter.suggest(document(), segments, [])
    assert {(0, "alcohol_misuse"), (1, "ap_information_sharing")} <= {
        (c.segment, c.code_id) for c in found
    }
    assert not [c for c in found if c.segment == 2]
    for coding in found:
        own = segments[coding.segment]
        start, end = coding.start_char - own.start_char, coding.end_char - own.start_char
        assert own.text[start:end] == coding.text
        assert coding.assertion is Assertion.AFFIRMED
        assert 0 < coding.score < 1
        assert coding.explanation.startswith("model ")
        assert coding.source.startswith("model:starter-1-lexical@")


def test_it_says_what_it_cannot_do(starter: ModelCoder) -> None:
    assert any("no embedding model is installed" in note for note in starter.notes)


def test_it_is_for_the_codebook_that_comes_with_the_project(codebook: Codebook) -> None:
    card = load_card(STARTER)
    assert card["codebook_id"] == codebook.codebook_id
    assert card["codebook_version"] == codebook.version
    assert card["code_ids"] == [code.code_id for code in codebook.factors]


def test_its_card_tells_data_figures_calibration_and_limits() -> None:
    card = load_card(STARTER)
    assert card["trained_on"] == sorted(set(card["trained_on"]))
    assert {row["kind"] for row in card["data"]} == {"review", "passage"}
    for variant in ("lexical", "embedding"):
        for kind in ("review", "passage"):
            figures = card["figures"][variant][kind]
            assert figures["micro_f1"]["low"] < figures["micro_f1"]["value"]
            assert figures["calibration_error"] <= 0.05
            assert figures["micro_f1"]["value"] > figures["rules_micro_f1"]["value"]
    text = (STARTER / "card.md").read_text(encoding="utf-8")
    for heading in ("must not be used for", "Made from", "Known failures", "Calibration"):
        assert heading in text


def test_it_is_small() -> None:
    assert sum(path.stat().st_size for path in STARTER.iterdir()) < MAX_MIB * 2**20


def test_its_words_are_plain_and_shared_by_several_documents(
    vocabulary: dict[str, list[str]],
) -> None:
    assert all(word == word.lower() for word in vocabulary["known"])
    assert all(len(term.split(" ")) <= 2 for term in vocabulary["word_terms"])
    assert max(len(run) for run in vocabulary["run_terms"]) <= 5
    assert MIN_DOCUMENTS >= 3


def test_no_name_of_a_fictional_person_is_among_its_words(
    vocabulary: dict[str, list[str]],
) -> None:
    # Family names of the demonstration corpus; given names that are words ("May") are no names
    # where three documents print them in lower case.
    people = [p for path in TRUTHS for p in json.loads(path.read_text("utf-8"))["people"]]
    names = {
        word.lower()
        for person in people
        for word in (person.get("name") or "").split()[1:]
        if len(word) > 3 and word.isalpha()
    }
    assert len(names) > 20
    words = {word for term in vocabulary["word_terms"] for word in term.split(" ")}
    assert sorted(name for name in names & words if name not in vocabulary["known"]) == []


def test_no_phrase_of_three_words_of_a_document_is_in_the_file(
    vocabulary: dict[str, list[str]],
) -> None:
    held = "\n".join(vocabulary["word_terms"])
    text = json.loads(TRUTHS[0].read_text("utf-8"))["paragraphs"][5:40]
    for paragraph in text:
        words = paragraph["text"].lower().split()
        assert not any(" ".join(words[i : i + 3]) in held for i in range(len(words) - 2))

"""Encoders tuned on the codes: their scores beside words and rules, kept as small adapters."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from model_examples import (
    ADAPTER,
    ALCOHOL,
    RECORDS,
    WordEmbedder,
    WordScorer,
    document,
    labelled_reviews,
    segments_of,
    small_codebook,
)

from workbench.codebook import Codebook
from workbench.learn.models import FitSettings, StoredModel, fit_model, load_coder, save_model
from workbench.learn.models.features.embedding import find_minilm, load_minilm
from workbench.learn.models.features.evidence import TUNED_COLUMNS, evidence_columns
from workbench.learn.models.features.sight import NOT_READ, tuned_scores
from workbench.learn.models.fitting.fit import Tuned
from workbench.learn.models.fitting.validation import apply_model
from workbench.learn.models.packing import pack, unpack
from workbench.learn.models.units import Units, units_of
from workbench.records import SegmentKind

TEXTS = (
    "The evenings were long that year. He had emptied two bottles by six, every single day.",
    "The visit was never written up.",
    "The family lived in a house near the park for two years.",
)


def unseen(units: Units) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    return WordScorer(ADAPTER).score(units.sentence_texts)


@pytest.fixture(scope="module")
def small(codebook: Codebook) -> Codebook:
    return small_codebook(codebook)


@pytest.fixture(scope="module")
def saved(small: Codebook, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, StoredModel]:
    tuned = Tuned(adapter=ADAPTER, unseen=unseen)
    settings = FitSettings(min_segments=3)
    model = fit_model(labelled_reviews(), small, WordEmbedder(), settings, tuned)
    folder = tmp_path_factory.mktemp("models") / "tuned-1"
    return folder, save_model(model, {}, folder)


def test_the_stack_listens_to_the_tuned_encoder(saved: tuple[Path, StoredModel]) -> None:
    variants = saved[1].model.variants
    assert len(variants["embedding"].stack.weights) == len(evidence_columns(with_tuned=True))
    assert len(variants["lexical"].stack.weights) == len(evidence_columns())
    weights = variants["embedding"].stack.weights[-len(TUNED_COLUMNS) :]
    assert weights[0] > 0.05


def test_suggestions_point_to_the_sentence_that_the_encoder_chose(
    saved: tuple[Path, StoredModel], small: Codebook
) -> None:
    coder = load_coder(saved[0], small, WordEmbedder())
    codings = coder.suggest(document(), segments_of(TEXTS), [])
    assert {(c.segment, c.code_id) for c in codings} == {(0, ALCOHOL), (1, RECORDS)}
    assert codings[0].text == "He had emptied two bottles by six, every single day."
    assert codings[0].source.startswith("model:tuned-1-embedding@")


def test_what_is_stored_is_what_was_fitted_and_words_stand_there_once(
    saved: tuple[Path, StoredModel],
) -> None:
    content = (saved[0] / "model.npz").read_bytes()
    assert pack(unpack(content)) == content
    with np.load(saved[0] / "model.npz", allow_pickle=False) as arrays:
        assert "lexical.words" in arrays.files
        assert "embedding.words" not in arrays.files
        np.testing.assert_array_equal(arrays["adapter.head.weight"], ADAPTER["head.weight"])


def test_without_the_encoder_words_are_used_and_it_says_so(
    saved: tuple[Path, StoredModel], small: Codebook
) -> None:
    coder = load_coder(saved[0], small)
    assert coder.source.startswith("model:tuned-1-lexical@")
    assert "no embedding model is installed" in coder.notes[0]
    assert coder.suggest(document(), segments_of(TEXTS), []) is not None


def test_sentences_that_state_nothing_of_the_case_are_not_read() -> None:
    told = replace(segments_of(TEXTS[1:2])[0], kind=SegmentKind.RECOMMENDATION)
    units = units_of([((told,), "g")])
    np.testing.assert_array_equal(
        tuned_scores(units, WordScorer(ADAPTER), 2), np.full((1, 2), NOT_READ)
    )


def test_left_out_documents_are_scored_by_the_encoder_that_is_given(
    saved: tuple[Path, StoredModel],
) -> None:
    reviews = labelled_reviews()[:2]
    silent = WordScorer({"head.weight": np.zeros((2, 2), np.float16), "head.bias": np.full(2, -9)})
    heard = apply_model(saved[1].model, reviews, WordEmbedder())["embedding"]
    unheard = apply_model(saved[1].model, reviews, WordEmbedder(), scorer=silent)["embedding"]
    assert heard.probabilities.max() > unheard.probabilities.max()
    assert set(apply_model(saved[1].model, reviews, None)) == {"lexical"}


@pytest.mark.skipif(find_minilm() is None, reason="the extra 'embed' is not installed")
def test_an_adapter_changes_minilm_by_the_product_of_its_halves() -> None:
    minilm, part = load_minilm(), "encoder.layer.5.output.dense"
    head = {"head.weight": np.eye(384, dtype=np.float16), "head.bias": np.zeros(384, np.float16)}
    up, down = np.zeros((384, 2), np.float16), np.ones((2, 1536), np.float16)
    same = {f"{part}.up": up, f"{part}.down": down, **head}
    text = ["He drank every evening.", "The bus was late."]
    plain = minilm.tuned(same).score(text)
    lengths = np.linalg.norm(plain, axis=1, keepdims=True)
    np.testing.assert_allclose(plain / lengths, minilm.encode(text), atol=1e-5)
    other = up.copy()
    other[0, 0] = 0.1
    changed = minilm.tuned({**same, f"{part}.up": other}).score(text)
    assert np.abs(changed - plain).max() > 0.01
    np.testing.assert_allclose(minilm.tuned(same).score(text), plain, atol=1e-6)

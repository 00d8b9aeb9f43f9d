"""Trained models: fitted, stored and applied; what is refused, what falls back."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from model_examples import (
    ALCOHOL,
    RECORDS,
    WordEmbedder,
    document,
    labelled_reviews,
    rule_coding,
    segments_of,
    small_codebook,
)

from workbench.codebook import Codebook
from workbench.errors import ModelError
from workbench.learn.models import (
    FitSettings,
    ModelCoder,
    StoredModel,
    fit_model,
    list_models,
    load_card,
    load_coder,
    load_model,
    save_model,
)
from workbench.learn.models.packing import pack, unpack
from workbench.learn.models.units import may_assert
from workbench.records import Assertion, SectionRole, SegmentKind

SETTINGS = FitSettings(min_segments=3)
NEW_TEXTS = (
    "In the end she was drinking two bottles of wine every evening.",
    "The notes of the call were never written up by the nurse.",
    "The family lived in a house near the park for two years.",
)


@pytest.fixture(scope="module")
def small(codebook: Codebook) -> Codebook:
    return small_codebook(codebook)


@pytest.fixture(scope="module")
def saved(small: Codebook, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, StoredModel]:
    model = fit_model(labelled_reviews(), small, WordEmbedder(), SETTINGS)
    folder = tmp_path_factory.mktemp("models") / "made-1"
    return folder, save_model(model, {"figures": {}}, folder)


def affirmed(coder: ModelCoder, texts: tuple[str, ...] = NEW_TEXTS) -> set[tuple[int, str]]:
    segments = segments_of(texts)
    codings = coder.suggest(document(), segments, [rule_coding(segments[0], ALCOHOL, "dr")])
    assert all(0 <= c.score <= 1 for c in codings)
    return {(c.segment, c.code_id) for c in codings if c.assertion is Assertion.AFFIRMED}


@pytest.mark.parametrize("embedder", [None, WordEmbedder()])
def test_a_model_finds_in_new_texts_what_it_learned(
    saved: tuple[Path, StoredModel], small: Codebook, embedder: WordEmbedder | None
) -> None:
    coder = load_coder(saved[0], small, embedder)
    assert affirmed(coder) == {(0, ALCOHOL), (1, RECORDS)}


def test_the_source_names_model_variant_and_hash(
    saved: tuple[Path, StoredModel], small: Codebook
) -> None:
    digits = saved[1].sha256[:12]
    assert load_coder(saved[0], small).source == f"model:made-1-lexical@{digits}"
    full = load_coder(saved[0], small, WordEmbedder())
    assert full.source == f"model:made-1-embedding@{digits}"
    segments = segments_of(NEW_TEXTS)
    assert {c.source for c in full.suggest(document(), segments, [])} == {full.source}


def test_fitting_twice_gives_the_same_bytes(
    small: Codebook, saved: tuple[Path, StoredModel]
) -> None:
    again = fit_model(labelled_reviews(), small, WordEmbedder(), SETTINGS)
    assert pack(again) == (saved[0] / "model.npz").read_bytes()


def test_what_is_loaded_is_what_was_saved(saved: tuple[Path, StoredModel], small: Codebook) -> None:
    loaded = load_model(saved[0], small)
    assert pack(loaded.model) == pack(saved[1].model)
    assert unpack(pack(loaded.model)).roles == saved[1].model.roles


def test_no_sentence_that_was_learned_from_is_in_the_file(
    saved: tuple[Path, StoredModel],
) -> None:
    with np.load(saved[0] / "model.npz", allow_pickle=False) as arrays:
        held = b"\n".join(arrays[name].tobytes() for name in arrays.files).decode(errors="replace")
    for each in labelled_reviews():
        for segment in each.segments:
            words = segment.text.lower().split()
            assert not any(" ".join(words[i : i + 3]) in held for i in range(len(words) - 2))


def test_a_model_that_was_changed_is_refused(
    saved: tuple[Path, StoredModel], small: Codebook, tmp_path: Path
) -> None:
    for name in ("model.npz", "card.json"):
        (tmp_path / name).write_bytes((saved[0] / name).read_bytes())
    content = bytearray((tmp_path / "model.npz").read_bytes())
    content[len(content) // 2] ^= 1
    (tmp_path / "model.npz").write_bytes(content)
    with pytest.raises(ModelError, match=r"has the hash .* but its card says"):
        load_model(tmp_path, small)


@pytest.mark.parametrize(
    ("card", "message"),
    [
        (None, "no card of a model can be read"),
        ("{", "no card of a model can be read"),
        ("[]", "is no card of the format"),
        ('{"format": "other/9"}', "is no card of the format"),
    ],
)
def test_a_folder_without_a_card_is_refused(
    card: str | None, message: str, small: Codebook, tmp_path: Path
) -> None:
    if card is not None:
        (tmp_path / "card.json").write_text(card)
    with pytest.raises(ModelError, match=message):
        load_model(tmp_path, small)


def test_bytes_that_hold_no_model_are_refused(
    saved: tuple[Path, StoredModel], small: Codebook, tmp_path: Path
) -> None:
    import hashlib

    (tmp_path / "model.npz").write_bytes(b"no archive")
    card = load_card(saved[0]) | {"sha256": hashlib.sha256(b"no archive").hexdigest()}
    (tmp_path / "card.json").write_text(json.dumps(card))
    with pytest.raises(ModelError, match="holds no model"):
        load_model(tmp_path, small)


def test_another_codebook_is_refused_by_name(
    saved: tuple[Path, StoredModel], small: Codebook
) -> None:
    with pytest.raises(ModelError, match="was trained for the codebook"):
        load_model(saved[0], replace(small, codebook_id="another"))


def test_codes_that_only_one_of_both_knows_fall_back_to_the_rules(
    saved: tuple[Path, StoredModel], codebook: Codebook
) -> None:
    codes = tuple(c for c in codebook.codes if c.code_id in (ALCOHOL, "drug_misuse"))
    coder = load_coder(saved[0], replace(codebook, codes=codes, version="9"))
    assert coder.learned == {ALCOHOL}
    notes = " / ".join(coder.notes)
    assert "not known to the model, left to the rules: drug_misuse" in notes
    assert f"not in this codebook, not suggested: {RECORDS}" in notes
    assert "trained for codebook version" in notes
    segments = segments_of(NEW_TEXTS)
    rule = rule_coding(segments[2], "drug_misuse")
    assert rule in coder.suggest(document(), segments, [rule])
    assert affirmed(coder) == {(0, ALCOHOL)}


def test_without_the_embedder_of_the_fit_words_alone_are_used_and_it_says_so(
    saved: tuple[Path, StoredModel], small: Codebook
) -> None:
    assert "no embedding model is installed" in load_coder(saved[0], small).notes[0]
    other = load_coder(saved[0], small, WordEmbedder(sha256="f" * 64))
    assert "another embedding model" in other.notes[0]
    assert other.source.startswith("model:made-1-lexical@")
    assert load_coder(saved[0], small, WordEmbedder()).notes == ()


def test_rare_codes_are_left_to_the_rules(small: Codebook) -> None:
    reviews = labelled_reviews()
    reviews = [
        replace(each, labels=tuple(label for label in each.labels if label.code_id == ALCOHOL))
        for each in reviews[1:]
    ] + reviews[:1]
    model = fit_model(reviews, small, settings=SETTINGS)
    coder = ModelCoder(StoredModel(model=model, name="m", sha256="0" * 64), small)
    assert coder.learned == {ALCOHOL}
    assert any("too few examples" in note and RECORDS in note for note in coder.notes)


@pytest.mark.parametrize(
    ("kind", "section"),
    [
        (SegmentKind.HEADING, SectionRole.FACTS),
        (SegmentKind.FOOTNOTE, SectionRole.FACTS),
        (SegmentKind.PARAGRAPH, SectionRole.TERMS_OF_REFERENCE),
        (SegmentKind.PARAGRAPH, SectionRole.LITERATURE),
        (SegmentKind.PARAGRAPH, SectionRole.GLOSSARY),
        (SegmentKind.PARAGRAPH, SectionRole.FRONT_MATTER),
        (SegmentKind.RECOMMENDATION, SectionRole.RECOMMENDATIONS),
    ],
)
def test_nothing_is_suggested_where_no_facts_are_told(
    kind: SegmentKind, section: SectionRole, saved: tuple[Path, StoredModel], small: Codebook
) -> None:
    segments = tuple(
        replace(each, kind=kind, section_role=section) for each in segments_of(NEW_TEXTS)
    )
    assert not any(map(may_assert, segments))
    assert load_coder(saved[0], small).suggest(document(), segments, []) == ()


@pytest.mark.parametrize(
    "text", ["", " ", "\x00\x07", "Дитина пила кожного вечора.", "!!!", "drinking " * 12_000]
)
def test_odd_texts_do_no_harm(text: str, saved: tuple[Path, StoredModel], small: Codebook) -> None:
    coder = load_coder(saved[0], small, WordEmbedder())
    segments = segments_of([text]) if text else ()
    for coding in coder.suggest(document(), segments, []):
        assert text[coding.start_char : coding.end_char] == coding.text


def test_two_cases_are_needed(small: Codebook) -> None:
    with pytest.raises(ModelError, match="at least two cases"):
        fit_model(labelled_reviews()[:1], small)
    with pytest.raises(ModelError, match="at least two cases"):
        fit_model([], small)


def test_models_of_a_folder_are_listed_by_name(saved: tuple[Path, StoredModel]) -> None:
    assert [path.name for path in list_models(saved[0].parent)] == ["made-1"]

"""Tuning of the encoder: batches, folds, and that scores are by encoders that saw nothing."""

from __future__ import annotations

import numpy as np
import pytest
from model_examples import ADAPTER, labelled_reviews

from benchmarks.learning.tuning.fit import batches, tasks
from benchmarks.learning.tuning.prepare import folds_of, texts_of
from benchmarks.learning.tuning.scores import TunedScores
from workbench.codebook import Codebook
from workbench.learn.models.units import units_of

DOCUMENTS = labelled_reviews()
NO_DOUBLE: frozenset[str] = frozenset()


@pytest.fixture(scope="module")
def scores(tmp_path_factory: pytest.TempPathFactory) -> TunedScores:
    """Scores that spell the task that made them: task "13" says 13 of every sentence."""
    folder = tmp_path_factory.mktemp("tuned")
    fold_of = folds_of(DOCUMENTS, NO_DOUBLE)
    units = units_of([(each.segments, each.group) for each in DOCUMENTS])
    folds = np.array([fold_of[group] for group in units.sentence_groups])
    kept: dict[str, np.ndarray[tuple[int, ...], np.dtype[np.int64]]] = {}
    for task in tasks()[1:]:
        rows = np.flatnonzero(np.isin(folds, [int(fold) for fold in task]))
        kept |= {f"{task}.rows": rows, f"{task}.scores": np.full((len(rows), 2), int(task))}
    np.savez(folder / "scores.npz", allow_pickle=False, **kept)
    arrays = {f"{task}/{name}": a for task in ("full", "1") for name, a in ADAPTER.items()}
    np.savez(folder / "adapters.npz", allow_pickle=False, **arrays)
    return TunedScores(DOCUMENTS, NO_DOUBLE, folder)


def test_there_is_a_fit_for_every_fold_and_for_every_two() -> None:
    assert tasks()[:6] == ["full", "0", "1", "2", "3", "4"]
    assert len(set(tasks())) == 1 + 5 + 10


def test_a_stack_learns_from_encoders_that_saw_neither_the_sentence_nor_the_fold_left_out(
    scores: TunedScores,
) -> None:
    learned = [each for each in DOCUMENTS if scores.fold_of[each.group] != 1]
    units = units_of([(each.segments, each.group) for each in learned])
    found = scores.tuned(1).unseen(units)[:, 0].astype(int)
    for group, task in zip(units.sentence_groups, found, strict=True):
        assert set(f"{task:02d}") == {"1", str(scores.fold_of[group])}


def test_for_use_each_sentence_is_scored_by_the_encoder_that_left_out_its_fold(
    scores: TunedScores,
) -> None:
    units = units_of([(each.segments, each.group) for each in DOCUMENTS])
    found = scores.tuned().unseen(units)[:, 0].astype(int)
    assert found.tolist() == [scores.fold_of[group] for group in units.sentence_groups]
    assert set(scores.tuned().adapter) == set(ADAPTER)


def test_left_out_texts_are_scored_by_the_encoder_of_their_fold(scores: TunedScores) -> None:
    left_out = next(each for each in DOCUMENTS if scores.fold_of[each.group] == 1)
    units = units_of([(left_out.segments, left_out.group)])
    assert (scores.scorer(1).score(units.sentence_texts) == 1).all()
    with pytest.raises(KeyError):
        scores.scorer(2).score(units.sentence_texts)


def test_batches_hold_every_row_once_and_like_lengths_together() -> None:
    lengths = np.random.default_rng(0).integers(3, 200, 500)
    rows = np.arange(0, 500, 2)
    for generator in (None, np.random.default_rng(1)):
        found = batches(lengths, rows, generator)
        assert sorted(np.concatenate(found).tolist()) == rows.tolist()
        spread = [int(np.ptp(lengths[batch])) for batch in found]
        assert np.mean(spread) < 80
    again = batches(lengths, rows, np.random.default_rng(1))
    assert all(np.array_equal(one, other) for one, other in zip(found, again, strict=True))


def test_texts_are_sentences_then_segments_then_the_codebook(codebook: Codebook) -> None:
    found = texts_of(DOCUMENTS, codebook, NO_DOUBLE)
    units = units_of([(each.segments, each.group) for each in DOCUMENTS])
    n_sentences, n_segments = len(units.sentences), len(units.segments)
    assert found.texts[:n_sentences] == units.sentence_texts
    assert found.texts[n_sentences] == units.segments[0].text
    own = slice(n_sentences + n_segments, None)
    assert (found.targets[own].sum(axis=1) == 1).all()
    assert (found.folds[own] == -1).all()
    assert (found.folds[: n_sentences + n_segments] >= 0).all()
    assert found.counted.all()

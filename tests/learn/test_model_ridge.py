"""Sentence models: what they say of what they did not see, and their stored form."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from workbench.errors import ModelError
from workbench.learn.models.features.meaning import (
    fit_meaning,
    quadratic_gram,
    quadratic_score,
    quadratic_weights,
)
from workbench.learn.models.features.sight import Sight
from workbench.learn.models.fitting.ridge import fit_sentences

Floats = NDArray[np.float32]
GROUPS = ["a"] * 7 + ["b"] * 9 + ["c"] * 8 + ["d"] * 6


def world(seed: int = 0) -> tuple[Sight, Floats]:
    rng = np.random.default_rng(seed)
    words = np.abs(rng.standard_normal((len(GROUPS), 12))).astype(np.float32)
    meanings = rng.standard_normal((len(GROUPS), 6)).astype(np.float32)
    meanings /= np.linalg.norm(meanings, axis=1, keepdims=True)
    targets = (rng.random((len(GROUPS), 3)) < 0.3).astype(np.float32)
    return Sight(words=csr_matrix(words), meanings=meanings), targets


def test_leaving_out_a_group_equals_solving_without_it() -> None:
    sight, targets = world(3)
    _, unseen = fit_sentences(sight, targets, GROUPS, penalty=0.7, meaning_weight=1.5)
    assert sight.meanings is not None
    gram = (sight.words @ sight.words.T).toarray() + 1.5 * quadratic_gram(sight.meanings)
    mean = targets.mean(axis=0)
    out = np.array([name == "b" for name in GROUPS])
    inner = gram[np.ix_(~out, ~out)] + 0.7 * np.eye((~out).sum())
    expected = gram[np.ix_(out, ~out)] @ np.linalg.solve(inner, targets[~out] - mean) + mean
    np.testing.assert_allclose(unseen[out], expected, atol=1e-4)


def test_stored_weights_say_what_the_dual_solution_says() -> None:
    sight, targets = world(1)
    assert sight.meanings is not None
    dual = np.random.default_rng(5).standard_normal((len(GROUPS), 3)).astype(np.float32)
    weights = quadratic_weights(sight.meanings, dual)
    np.testing.assert_allclose(
        quadratic_score(sight.meanings, weights),
        quadratic_gram(sight.meanings) @ dual,
        atol=1e-4,
    )
    model, _ = fit_sentences(sight, targets, GROUPS, penalty=1.0, meaning_weight=1.5)
    rounded = model.rounded().score(sight)
    np.testing.assert_allclose(rounded, model.score(sight), atol=5e-3)


def test_directions_are_those_of_most_variance_and_always_the_same() -> None:
    rng = np.random.default_rng(2)
    rows = (rng.standard_normal((300, 8)) * np.array([5, 3, 1, 1, 1, 1, 1, 0.1])).astype(np.float32)
    one, other = fit_meaning(rows), fit_meaning(rows[::-1].copy())
    assert abs(one.directions[0, 0]) == np.abs(one.directions[:, 0]).max()
    np.testing.assert_allclose(one.directions, other.directions, atol=2e-2)
    seen = one.transform(rows)
    np.testing.assert_allclose(np.linalg.norm(seen, axis=1), 1, atol=1e-4)
    assert seen.shape == (300, 9)


@pytest.mark.parametrize("n", [0, 1])
def test_nothing_can_be_learned_from_nothing(n: int) -> None:
    sight = Sight(words=csr_matrix((n, 4), dtype=np.float32))
    with pytest.raises(ModelError, match="sentences to learn from"):
        fit_sentences(
            sight, np.zeros((n, 2), np.float32), ["a"] * n, penalty=1.0, meaning_weight=1.0
        )


def test_without_a_penalty_equal_sentences_are_an_error_and_not_nonsense() -> None:
    sight = Sight(words=csr_matrix(np.ones((4, 3), dtype=np.float32)))
    with pytest.raises(ModelError, match="penalty"):
        fit_sentences(
            sight, np.eye(4, 2, dtype=np.float32), list("abcd"), penalty=0.0, meaning_weight=1.0
        )

"""Models of all codes at once, with what they say of documents they never saw.

Ridge regression on 0/1 targets (a least-squares classifier) in its dual form: one inverse of
the sentences' kernel matrix gives the weights of every code and, for each group of documents,
the exact predictions of the model fitted without that group.

Sources: Rifkin, Yeo and Poggio (2003), Regularized least-squares classification; Pahikkala et
al. (2008), Exact and efficient leave-pair-out cross-validation for ranking RLS (leave-many-out).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbench.errors import ModelError
from workbench.learn.models.features.meaning import (
    quadratic_gram,
    quadratic_score,
    quadratic_weights,
)
from workbench.learn.models.features.sight import Sight

MAX_SENTENCES = 25_000  # the kernel matrix then takes 2.5 GB
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceModel:
    """Scores sentences for each code, about 0 to 1: linear in words, quadratic in meaning."""

    mean: Floats  # codes
    words: Floats  # terms x codes
    meanings: Floats | None  # products x codes; None: words alone

    def score(self, sight: Sight) -> Floats:
        """Sentences x codes."""
        total = np.asarray(sight.words @ self.words, dtype=np.float32) + self.mean
        if self.meanings is not None and sight.meanings is not None:
            total += quadratic_score(sight.meanings, self.meanings)
        return total

    def rounded(self) -> SentenceModel:
        """With weights as 16-bit floats keep them, as they are stored."""
        return SentenceModel(
            mean=self.mean,
            words=_half(self.words),
            meanings=None if self.meanings is None else _half(self.meanings),
        )


def fit_sentences(
    sight: Sight,
    targets: Floats,
    groups: Sequence[str],
    *,
    penalty: float,
    meaning_weight: float,
) -> tuple[SentenceModel, Floats]:
    """A model for every column of the targets, and its scores of what it did not see.

    The second part is sentences x codes: each sentence scored by the model that was fitted
    without the sentence's group.

    Raises:
        ModelError: There are no sentences, or more than the method can hold.
    """
    n = len(targets)
    if not 1 < n <= MAX_SENTENCES:
        raise ModelError(f"{n} sentences to learn from; between 2 and {MAX_SENTENCES} can be used")
    inverse = _inverse(_gram(sight, penalty, meaning_weight))
    mean = targets.mean(axis=0)
    centred = targets - mean
    dual = inverse @ centred
    unseen = np.empty_like(centred)
    for rows in group_rows(groups).values():
        # The residual of a group without itself, from the inverse with it.
        own = inverse[np.ix_(rows, rows)].astype(np.float64)
        unseen[rows] = centred[rows] - np.linalg.solve(own, dual[rows].astype(np.float64))
    meanings = None
    if sight.meanings is not None:
        meanings = np.float32(meaning_weight) * quadratic_weights(sight.meanings, dual)
    model = SentenceModel(
        mean=mean, words=np.asarray(sight.words.T @ dual, dtype=np.float32), meanings=meanings
    )
    return model, unseen + mean


def _gram(sight: Sight, penalty: float, meaning_weight: float) -> Floats:
    gram = np.asarray((sight.words @ sight.words.T).toarray(), dtype=np.float32)
    if sight.meanings is not None:
        gram += np.float32(meaning_weight) * quadratic_gram(sight.meanings)
    gram[np.diag_indices(len(gram))] += np.float32(penalty)
    return gram


def _inverse(gram: Floats) -> Floats:
    """The inverse of a positive definite matrix, in its place: half the work of any matrix's."""
    from scipy.linalg.lapack import spotrf, spotri  # late: costs start-up time

    # The rows of a symmetric matrix are the columns that LAPACK wants: nothing is copied.
    factor, failed = spotrf(gram.T, lower=1, overwrite_a=1, clean=0)
    inverse, singular = spotri(factor, lower=1, overwrite_c=1)
    if failed or singular:
        raise ModelError("the sentences cannot be told apart; use a penalty of 0.1 or more")
    lower = np.asarray(inverse, dtype=np.float32)
    for i in range(len(lower)):
        lower[i, i + 1 :] = lower[i + 1 :, i]
    return lower


def _half(weights: Floats) -> Floats:
    return weights.astype(np.float16).astype(np.float32)


def group_rows(groups: Sequence[str]) -> dict[str, NDArray[np.intp]]:
    """The rows of each group, by name."""
    found: dict[str, list[int]] = {}
    for row, group in enumerate(groups):
        found.setdefault(group, []).append(row)
    return {group: np.array(found[group], dtype=np.intp) for group in sorted(found)}

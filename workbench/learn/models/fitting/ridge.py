"""Linear models of all codes at once, with what they say of documents they never saw.

Ridge regression on 0/1 targets (a least-squares classifier) in its dual form: one inverse of
the sentences' Gram matrix gives the weights of every code and, for each group of documents, the
exact predictions of the model fitted without that group.

Sources: Rifkin, Yeo and Poggio (2003), Regularized least-squares classification; Pahikkala et
al. (2008), Exact and efficient leave-pair-out cross-validation for ranking RLS (leave-many-out).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workbench.errors import ModelError

MAX_SENTENCES = 20_000  # the Gram matrix then takes 1.6 GB
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Features of one kind, one row a sentence, and how much they count."""

    rows: Any  # a sparse or dense matrix of 32-bit floats
    weight: float

    def gram(self) -> Floats:
        """Inner products of all rows, times the weight."""
        product = self.rows @ self.rows.T
        dense = product.toarray() if hasattr(product, "toarray") else product
        return np.asarray(dense * np.float32(self.weight), dtype=np.float32)


@dataclass(frozen=True, slots=True, kw_only=True)
class RidgeFit:
    """Scores are ``mean + sum of rows @ weights`` over the blocks; about 0 to 1."""

    mean: Floats  # codes
    weights: tuple[Floats, ...]  # of each block, columns x codes
    unseen: Floats  # sentences x codes: scores by the model fitted without the sentence's group


def fit_ridge(
    blocks: Sequence[Block], targets: Floats, groups: Sequence[str], penalty: float
) -> RidgeFit:
    """Linear models for every column of the targets.

    Raises:
        ModelError: There are no sentences, or more than the method can hold.
    """
    n = len(targets)
    if not 1 < n <= MAX_SENTENCES:
        raise ModelError(f"{n} sentences to learn from; between 2 and {MAX_SENTENCES} can be used")
    gram = blocks[0].gram()
    for block in blocks[1:]:
        gram += block.gram()
    gram[np.diag_indices(n)] += np.float32(penalty)
    inverse = _inverse(gram)
    mean = targets.mean(axis=0)
    centred = targets - mean
    dual = inverse @ centred
    unseen = np.empty_like(centred)
    for rows in group_rows(groups).values():
        # The residual of a group without itself, from the inverse with it.
        own = inverse[np.ix_(rows, rows)].astype(np.float64)
        unseen[rows] = centred[rows] - np.linalg.solve(own, dual[rows].astype(np.float64))
    return RidgeFit(
        mean=mean,
        weights=tuple(
            np.asarray(np.float32(block.weight) * (block.rows.T @ dual), dtype=np.float32)
            for block in blocks
        ),
        unseen=unseen + mean,
    )


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


def score(rows: Sequence[Any], mean: Floats, weights: Sequence[Floats]) -> Floats:
    """What fitted models say of rows, one matrix of features for each block of weights."""
    total = np.broadcast_to(mean, (rows[0].shape[0], len(mean))).astype(np.float32)
    for matrix, block in zip(rows, weights, strict=True):
        total += matrix @ block
    return total


def group_rows(groups: Sequence[str]) -> dict[str, NDArray[np.intp]]:
    """The rows of each group, by name."""
    found: dict[str, list[int]] = {}
    for row, group in enumerate(groups):
        found.setdefault(group, []).append(row)
    return {group: np.array(found[group], dtype=np.intp) for group in sorted(found)}

"""Embeddings prepared for quadratic models: fewer directions, evenly used, and their products.

A linear model over all products of two coordinates is a model with the kernel (c + x·y)². It is
kept as one weight for each product, so no embedding of any sentence needs to be kept.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
N_DIRECTIONS = 192
_CONSTANT = 0.3  # c: how much single coordinates count beside products
_EVENNESS = 0.25  # power of the variance by which each direction is divided
_CHUNK = 256  # rows whose products are held at a time


@dataclass(frozen=True, slots=True, kw_only=True)
class MeaningSpace:
    """Where embeddings are centred, and the directions that are kept."""

    centre: Floats  # dimensions
    directions: Floats  # dimensions x kept

    def transform(self, embeddings: Floats) -> Floats:
        """Rows of length 1: the kept coordinates and a constant."""
        kept = (embeddings - self.centre) @ self.directions
        lengths = np.maximum(np.linalg.norm(kept, axis=1, keepdims=True), 1e-6)
        constant = np.full((len(kept), 1), np.sqrt(_CONSTANT))
        rows = np.hstack([kept / lengths, constant]) / np.sqrt(1 + _CONSTANT)
        return np.asarray(rows, dtype=np.float32)

    @property
    def n_products(self) -> int:
        """Weights that a quadratic model of one code has."""
        n = int(self.directions.shape[1]) + 1
        return n * (n + 1) // 2


def fit_meaning(embeddings: Floats) -> MeaningSpace:
    """The directions in which some embeddings differ most, by principal components."""
    centre = embeddings.mean(axis=0, dtype=np.float64)
    centred = embeddings - centre
    variances, directions = np.linalg.eigh(centred.T @ centred / len(embeddings))
    n_kept = min(N_DIRECTIONS, len(variances))
    variances = np.maximum(variances[::-1][:n_kept], 1e-9)
    directions = directions[:, ::-1][:, :n_kept]
    # An eigenvector may come with either sign: the largest part is made positive.
    largest = directions[np.abs(directions).argmax(axis=0), np.arange(n_kept)]
    scaled = directions * np.sign(largest) / variances**_EVENNESS
    return MeaningSpace(
        centre=centre.astype(np.float16).astype(np.float32),
        directions=scaled.astype(np.float16).astype(np.float32),
    )


def products(rows: Floats) -> Floats:
    """All products of two coordinates of each row, each pair once."""
    first, second = np.triu_indices(rows.shape[1])
    return np.asarray(rows[:, first] * rows[:, second], dtype=np.float32)


def quadratic_gram(rows: Floats) -> Floats:
    """The kernel of all pairs of rows."""
    gram = rows @ rows.T
    return np.asarray(np.square(gram, out=gram), dtype=np.float32)


def quadratic_weights(rows: Floats, dual: Floats) -> Floats:
    """The weights of products that stand for a dual solution: products x codes."""
    total = np.zeros((rows.shape[1] * (rows.shape[1] + 1) // 2, dual.shape[1]), dtype=np.float32)
    for start in range(0, len(rows), _CHUNK):
        total += products(rows[start : start + _CHUNK]).T @ dual[start : start + _CHUNK]
    # A product of two different coordinates stands twice in the kernel.
    first, second = np.triu_indices(rows.shape[1])
    total[first != second] *= 2
    return total


def quadratic_score(rows: Floats, weights: Floats) -> Floats:
    """What quadratic models say of rows: rows x codes."""
    scores = np.empty((len(rows), weights.shape[1]), dtype=np.float32)
    for start in range(0, len(rows), _CHUNK):
        scores[start : start + _CHUNK] = products(rows[start : start + _CHUNK]) @ weights
    return scores

"""Items that are unlike each other, so that a batch does not teach the same thing twice."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float64]  # shape (n_items, n_dims)


def k_center(vectors: Vectors, n_items: int, covered: Vectors | None = None) -> list[int]:
    """Items that cover the others, in the order of their choice: each time the farthest one.

    Args:
        vectors: Of the items to choose from.
        n_items: How many are wanted; all, when there are fewer.
        covered: Vectors of what has been chosen before.

    Source: T. F. Gonzalez (1985), Theor. Comput. Sci. 38, 293-306 (at most twice the optimal
    radius); for active learning, O. Sener and S. Savarese (2018), ICLR.
    """
    n_items = min(n_items, len(vectors))
    if n_items == 0:
        return []
    if covered is None or not len(covered):
        # Nothing is covered yet: begin with the item nearest to the middle of all.
        first = int(np.argmin(_distances(vectors, vectors.mean(axis=0))))
        chosen, nearest = [first], _distances(vectors, vectors[first])
    else:
        chosen = []
        nearest = np.min([_distances(vectors, one) for one in covered], axis=0)
    while len(chosen) < n_items:
        nearest[chosen] = -1.0
        chosen.append(int(np.argmax(nearest)))
        nearest = np.minimum(nearest, _distances(vectors, vectors[chosen[-1]]))
    return chosen


def marginal_relevance(
    gains: NDArray[np.float64], vectors: Vectors, n_items: int, gain_weight: float
) -> list[int]:
    """Items with much to gain that are unlike those chosen before them, in that order.

    An item's value is gain_weight x gain - (1 - gain_weight) x its highest cosine similarity to
    an item chosen already. Gains are first spread to 0-1, so that the weight means the same
    whatever they measure.

    Raises:
        ValueError: The weight is not in 0-1.

    Source: J. Carbonell and J. Goldstein (1998), The use of MMR, diversity-based reranking,
    SIGIR, 335-336.
    """
    if not 0 <= gain_weight <= 1:
        raise ValueError(f"gain_weight is {gain_weight}; it lies between 0 and 1")
    spread = float(np.ptp(gains)) if len(gains) else 0.0
    relevance = (gains - gains.min()) / spread if spread else np.zeros(len(gains))
    unit = _unit(vectors)
    likeness = np.zeros(len(gains))
    free = np.ones(len(gains), dtype=bool)
    chosen: list[int] = []
    while len(chosen) < min(n_items, len(gains)):
        value = gain_weight * relevance - (1 - gain_weight) * likeness
        chosen.append(int(np.argmax(np.where(free, value, -np.inf))))
        free[chosen[-1]] = False
        likeness = np.maximum(likeness, unit @ unit[chosen[-1]])
    return chosen


def _distances(vectors: Vectors, point: NDArray[np.float64]) -> NDArray[np.float64]:
    distances: NDArray[np.float64] = np.linalg.norm(vectors - point, axis=1)
    return distances


def _unit(vectors: Vectors) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Vectors = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0)
    return unit

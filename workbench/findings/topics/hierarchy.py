"""Which topics are alike, from the nearest pair up to all of them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from workbench.findings.topics.model import Join


def joined_topics(weights: NDArray[np.float64]) -> tuple[Join, ...]:
    """Joins of topics by the cosine of their terms, averaged over the members; nearest first.

    Args:
        weights: c-TF-IDF, topics x terms.

    Source: average linkage, Sokal and Michener (1958), Univ. Kans. Sci. Bull. 38, 1409-1438.
    """
    if len(weights) < 2:
        return ()
    from scipy.cluster.hierarchy import linkage  # late: costs start-up time

    lengths = np.linalg.norm(weights, axis=1, keepdims=True)
    units = weights / np.where(lengths > 0, lengths, 1)
    distances = np.clip(1 - units @ units.T, 0, 1)
    upper = distances[np.triu_indices(len(weights), k=1)]
    return tuple(
        Join(int(left), int(right), round(float(distance), 6))
        for left, right, distance, _ in linkage(upper, method="average")
    )

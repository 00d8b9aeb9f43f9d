"""How much a passage would teach: how unsure one coder is of it, or how unlike two coders are."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]  # probabilities, shape (n_items, n_codes)


def uncertainty(probabilities: Scores) -> NDArray[np.float64]:
    """The entropy of each item in bits, summed over its codes, shape (n_items,).

    Source: D. D. Lewis and W. A. Gale (1994), A sequential algorithm for training text
    classifiers, SIGIR, 3-12; entropy as in B. Settles (2010), Active Learning Literature Survey,
    section 3.1. Codes are judged apart from each other, so their entropies add up.
    """
    total: NDArray[np.float64] = _entropy(probabilities).sum(axis=1)
    return total


def disagreement(one: Scores, other: Scores) -> NDArray[np.float64]:
    """How far two sets of scores lie apart, in bits, summed over codes, shape (n_items,).

    The mean divergence of each from the mean of both: 0 where they are equal, 1 for each code
    where one is sure of yes and the other of no.

    Raises:
        ValueError: The two have different shapes.

    Source: A. McCallum and K. Nigam (1998), Employing EM and pool-based active learning for text
    classification, ICML, 350-358: divergence of the members of a committee from their mean.
    """
    if one.shape != other.shape:
        raise ValueError(f"scores of shape {one.shape} and {other.shape} cannot be compared")
    both = _entropy((one + other) / 2)
    apart = (_entropy(one) + _entropy(other)) / 2
    total: NDArray[np.float64] = np.maximum(both - apart, 0.0).sum(axis=1)
    return total


def _entropy(probabilities: Scores) -> Scores:
    """Of yes against no, in bits; 0 at 0 and 1."""
    if probabilities.size and not (probabilities.min() >= 0 and probabilities.max() <= 1):
        raise ValueError("probabilities lie between 0 and 1")
    entropy = np.zeros_like(probabilities, dtype=np.float64)
    for share in (probabilities, 1 - probabilities):
        logarithm = np.log2(share, out=np.zeros_like(entropy), where=share > 0)
        entropy -= share * logarithm
    return entropy

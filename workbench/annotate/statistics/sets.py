"""Agreement on sets: all the codes that a coder gave a passage, taken together."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

CodeSet = frozenset[str]
Sums = NDArray[np.float64]


def masi_distance(one: CodeSet, other: CodeSet) -> float:
    """How far two sets are apart, 0 (equal) to 1 (nothing shared): 1 - Jaccard x monotonicity.

    Monotonicity is 1 for equal sets, 2/3 where one holds the other, 1/3 where they overlap, 0
    where they share nothing. The paper does not define the empty set, which here means "nothing
    in this passage": it is equal to itself and shares nothing with any other set. (By the letter
    it would be a subset of every set; the Jaccard coefficient of 0 gives the same distance.)

    Source: R. Passonneau (2006), Measuring agreement on set-valued items (MASI), LREC, 831-836.
    """
    if one == other:
        return 0.0
    shared = len(one & other)
    if not shared:
        return 1.0
    monotonicity = 2 / 3 if one < other or other < one else 1 / 3
    return 1 - shared / len(one | other) * monotonicity


def masi_distances(sets: Sequence[CodeSet]) -> Sums:
    """The distances of all pairs of different sets, shape (n_sets, n_sets), at once."""
    names = sorted({name for each in sets for name in each})
    holds = np.array([[name in each for name in names] for each in sets], dtype=float)
    holds = holds.reshape(len(sets), len(names))
    shared, sizes = holds @ holds.T, holds.sum(axis=1)
    smaller = np.minimum(sizes[:, None], sizes[None, :])
    union = sizes[:, None] + sizes[None, :] - shared
    monotonicity = np.where(shared == smaller, 2 / 3, 1 / 3)
    distances: Sums = 1 - shared / np.maximum(union, 1) * monotonicity
    np.fill_diagonal(distances, 0.0)
    return distances


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SetTallies:
    """Sums over units with two ratings or more; the first axis is the document or resample."""

    apart: Sums  # (n,): distances of pairs, each unit's divided by its raters less one
    used: Sums  # (n, n_sets): how often each set was given
    distances: Sums  # (n_sets, n_sets)


def tally_sets(
    units: Sequence[Mapping[str, CodeSet]],
    documents: NDArray[np.int64],
    distance: Callable[[CodeSet, CodeSet], float] | None = None,
) -> SetTallies:
    """The sums of each document.

    Args:
        units: Coder -> the codes given; a coder who was not shown the unit is not in it.
        documents: The document of each unit, from 0 without gaps.
        distance: Of two sets, 0 for equal ones, symmetric; ``masi_distance`` by default.
    """
    known = sorted({codes for unit in units for codes in unit.values()}, key=sorted)
    place = {codes: at for at, codes in enumerate(known)}
    if distance is None:
        distances = masi_distances(known)
    else:
        distances = np.array([[distance(one, other) for other in known] for one in known])
    n_documents = int(documents.max()) + 1 if len(documents) else 0
    apart, used = np.zeros(n_documents), np.zeros((n_documents, len(known)))
    for unit, document in zip(units, documents, strict=True):
        given = [place[codes] for codes in unit.values()]
        if len(given) >= 2:
            apart[document] += distances[np.ix_(given, given)].sum() / (len(given) - 1)
            np.add.at(used[document], given, 1.0)
    return SetTallies(apart=apart, used=used, distances=distances.reshape(len(known), len(known)))


def set_alpha(tallies: SetTallies, draws: Sums | None = None) -> Sums:
    """Krippendorff's alpha with distances between sets, one value for each sample.

    Args:
        tallies: Of documents.
        draws: How often each document is in each resample; each once by default.

    Source: as ``masi_distance``; K. Krippendorff (2011), section D.
    """
    weights = np.ones((1, len(tallies.apart))) if draws is None else draws
    apart, used = weights @ tallies.apart, weights @ tallies.used
    total = used.sum(axis=1)
    by_chance = ((used @ tallies.distances) * used).sum(axis=1)
    alpha = np.full(len(weights), np.nan)
    np.divide((total - 1) * apart, by_chance, out=alpha, where=by_chance > 0)
    return 1 - alpha

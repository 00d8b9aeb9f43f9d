"""Pairs of factors among reviews alike: of one kind, and of like length."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

#: Five bands take away nine tenths of what length alone makes.
MAX_BANDS = 5
MIN_CASES_IN_BAND = 10
Square = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class PooledPairs:
    """Pooled figures of all pairs of factors, each ``(n_factors, n_factors)`` and symmetric.

    NaN where they are not defined: no stratum in which both factors vary, or none with only
    one of the two.
    """

    odds_ratio: Square
    low: Square
    high: Square
    p_value: Square


def strata_of(n_words: Sequence[int], kinds: Sequence[str]) -> list[NDArray[np.int64]]:
    """Places of the cases in strata of one kind of review and like length.

    Each kind is cut into up to five bands of equal size by length, at least ten cases in each;
    cases of equal length stay together. A kind of less than twenty cases is one stratum. The
    order of the cases does not change which of them are together.

    Source: Cochran (1968), Biometrics 24(2), 295-313, for five bands.
    """
    lengths = np.asarray(n_words)
    names = np.asarray(kinds)
    strata = []
    for kind in sorted(set(kinds)):
        places = np.flatnonzero(names == kind)
        n_bands = max(1, min(MAX_BANDS, len(places) // MIN_CASES_IN_BAND))
        edges = np.quantile(lengths[places], np.arange(1, n_bands) / n_bands)
        band = np.searchsorted(edges, lengths[places], side="left")
        strata += [places[band == number] for number in np.unique(band)]
    return strata


def pooled_pairs(
    present: NDArray[np.int64], strata: Sequence[NDArray[np.int64]], confidence: float = 0.95
) -> PooledPairs:
    """The odds ratio of each pair of factors, pooled over strata, with interval and test.

    A pair that goes together only because long reviews mention everything, or because a kind of
    review asks for both, falls back towards 1.

    Args:
        present: 0 or 1, shape ``(n_cases, n_factors)``.
        strata: Places of the cases of each stratum.
        confidence: Of the interval.

    Source: Mantel and Haenszel (1959), J. Natl. Cancer Inst. 22(4), 719-748, for ratio and test
    (with continuity correction); Robins, Breslow and Greenland (1986), Biometrics 42(2),
    311-323, for the interval.
    """
    # scipy.special takes a while to import, and only pairs need it.
    from scipy.special import erfc

    n_factors = present.shape[1]
    sums = np.zeros((7, n_factors, n_factors))
    for places in strata:
        if len(places) > 1:
            sums += _of_stratum(present[places])
    agreeing, differing, excess, variance, *parts = sums
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = agreeing / differing
        spread = np.sqrt(
            parts[0] / (2 * agreeing**2)
            + parts[1] / (2 * agreeing * differing)
            + parts[2] / (2 * differing**2)
        )
        chi = np.maximum(np.abs(excess) - 0.5, 0) / np.sqrt(variance)
        z = NormalDist().inv_cdf((1 + confidence) / 2)
        low, high = ratio * np.exp(-z * spread), ratio * np.exp(z * spread)
    undefined = (agreeing == 0) | (differing == 0)
    for each in (low, high):
        each[undefined] = np.nan
    ratio[differing == 0] = np.nan
    p_value = np.where(variance > 0, erfc(chi / np.sqrt(2)), np.nan)
    return PooledPairs(odds_ratio=ratio, low=low, high=high, p_value=p_value)


def _of_stratum(present: NDArray[np.int64]) -> Square:
    """What one stratum adds: R, S, a - E(a), Var(a), and the three parts of the variance."""
    n = len(present)
    a = (present.T @ present).astype(float)
    first, second = np.diag(a)[:, None], np.diag(a)[None, :]
    b, c = first - a, second - a
    d = n - first - second + a
    agreeing, differing = a * d / n, b * c / n
    like, unlike = (a + d) / n, (b + c) / n
    return np.stack(
        [
            agreeing,
            differing,
            a - first * second / n,
            first * second * (n - first) * (n - second) / (n * n * (n - 1)),
            like * agreeing,
            like * differing + unlike * agreeing,
            unlike * differing,
        ]
    )

"""Intervals for a share, an odds ratio and a rank correlation."""

from __future__ import annotations

from math import atanh, exp, log, sqrt, tanh
from statistics import NormalDist
from typing import NamedTuple


class Interval(NamedTuple):
    """Bounds that hold the unknown value with the stated confidence."""

    low: float
    high: float


class Estimate(NamedTuple):
    """A value with the bounds that hold the true one with the stated confidence."""

    value: float
    low: float
    high: float


class OddsRatio(NamedTuple):
    """An odds ratio with its interval; ``corrected`` when half a case was added to each cell."""

    value: float
    low: float
    high: float
    corrected: bool


def wilson(numerator: int, denominator: int, confidence: float = 0.95) -> Interval:
    """Score interval for a share, 0-1; exactly 0 or 1 at the ends.

    Raises:
        ValueError: Not 0 <= numerator <= denominator with a denominator above 0.

    Source: Wilson (1927), J. Am. Stat. Assoc. 22(158), 209-212; method 3 of Newcombe (1998),
    Stat. Med. 17, 857-872.
    """
    if not 0 <= numerator <= denominator or denominator == 0:
        raise ValueError(f"{numerator} of {denominator} is not a share")
    return wilson_share(numerator / denominator, denominator, confidence)


def wilson_share(share: float, n: float, confidence: float = 0.95) -> Interval:
    """The same for a share that rests on as much as ``n`` cases would tell; n may be broken."""
    z = _z(confidence)
    centre = 2 * n * share + z * z
    spread = z * sqrt(z * z + 4 * n * share * (1 - share))
    scale = 2 * (n + z * z)
    return Interval(
        low=0.0 if share == 0 else max(0.0, (centre - spread) / scale),
        high=1.0 if share == 1 else min(1.0, (centre + spread) / scale),
    )


def share_difference(
    first: tuple[int, int], second: tuple[int, int], confidence: float = 0.95
) -> Estimate:
    """The first share less the second (numerator, denominator), -1 to 1, with its interval.

    Raises:
        ValueError: One of them is no share.

    Source: Newcombe (1998), Stat. Med. 17, 873-890, method 10.
    """
    p, q = first[0] / first[1] if first[1] else 0.0, second[0] / second[1] if second[1] else 0.0
    one, other = wilson(*first, confidence), wilson(*second, confidence)
    return Estimate(
        p - q,
        p - q - sqrt((p - one.low) ** 2 + (other.high - q) ** 2),
        p - q + sqrt((one.high - p) ** 2 + (q - other.low) ** 2),
    )


def odds_ratio(
    both: int, only_first: int, only_second: int, neither: int, confidence: float = 0.95
) -> OddsRatio:
    """Odds ratio of a 2x2 table, with the logit interval.

    When a cell is empty, half a case is added to every cell, so that the ratio is finite.

    Source: Woolf (1955), Ann. Hum. Genet. 19, 251-253, for the interval; Haldane (1956), Ann.
    Hum. Genet. 20, 309-311, and Anscombe (1956), Biometrika 43, 461-464, for the half.
    """
    cells = (both, only_first, only_second, neither)
    corrected = 0 in cells
    a, b, c, d = (cell + 0.5 for cell in cells) if corrected else cells
    centre = log(a) + log(d) - log(b) - log(c)
    reach = _z(confidence) * sqrt(1 / a + 1 / b + 1 / c + 1 / d)
    return OddsRatio(exp(centre), exp(centre - reach), exp(centre + reach), corrected)


def rank_correlation_interval(rho: float, n: int, confidence: float = 0.95) -> Interval:
    """Interval (-1 to 1) for Spearman's rho, through Fisher's z.

    Raises:
        ValueError: Fewer than four pairs.

    Source: Bonett and Wright (2000), Psychometrika 65(1), 23-28.
    """
    if n < 4:
        raise ValueError(f"{n} pairs are too few for an interval: at least four are needed")
    if abs(rho) >= 1:
        return Interval(rho, rho)
    reach = _z(confidence) * sqrt((1 + rho * rho / 2) / (n - 3))
    return Interval(tanh(atanh(rho) - reach), tanh(atanh(rho) + reach))


def _z(confidence: float) -> float:
    return NormalDist().inv_cdf((1 + confidence) / 2)

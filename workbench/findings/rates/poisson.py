"""Rates of rare events with exact intervals, and the ratio of two of them."""

from __future__ import annotations

from workbench.findings.intervals import Estimate, Interval

PER = 100_000


def poisson_interval(n: int, confidence: float = 0.95) -> Interval:
    """Exact bounds of the expected number of events where ``n`` were seen.

    Raises:
        ValueError: A negative count.

    Source: Garwood (1936), Biometrika 28, 437-442.
    """
    # scipy.special takes a while to import, and only rates need it.
    from scipy.special import gammaincinv

    if n < 0:
        raise ValueError(f"{n} is no number of events")
    tail = (1 - confidence) / 2
    low = float(gammaincinv(n, tail)) if n else 0.0
    return Interval(low, float(gammaincinv(n + 1, 1 - tail)))


def rate(n: int, population: float, confidence: float = 0.95, per: float = PER) -> Estimate:
    """Events for each ``per`` people (or hours), with exact bounds.

    Raises:
        ValueError: A negative count, or nobody to whom it could happen.
    """
    if population <= 0:
        raise ValueError(f"a rate needs a population above 0, not {population}")
    low, high = poisson_interval(n, confidence)
    scale = per / population
    return Estimate(n * scale, low * scale, high * scale)


def rate_ratio(
    first: tuple[int, float], second: tuple[int, float], confidence: float = 0.95
) -> Estimate:
    """The first rate (events, population) divided by the second, with exact bounds.

    Given all events, those of the first group are binomial; the bounds are those of Clopper and
    Pearson (1934), carried over. The upper bound, and the ratio, are infinite where the second
    group has no event.

    Raises:
        ValueError: No events at all, or a population of 0.

    Source: Przyborowski and Wilenski (1940), Biometrika 31, 313-323.
    """
    from scipy.special import betaincinv

    (n, people), (m, others) = first, second
    if min(people, others) <= 0 or n + m == 0:
        raise ValueError(f"no ratio of {n} in {people} to {m} in {others}")
    tail = (1 - confidence) / 2
    low = float(betaincinv(n, m + 1, tail)) if n else 0.0
    high = float(betaincinv(n + 1, m, 1 - tail)) if m else 1.0
    scale = others / people
    return Estimate(_odds(n / (n + m)) * scale, _odds(low) * scale, _odds(high) * scale)


def _odds(share: float) -> float:
    return share / (1 - share) if share < 1 else float("inf")

"""Intervals for a share of people, some of whom are told of in one review and so are alike."""

from __future__ import annotations

from collections.abc import Iterable

from workbench.findings.intervals import Estimate, Interval, wilson_share


def effective_people(people_of_reviews: Iterable[int]) -> float:
    """How many people, each of a review of their own, would tell as much; 0 for nobody.

    Kish's design effect ``1 + (m - 1) * rho`` with ``m`` the mean number of people of a review,
    weighted by people, and ``rho = 1``: as if all people of one review were alike. How alike
    they are cannot be told from the few reviews of several people that a corpus has, and a
    guess that is too low makes intervals that are too narrow.

    Args:
        people_of_reviews: The number of people of each review.

    Returns:
        ``n / deff = n ** 2 / sum(m ** 2)``: the number of people where each has a review of
        their own, 1 where all share one.

    Source: Kish (1965), Survey Sampling, section 5.4 and 8.2; an effective sample size in the
    place of n: Korn and Graubard (1998), Survey Methodology 24(2), 193-201.
    """
    sizes = list(people_of_reviews)
    squares = sum(size * size for size in sizes)
    return sum(sizes) ** 2 / squares if squares else 0.0


def people_interval(n_with: int, n_people: int, effective: float, confidence: float) -> Interval:
    """Score interval for a share of people that tell as much as ``effective`` alone would.

    Equal to Wilson's where ``effective == n_people``, wider otherwise. An empty group has the
    interval 0 to 1.
    """
    if n_people == 0:
        return Interval(0.0, 1.0)
    return wilson_share(n_with / n_people, effective, confidence)


def difference(first: Estimate, second: Estimate) -> Estimate:
    """The first share less the second, from their score intervals.

    Where both have people of one review the interval is too wide rather than too narrow: what
    people of a review share falls out of the difference.

    Source: Newcombe (1998), Stat. Med. 17, 873-890, method 10.
    """
    value = first.value - second.value
    down = (first.value - first.low) ** 2 + (second.high - second.value) ** 2
    up = (first.high - first.value) ** 2 + (second.value - second.low) ** 2
    return Estimate(value, value - down**0.5, value + up**0.5)

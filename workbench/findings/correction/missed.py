"""How many cases with a factor the coder may have left silent."""

from __future__ import annotations

from math import exp, lgamma


def missed_upper_bound(
    n_silent: int, n_audited: int, n_missed: int, confidence: float = 0.95
) -> int:
    """The most cases, of all silent ones, that may have the factor after all.

    Args:
        n_silent: Cases in which the coder did not find the factor.
        n_audited: Of those, how many were drawn at random and read.
        n_missed: Of those, how many turned out to have it.
        confidence: One-sided.

    Returns:
        The largest number for which so few finds in the audit are not yet implausible: exact,
        by the hypergeometric distribution, so that a full audit leaves no doubt.

    Raises:
        ValueError: Not 0 <= n_missed <= n_audited <= n_silent.

    Source: Buonaccorsi (1987), Stat. Med. 6(4), 495-500, one-sided; for none in many it tends
    to the rule of three of Hanley and Lippman-Hand (1983), J. Am. Med. Assoc. 249, 1743-1745.
    """
    if not 0 <= n_missed <= n_audited <= n_silent:
        raise ValueError(f"{n_missed} missed of {n_audited} audited of {n_silent} silent cases")
    # A count of n_missed or fewer gets less likely the more there are: halve the range.
    low, high = n_missed, n_silent - (n_audited - n_missed)
    while low < high:
        middle = (low + high + 1) // 2
        if _chance_of_at_most(n_missed, middle, n_audited, n_silent) > 1 - confidence:
            low = middle
        else:
            high = middle - 1
    return low


def _chance_of_at_most(n_seen: int, n_with: int, n_drawn: int, n: int) -> float:
    least = max(0, n_drawn - (n - n_with))
    whole = _log_choose(n, n_drawn)
    return sum(
        exp(_log_choose(n_with, k) + _log_choose(n - n_with, n_drawn - k) - whole)
        for k in range(least, min(n_seen, n_with, n_drawn) + 1)
    )


def _log_choose(n: int, k: int) -> float:
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)

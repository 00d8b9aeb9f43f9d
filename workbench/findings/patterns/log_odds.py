"""What one corpus speaks of more than another, beyond what chance would have it."""

from __future__ import annotations

from collections.abc import Mapping
from math import log, sqrt
from typing import NamedTuple


class Distinctive(NamedTuple):
    """How much more of a name the first corpus has: log-odds ratio, and in its own errors."""

    log_odds_ratio: float
    z: float


def distinctive(
    first: Mapping[str, int], second: Mapping[str, int], prior_size: float = 0.0
) -> dict[str, Distinctive]:
    """Each name of two corpora with its log-odds ratio under an informative prior.

    The prior is the usage of both corpora together: rare names are drawn to no difference.

    Args:
        first: How often each name is used in the first corpus.
        second: The same in the second.
        prior_size: How many uses the prior counts as; 0 takes as many as both corpora have.

    Returns:
        By name; z beyond 1.96 either way would come by chance once in twenty names. Empty when
        nothing is used.

    Raises:
        ValueError: A count is negative.

    Source: Monroe, Colaresi and Quinn (2008), Polit. Anal. 16(4), 372-403, equations 16 to 22.
    """
    names = sorted(set(first) | set(second))
    uses = {name: first.get(name, 0) + second.get(name, 0) for name in names}
    if any(count < 0 for corpus in (first, second) for count in corpus.values()):
        raise ValueError("a name cannot be used less than never")
    whole = sum(uses.values())
    size = prior_size or float(whole)
    n_first, n_second = sum(first.values()), sum(second.values())
    made = {}
    for name in names:
        prior = size * uses[name] / whole if whole else 0.0
        # A name that stands for everything, or for nothing, cannot be told apart.
        if not 0 < prior < size:
            continue
        with_first, with_second = first.get(name, 0) + prior, second.get(name, 0) + prior
        ratio = log(with_first / (n_first + size - with_first)) - log(
            with_second / (n_second + size - with_second)
        )
        made[name] = Distinctive(ratio, ratio / sqrt(1 / with_first + 1 / with_second))
    return made

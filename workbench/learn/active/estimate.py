"""How common something is in a pool, estimated without bias from labels that were not random."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Round(NamedTuple):
    """One batch, seen from the moment it was drawn."""

    n_known: int  # items of the pool labelled before
    n_known_positive: int
    n_remaining: int  # items not labelled before, from which chance drew
    n_random: int  # items that chance drew
    n_random_positive: int


def pool_share(rounds: Sequence[Round]) -> float:
    """The share of positive items in the whole pool, from the random shares of its batches.

    Labels chosen by plan are not representative: their share says what the plan looks for. Here
    each batch gives an estimate of its own: what was known before, plus the items that were not,
    at the rate of those that chance drew among them. It is unbiased whatever the plan did before,
    and so is the mean over batches, weighted by how many items chance drew.

    Args:
        rounds: At least one with items that chance drew; all of the same pool.

    Raises:
        ValueError: Chance drew nothing, or the rounds are not of one pool.

    Source: the expansion estimator of simple random sampling (W. G. Cochran 1977, Sampling
    Techniques, section 2.3) in each round; its bias-free use under active selection follows
    S. Farquhar, Y. Gal and T. Rainforth (2021), On statistical bias in active learning, ICLR.
    """
    drawn = [each for each in rounds if each.n_random]
    if not drawn:
        raise ValueError("chance drew no item in any round; nothing can be estimated")
    sizes = {each.n_known + each.n_remaining for each in drawn}
    if len(sizes) != 1:
        raise ValueError(f"the rounds are of pools of {sorted(sizes)} items, not of one pool")
    size = sizes.pop()
    weighted = sum(
        each.n_random
        * (each.n_known_positive + each.n_remaining * each.n_random_positive / each.n_random)
        / size
        for each in drawn
    )
    return weighted / sum(each.n_random for each in drawn)

"""The next batch to have coded: part by plan, part by chance, each item saying which."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from workbench.learn.active.diversity import k_center, marginal_relevance
from workbench.learn.active.informativeness import disagreement, uncertainty


class Method(StrEnum):
    """How the planned part of a batch is chosen."""

    RANDOM = "random"
    UNCERTAINTY = "uncertainty"  # of the model
    DISAGREEMENT = "disagreement"  # of the model and another set of scores, such as the rules
    DIVERSITY = "diversity"  # unlike what is coded already, and each other
    MIXED = "mixed"  # uncertain, and unlike each other


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchSettings:
    """What a batch is made of."""

    n_items: int
    method: Method = Method.MIXED
    random_share: float = 0.2  # of the batch, 0-1, drawn by chance alone
    gain_weight: float = 0.7  # of uncertainty against unlikeness, 0-1, for Method.MIXED
    seed: int = 0

    def __post_init__(self) -> None:
        if self.n_items < 1:
            raise ValueError(f"n_items is {self.n_items}; a batch has at least one")
        if not 0 <= self.random_share <= 1 or not 0 <= self.gain_weight <= 1:
            raise ValueError("random_share and gain_weight lie between 0 and 1")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pool:
    """Items that are not coded yet, and what is known of them; only what a method needs."""

    item_ids: tuple[str, ...]
    probabilities: NDArray[np.float64] | None = None  # of the model, shape (n_items, n_codes)
    others: NDArray[np.float64] | None = None  # of another coder, same shape
    vectors: NDArray[np.float64] | None = None  # shape (n_items, n_dims)
    covered: NDArray[np.float64] | None = None  # vectors of what is coded already

    def __post_init__(self) -> None:
        for name in ("probabilities", "others", "vectors"):
            rows = getattr(self, name)
            if rows is not None and len(rows) != len(self.item_ids):
                raise ValueError(f"{name} has {len(rows)} rows for {len(self.item_ids)} items")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """An item of a batch and how it came to be in it; to be stored with its label."""

    item_id: str
    method: Method  # RANDOM for the share that chance drew
    #: Probability of being drawn, for items that chance drew. A planned item has none: another
    #: run would choose it again, so it can stand for no other item.
    inclusion_probability: float | None
    score: float | None  # what the method saw in it: bits, distance; None for chance
    n_pool: int  # items there were to choose from
    seed: int


def choose_batch(pool: Pool, settings: BatchSettings) -> tuple[Chosen, ...]:
    """The next items to have coded: first those drawn by chance, then those by plan.

    Chance draws first and from the whole pool, so its share is a simple random sample of all
    that is not coded yet, whatever the plan would have taken. Planned items are taken from what
    it leaves. When the pool is no larger than the batch, all of it is drawn, with probability 1.

    Raises:
        ValueError: The pool lacks what the method needs.
    """
    n_pool = len(pool.item_ids)
    n_items = min(settings.n_items, n_pool)
    by_plan = settings.method is not Method.RANDOM and n_items < n_pool
    n_random = math.ceil(settings.random_share * n_items) if by_plan else n_items
    random = np.random.default_rng(settings.seed)
    drawn = random.choice(n_pool, size=n_random, replace=False)
    batch = [
        Chosen(
            item_id=pool.item_ids[at],
            method=Method.RANDOM,
            inclusion_probability=n_random / n_pool,
            score=None,
            n_pool=n_pool,
            seed=settings.seed,
        )
        for at in drawn
    ]
    left = np.setdiff1d(np.arange(n_pool), drawn)
    if n_items > n_random:
        planned, scores = _PLANS[settings.method](pool, left, n_items - n_random, settings)
        batch += [
            Chosen(
                item_id=pool.item_ids[at],
                method=settings.method,
                inclusion_probability=None,
                score=score,
                n_pool=n_pool,
                seed=settings.seed,
            )
            for at, score in zip(planned, scores, strict=True)
        ]
    return tuple(batch)


Plan = tuple[Sequence[int], Sequence[float]]  # positions in the pool, and what was seen in each


def _highest(gains: NDArray[np.float64], left: NDArray[np.intp], n_items: int) -> Plan:
    order = np.argsort(-gains, kind="stable")[:n_items]
    return left[order].tolist(), gains[order].tolist()


def _by_uncertainty(
    pool: Pool, left: NDArray[np.intp], n_items: int, settings: BatchSettings
) -> Plan:
    return _highest(uncertainty(_needed(pool, "probabilities", settings)[left]), left, n_items)


def _by_disagreement(
    pool: Pool, left: NDArray[np.intp], n_items: int, settings: BatchSettings
) -> Plan:
    one, other = (_needed(pool, name, settings) for name in ("probabilities", "others"))
    return _highest(disagreement(one[left], other[left]), left, n_items)


def _by_diversity(
    pool: Pool, left: NDArray[np.intp], n_items: int, settings: BatchSettings
) -> Plan:
    vectors = _needed(pool, "vectors", settings)[left]
    order = k_center(vectors, n_items, pool.covered)
    known = [] if pool.covered is None else list(pool.covered)
    scores = []
    for at in order:
        distances = [float(np.linalg.norm(vectors[at] - other)) for other in known]
        scores.append(min(distances, default=0.0))
        known.append(vectors[at])
    return left[order].tolist(), scores


def _by_mixture(pool: Pool, left: NDArray[np.intp], n_items: int, settings: BatchSettings) -> Plan:
    gains = uncertainty(_needed(pool, "probabilities", settings)[left])
    vectors = _needed(pool, "vectors", settings)[left]
    order = marginal_relevance(gains, vectors, n_items, settings.gain_weight)
    return left[order].tolist(), gains[order].tolist()


_PLANS: dict[Method, Callable[[Pool, NDArray[np.intp], int, BatchSettings], Plan]] = {
    Method.UNCERTAINTY: _by_uncertainty,
    Method.DISAGREEMENT: _by_disagreement,
    Method.DIVERSITY: _by_diversity,
    Method.MIXED: _by_mixture,
}


def _needed(pool: Pool, name: str, settings: BatchSettings) -> NDArray[np.float64]:
    found: NDArray[np.float64] | None = getattr(pool, name)
    if found is None:
        raise ValueError(f"sampling by {settings.method} needs the {name} of the pool")
    return found

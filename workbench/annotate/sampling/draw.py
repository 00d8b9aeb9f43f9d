"""Drawing units so that the probability of each is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbench.annotate.sampling.records import Drawn, DrawnUnit, FrameUnit, Method, Stratum
from workbench.errors import InputError

#: With Method.UNCERTAINTY a unit of which the machine is sure is as likely as this share of the
#: average unit: without a chance of being drawn it could never be estimated from the sample.
SURE_SHARE = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleSettings:
    """What is drawn."""

    n_units: int
    method: Method = Method.RANDOM
    seed: int = 0
    equal: bool = False  # strata get equal numbers, not numbers in proportion to their size

    def __post_init__(self) -> None:
        if self.n_units < 1:
            raise ValueError(f"n_units is {self.n_units}; a sample has at least one")


def draw(frame: Sequence[FrameUnit], settings: SampleSettings) -> Drawn:
    """A sample of the frame; all of it, each with probability 1, when it is no larger.

    The order of the frame does not matter, its units' names do: the same units and seed give the
    same sample.

    Raises:
        ValueError: The frame is empty, a name is there twice, or a size is negative.
        InputError: There are more strata than units wanted.
    """
    units = sorted(frame, key=lambda unit: unit.unit_id)
    if not units:
        raise ValueError("there is nothing to draw from")
    if len({unit.unit_id for unit in units}) < len(units):
        raise ValueError("a unit is in the frame twice")
    random = np.random.default_rng(settings.seed)
    by_stratum: dict[str, list[FrameUnit]] = {}
    for unit in units:
        key = unit.stratum if settings.method is Method.STRATIFIED else ""
        by_stratum.setdefault(key, []).append(unit)
    sizes = {name: len(members) for name, members in sorted(by_stratum.items())}
    wanted = allocate(sizes, settings.n_units, equal=settings.equal)
    drawn: list[DrawnUnit] = []
    for name in sizes:
        members = by_stratum[name]
        if settings.method is Method.UNCERTAINTY:
            chances = unequal_probabilities([unit.size for unit in members], wanted[name])
            places = systematic(chances, random)
        else:
            chances = np.full(len(members), wanted[name] / len(members))
            places = np.sort(random.choice(len(members), wanted[name], replace=False))
        drawn += [_drawn(members[at], float(chances[at])) for at in places]
    return Drawn(
        units=tuple(sorted(drawn, key=lambda unit: unit.unit_id)),
        strata=tuple(
            Stratum(name=name, n_frame=size, n_drawn=wanted[name]) for name, size in sizes.items()
        ),
    )


def allocate(sizes: dict[str, int], n_units: int, *, equal: bool) -> dict[str, int]:
    """How many units each stratum gives: one at least, and never more than it has.

    Units go one by one to the stratum that is farthest behind its share (D'Hondt's highest
    averages), so that the numbers add up.

    Raises:
        InputError: There are more strata than units wanted.

    Source: on proportional and equal allocation, W. G. Cochran (1977), Sampling Techniques, 3rd
    ed., sections 5.4 and 5A.
    """
    if n_units < len(sizes):
        raise InputError(
            f"{len(sizes)} strata need {len(sizes)} units at least, and {n_units} are wanted: a "
            "stratum without any would have no chance. Draw more, or form fewer strata."
        )
    given = dict.fromkeys(sizes, 0)
    for _ in range(min(n_units, sum(sizes.values()))):
        open_ones = [name for name in sizes if given[name] < sizes[name]]
        empty = [name for name in open_ones if not given[name]]
        name = max(
            empty or open_ones,
            key=lambda name: (1 if equal else sizes[name]) / (given[name] + 1),
        )
        given[name] += 1
    return given


def unequal_probabilities(sizes: Sequence[float], n_units: int) -> NDArray[np.float64]:
    """The probability of each unit, in proportion to its size, none above 1; they sum to n_units.

    Sizes are lifted by ``SURE_SHARE`` of the average size, so that nothing is impossible.

    Raises:
        ValueError: A size is negative.

    Source: W. G. Cochran (1977), Sampling Techniques, 3rd ed., section 9A.
    """
    size = np.asarray(sizes, dtype=float)
    if (size < 0).any():
        raise ValueError("sizes cannot be negative")
    if n_units >= len(size):
        return np.ones(len(size))
    size = size + (SURE_SHARE * size.mean() or 1.0)
    chances: NDArray[np.float64] = np.zeros(len(size))
    certain = np.zeros(len(size), dtype=bool)
    while True:
        left = n_units - int(certain.sum())
        chances = np.where(certain, 1.0, left * size / size[~certain].sum())
        # Strictly above, lest rounding makes a unit certain that need not be.
        too_likely = ~certain & (chances > 1 + 1e-12)
        if not too_likely.any():
            return np.minimum(chances, 1.0)
        certain |= too_likely


def systematic(chances: NDArray[np.float64], random: np.random.Generator) -> NDArray[np.intp]:
    """Places of a sample in which each unit has exactly its probability of being.

    Units stand in a random order on a line, each as long as its probability; every whole step
    from a random start hits one.

    Source: W. G. Madow (1949), Ann. Math. Stat. 20, 333-354; random order after H. O. Hartley
    and J. N. K. Rao (1962), Ann. Math. Stat. 33, 350-374.
    """
    order = random.permutation(len(chances))
    ends = np.cumsum(chances[order])
    n_units = round(float(ends[-1]))
    ends[-1] = n_units  # the sum is whole but for rounding
    hits = random.random() + np.arange(n_units)
    return np.sort(order[np.searchsorted(ends, hits, side="right")])


def _drawn(unit: FrameUnit, chance: float) -> DrawnUnit:
    return DrawnUnit(
        unit_id=unit.unit_id,
        document_id=unit.document_id,
        segment=unit.segment,
        stratum=unit.stratum,
        inclusion_probability=chance,
    )

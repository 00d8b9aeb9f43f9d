"""Who codes which unit, in which order, blind or after suggestions."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np

from workbench.annotate.sampling.records import Assignment
from workbench.errors import InputError
from workbench.records import Shown


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignSettings:
    """How the work is divided."""

    coders: tuple[str, ...]
    overlap: float = 0.2  # share of units that several code, 0-1; these are always blind
    n_overlap: int = 2  # coders of such a unit
    blind: float = 1.0  # share of each coder's units that are shown without suggestions, 0-1
    second_look: bool = False  # show blind units again, with suggestions, after all blind ones
    workload: Mapping[str, int] = field(default_factory=dict)  # most units of a coder
    seed: int = 0

    def __post_init__(self) -> None:
        if not self.coders or len(set(self.coders)) < len(self.coders):
            raise ValueError(f"coders {self.coders} must be named, and each once")
        if not 0 <= self.overlap <= 1 or not 0 <= self.blind <= 1:
            raise ValueError(f"overlap {self.overlap} and blind {self.blind} lie between 0 and 1")
        if self.n_overlap < 2:
            raise ValueError(f"n_overlap is {self.n_overlap}; a unit is shared by 2 or more")
        unknown = set(self.workload) - set(self.coders)
        if unknown:
            raise ValueError(f"workload names no coder: {', '.join(sorted(unknown))}")


def assign(unit_ids: Sequence[str], settings: AssignSettings) -> tuple[Assignment, ...]:
    """Each unit to one coder, the shared ones to several; loads as even as can be.

    Chance says which units are shared, and in which order each coder gets theirs. Shared units
    go to the coders with the least to do, and among these to those who share least with each
    other. Every coder begins with the blind units, so that no suggestion has been seen by then.

    Raises:
        InputError: Fewer coders than a shared unit needs, or the workloads are too small.
    """
    n_shared = math.ceil(settings.overlap * len(unit_ids) - 1e-9)
    if n_shared and len(settings.coders) < settings.n_overlap:
        raise InputError(
            f"{settings.n_overlap} coders are needed for units that {settings.n_overlap} code; "
            f"there are {len(settings.coders)}. Name more coders, or set the overlap to 0."
        )
    random = np.random.default_rng(settings.seed)
    order = [sorted(unit_ids)[at] for at in random.permutation(len(unit_ids))]
    shared, single = order[:n_shared], order[n_shared:]
    given: dict[str, list[str]] = {coder: [] for coder in settings.coders}
    together: Counter[frozenset[str]] = Counter()
    for unit_id in shared:
        chosen = _chosen(given, together, settings)
        together.update(frozenset(pair) for pair in combinations(chosen, 2))
        for coder in chosen:
            given[coder].append(unit_id)
    n_shared_of = {coder: len(units) for coder, units in given.items()}
    for unit_id in single:
        (coder,) = _free(given, settings, 1)[:1]
        given[coder].append(unit_id)
    return tuple(
        assignment
        for coder in settings.coders
        for assignment in _listed(coder, given[coder], n_shared_of[coder], settings, random)
    )


def _free(given: Mapping[str, list[str]], settings: AssignSettings, n_needed: int) -> list[str]:
    """The coders who can take one more, those with the least share of their load first."""
    limits = {coder: settings.workload.get(coder) for coder in settings.coders}

    def load(coder: str) -> tuple[float, int]:
        limit = limits[coder]
        return len(given[coder]) / (limit or max(limits.values(), key=lambda n: n or 0) or 1), (
            settings.coders.index(coder)
        )

    free = [
        coder
        for coder in settings.coders
        if limits[coder] is None or len(given[coder]) < (limits[coder] or 0)
    ]
    if len(free) < n_needed:
        done = ", ".join(f"{coder} {len(units)}" for coder, units in given.items())
        raise InputError(
            f"the workloads are too small for this sample (given so far: {done}). Raise them, "
            "draw fewer units, or share fewer."
        )
    return sorted(free, key=load)


def _chosen(
    given: Mapping[str, list[str]], together: Counter[frozenset[str]], settings: AssignSettings
) -> tuple[str, ...]:
    free = _free(given, settings, settings.n_overlap)
    rank = {coder: at for at, coder in enumerate(free)}

    def cost(group: tuple[str, ...]) -> tuple[int, int, list[int]]:
        shared = sum(together[frozenset(pair)] for pair in combinations(group, 2))
        return sum(len(given[coder]) for coder in group), shared, [rank[coder] for coder in group]

    if settings.workload:  # loads differ on purpose: go by what is left of each
        return tuple(sorted(free[: settings.n_overlap], key=settings.coders.index))
    groups = combinations(sorted(free, key=settings.coders.index), settings.n_overlap)
    return min(groups, key=cost)


def _listed(
    coder: str,
    unit_ids: Sequence[str],
    n_shared: int,
    settings: AssignSettings,
    random: np.random.Generator,
) -> list[Assignment]:
    """A coder's list: blind units in an order of chance, then those with suggestions."""
    n_blind = max(n_shared, round(settings.blind * len(unit_ids)))
    blind, rest = list(unit_ids[:n_blind]), list(unit_ids[n_blind:])
    blind = [blind[at] for at in random.permutation(len(blind))]
    suggested = [*rest, *(blind if settings.second_look else [])]
    suggested = [suggested[at] for at in random.permutation(len(suggested))]
    shown = [*((unit, Shown.BLIND) for unit in blind), *((u, Shown.SUGGESTED) for u in suggested)]
    return [
        Assignment(coder=coder, position=position, unit_id=unit_id, shown=how)
        for position, (unit_id, how) in enumerate(shown, start=1)
    ]

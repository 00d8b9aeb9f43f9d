"""Groups of passages that may hold smaller groups, and which of them come back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from workbench.findings.topics.model import OUTLIER, Floats, Labels

#: A group whose best match is no better than this has dissolved (Hennig 2008).
DISSOLVED = 0.5
#: One that comes back less is not to be trusted (Hennig 2007, and his clusterboot).
DOUBTFUL = 0.6
MAX_SHARE = 0.5  # of the passages: a branch with more of them tells nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Branches:
    """Groups, each a part of at most one other; a group has all passages of its parts."""

    members: Any  # sparse, passages x branches: 1 where the passage is in the branch
    parents: Labels  # place of the branch that each is a part of, before its own; -1 for none

    @property
    def sizes(self) -> NDArray[np.float64]:
        """How many passages each has."""
        return np.asarray(self.members.sum(axis=0), dtype=np.float64).ravel()

    def labels(self, chosen: Sequence[int] | None = None) -> Labels:
        """The group of each passage, -1 for none: of the chosen branches, or of flat groups."""
        places = range(self.members.shape[1]) if chosen is None else chosen
        labels = np.full(self.members.shape[0], OUTLIER, dtype=np.int64)
        columns = self.members.tocsc()
        for number, place in enumerate(places):
            labels[columns.indices[columns.indptr[place] : columns.indptr[place + 1]]] = number
        return labels


class Grouping(Protocol):
    """Anything that groups rows."""

    def group(
        self, texts: Sequence[str], rows: Floats, about: Labels | None, seed: int
    ) -> Branches:
        """The groups of the rows."""


def flat(labels: Labels) -> Branches:
    """Groups that hold no smaller ones.

    Args:
        labels: The group of each passage, from 0; -1 for none.
    """
    from scipy.sparse import csr_matrix  # late: costs start-up time that other commands need not

    rows = np.flatnonzero(labels != OUTLIER)
    n_groups = int(labels.max(initial=OUTLIER)) + 1
    members = csr_matrix(
        (np.ones(len(rows), dtype=np.float32), (rows, labels[rows])), shape=(len(labels), n_groups)
    )
    return Branches(members=members, parents=np.full(n_groups, OUTLIER, dtype=np.int64))


def branches_of(parents: Labels, children: Labels, n_rows: int) -> Branches:
    """The branches of a tree in which groups fall apart into groups and rows.

    The root, which holds everything, is none of them.

    Args:
        parents: The group that each child falls out of; groups are numbered from ``n_rows``, the
            root first and each before its parts.
        children: Rows, below ``n_rows``, and groups.
        n_rows: How many rows there are.
    """
    from scipy.sparse import csr_matrix  # late: costs start-up time that other commands need not

    groups = children >= n_rows
    n_branches = int(groups.sum())
    parent_of = np.full(n_branches, OUTLIER, dtype=np.int64)
    parent_of[children[groups] - n_rows - 1] = parents[groups] - n_rows - 1
    rows, at = children[~groups], parents[~groups] - n_rows - 1
    found_rows, found_at = [], []
    while np.any(inside := at != OUTLIER):
        rows, at = rows[inside], at[inside]
        found_rows.append(rows)
        found_at.append(at)
        at = parent_of[at]
    everything = np.concatenate([np.zeros(0, dtype=np.int64), *found_rows])
    places = np.concatenate([np.zeros(0, dtype=np.int64), *found_at])
    members = csr_matrix(
        (np.ones(len(everything), dtype=np.float32), (everything, places)),
        shape=(n_rows, n_branches),
    )
    return Branches(members=members, parents=parent_of)


def likeness(first: Branches, second: Branches) -> NDArray[np.float64]:
    """The Jaccard index of each branch with each of another grouping of the same rows, 0-1."""
    both = np.asarray((first.members.T @ second.members).todense(), dtype=np.float64)
    either = first.sizes[:, None] + second.sizes[None, :] - both
    return np.asarray(both / np.maximum(either, 1), dtype=np.float64)


def stable_branches(branches: Branches, comes_back: NDArray[np.float64]) -> list[int]:
    """The branches to show as topics, none of them a part of another; in their order.

    Each is worth the square root of its passages times how far it comes back beyond 0.5, and
    those worth most together are taken: a group falls apart into smaller topics where these come
    back better, and stays whole where they do not. One that comes back less than 0.6 is no topic
    (at 0.5 it has dissolved), nor is one with more than half of all passages.

    Args:
        branches: A tree.
        comes_back: Mean best match of each, 0-1.

    Source: the choice from the tree as Campello, Moulavi and Sander (2013), PAKDD, 160-172, do it,
    by stability over runs in place of persistence; the bounds of Hennig (2008), J. Multivar.
    Anal. 99(6), 1154-1176, and (2007), Comput. Stat. Data Anal. 52(1), 258-271.
    """
    sizes = branches.sizes
    allowed = (sizes <= MAX_SHARE * branches.members.shape[0]) & (comes_back >= DOUBTFUL)
    alone = np.where(allowed, np.sqrt(sizes) * (comes_back - DISSOLVED), 0)
    best = alone.copy()
    parts = np.zeros(len(sizes))
    whole = np.zeros(len(sizes), dtype=bool)
    for place in range(len(sizes) - 1, -1, -1):
        whole[place] = alone[place] > 0 and alone[place] >= parts[place]
        best[place] = max(alone[place], parts[place])
        if branches.parents[place] != OUTLIER:
            parts[branches.parents[place]] += best[place]
    chosen: list[int] = []
    covered = np.zeros(len(sizes), dtype=bool)
    for place, parent in enumerate(branches.parents):
        covered[place] = parent != OUTLIER and (covered[parent] or whole[parent])
        if whole[place] and not covered[place]:
            chosen.append(place)
    return chosen

"""Whether topics come back: other seeds, another order of the rows, other reviews.

A clustering always finds groups. A group that goes away when nothing of substance was changed
is a product of the method, not of the reviews.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from workbench.findings.topics.grouping.branches import Branches, Grouping, flat, likeness
from workbench.findings.topics.model import OUTLIER, Floats, Labels, Stability, Term
from workbench.findings.topics.words import Counts, Words, term_weights, top_terms

#: Fewer reviews cannot be resampled.
MIN_REVIEWS = 4
_N_TERMS = 10  # of a topic that are compared
OnRun = Callable[[], None]  # told after each run


class Change(StrEnum):
    """What is changed in a repeated run."""

    SEEDS = "seeds"
    ROW_ORDER = "row_order"
    REVIEWS = "reviews"


class Run(NamedTuple):
    """A repeated run."""

    change: Change
    number: int  # from 1, of its kind
    kept: NDArray[np.int64]  # places of the rows, in the order of the run
    seed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What is grouped; all of one length."""

    texts: Sequence[str]
    reviews: Sequence[str]
    rows: Floats
    words: Words  # of the texts
    counts: Counts  # passages x terms
    terms: tuple[str, ...]
    about: Labels | None = None  # the guiding code of each passage

    def groups(self, grouping: Grouping, kept: NDArray[np.int64], seed: int) -> Branches:
        """The groups of these rows."""
        about = None if self.about is None else self.about[kept]
        return grouping.group([self.texts[place] for place in kept], self.rows[kept], about, seed)


def comes_back(
    material: Material,
    branches: Branches,
    grouping: Grouping,
    runs: Iterable[Run],
    on_run: OnRun = lambda: None,
) -> NDArray[np.float64]:
    """How far each branch comes back in runs, 0-1: the mean best match, by the worst change."""
    found: dict[Change, list[NDArray[np.float64]]] = {}
    for run in runs:
        again = material.groups(grouping, run.kept, run.seed)
        found.setdefault(run.change, []).append(best_matches(_of(branches, run.kept), again)[0])
        on_run()
    means = [[mean or 0.0 for mean in _mean(shares)] for shares in found.values()]
    return np.asarray(np.min(means, axis=0), dtype=np.float64)


def measure_stability(
    material: Material,
    labels: Labels,
    grouping: Grouping,
    runs: Iterable[Run],
    on_run: OnRun = lambda: None,
) -> tuple[Stability, ...]:
    """How far each topic comes back in repeated runs.

    For each run and topic the best match among the run's groups is taken, by the Jaccard index
    of their passages, over passages that are in both runs. The ranked terms of the two are
    compared too.

    Source: Hennig (2007), Comput. Stat. Data Anal. 52(1), 258-271 (best-match Jaccard, cluster
    by cluster); Greene, O'Callaghan and Cunningham (2014), ECML PKDD, 498-513 (terms, resampled
    documents); Belford, Mac Namee and Greene (2018), Expert Syst. Appl. 91, 159-169 (seeds).
    """
    topics = flat(labels)
    n_topics = len(topics.parents)
    compared = _Terms(material, topics)
    passages: dict[Change, list[NDArray[np.float64]]] = {}
    terms: list[NDArray[np.float64]] = []
    for run in runs:
        again = material.groups(grouping, run.kept, run.seed)
        seen, matches = best_matches(_of(topics, run.kept), again)
        passages.setdefault(run.change, []).append(seen)
        terms.append(compared.likeness(again, run.kept, matches, ~np.isnan(seen)))
        on_run()
    means = {change: _mean(found) for change, found in passages.items()}
    of_terms = _mean(terms) if terms else [None] * n_topics
    return tuple(
        Stability(**{change.value: means[change][topic] for change in means}, terms=of_terms[topic])
        for topic in range(n_topics)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RunPlan:
    """Which runs are repeated."""

    n_runs: int  # of each kind
    seed: int
    kept_reviews: float  # share of the reviews that a resampled run keeps, 0-1

    def runs(self, material: Material) -> Iterator[Run]:
        """What is changed, the places of the rows in their order, and the seed."""
        everything = np.arange(len(material.rows))
        reviews = sorted(set(material.reviews))
        of_review = np.searchsorted(reviews, np.asarray(material.reviews))
        numbers = range(1, self.n_runs + 1)
        for number in numbers:
            yield Run(Change.SEEDS, number, everything, self.seed + number)
        for number in numbers:
            draw = np.random.default_rng([self.seed, 1, number])
            yield Run(Change.ROW_ORDER, number, draw.permutation(everything), self.seed)
        if len(reviews) < MIN_REVIEWS:
            return
        n_kept = min(max(2, round(self.kept_reviews * len(reviews))), len(reviews) - 1)
        for number in numbers:
            draw = np.random.default_rng([self.seed, 2, number])
            chosen = draw.choice(len(reviews), size=n_kept, replace=False)
            kept = everything[np.isin(of_review, chosen)]
            yield Run(Change.REVIEWS, number, kept, self.seed)


def best_matches(
    groups: Branches, again: Branches
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """For each group the Jaccard index with its best match, 0-1, and which group that is.

    A group of which no passage is left is NaN: that run says nothing of it. A best match of -1
    means that the run has no group with a passage of it.
    """
    gone = groups.sizes == 0
    if not len(again.parents):
        shares = np.zeros(len(groups.parents))
        matches = np.full(len(shares), OUTLIER, dtype=np.int64)
    else:
        alike = likeness(groups, again)
        matches = alike.argmax(axis=1).astype(np.int64)
        shares = alike.max(axis=1)
        matches[shares == 0] = OUTLIER
    shares[gone] = np.nan
    return shares, matches


def average_jaccard(first: Sequence[str], second: Sequence[str]) -> float:
    """How alike two ranked lists are, 0-1; the first ranks weigh most.

    The mean of the Jaccard indices of their first one, two, three ... entries.

    Source: Greene, O'Callaghan and Cunningham (2014), equations 1 and 2.
    """
    depth = min(len(first), len(second))
    if not depth:
        return 0.0
    indices = []
    for d in range(1, depth + 1):
        one, other = set(first[:d]), set(second[:d])
        indices.append(len(one & other) / len(one | other))
    return sum(indices) / depth


class _Terms:
    """The terms of topics, to be compared with those of their matches."""

    def __init__(self, material: Material, topics: Branches) -> None:
        self._material = material
        every = np.arange(len(material.rows))
        self._mine = self._ranked(topics, every, list(range(len(topics.parents))))

    def likeness(
        self,
        again: Branches,
        kept: NDArray[np.int64],
        matches: NDArray[np.int64],
        known: NDArray[np.bool_],
    ) -> NDArray[np.float64]:
        """Average Jaccard of the terms of each topic and its match; NaN where not known."""
        found = np.where(known, 0.0, np.nan)
        matched = np.flatnonzero(known & (matches != OUTLIER))
        theirs = self._ranked(again, kept, [int(matches[topic]) for topic in matched])
        for topic, terms in zip(matched, theirs, strict=True):
            found[topic] = average_jaccard(self._mine[topic], terms)
        return found

    def _ranked(
        self, branches: Branches, kept: NDArray[np.int64], chosen: list[int]
    ) -> list[list[str]]:
        """The first terms of the chosen branches of these rows."""
        from scipy.sparse import csr_matrix  # late: costs start-up time

        rows, columns = branches.members[:, chosen].nonzero()
        member = csr_matrix(
            (np.ones(len(rows)), (columns, kept[rows])),
            shape=(len(chosen), len(self._material.rows)),
        )
        of_row = np.zeros(len(self._material.rows))
        of_row[kept] = 1
        summed = np.asarray((member @ self._material.counts).todense(), dtype=np.float64)
        weights = term_weights(summed, self._material.counts.T @ of_row, len(chosen) + 1)
        return [_names(top_terms(row, self._material.terms, _N_TERMS)) for row in weights]


def _names(terms: Sequence[Term]) -> list[str]:
    return [term.term for term in terms]


def _of(branches: Branches, kept: NDArray[np.int64]) -> Branches:
    """The branches with these rows alone."""
    return Branches(members=branches.members[kept], parents=branches.parents)


def _mean(found: Sequence[NDArray[np.float64]]) -> list[float | None]:
    """The mean of each topic over the runs that say something of it."""
    stacked = np.vstack(found)
    known = ~np.isnan(stacked)
    totals, n = np.where(known, stacked, 0).sum(axis=0), known.sum(axis=0)
    return [
        round(float(total / count), 6) if count else None
        for total, count in zip(totals, n, strict=True)
    ]

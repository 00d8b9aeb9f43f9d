"""Whether topics come back: other seeds, another order of the rows, other reviews.

A clustering always finds groups. A group that goes away when nothing of substance was changed
is a product of the method, not of the reviews.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from workbench.findings.topics.model import OUTLIER, Floats, Labels, Stability
from workbench.findings.topics.words import Counts, class_tf_idf, top_terms

#: Fewer reviews cannot be resampled.
MIN_REVIEWS = 4
OnRun = Callable[[int, int], None]  # runs done, runs in all


class Grouping(Protocol):
    """Anything that groups rows."""

    def group(self, texts: Sequence[str], rows: Floats, about: Labels | None, seed: int) -> Labels:
        """The group of each row, from 0; -1 for none."""


class Change(StrEnum):
    """What is changed in a repeated run."""

    SEEDS = "seeds"
    ROW_ORDER = "row_order"
    REVIEWS = "reviews"


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What is grouped; all of one length."""

    texts: Sequence[str]
    reviews: Sequence[str]
    rows: Floats
    counts: Counts  # passages x terms
    terms: tuple[str, ...]
    about: Labels | None = None  # the guiding code of each passage


def measure_stability(
    material: Material,
    labels: Labels,
    grouping: Grouping,
    plan: RunPlan,
    on_run: OnRun = lambda done, total: None,
) -> tuple[tuple[Stability, ...], int]:
    """How far each topic comes back in repeated runs, and how many runs there were.

    For each run and topic the best match among the run's topics is taken, by the Jaccard index
    of their passages, over passages that are in both runs. The ranked terms of the two are
    compared too.

    Source: Hennig (2007), Comput. Stat. Data Anal. 52(1), 258-271 (best-match Jaccard, cluster
    by cluster); Greene, O'Callaghan and Cunningham (2014), ECML PKDD, 498-513 (terms, resampled
    documents); Belford, Mac Namee and Greene (2018), Expert Syst. Appl. 91, 159-169 (seeds).
    """
    n_topics = int(labels.max()) + 1 if len(labels) else 0
    passages: dict[Change, list[NDArray[np.float64]]] = {}
    terms: list[NDArray[np.float64]] = []
    runs = list(plan.runs(material))
    for done, (change, kept, seed) in enumerate(runs, start=1):
        again = grouping.group(
            [material.texts[place] for place in kept],
            material.rows[kept],
            None if material.about is None else material.about[kept],
            seed,
        )
        seen, matches = best_matches(labels[kept], again, n_topics)
        passages.setdefault(change, []).append(seen)
        terms.append(_term_matches(material, labels, kept, again, matches))
        on_run(done, len(runs))
    means = {change: _mean(found) for change, found in passages.items()}
    of_terms = _mean(terms) if terms else [None] * n_topics
    return (
        tuple(
            Stability(
                **{change.value: means[change][topic] for change in means}, terms=of_terms[topic]
            )
            for topic in range(n_topics)
        ),
        len(runs),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RunPlan:
    """Which runs are repeated."""

    n_runs: int  # of each kind
    seed: int
    kept_reviews: float  # share of the reviews that a resampled run keeps, 0-1

    def runs(self, material: Material) -> Iterator[tuple[Change, NDArray[np.int64], int]]:
        """What is changed, the places of the rows in their order, and the seed."""
        everything = np.arange(len(material.rows))
        reviews = sorted(set(material.reviews))
        of_review = np.searchsorted(reviews, np.asarray(material.reviews))
        for number in range(1, self.n_runs + 1):
            yield Change.SEEDS, everything, self.seed + number
        for number in range(1, self.n_runs + 1):
            draw = np.random.default_rng([self.seed, 1, number])
            yield Change.ROW_ORDER, draw.permutation(everything), self.seed
        if len(reviews) < MIN_REVIEWS:
            return
        n_kept = min(max(2, round(self.kept_reviews * len(reviews))), len(reviews) - 1)
        for number in range(1, self.n_runs + 1):
            draw = np.random.default_rng([self.seed, 2, number])
            chosen = draw.choice(len(reviews), size=n_kept, replace=False)
            yield Change.REVIEWS, everything[np.isin(of_review, chosen)], self.seed


def best_matches(
    labels: Labels, again: Labels, n_topics: int
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """For each topic the Jaccard index with its best match, 0-1, and which group that is.

    A topic of which no passage is left is NaN: that run says nothing of it. A best match of -1
    means that the run has no group with a passage of it.
    """
    groups = np.unique(again[again != OUTLIER])
    shares = np.full(n_topics, np.nan)
    matches = np.full(n_topics, OUTLIER, dtype=np.int64)
    sizes = np.array([np.count_nonzero(again == group) for group in groups])
    for topic in range(n_topics):
        mine = labels == topic
        if not mine.any():
            continue
        shares[topic] = 0.0
        if not len(groups):
            continue
        both = np.array([np.count_nonzero(mine & (again == group)) for group in groups])
        jaccard = both / (np.count_nonzero(mine) + sizes - both)
        best = int(jaccard.argmax())
        shares[topic] = jaccard[best]
        if both[best]:
            matches[topic] = groups[best]
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


def _term_matches(
    material: Material,
    labels: Labels,
    kept: NDArray[np.int64],
    again: Labels,
    matches: NDArray[np.int64],
) -> NDArray[np.float64]:
    """Average Jaccard of the terms of each topic and those of its best match."""
    n_terms = 10
    mine = class_tf_idf(material.counts, labels)
    groups = np.unique(again[again != OUTLIER])
    theirs = class_tf_idf(material.counts[kept], again)
    found = np.full(len(matches), np.nan)
    for topic, match in enumerate(matches):
        if not np.any(labels[kept] == topic):
            continue
        found[topic] = 0.0
        if match != OUTLIER:
            row = theirs[int(np.searchsorted(groups, match))]
            found[topic] = average_jaccard(
                [term.term for term in top_terms(mine[topic], material.terms, n_terms)],
                [term.term for term in top_terms(row, material.terms, n_terms)],
            )
    return found


def _mean(found: Sequence[NDArray[np.float64]]) -> list[float | None]:
    """The mean of each topic over the runs that say something of it."""
    stacked = np.vstack(found)
    known = ~np.isnan(stacked)
    totals, n = np.where(known, stacked, 0).sum(axis=0), known.sum(axis=0)
    return [
        round(float(total / count), 6) if count else None
        for total, count in zip(totals, n, strict=True)
    ]

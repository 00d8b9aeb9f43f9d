"""The preview: principal components and k-means, in seconds and without outliers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from workbench.findings.topics.grouping.branches import Branches, flat
from workbench.findings.topics.model import Floats, Labels, TopicSettings

_N_COMPONENTS = 30
_N_STARTS = 12
_N_KEPT = 3  # of the starts: those of least spread after the first rounds
_FIRST_ROUNDS = 3
_MAX_ROUNDS = 60
_FEWEST, _MOST = 4, 60


@dataclass(frozen=True, slots=True, kw_only=True)
class QuickGrouping:
    """Groups by k-means on principal components."""

    n_topics: int

    def group(
        self, texts: Sequence[str], rows: Floats, about: Labels | None, seed: int
    ) -> Branches:
        """The groups of the rows. ``texts`` and ``about`` are not used: rows carry it all."""
        del texts, about
        return flat(k_means(principal_components(rows, _N_COMPONENTS), self.n_topics, seed))


def quick_grouping(n_passages: int, settings: TopicSettings) -> QuickGrouping:
    """With as many topics as asked for, or a third of the square root of the passages, 4 to 60."""
    n_topics = settings.n_topics or min(max(round(sqrt(n_passages) / 3), _FEWEST), _MOST)
    return QuickGrouping(n_topics=min(n_topics, n_passages))


def principal_components(rows: Floats, n: int) -> Floats:
    """The rows in the ``n`` directions in which they differ most; fewer if they have fewer."""
    centred = (rows - rows.mean(axis=0, dtype=np.float64)).astype(np.float32)
    _, directions = np.linalg.eigh((centred.T @ centred).astype(np.float64))
    kept = directions[:, ::-1][:, :n]
    # An eigenvector may come with either sign: the largest part is made positive.
    signs = np.sign(kept[np.abs(kept).argmax(axis=0), np.arange(kept.shape[1])])
    return np.asarray(centred @ (kept * signs).astype(np.float32), dtype=np.float32)


def k_means(rows: Floats, k: int, seed: int) -> Labels:
    """Groups of least spread among twelve starts; fewer than ``k`` where rows are equal.

    After three rounds the three starts of least spread go on to the end.

    Source: Lloyd (1982), IEEE Trans. Inf. Theory 28(2), 129-137; starts by Arthur and
    Vassilvitskii (2007), k-means++, SODA, 1027-1035; short runs before long ones by Biernacki,
    Celeux and Govaert (2003), Comput. Stat. Data Anal. 41, 561-575.
    """
    lengths = np.square(rows).sum(axis=1)
    centres = _first_centres(rows, lengths, k, np.random.default_rng(seed))
    starts = [_lloyd(rows, lengths, each, _FIRST_ROUNDS) for each in centres]
    spreads = [_spread(rows, lengths, each) for each in starts]
    kept = np.argsort(spreads, kind="stable")[:_N_KEPT]
    ends = [_lloyd(rows, lengths, starts[place], _MAX_ROUNDS) for place in kept]
    best = ends[int(np.argmin([_spread(rows, lengths, each) for each in ends]))]
    # Centres that nothing is nearest to give no group.
    nearest = _squares(rows, lengths, best).argmin(axis=1)
    return np.asarray(np.unique(nearest, return_inverse=True)[1], dtype=np.int64)


def _first_centres(
    rows: Floats, lengths: Floats, k: int, draw: np.random.Generator
) -> NDArray[np.float32]:
    """Starts x centres x dimensions; all starts are drawn side by side."""
    first = draw.integers(len(rows), size=_N_STARTS)
    centres = [rows[first]]
    nearest = _squares(rows, lengths, centres[0])
    for _ in range(1, min(k, len(rows))):
        mass = np.cumsum(nearest, axis=0, dtype=np.float64)
        at = draw.random(_N_STARTS) * mass[-1]
        chosen = [
            min(int(np.searchsorted(mass[:, start], at[start], side="right")), len(rows) - 1)
            for start in range(_N_STARTS)
        ]
        centres.append(rows[chosen])
        nearest = np.minimum(nearest, _squares(rows, lengths, centres[-1]))
    return np.stack(centres, axis=1)


def _squares(rows: Floats, lengths: Floats, centres: Floats) -> NDArray[np.float32]:
    """Squared distances, rows x centres."""
    squares = lengths[:, None] - 2 * (rows @ centres.T) + np.square(centres).sum(axis=1)
    return np.asarray(np.maximum(squares, 0), dtype=np.float32)


def _spread(rows: Floats, lengths: Floats, centres: Floats) -> float:
    return float(_squares(rows, lengths, centres).min(axis=1).sum(dtype=np.float64))


def _lloyd(rows: Floats, lengths: Floats, centres: Floats, max_rounds: int) -> Floats:
    """The centres after so many rounds, or once nothing changes."""
    labels = np.full(len(rows), -1)
    halves = -2 * rows
    for _ in range(max_rounds):
        # The length of the row itself moves no centre nearer than another.
        nearest = (halves @ centres.T + np.square(centres).sum(axis=1)).argmin(axis=1)
        if np.array_equal(nearest, labels):
            break
        labels = nearest
        sizes = np.bincount(labels, minlength=len(centres))
        sums = np.zeros_like(centres)
        order = np.argsort(labels, kind="stable")
        filled = np.flatnonzero(sizes)
        begins = (np.cumsum(sizes) - sizes)[filled]
        sums[filled] = np.add.reduceat(rows[order], begins, axis=0)
        centres = np.where(sizes[:, None] > 0, sums / np.maximum(sizes, 1)[:, None], centres)
        centres = centres.astype(np.float32)
    return centres

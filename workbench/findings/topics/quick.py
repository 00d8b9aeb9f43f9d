"""The preview: principal components and k-means, in seconds and without outliers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

from workbench.findings.topics.model import Floats, Labels, TopicSettings

_N_COMPONENTS = 30
_N_STARTS = 12
_MAX_ROUNDS = 60
_FEWEST, _MOST = 4, 60


@dataclass(frozen=True, slots=True, kw_only=True)
class QuickGrouping:
    """Groups by k-means on principal components."""

    n_topics: int

    def group(self, texts: Sequence[str], rows: Floats, about: Labels | None, seed: int) -> Labels:
        """The group of each row. ``texts`` and ``about`` are not used: rows carry it all."""
        del texts, about
        return k_means(principal_components(rows, _N_COMPONENTS), self.n_topics, seed)


def quick_grouping(n_passages: int, settings: TopicSettings) -> QuickGrouping:
    """With as many topics as asked for, or a third of the square root of the passages, 4 to 60."""
    n_topics = settings.n_topics or min(max(round(sqrt(n_passages) / 3), _FEWEST), _MOST)
    return QuickGrouping(n_topics=min(n_topics, n_passages))


def principal_components(rows: Floats, n: int) -> Floats:
    """The rows in the ``n`` directions in which they differ most; fewer if they have fewer."""
    centred = rows.astype(np.float64) - rows.mean(axis=0, dtype=np.float64)
    _, directions = np.linalg.eigh(centred.T @ centred)
    kept = directions[:, ::-1][:, :n]
    # An eigenvector may come with either sign: the largest part is made positive.
    signs = np.sign(kept[np.abs(kept).argmax(axis=0), np.arange(kept.shape[1])])
    return np.asarray(centred @ (kept * signs), dtype=np.float32)


def k_means(rows: Floats, k: int, seed: int) -> Labels:
    """Groups of least spread among twelve starts; fewer than ``k`` where rows are equal.

    Source: Lloyd (1982), IEEE Trans. Inf. Theory 28(2), 129-137; starts by Arthur and
    Vassilvitskii (2007), k-means++, SODA, 1027-1035.
    """
    draw = np.random.default_rng(seed)
    best: tuple[float, Labels] | None = None
    for _ in range(_N_STARTS):
        spread, labels = _lloyd(rows, _first_centres(rows, k, draw))
        if best is None or spread < best[0]:
            best = spread, labels
    if best is None:
        raise ValueError("k-means needs a start")
    return best[1]


def _first_centres(rows: Floats, k: int, draw: np.random.Generator) -> Floats:
    centres = [rows[draw.integers(len(rows))]]
    nearest = np.square(rows - centres[0]).sum(axis=1)
    while len(centres) < k and nearest.sum() > 0:
        chosen = draw.choice(len(rows), p=nearest / nearest.sum())
        centres.append(rows[chosen])
        nearest = np.minimum(nearest, np.square(rows - rows[chosen]).sum(axis=1))
    return np.asarray(centres)


def _lloyd(rows: Floats, centres: Floats) -> tuple[float, Labels]:
    labels = np.full(len(rows), -1)
    lengths = np.square(rows).sum(axis=1)
    for _ in range(_MAX_ROUNDS):
        squares = lengths[:, None] - 2 * rows @ centres.T + np.square(centres).sum(axis=1)
        nearest = squares.argmin(axis=1)
        if np.array_equal(nearest, labels):
            break
        labels = nearest
        for group in np.unique(labels):
            centres[group] = rows[labels == group].mean(axis=0)
    spread = float(squares[np.arange(len(rows)), labels].sum())
    return spread, np.asarray(labels, dtype=np.int64)

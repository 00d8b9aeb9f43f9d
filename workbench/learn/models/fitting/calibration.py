"""Probabilities that mean what they say, and the probability from which a code is suggested."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]
_GRID = np.linspace(0.05, 0.8, 76).astype(np.float32)
_KNOTS = 40
#: Segments that a code needs for its own threshold to count as much as the common one.
SHRINKAGE = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibrator:
    """A rising curve from stacked probabilities to observed shares, by straight lines."""

    given: Floats  # rising
    meant: Floats

    def __call__(self, probabilities: Floats) -> Floats:
        """Calibrated probabilities, 0 to 1."""
        return np.interp(probabilities, self.given, self.meant).astype(np.float32)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """From a stacked probability to a suggestion."""

    calibrator: Calibrator
    threshold: float  # with the best micro-F1
    thresholds: Floats  # of each code


def fit_calibrator(probabilities: Floats, targets: Floats, weights: Floats) -> Calibrator:
    """Isotonic regression on cells of unseen documents, kept at no more than 40 knots.

    Source: Zadrozny and Elkan (2002), Transforming classifier scores into accurate multiclass
    probability estimates.
    """
    from sklearn.isotonic import IsotonicRegression  # late: costs start-up time

    model = IsotonicRegression(y_min=0.0, y_max=1.0, out_of_bounds="clip")
    model.fit(probabilities, targets, sample_weight=weights)
    given = np.unique(np.quantile(probabilities[probabilities > 0], np.linspace(0, 1, _KNOTS)))
    given = np.concatenate([[0.0], given, [1.0]]).astype(np.float32)
    # Means over the span between knots: steps of the isotonic curve would make ties.
    edges = np.concatenate([[0.0], (given[1:] + given[:-1]) / 2, [1.0]])
    fine = np.linspace(0, 1, 4001)
    curve = model.predict(fine)
    meant = [
        curve[(fine >= low) & (fine <= high)].mean() if high - low > 1 / 4000
        else model.predict([(low + high) / 2])[0]
        for low, high in pairwise(edges)
    ]  # fmt: skip
    return Calibrator(given=given, meant=np.maximum.accumulate(meant).astype(np.float32))


def choose_thresholds(
    probabilities: Floats, targets: Floats, counted: Mask, weights: Floats
) -> tuple[float, Floats]:
    """The threshold with the best micro-F1, and one for each code drawn towards it.

    Args:
        probabilities: Calibrated, of documents that the models did not see; rows x codes.
        targets: 0 or 1.
        counted: Cells that count; the others are doubtful.
        weights: Of the rows.
    """
    hits, wrong, missed = _counts(probabilities, targets, counted, weights)
    pooled = _f1(hits.sum(1), wrong.sum(1), missed.sum(1))[:, None]
    common = int(_middle_of_the_best(pooled)[0])
    own = _middle_of_the_best(_f1(hits, wrong, missed))
    support = hits[0] + missed[0]
    share = support / (support + SHRINKAGE)
    thresholds = share * _GRID[own] + (1 - share) * _GRID[common]
    return float(_GRID[common]), thresholds.astype(np.float32)


def _counts(
    probabilities: Floats, targets: Floats, counted: Mask, weights: Floats
) -> tuple[Floats, Floats, Floats]:
    """Weighted hits, wrong and missed: thresholds x codes."""
    weight = np.where(counted, weights[:, None], 0).astype(np.float32)
    positive, negative = weight * targets, weight * (1 - targets)
    hits = np.stack([(positive * (probabilities >= t)).sum(0) for t in _GRID])
    wrong = np.stack([(negative * (probabilities >= t)).sum(0) for t in _GRID])
    return hits, wrong, np.asarray(positive.sum(0) - hits, dtype=np.float32)


def _f1(hits: Floats, wrong: Floats, missed: Floats) -> Floats:
    whole = 2 * hits + wrong + missed
    return np.asarray(2 * hits / np.where(whole > 0, whole, 1), dtype=np.float32)


def _middle_of_the_best(curves: Floats) -> NDArray[np.intp]:
    """For each column the middle of the points that are as good as its best one.

    Each point is first averaged with its neighbours: a lonely peak is chance.
    """
    width = 4
    padded = np.pad(curves, ((width, width), (0, 0)), mode="edge")
    smooth = np.mean([padded[i : i + len(curves)] for i in range(2 * width + 1)], axis=0)
    best = smooth >= smooth.max(axis=0) - 1e-4
    return np.array([int(np.median(np.flatnonzero(column))) for column in best.T], dtype=np.intp)

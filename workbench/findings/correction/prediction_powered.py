"""Prevalence from a labelled random sample and the coder's word on all the other cases."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from workbench.findings.intervals import Estimate, wilson_share

Shares = NDArray[np.float64]
# One labelled case, split in half, in which the coder erred to either side: without it a sample
# in which coder and label always agree would have no variance at all.
_PSEUDO = np.array([0.5, 0.5])


def prediction_powered_share(
    labels: Sequence[float],
    predictions: Sequence[float],
    other_predictions: Sequence[float],
    inclusion: Sequence[float] | None = None,
    confidence: float = 0.95,
) -> Estimate:
    """The share of cases with a factor: the coder's count, mended by its errors on the sample.

    Args:
        labels: 1 where the labelled case has the factor, else 0; shape ``(n_labelled,)``.
        predictions: What the coder says of the same cases, 0 or 1.
        other_predictions: What it says of the cases without a label.
        inclusion: The chance (0-1, not 0) with which each labelled case entered the sample;
            None when all had the same.
        confidence: Of the interval.

    Returns:
        The power-tuned estimate, kept inside 0 to 1; with unequal chances the estimate by what
        the coder says (found or not), weighted. The interval is Wilson's for as many cases as a
        plain sample would need for the same variance, which stays honest where few labelled
        cases have the factor.

    Raises:
        ValueError: Fewer than two labels, or lengths that differ, or a chance outside 0 to 1.

    Source: Angelopoulos, Bates, Fannjiang, Jordan and Zrnic (2023), Science 382, 669-674;
    tuning: Angelopoulos, Duchi and Zrnic (2023), arXiv 2311.01453; interval through the
    effective sample size: Korn and Graubard (1998), Surv. Methodol. 24(2), 193-201; unequal
    chances: Holt and Smith (1979), J. R. Stat. Soc. A 142(1), 33-46.
    """
    y, f = np.asarray(labels, dtype=float), np.asarray(predictions, dtype=float)
    others = np.asarray(other_predictions, dtype=float)
    weights = _weights(len(y), inclusion)
    if len(y) < 2 or len(f) != len(y) or len(weights) != len(y):
        raise ValueError(f"{len(y)} labels, {len(f)} predictions, {len(weights)} weights")
    uneven = len(others) > 0 and np.ptp(weights) > 1e-12
    powered = _post_stratified if uneven else _tuned
    value, variance = powered(y, f, others, weights)
    floor = 1 / (2 * len(y))
    held = min(max(value, floor), 1 - floor)
    n_effective = min(held * (1 - held) / variance, float(len(y) + len(others)))
    low, high = wilson_share(value, n_effective, confidence)
    return Estimate(value, low, high)


def _tuned(y: Shares, f: Shares, others: Shares, weights: Shares) -> tuple[float, float]:
    """Power-tuned estimate and its variance, where every case had the same chance."""
    tuning = _tuning(y, f, others, weights)
    base = others.mean() if len(others) else 0.0
    value = tuning * base + np.average(y - tuning * f, weights=weights)
    variance = _error_variance(y, f, tuning, weights)
    if len(others):
        variance += tuning**2 * others.var() / len(others)
    return float(np.clip(value, 0, 1)), float(variance)


def _post_stratified(y: Shares, f: Shares, others: Shares, weights: Shares) -> tuple[float, float]:
    """Estimate and variance where cases had unequal chances: by what the coder says of them.

    Cases without a label are then no sample of all; but among the cases that the coder finds,
    and among those it does not, weighted labels tell the share that has the factor.
    """
    every = np.concatenate([f, others])
    n, n_found = len(every), int((every > 0.5).sum())
    value, variance, shares = 0.0, 0.0, []
    for part, is_part in ((n_found / n, f > 0.5), (1 - n_found / n, f <= 0.5)):
        w = weights[is_part]
        n_kish = float(w.sum() ** 2 / (w**2).sum()) if len(w) else 0.0
        share = float(np.average(y[is_part], weights=w)) if len(w) else 0.5
        # Half a case of each kind added, so that a part without errors is not taken for sure.
        doubt = (n_kish * share + 0.5) / (n_kish + 1)
        shares.append(share)
        value += part * share
        variance += part**2 * doubt * (1 - doubt) / max(n_kish, 1.0)
    spread = n_found * (n - n_found) / n**2
    variance += (shares[0] - shares[1]) ** 2 * spread / n
    return value, variance


def _weights(n: int, inclusion: Sequence[float] | None) -> Shares:
    if inclusion is None:
        return np.full(n, 1 / max(n, 1))
    chances = np.asarray(inclusion, dtype=float)
    if ((chances <= 0) | (chances > 1)).any():
        raise ValueError("the chance to be labelled must be above 0 and at most 1")
    weights: Shares = (1 / chances) / (1 / chances).sum()
    return weights


def _with_pseudo(y: Shares, f: Shares, weights: Shares) -> tuple[Shares, Shares, Shares]:
    weights = np.concatenate([weights * len(y), _PSEUDO])
    return np.append(y, [1.0, 0.0]), np.append(f, [0.0, 1.0]), weights


def _tuning(y: Shares, f: Shares, others: Shares, weights: Shares) -> float:
    """How far the coder is believed, 0 (not at all) to 1: what makes the variance least."""
    if not len(others):
        return 0.0
    spread = np.concatenate([f, others]).var(ddof=1)
    if spread == 0:
        return 0.0
    together = np.average(
        (y - np.average(y, weights=weights)) * (f - np.average(f, weights=weights)),
        weights=weights,
    )
    return float(np.clip(together / (1 + len(y) / len(others)) / spread, 0, 1))


def _error_variance(y: Shares, f: Shares, tuning: float, weights: Shares) -> float:
    """Variance of the weighted mean error of the coder on the sample."""
    n = len(y)
    y, f, w = _with_pseudo(y, f, weights)
    errors = y - tuning * f
    spread = (errors - np.average(errors, weights=w)) ** 2
    # The weights w have mean 1 over the sample; unequal ones make the mean less certain.
    spare = (w[:n] ** 2 * spread[:n]).sum() + (w[n:] * spread[n:]).sum()
    return float(spare * n / (w.sum() * n * (n - 1)))

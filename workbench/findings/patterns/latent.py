"""Latent classes of yes/no marks: which kinds of case there may be."""

from __future__ import annotations

from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
_EDGE = 1e-9  # keeps a probability off 0 and 1, where the likelihood has no slope
# Of the log-likelihood, in relation to its size: for the starts, and for the one that is kept.
COARSE, FINE = 1e-6, 1e-10
_MAX_STEPS = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class LatentClasses:
    """A fitted model, its classes from the largest to the smallest.

    ``shares`` has shape ``(n_classes,)`` and adds up to 1, ``profiles`` ``(n_classes, n_marks)``:
    the chance of each mark in each class.
    """

    shares: Array
    profiles: Array
    log_likelihood: float
    n_cases: int

    @property
    def n_classes(self) -> int:
        """How many classes there are."""
        return len(self.shares)

    @property
    def n_parameters(self) -> int:
        """Free parameters: shares but one, and a chance for each mark in each class."""
        return self.n_classes - 1 + self.profiles.size

    @property
    def bic(self) -> float:
        """Bayesian information criterion, smaller is better.

        Source: Schwarz (1978), Ann. Stat. 6(2), 461-464.
        """
        return self.n_parameters * log(self.n_cases) - 2 * self.log_likelihood

    def memberships(self, marks: NDArray[np.int64]) -> Array:
        """The chance of each case to be of each class, shape ``(n_cases, n_classes)``."""
        return _expect(self.shares, self.profiles, marks.astype(float))[0]


def fit_latent_classes(
    marks: NDArray[np.int64],
    n_classes: int,
    *,
    seed: int = 0,
    n_starts: int = 20,
    tolerance: float = FINE,
) -> LatentClasses:
    """The most likely model with so many classes, by expectation-maximisation.

    Equal marks are fitted as one row with a count, in a fixed order, and the starts are drawn
    without looking at the rows: the order of the cases changes nothing, and equal seeds give
    equal models.

    Args:
        marks: 0 or 1, shape ``(n_cases, n_marks)``.
        n_classes: From 1.
        seed: Of the starts.
        n_starts: The best of so many is kept.
        tolerance: The kept one is climbed on until a step gains less, in relation to the whole.

    Raises:
        ValueError: No cases, no marks, or fewer cases than classes.

    Source: Goodman (1974), Biometrika 61(2), 215-231; Dempster, Laird and Rubin (1977),
    J. R. Stat. Soc. B 39(1), 1-38.
    """
    if not 1 <= n_classes <= len(marks) or not marks.shape[1]:
        raise ValueError(f"{n_classes} classes cannot be told from marks of shape {marks.shape}")
    rows, counts = np.unique(marks, axis=0, return_counts=True)
    starts = _starts(rows, counts, n_classes, n_starts, seed)
    fitted = [_climb(rows.astype(float), counts, *start, COARSE) for start in starts]
    best = max(fitted, key=lambda model: (round(model[2], 6), model[1].tolist()))
    best = _climb(rows.astype(float), counts, *best[:2], tolerance)
    return _ordered(*best, n_cases=len(marks))


def refit(marks: NDArray[np.int64], model: LatentClasses) -> LatentClasses:
    """The model of other cases, climbed to roughly from a known one."""
    rows, counts = np.unique(marks, axis=0, return_counts=True)
    fitted = _climb(rows.astype(float), counts, model.shares, model.profiles, COARSE)
    return _ordered(*fitted, n_cases=len(marks))


def _starts(
    rows: NDArray[np.int64], counts: NDArray[np.int64], n_classes: int, n_starts: int, seed: int
) -> list[tuple[Array, Array]]:
    """Shares and profiles to climb from: chances scattered around those of all cases."""
    draw = np.random.default_rng([seed, n_classes])
    overall = np.clip(np.average(rows, axis=0, weights=counts), 0.05, 0.95)
    odds = np.log(overall / (1 - overall))
    n_needed = 1 if n_classes == 1 else n_starts
    return [
        (
            draw.dirichlet(np.full(n_classes, 5.0)),
            1 / (1 + np.exp(-(odds + draw.normal(0, 1.5, (n_classes, rows.shape[1]))))),
        )
        for _ in range(n_needed)
    ]


def _expect(shares: Array, profiles: Array, rows: Array) -> tuple[Array, Array]:
    """Memberships of each row, and the log of its likelihood."""
    held = profiles.clip(_EDGE, 1 - _EDGE)
    logs = rows @ np.log(held).T + (1 - rows) @ np.log(1 - held).T + np.log(shares.clip(_EDGE))
    top = logs.max(axis=1, keepdims=True)
    weights = np.exp(logs - top)
    whole = weights.sum(axis=1, keepdims=True)
    return weights / whole, (top + np.log(whole))[:, 0]


def _climb(
    rows: Array, counts: NDArray[np.int64], shares: Array, profiles: Array, tolerance: float
) -> tuple[Array, Array, float]:
    likelihood = -np.inf
    for _ in range(_MAX_STEPS):
        memberships, logs = _expect(shares, profiles, rows)
        risen = float(counts @ logs)
        weighted = memberships * counts[:, None]
        sizes = weighted.sum(axis=0)
        shares = sizes / counts.sum()
        profiles = (weighted.T @ rows) / sizes.clip(_EDGE)[:, None]
        if risen - likelihood <= tolerance * abs(risen):
            return shares, profiles, risen
        likelihood = risen
    return shares, profiles, likelihood


def _ordered(shares: Array, profiles: Array, likelihood: float, n_cases: int) -> LatentClasses:
    order = sorted(
        range(len(shares)),
        key=lambda place: (-round(float(shares[place]), 9), profiles[place].tolist()),
    )
    return LatentClasses(
        shares=shares[order],
        profiles=profiles[order],
        log_likelihood=likelihood,
        n_cases=n_cases,
    )

"""One model over all codes that weighs sentence scores, rules and surroundings.

It learns from scores of documents that the sentence models did not see, as stacking asks.
Source: Wolpert (1992), Stacked generalization.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbench.learn.models.features.evidence import Signals, as_probability
from workbench.learn.models.fitting.ridge import group_rows

Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]
N_FOLDS = 5
_LEAST_SCORE = 0.02  # a cell below it, and without any rule, is no candidate


@dataclass(frozen=True, slots=True, kw_only=True)
class Stack:
    """A logistic regression over columns of evidence."""

    centre: Floats
    scale: Floats
    weights: Floats
    intercept: float

    def probability(self, evidence: Floats, candidates: Mask) -> Floats:
        """For each cell the probability that the code is affirmed; 0 where it is no candidate."""
        found = np.zeros(candidates.shape, dtype=np.float32)
        values = (evidence[candidates] - self.centre) / self.scale
        found[candidates] = 1 / (1 + np.exp(-(values @ self.weights + np.float32(self.intercept))))
        return found

    def contributions(self, evidence: Floats) -> Floats:
        """What each column adds to the log-odds of a cell, beyond an average candidate."""
        return np.asarray((evidence - self.centre) / self.scale * self.weights, dtype=np.float32)


@dataclass(frozen=True, slots=True, kw_only=True)
class StackData:
    """Cells to learn from; several views of one segment have weights below 1."""

    evidence: Floats  # rows x codes x columns
    candidates: Mask  # rows x codes
    counted: Mask  # rows x codes: may be right or wrong
    targets: Floats  # rows x codes
    weights: Floats  # rows
    groups: tuple[str, ...]  # rows
    bare: Mask  # rows: passages without the structure of a document

    def part(self, rows: NDArray[np.intp]) -> StackData:
        """Some of the rows."""
        return StackData(
            evidence=self.evidence[rows],
            candidates=self.candidates[rows],
            counted=self.counted[rows],
            targets=self.targets[rows],
            weights=self.weights[rows],
            groups=tuple(self.groups[row] for row in rows),
            bare=self.bare[rows],
        )

    @classmethod
    def joined(cls, parts: Sequence[StackData]) -> StackData:
        """All rows of several."""
        return cls(
            evidence=np.concatenate([each.evidence for each in parts]),
            candidates=np.concatenate([each.candidates for each in parts]),
            counted=np.concatenate([each.counted for each in parts]),
            targets=np.concatenate([each.targets for each in parts]),
            weights=np.concatenate([each.weights for each in parts]),
            groups=tuple(group for each in parts for group in each.groups),
            bare=np.concatenate([each.bare for each in parts]),
        )


def candidates_of(signals: Signals, asserted: Mask) -> Mask:
    """The cells that are worth a second look."""
    looked = (signals.best > _LEAST_SCORE) | (signals.rules.max(axis=2) > 0)
    if signals.tuned is not None:
        looked |= as_probability(signals.tuned) > _LEAST_SCORE
    return np.asarray(looked & asserted[:, None])


def fit_stack(data: StackData, strength: float = 1.0) -> Stack:
    """The regression over all candidates; ``strength`` is scikit-learn's C."""
    from sklearn.linear_model import LogisticRegression  # late: costs start-up time

    used = data.candidates & data.counted
    x, y = data.evidence[used], data.targets[used]
    weights = np.broadcast_to(data.weights[:, None], used.shape)[used]
    centre = x.mean(axis=0, dtype=np.float64).astype(np.float32)
    scale = np.maximum(x.std(axis=0, dtype=np.float64), 1e-3).astype(np.float32)
    model = LogisticRegression(C=strength, max_iter=1000)
    model.fit((x - centre) / scale, y, sample_weight=weights)
    return Stack(
        centre=centre,
        scale=scale,
        weights=model.coef_[0].astype(np.float32),
        intercept=float(np.float32(model.intercept_[0])),
    )


def unseen_probabilities(data: StackData, strength: float = 1.0) -> Floats:
    """For each cell what a stack says that was fitted without the cell's group."""
    found = np.zeros(data.targets.shape, dtype=np.float32)
    for rows in folds(data.groups, N_FOLDS):
        seen = np.ones(len(data.groups), dtype=bool)
        seen[rows] = False
        stack = fit_stack(data.part(np.flatnonzero(seen)), strength)
        found[rows] = stack.probability(data.evidence[rows], data.candidates[rows])
    return found


def folds(groups: Sequence[str], n_folds: int) -> Iterator[NDArray[np.intp]]:
    """Rows in at most ``n_folds`` parts of about one size that part no group; always the same."""
    by_group = group_rows(groups)
    parts: list[list[NDArray[np.intp]]] = [[] for _ in range(n_folds)]
    sizes = [0] * n_folds
    for group in sorted(by_group, key=lambda name: (-len(by_group[name]), name)):
        at = sizes.index(min(sizes))
        parts[at].append(by_group[group])
        sizes[at] += len(by_group[group])
    for rows in parts:
        if rows:
            yield np.sort(np.concatenate(rows))

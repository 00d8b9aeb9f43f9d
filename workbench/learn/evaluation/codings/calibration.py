"""Whether the score of a coding says how likely it is to be right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from workbench.learn.evaluation.pooling import Bootstrap, EvaluationSettings, divided, pool_measures
from workbench.learn.evaluation.records import (
    Cell,
    Measure,
    Section,
    Table,
    Tally,
    UnitValue,
    share,
)
from workbench.learn.matching.pairs import DocumentPairs
from workbench.records import Assertion

LABELS = {
    "right": "affirmed codes that are right",
    "score": "their mean score",
    "brier": "Brier score (lower is better)",
}


def calibration_section(
    documents: Sequence[DocumentPairs], bootstrap: Bootstrap, settings: EvaluationSettings
) -> Section:
    """The section on scores.

    Source: G. W. Brier (1950), Verification of forecasts expressed in terms of probability,
    Monthly Weather Review 78(1), 1-3 (the form for two outcomes, 0 to 1); expected calibration
    error: M. P. Naeini, G. F. Cooper and M. Hauskrecht (2015), Obtaining well calibrated
    probabilities using Bayesian binning, AAAI 29, 2901-2907.
    """
    scored = {each.comparison.truth.truth_id: scored_pairs(each) for each in documents}
    units = {unit: _tallies(pairs) for unit, pairs in scored.items()}
    error, table = binned_scores("calibration", scored, bootstrap, settings)
    return Section(
        key="calibration",
        title="Scores",
        explanation="A score is honest when, of the codings with a score near 0.8, about eight "
        "in ten are right. A pair counts with its highest score; optional ones are left out.",
        measures=(*pool_measures("calibration", LABELS, units, bootstrap), error),
        tables=(table,),
    )


def scored_pairs(document: DocumentPairs) -> list[tuple[float, bool]]:
    """For each affirmed pair of the system that counts: its highest score, whether it is right."""
    affirmed = document.affirmed
    return [
        (
            max(
                coding.score
                for coding in document.given[pair]
                if coding.assertion is Assertion.AFFIRMED
            ),
            pair in affirmed.hits,
        )
        for pair in sorted(affirmed.hits | affirmed.false)
    ]


def _tallies(pairs: Sequence[tuple[float, bool]]) -> dict[str, Tally]:
    return {
        "right": share(sum(right for _, right in pairs), len(pairs)),
        "score": share(sum(score for score, _ in pairs), len(pairs)),
        "brier": share(sum((score - right) ** 2 for score, right in pairs), len(pairs)),
    }


def binned_scores(
    prefix: str,
    scored: Mapping[str, Sequence[tuple[float, bool]]],
    bootstrap: Bootstrap,
    settings: EvaluationSettings,
) -> tuple[Measure, Table]:
    """Expected calibration error, and the bins behind it.

    Args:
        prefix: Of the section; the keys are ``prefix.error`` and ``prefix.bins``.
        scored: Scores (0-1) and whether each is right, by unit, in the order of the bootstrap.
        bootstrap: Knows which units belong to one case.
        settings: How many bins.
    """
    n_bins = settings.n_score_bins
    sums = np.zeros((3, len(scored), n_bins))  # how many, their scores, how many are right
    for unit, pairs in enumerate(scored.values()):
        for score, right in pairs:
            at = min(n_bins - 1, max(0, int(score * n_bins)))
            sums[:, unit, at] += (1, score, right)
    counts, scores, rights = sums
    n_pairs = int(counts.sum())
    gaps = np.abs(bootstrap.weights @ scores - bootstrap.weights @ rights).sum(axis=1)
    totals = (bootstrap.weights @ counts).sum(axis=1)
    low, high = bootstrap.interval(divided(gaps, totals))
    by_unit = np.abs(scores - rights).sum(axis=1)
    error = Measure(
        key=f"{prefix}.error",
        label="expected calibration error (lower is better)",
        value=float(np.abs((scores - rights).sum(axis=0)).sum()) / n_pairs if n_pairs else None,
        low=low,
        high=high,
        n=n_pairs,
        units=tuple(
            UnitValue(unit_id=name, value=float(gap) / n if n else None, n=n)
            for name, gap, n in zip(
                scored, by_unit, counts.sum(axis=1).astype(int).tolist(), strict=True
            )
        ),
    )
    rows: list[tuple[Cell, ...]] = []
    for at in range(n_bins):
        n = int(counts[:, at].sum())
        if n:
            edges = f"{at / n_bins:.2f} to {(at + 1) / n_bins:.2f}"
            rows.append((edges, n, float(scores[:, at].sum()) / n, float(rights[:, at].sum()) / n))
    columns = ("score", "n", "mean score", "share right")
    return error, Table(key=f"{prefix}.bins", title="By score", columns=columns, rows=tuple(rows))

"""Pooled measures with a bootstrap interval, and the tables that go with them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbench.learn.evaluation.records import Cell, Measure, Table, Tally, UnitValue

Tallies = Mapping[str, Tally]  # by the key of the measure


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationSettings:
    """How the intervals are drawn and the scores are binned."""

    n_resamples: int = 2000
    seed: int = 20240229
    coverage: float = 0.95  # of the intervals, 0-1
    n_score_bins: int = 10  # equally wide, over 0-1

    def __post_init__(self) -> None:
        if self.n_resamples < 100 or self.n_score_bins < 1 or not 0 < self.coverage < 1:
            raise ValueError(
                f"{self}: needs at least 100 resamples, a bin and a coverage between 0 and 1"
            )


def divided(part: NDArray[np.float64], whole: NDArray[np.float64]) -> NDArray[np.float64]:
    """Part / whole, nan where the whole is 0."""
    result = np.full_like(whole, np.nan)
    np.divide(part, whole, out=result, where=whole > 0)
    return result


class Bootstrap:
    """Percentile intervals over resampled cases.

    Documents that tell of one case are drawn together: a summary or a copy adds no independent
    evidence.

    Source: B. Efron and R. J. Tibshirani (1993), An Introduction to the Bootstrap, chapter 13;
    for drawing whole groups, A. C. Davison and D. V. Hinkley (1997), Bootstrap Methods and
    their Application, section 3.8.
    """

    def __init__(self, case_ids: Sequence[str], settings: EvaluationSettings) -> None:
        names = sorted(set(case_ids))
        self.n_cases, self._coverage = len(names), settings.coverage
        position = {name: index for index, name in enumerate(names)}
        draws = np.random.default_rng(settings.seed).integers(
            0, max(1, self.n_cases), (settings.n_resamples, self.n_cases)
        )
        counts: NDArray[np.float64] = np.zeros((settings.n_resamples, max(1, self.n_cases)))
        np.add.at(counts, (np.arange(settings.n_resamples)[:, None], draws), 1)
        #: How often each unit stands in each resample, shape (n_resamples, n_units).
        self.weights: NDArray[np.float64] = counts[:, [position[name] for name in case_ids]]

    def interval(self, replicates: NDArray[np.float64]) -> tuple[float | None, float | None]:
        """Bounds from the replicates of a measure; those that are undefined (nan) are left out."""
        defined = replicates[~np.isnan(replicates)]
        if self.n_cases < 2 or not defined.size:
            return None, None
        tail = (1 - self._coverage) / 2
        low, high = np.quantile(defined, [tail, 1 - tail])
        return float(low), float(high)

    def ratio(self, parts: Sequence[float], wholes: Sequence[float]) -> NDArray[np.float64]:
        """sum(part) / sum(whole) in each resample; nan where the whole is 0."""
        part: NDArray[np.float64] = self.weights @ np.asarray(parts, dtype=np.float64)
        whole: NDArray[np.float64] = self.weights @ np.asarray(wholes, dtype=np.float64)
        return divided(part, whole)


def pool_measures(
    prefix: str,
    labels: Mapping[str, str],
    units: Mapping[str, Tallies],
    bootstrap: Bootstrap,
) -> tuple[Measure, ...]:
    """One measure for each label, in that order.

    Args:
        prefix: Of the section; the key of a measure is ``prefix.key``.
        labels: Label by key, in the order of the report.
        units: Tallies of each unit, in the order of the bootstrap's weights.
        bootstrap: Knows which units belong to one case.
    """
    nothing = Tally(0, 0, 0)
    measures = []
    for key, label in labels.items():
        tallies = [tallies.get(key, nothing) for tallies in units.values()]
        whole = sum(tally.whole for tally in tallies)
        low = high = None
        if whole > 0:
            parts, wholes = zip(*((tally.part, tally.whole) for tally in tallies), strict=True)
            low, high = bootstrap.interval(bootstrap.ratio(parts, wholes))
        measures.append(
            Measure(
                key=f"{prefix}.{key}",
                label=label,
                value=sum(tally.part for tally in tallies) / whole if whole > 0 else None,
                low=low,
                high=high,
                n=sum(tally.n for tally in tallies),
                units=tuple(
                    UnitValue(
                        unit_id=unit_id,
                        value=tally.part / tally.whole if tally.whole > 0 else None,
                        n=tally.n,
                    )
                    for unit_id, tally in zip(units, tallies, strict=True)
                ),
            )
        )
    return tuple(measures)


def confusion_table(
    key: str, title: str, pairs: Iterable[tuple[str, str]], order: Sequence[str] = ()
) -> Table:
    """Counts of (truth, system) pairs: a row for each truth value, a column for each answer."""
    counts = Counter(pairs)
    seen = {value for pair in counts for value in pair}
    values = [value for value in order if value in seen]
    values += sorted(seen - set(values))
    rows: list[tuple[Cell, ...]] = [
        (truth, *(counts[truth, answer] for answer in values))
        for truth in values
        if any(counts[truth, answer] for answer in values)
    ]
    return Table(key=key, title=title, columns=("truth \\ system", *values), rows=tuple(rows))

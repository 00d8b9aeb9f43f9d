"""Whether agreement changes from week to week."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from workbench.annotate.agreement.estimating import Samples
from workbench.annotate.agreement.levels import YES
from workbench.annotate.agreement.records import WeekFigure
from workbench.annotate.statistics.coefficients import (
    alpha_parts,
    pooled,
    raw_agreement,
    specific_agreement,
)
from workbench.annotate.statistics.resampling import Estimate
from workbench.annotate.statistics.tallies import Tallies, added, resampled

#: Rows of units -> their tallies, one for each code (or one for a rating).
TalliesOf = Callable[[NDArray[np.int64]], list[Tallies]]


def measure_weeks(
    dates: Sequence[date | None], tallies_of: TalliesOf, samples: Samples, *, marks: bool
) -> tuple[tuple[WeekFigure, ...], Estimate]:
    """The figures of each week, and by how much agreement has changed.

    The change is the positive agreement (of ratings that are no marks: the raw agreement) of the
    later half of the weeks less that of the earlier half; of an odd number of weeks the middle
    one belongs to the earlier half. Both halves are resampled together.

    Args:
        dates: When the last coder coded each unit.
        tallies_of: Gives the tallies of some units.
        samples: Of the documents.
        marks: Whether ratings say marked or not marked, so that there is a positive agreement.
    """
    weeks = sorted({_week(each) for each in dates if each})
    named = np.array([_week(each) if each else "" for each in dates], dtype=object)
    figures = tuple(
        _figure(week, tallies_of(rows), samples, len(rows), marks=marks)
        for week in weeks
        for rows in [np.flatnonzero(named == week)]
    )
    if len(weeks) < 2:
        return figures, Estimate(None)
    half = (len(weeks) + 1) // 2
    earlier, later = (
        _agreement(tallies_of(np.flatnonzero(np.isin(named, part))), samples, marks=marks)
        for part in (weeks[:half], weeks[half:])
    )
    return figures, samples.estimate(later - earlier)


def _figure(
    week: str, tallies: list[Tallies], samples: Samples, n_units: int, *, marks: bool
) -> WeekFigure:
    if not tallies:
        nothing = Estimate(None)
        return WeekFigure(
            week=week, n_units=n_units, raw_agreement=nothing, positive_agreement=nothing,
            krippendorff_alpha=nothing,
        )  # fmt: skip
    of_samples = [resampled(each, samples.weights) for each in tallies]
    together = added(of_samples)
    return WeekFigure(
        week=week,
        n_units=n_units,
        raw_agreement=samples.estimate(raw_agreement(together)),
        positive_agreement=(
            samples.estimate(specific_agreement(together, YES)) if marks else Estimate(None)
        ),
        krippendorff_alpha=samples.estimate(pooled(of_samples, alpha_parts)),
    )


def _agreement(tallies: list[Tallies], samples: Samples, *, marks: bool) -> NDArray[np.float64]:
    if not tallies:
        return np.full(len(samples.weights), np.nan)
    together = added([resampled(each, samples.weights) for each in tallies])
    return specific_agreement(together, YES) if marks else raw_agreement(together)


def _week(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"

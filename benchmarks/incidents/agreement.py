"""Agreement of two codings of the same reports: kappa, AC1 and raw, with intervals by report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from workbench.annotate.statistics.coefficients import coefficient, raw_agreement
from workbench.annotate.statistics.resampling import Estimate, draw_documents, estimate
from workbench.annotate.statistics.tallies import resampled, tally

N_RESAMPLES = 2000
SEED = 20240229


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How far two codings agree; ``n_ours`` and ``n_theirs`` count the marked units."""

    n: int
    n_ours: int
    n_theirs: int
    n_both: int
    kappa: Estimate
    ac1: Estimate
    raw: Estimate

    def row(self, name: str) -> str:
        """One line of a table."""
        cells = (str(self.n), str(self.n_theirs), str(self.n_ours), str(self.n_both))
        figures = (shown(each) for each in (self.kappa, self.ac1, self.raw))
        return f"| {name} | {' | '.join((*cells, *figures))} |"


def agreement_of(ours: Sequence[bool], theirs: Sequence[bool]) -> Agreement:
    """Agreement of yes and no, unit by unit."""
    ratings = np.array([ours, theirs], dtype=np.int64).T
    tallies = tally(ratings, np.arange(len(ratings)), 2)
    draws = draw_documents(len(ratings), N_RESAMPLES, SEED)
    whole = resampled(tallies, np.ones((1, len(ratings))))
    drawn = resampled(tallies, draws)
    kappa, ac1 = (
        estimate(float(coefficient(whole, name)[0]), coefficient(drawn, name), len(ratings))
        for name in ("cohen_kappa", "gwet_ac1")
    )
    raw = estimate(float(raw_agreement(whole)[0]), raw_agreement(drawn), len(ratings))
    return Agreement(
        n=len(ratings), n_ours=sum(ours), n_theirs=sum(theirs),
        n_both=sum(a and b for a, b in zip(ours, theirs, strict=True)),
        kappa=kappa, ac1=ac1, raw=raw,
    )  # fmt: skip


def shown(figure: Estimate) -> str:
    """A figure with its interval, or a dash."""
    if figure.value is None:
        return "–"
    if figure.low is None or figure.high is None:
        return f"{figure.value:.2f}"
    return f"{figure.value:.2f} ({figure.low:.2f} to {figure.high:.2f})"

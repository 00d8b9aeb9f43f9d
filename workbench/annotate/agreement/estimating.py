"""Every measure of some tallies, each with its interval."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbench.annotate.agreement.levels import NO, YES
from workbench.annotate.agreement.records import AgreementSettings
from workbench.annotate.statistics.coefficients import (
    CHANCE_CORRECTED,
    coefficient,
    pooled,
    prevalence,
    raw_agreement,
    specific_agreement,
)
from workbench.annotate.statistics.resampling import Estimate, draw_documents, estimate
from workbench.annotate.statistics.sets import SetTallies, set_alpha
from workbench.annotate.statistics.tallies import Tallies, added, resampled

Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Samples:
    """What was observed and its resamples, drawn once so that all measures share them."""

    weights: Values  # (1 + n_resamples, n_documents): the first row takes each document once
    n_documents: int

    def estimate(self, values: Values) -> Estimate:
        """The first value with the interval of the others."""
        return estimate(float(values[0]), values[1:], self.n_documents)

    def share(self, above: Values, below: Values) -> Estimate:
        """The quotient of two sums over documents."""
        sums = self.weights @ below
        values = np.full(len(sums), np.nan)
        np.divide(self.weights @ above, sums, out=values, where=sums > 0)
        return self.estimate(values)


def make_samples(n_documents: int, settings: AgreementSettings) -> Samples:
    """Resamples of that many documents."""
    draws = draw_documents(n_documents, settings.n_resamples, settings.seed)
    return Samples(weights=np.vstack([np.ones((1, n_documents)), draws]), n_documents=n_documents)


def marked_estimates(
    codes: Sequence[Tallies], samples: Samples
) -> tuple[Estimate, dict[str, Estimate]]:
    """Prevalence and all measures of one code, or of several pooled.

    Shares are those of all ratings of all codes; chance-corrected figures are pooled by the means
    of observed and expected agreement.
    """
    of_samples = [resampled(tallies, samples.weights) for tallies in codes]
    together = added(of_samples)
    plain: Mapping[str, Values] = {
        "raw_agreement": raw_agreement(together),
        "positive_agreement": specific_agreement(together, YES),
        "negative_agreement": specific_agreement(together, NO),
    }
    estimates = {name: samples.estimate(values) for name, values in plain.items()}
    for name, parts_of in CHANCE_CORRECTED.items():
        estimates[name] = samples.estimate(pooled(of_samples, parts_of))
    return samples.estimate(prevalence(together, YES)), estimates


def nominal_estimates(tallies: Tallies, samples: Samples) -> dict[str, Estimate]:
    """All measures of a rating in one of several categories."""
    of_samples = resampled(tallies, samples.weights)
    measures: Mapping[str, Callable[[Tallies], Values]] = {"raw_agreement": raw_agreement}
    estimates = {name: samples.estimate(of(of_samples)) for name, of in measures.items()}
    for name in CHANCE_CORRECTED:
        estimates[name] = samples.estimate(coefficient(of_samples, name))
    return estimates


def set_estimate(tallies: SetTallies, samples: Samples) -> Estimate:
    """Alpha of code sets."""
    return samples.estimate(set_alpha(tallies, samples.weights))

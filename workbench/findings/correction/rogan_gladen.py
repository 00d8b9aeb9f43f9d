"""Prevalence from an imperfect coder whose sensitivity and specificity were measured."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from workbench.findings.intervals import Estimate

N_DRAWS = 4000
SEED = 20240229


@dataclass(frozen=True, slots=True, kw_only=True)
class CoderCounts:
    """The coder against labelled cases: how often it was right about the two kinds.

    Raises:
        ValueError: A count is negative or larger than what it is part of, or a kind has no case.
    """

    n_with: int  # labelled cases that have the factor
    n_found: int  # of those, the coder says so too
    n_without: int  # labelled cases that do not have it
    n_left: int  # of those, the coder does not claim it

    def __post_init__(self) -> None:
        if not (0 <= self.n_found <= self.n_with and 0 <= self.n_left <= self.n_without):
            raise ValueError(f"not counts of a coder against labels: {self}")
        if not (self.n_with and self.n_without):
            raise ValueError(f"labelled cases with and without the factor are needed: {self}")

    @property
    def sensitivity(self) -> float:
        """Share (0-1) of the cases with the factor that the coder finds."""
        return self.n_found / self.n_with

    @property
    def specificity(self) -> float:
        """Share (0-1) of the cases without the factor that the coder leaves alone."""
        return self.n_left / self.n_without

    @property
    def youden(self) -> float:
        """Sensitivity + specificity - 1; at 0 or below the coder is no better than chance."""
        return self.sensitivity + self.specificity - 1


def rogan_gladen(apparent: float, sensitivity: float, specificity: float) -> float:
    """The prevalence (0-1) behind an apparent one, kept inside 0 to 1.

    Raises:
        ValueError: Sensitivity and specificity add up to 1 or less: the coder tells nothing.

    Source: Rogan and Gladen (1978), Am. J. Epidemiol. 107(1), 71-76.
    """
    youden = sensitivity + specificity - 1
    if youden <= 0:
        raise ValueError(
            f"sensitivity {sensitivity:.2f} and specificity {specificity:.2f} add up to 1 or "
            "less: what this coder finds says nothing of the prevalence"
        )
    return min(1.0, max(0.0, (apparent + specificity - 1) / youden))


def rogan_gladen_share(
    n_found: int, n_cases: int, coder: CoderCounts, confidence: float = 0.95
) -> Estimate:
    """The corrected share of cases with its interval.

    The interval is the percentile interval of a Bayesian bootstrap: apparent prevalence,
    sensitivity and specificity are drawn anew, each with half a case added to both of its
    cells, so that a coder who made no error in a few labelled cases is not taken for perfect.
    Draws in which the coder is no better than chance say nothing and are spread over 0 to 1.
    Equal counts give equal bounds (fixed seed).

    Raises:
        ValueError: See ``rogan_gladen``; or ``n_found`` is no part of ``n_cases``.

    Source: Rogan and Gladen (1978), Am. J. Epidemiol. 107(1), 71-76; Rubin (1981), Ann. Stat.
    9(1), 130-134; Brown, Cai and DasGupta (2001), Stat. Sci. 16(2), 101-133, for the half.
    """
    if not 0 <= n_found <= n_cases or n_cases == 0:
        raise ValueError(f"{n_found} of {n_cases} is not a share")
    value = rogan_gladen(n_found / n_cases, coder.sensitivity, coder.specificity)
    draw = np.random.default_rng(SEED)
    apparent, sensitivity, specificity = (
        draw.beta(part + 0.5, whole - part + 0.5, N_DRAWS)
        for part, whole in (
            (n_found, n_cases),
            (coder.n_found, coder.n_with),
            (coder.n_left, coder.n_without),
        )
    )
    youden = sensitivity + specificity - 1
    anywhere = draw.random(N_DRAWS)
    telling = youden > 0
    shares = np.where(
        telling, (apparent + specificity - 1) / np.where(telling, youden, 1.0), anywhere
    )
    tail = (1 - confidence) / 2
    low, high = np.quantile(shares.clip(0, 1), [tail, 1 - tail])
    return Estimate(value, min(value, float(low)), max(value, float(high)))

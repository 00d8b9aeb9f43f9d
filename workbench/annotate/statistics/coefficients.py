"""Coefficients of agreement between coders who put units into categories.

Every function takes sums of one or many samples (see ``tallies``) and gives one value for each,
NaN where the coefficient is not defined: no unit with two ratings, or nothing but one category.
A chance-corrected coefficient is ``(observed - expected) / (1 - expected)``; the two parts come
apart because codes are pooled by the means of both.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from workbench.annotate.statistics.tallies import Tallies

Values = NDArray[np.float64]
#: Differences below this are rounding.
_ROUNDING = 1e-12


class Parts(NamedTuple):
    """Agreement that was observed and that chance would give, both shares 0-1."""

    observed: Values
    expected: Values


def raw_agreement(tallies: Tallies) -> Values:
    """The share of pairs of ratings of a unit that agree, averaged over units."""
    return _divided(tallies.agreement, tallies.n_paired)


def specific_agreement(tallies: Tallies, category: int) -> Values:
    """How likely another coder's rating is this category, when one coder's is.

    For two coders ``2a / (2a + b + c)``: positive agreement for the category "marked", negative
    agreement for "not marked".

    Source: R. L. Spitzer and J. L. Fleiss (1974), Br. J. Psychiatry 125, 341-347; D. V. Cicchetti
    and A. R. Feinstein (1990), J. Clin. Epidemiol. 43, 551-558.
    """
    both = tallies.coincidences[:, category, category]
    return _divided(both, tallies.coincidences[:, category, :].sum(axis=1))


def prevalence(tallies: Tallies, category: int) -> Values:
    """The share of ratings in a category, averaged over rated units."""
    return _divided(tallies.shares[:, category], tallies.n_rated)


def cohen_parts(tallies: Tallies) -> Parts:
    """Of Cohen's kappa for every two coders, shape (n, n_pairs).

    Source: J. Cohen (1960), Educ. Psychol. Meas. 20, 37-46.
    """
    totals = tallies.pairs.sum(axis=(2, 3))
    observed = _divided(np.trace(tallies.pairs, axis1=2, axis2=3), totals)
    rows, columns = tallies.pairs.sum(axis=3), tallies.pairs.sum(axis=2)
    return Parts(observed, _divided((rows * columns).sum(axis=2), totals**2))


def light_kappa(tallies: Tallies) -> Values:
    """Cohen's kappa, averaged over every two coders for whom it is defined.

    Source: R. J. Light (1971), Psychol. Bull. 76, 365-377.
    """
    return _mean_of_pairs(corrected(cohen_parts(tallies)))


def fleiss_parts(tallies: Tallies) -> Parts:
    """Of Fleiss' kappa.

    Where units have different numbers of ratings, as K. L. Gwet (2014), Handbook of Inter-Rater
    Reliability, 4th ed., chapter 2, extends it.

    Source: J. L. Fleiss (1971), Psychol. Bull. 76, 378-382.
    """
    shares = _divided(tallies.shares, tallies.n_rated[:, None])
    return Parts(raw_agreement(tallies), (shares**2).sum(axis=1))


def gwet_parts(tallies: Tallies) -> Parts:
    """Of Gwet's AC1.

    Source: K. L. Gwet (2008), Br. J. Math. Stat. Psychol. 61, 29-48; with missing ratings as in
    Gwet (2014), chapter 4.
    """
    shares = _divided(tallies.shares, tallies.n_rated[:, None])
    expected = (shares * (1 - shares)).sum(axis=1) / max(tallies.n_categories - 1, 1)
    return Parts(raw_agreement(tallies), expected)


def alpha_parts(tallies: Tallies) -> Parts:
    """Of Krippendorff's alpha for nominal data.

    Source: K. Krippendorff (2011), Computing Krippendorff's alpha-reliability, section C.
    """
    margins = tallies.coincidences.sum(axis=2)  # (n, q)
    total = margins.sum(axis=1)
    observed = _divided(np.trace(tallies.coincidences, axis1=1, axis2=2), total)
    expected = _divided((margins * (margins - 1)).sum(axis=1), total * (total - 1))
    return Parts(observed, expected)


def corrected(parts: Parts) -> Values:
    """Agreement beyond chance: ``(observed - expected) / (1 - expected)``."""
    room = np.where(1 - parts.expected > _ROUNDING, 1 - parts.expected, 0.0)
    return _divided(parts.observed - parts.expected, room)


def pooled(codes: Sequence[Tallies], parts_of: Callable[[Tallies], Parts]) -> Values:
    """One coefficient for many codes, from the means of observed and expected agreement.

    Codes for which there is nothing to observe are left out. Cohen's kappa is pooled for every
    two coders, then averaged.

    Source: H. De Vries, M. N. Elliott, D. E. Kanouse and S. S. Teleki (2008), Field Methods 20,
    272-282.
    """
    each = [parts_of(tallies) for tallies in codes]
    observed = np.stack([parts.observed for parts in each])
    expected = np.stack([parts.expected for parts in each])
    known = ~np.isnan(observed) & ~np.isnan(expected)
    n_known = known.sum(axis=0).astype(float)
    values = corrected(
        Parts(
            _divided(np.where(known, observed, 0).sum(axis=0), n_known),
            _divided(np.where(known, expected, 0).sum(axis=0), n_known),
        )
    )
    return _mean_of_pairs(values) if values.ndim == 2 else values


#: Name in tables -> the parts of the coefficient.
CHANCE_CORRECTED: Mapping[str, Callable[[Tallies], Parts]] = {
    "cohen_kappa": cohen_parts,
    "fleiss_kappa": fleiss_parts,
    "krippendorff_alpha": alpha_parts,
    "gwet_ac1": gwet_parts,
}


def coefficient(tallies: Tallies, name: str) -> Values:
    """The chance-corrected coefficient of that name, averaged over pairs for Cohen's."""
    values = corrected(CHANCE_CORRECTED[name](tallies))
    return _mean_of_pairs(values) if values.ndim == 2 else values


def _mean_of_pairs(values: Values) -> Values:
    known = ~np.isnan(values)
    return _divided(np.where(known, values, 0).sum(axis=1), known.sum(axis=1))


def _divided(above: NDArray[np.generic], below: NDArray[np.generic]) -> Values:
    """The quotient, NaN where the divisor is 0."""
    above, below = np.broadcast_arrays(above.astype(float), below.astype(float))
    quotient: Values = np.full(above.shape, np.nan)
    np.divide(above, below, out=quotient, where=below != 0)
    return quotient

"""How much has to be coded twice before a figure is as sure as it must be."""

from __future__ import annotations

import math
from statistics import NormalDist

_Z = NormalDist().inv_cdf(0.975)


def documents_for_width(n_documents: int, low: float, high: float, wanted: float) -> int:
    """Documents needed for an interval of the wanted width, from one that was measured.

    The width of an interval shrinks with the square root of the number of documents. This holds
    only for further documents that are like those measured.

    Raises:
        ValueError: The wanted width is not above 0.
    """
    if wanted <= 0:
        raise ValueError(f"the wanted width is {wanted}; it must be above 0")
    # Rounding of a last binary place must not ask for one more document.
    return max(1, math.ceil(n_documents * ((high - low) / wanted) ** 2 - 1e-9))


def units_for_width(kappa: float, prevalence: float, wanted: float) -> int:
    """Units that two coders have to code for a 95 % interval of kappa of the wanted width.

    For planning before anything is coded. Units must be independent of each other: passages of
    one document are not, so plan with one unit a document or more units than this says.

    Args:
        kappa: What is expected, 0-1.
        prevalence: Share of units that will be marked, above 0 and below 1.
        wanted: Width of the interval, from its lower to its upper bound.

    Raises:
        ValueError: An argument is out of its range.

    Source: D. A. Bloch and H. C. Kraemer (1989), Biometrics 45, 269-287: the large-sample
    variance of the intraclass kappa of two coders; A. Donner and M. Eliasziw (1992), Stat. Med.
    11, 1511-1519.
    """
    if not 0 <= kappa <= 1 or not 0 < prevalence < 1 or wanted <= 0:
        raise ValueError(
            f"kappa {kappa} must be 0 to 1, prevalence {prevalence} between 0 and 1, and the "
            f"width {wanted} above 0"
        )
    spread = 2 * prevalence * (1 - prevalence)
    variance = (1 - kappa) * ((1 - kappa) * (1 - 2 * kappa) + kappa * (2 - kappa) / spread)
    return max(2, math.ceil(variance * (2 * _Z / wanted) ** 2 - 1e-9))

"""How far cases heap up in few places, and how far they would by chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SEED = 20240229
N_DRAWS = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Concentration:
    """What was seen, and what scattering the same cases at random gives (low and high: 95 %).

    ``top_share`` is the share of cases in the ``n_top`` places that have most of them.
    """

    n_cases: int
    n_places: int
    gini: float
    generalised_gini: float
    n_top: int
    top_share: float
    random_top_share: float
    random_top_low: float
    random_top_high: float
    random_generalised_gini: float
    p_value: float  # that chance alone heaps up as much, by the generalised Gini

    @property
    def beyond_chance(self) -> float:
        """By how much the top places hold more than by chance, as a share of all cases."""
        return self.top_share - self.random_top_share


def gini(counts: Sequence[int]) -> float:
    """The Gini coefficient of cases over places, 0 (even) to nearly 1 (all in one).

    Raises:
        ValueError: No places, or no cases.

    Source: Gini (1912), by the sorted form.
    """
    shares = _sorted_shares(counts)
    n = len(shares)
    return float((2 * (np.arange(1, n + 1) @ shares) - n - 1) / n)


def generalised_gini(counts: Sequence[int]) -> float:
    """The Gini coefficient where there may be fewer cases than places: 0 is then still even.

    With fewer cases than places the plain coefficient calls any scatter concentrated, since
    some places must stay empty.

    Raises:
        ValueError: No places, or no cases.

    Source: Bernasco and Steenbeek (2017), J. Quant. Criminol. 33(3), 455-467, equation 5.
    """
    shares = _sorted_shares(counts)
    n, cases = len(shares), float(np.sum(counts))
    ranked = 2 * (np.arange(1, n + 1) @ shares) - n - 1
    return float(max(1 / cases, 1 / n) * ranked - max(n / cases, 1.0) + 1)


def concentration(
    counts: Sequence[int],
    n_top: int,
    exposure: Sequence[float] | None = None,
    n_draws: int = N_DRAWS,
) -> Concentration:
    """How concentrated the cases are, beside the same number scattered at random.

    Args:
        counts: Cases of each place, places without any included.
        n_top: How many places to look at.
        exposure: How much each place would have by chance (its residents); None: all alike.
        n_draws: How often the cases are scattered; the seed is fixed.

    Raises:
        ValueError: No places, no cases, more top places than places, or exposures that do not
            fit.
    """
    seen = np.asarray(counts)
    weights = np.ones(len(seen)) if exposure is None else np.asarray(exposure, dtype=float)
    if not 1 <= n_top <= len(seen):
        raise ValueError(f"{n_top} of {len(seen)} places cannot be looked at")
    if len(weights) != len(seen) or (weights < 0).any() or not weights.sum():
        raise ValueError("each place needs an exposure of 0 or more, and one above 0")
    found = generalised_gini(counts)
    draw = np.random.default_rng(SEED)
    scattered = draw.multinomial(int(seen.sum()), weights / weights.sum(), n_draws)
    tops = np.sort(scattered, axis=1)[:, -n_top:].sum(axis=1) / seen.sum()
    ginis = np.array([generalised_gini(row) for row in scattered])
    low, high = np.quantile(tops, [0.025, 0.975])
    return Concentration(
        n_cases=int(seen.sum()),
        n_places=len(seen),
        gini=gini(counts),
        generalised_gini=found,
        n_top=n_top,
        top_share=float(np.sort(seen)[-n_top:].sum() / seen.sum()),
        random_top_share=float(tops.mean()),
        random_top_low=float(low),
        random_top_high=float(high),
        random_generalised_gini=float(ginis.mean()),
        p_value=float((np.sum(ginis >= found - 1e-12) + 1) / (n_draws + 1)),
    )


def _sorted_shares(counts: Sequence[int]) -> NDArray[np.float64]:
    values = np.sort(np.asarray(counts, dtype=float))
    if not len(values) or values[0] < 0 or not values.sum():
        raise ValueError("concentration needs places with counts of 0 or more, and a case")
    shares: NDArray[np.float64] = values / values.sum()
    return shares

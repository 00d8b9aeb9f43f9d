"""How sure a figure is: resamples of documents, and intervals from them."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

#: Fewer documents than this say nothing of how other documents would come out.
MIN_DOCUMENTS = 5
#: With a larger share of resamples without a value, those that have one are no fair sample.
MAX_UNDEFINED_SHARE = 0.05
_ROUNDING = 1e-12


class Estimate(NamedTuple):
    """A figure with its 95 % interval; None where it is not defined."""

    value: float | None
    low: float | None = None
    high: float | None = None


def draw_documents(n_documents: int, n_resamples: int, seed: int) -> NDArray[np.float64]:
    """How often each document is in each resample, shape (n_resamples, n_documents).

    Documents are drawn whole, with replacement, because passages of one document are alike.

    Source: B. Efron and R. Tibshirani (1993), An Introduction to the Bootstrap, chapter 8.
    """
    if n_documents == 0:
        return np.zeros((n_resamples, 0))
    random = np.random.default_rng(seed)
    equal = np.full(n_documents, 1 / n_documents)
    return random.multinomial(n_documents, equal, size=n_resamples).astype(float)


def estimate(
    value: float, resampled: NDArray[np.floating[Any]], n_documents: int, *, level: float = 0.95
) -> Estimate:
    """The value with its expanded percentile interval.

    Plain percentile intervals of few documents are too narrow: resamples vary less than samples
    do, and a normal tail is used where Student's is due. So quantiles farther out are taken, the
    farther the fewer documents there are.

    No interval is given for fewer than ``MIN_DOCUMENTS`` documents, where more than
    ``MAX_UNDEFINED_SHARE`` of the resamples have no value, or where all have the same: that
    happens when coders never differ, and says nothing of how sure that is.

    Source: T. C. Hesterberg (2015), What teachers should know about the bootstrap, Am. Stat. 69,
    371-386, on the expanded percentile interval.
    """
    if math.isnan(value):
        return Estimate(None)
    defined = resampled[~np.isnan(resampled)]
    too_few = len(defined) < (1 - MAX_UNDEFINED_SHARE) * len(resampled)
    if n_documents < MIN_DOCUMENTS or not len(defined) or too_few:
        return Estimate(float(value))
    tail = expanded_tail(n_documents, (1 - level) / 2)
    low, high = np.quantile(defined, [tail, 1 - tail])
    if high - low < _ROUNDING:
        return Estimate(float(value))
    return Estimate(float(value), float(low), float(high))


def expanded_tail(n_documents: int, tail: float) -> float:
    """The share of resamples beyond each bound: less than the tail that is wanted."""
    # Late: the statistics of scipy take a quarter of a second to load.
    from scipy.special import ndtr, stdtrit

    quantile = math.sqrt(n_documents / (n_documents - 1)) * stdtrit(n_documents - 1, tail)
    return float(ndtr(quantile))

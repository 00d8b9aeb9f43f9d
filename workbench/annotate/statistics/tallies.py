"""Ratings added up by document: all that any coefficient of agreement needs of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

MISSING = -1  # the coder was not shown the unit

Ratings = NDArray[np.int64]  # shape (n_units, n_coders): categories from 0, or MISSING
Sums = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tallies:
    """Sums over units. The first axis of each is the document, or the resample.

    A unit may weigh more than 1: a stretch of text weighs as much as it has characters.
    """

    coincidences: Sums  # (n, q, q): pairs of ratings, each unit's divided by its raters less one
    agreement: Sums  # (n,): share of agreeing pairs of each unit with two ratings or more
    n_paired: Sums  # (n,): such units
    shares: Sums  # (n, q): share of each unit's ratings in each category
    n_rated: Sums  # (n,): units with one rating or more
    pairs: Sums  # (n, n_pairs, q, q): cross-tables of every two coders

    @property
    def n_categories(self) -> int:
        """Categories that the coders could choose from."""
        return int(self.shares.shape[1])


def tally(
    ratings: Ratings,
    documents: NDArray[np.int64],
    n_categories: int,
    weights: Sums | None = None,
    n_documents: int | None = None,
) -> Tallies:
    """The sums of each document.

    Args:
        ratings: One row a unit, one column a coder.
        documents: The document of each unit, from 0.
        n_categories: Categories that could be chosen, used or not.
        weights: Of the units; 1 by default.
        n_documents: How many there are, where the last ones may have no unit.

    Raises:
        ValueError: A rating is no category, or the arrays do not fit each other.
    """
    if ratings.ndim != 2 or len(ratings) != len(documents):
        raise ValueError(f"ratings {ratings.shape} do not fit {len(documents)} units")
    if ratings.size and not MISSING <= ratings.min() <= ratings.max() < n_categories:
        raise ValueError(f"ratings must be {MISSING} or 0 to {n_categories - 1}")
    weight = np.ones(len(ratings)) if weights is None else np.asarray(weights, dtype=float)
    chosen = ratings[:, :, None] == np.arange(n_categories)  # (n_units, n_coders, q)
    counts = chosen.sum(axis=1).astype(float)  # (n_units, q)
    n_raters = counts.sum(axis=1)
    paired, rated = n_raters >= 2, n_raters >= 1
    others = np.where(paired, n_raters - 1, 1)
    together = counts[:, :, None] * counts[:, None, :]
    diagonal = np.arange(n_categories)
    together[:, diagonal, diagonal] -= counts
    coincidences = together * (paired / others)[:, None, None]
    n_sums = n_documents or (int(documents.max()) + 1 if len(documents) else 0)

    def summed(values: NDArray[np.generic]) -> Sums:
        sums = np.zeros((n_sums, *values.shape[1:]))
        weighted = values.astype(float) * weight.reshape(-1, *[1] * (values.ndim - 1))
        np.add.at(sums, documents, weighted)
        return sums

    agreement = np.trace(coincidences, axis1=1, axis2=2) / np.where(paired, n_raters, 1)
    return Tallies(
        coincidences=summed(coincidences),
        agreement=summed(agreement),
        n_paired=summed(paired),
        shares=summed(counts / np.where(rated, n_raters, 1)[:, None]),
        n_rated=summed(rated),
        pairs=summed(_cross_tables(chosen)),
    )


def resampled(tallies: Tallies, draws: Sums) -> Tallies:
    """The sums of resamples of documents.

    Args:
        tallies: Of documents.
        draws: How often each document is in each resample, shape (n_resamples, n_documents).
    """
    return Tallies(
        coincidences=_drawn(draws, tallies.coincidences),
        agreement=draws @ tallies.agreement,
        n_paired=draws @ tallies.n_paired,
        shares=draws @ tallies.shares,
        n_rated=draws @ tallies.n_rated,
        pairs=_drawn(draws, tallies.pairs),
    )


def _drawn(draws: Sums, sums: Sums) -> Sums:
    flat: Sums = draws @ sums.reshape(len(sums), -1)
    return flat.reshape(len(draws), *sums.shape[1:])


def added(codes: Sequence[Tallies]) -> Tallies:
    """The sums of several codes over the same units, as if each code had units of its own."""
    return Tallies(
        coincidences=np.sum([each.coincidences for each in codes], axis=0),
        agreement=np.sum([each.agreement for each in codes], axis=0),
        n_paired=np.sum([each.n_paired for each in codes], axis=0),
        shares=np.sum([each.shares for each in codes], axis=0),
        n_rated=np.sum([each.n_rated for each in codes], axis=0),
        pairs=np.sum([each.pairs for each in codes], axis=0),
    )


def _cross_tables(chosen: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Of every two coders, for each unit: shape (n_units, n_pairs, q, q)."""
    n_units, n_coders, n_categories = chosen.shape
    tables = [
        chosen[:, one, :, None] & chosen[:, other, None, :]
        for one, other in combinations(range(n_coders), 2)
    ]
    if not tables:
        return np.zeros((n_units, 0, n_categories, n_categories), dtype=bool)
    return np.stack(tables, axis=1)

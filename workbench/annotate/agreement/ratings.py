"""Agreement of coders who put each unit into one of several categories."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from workbench.annotate.agreement.drift import measure_weeks
from workbench.annotate.agreement.estimating import nominal_estimates
from workbench.annotate.agreement.figures import (
    Context,
    Size,
    make_context,
    make_figure,
    needed_documents,
)
from workbench.annotate.agreement.levels import NO, YES
from workbench.annotate.agreement.reading import read_figure
from workbench.annotate.agreement.records import (
    Agreement,
    AgreementSettings,
    Figure,
    PairFigure,
    RatingTable,
)
from workbench.annotate.statistics.resampling import Estimate
from workbench.annotate.statistics.tallies import MISSING, Ratings, Tallies, tally
from workbench.errors import InputError


def measure_ratings(table: RatingTable, settings: AgreementSettings | None = None) -> Agreement:
    """How far coders agree on a rating, and on each of its categories against all others.

    Units with one rating or none are not compared.

    Raises:
        InputError: No unit has two ratings.
    """
    settings = settings or AgreementSettings()
    categories = sorted({value for row in table.values for value in row if value})
    place = {value: at for at, value in enumerate(categories)}
    all_ratings = np.array(
        [[place.get(value, MISSING) for value in row] for row in table.values], dtype=np.int64
    ).reshape(len(table.unit_ids), len(table.coders))
    rows = np.flatnonzero((all_ratings != MISSING).sum(axis=1) >= 2)
    if not len(rows):
        raise InputError(
            f"agreement needs units with two ratings; none of {len(table.unit_ids)} units has two "
            f"in the columns {', '.join(table.coders)}."
        )
    names = sorted({table.document_ids[row] for row in rows})
    documents = np.array([names.index(table.document_ids[row]) for row in rows], dtype=np.int64)
    ratings = all_ratings[rows]
    context = make_context(len(names), settings)
    n_categories = max(len(categories), 2)

    def tallies_of(some: NDArray[np.int64]) -> list[Tallies]:
        return [tally(ratings[some], documents[some], n_categories, n_documents=len(names))]

    weeks, drift = measure_weeks(
        [table.dates[row] for row in rows], tallies_of, context.samples, marks=False
    )
    n_left_out = len(table.unit_ids) - len(rows)
    note = f"{n_left_out} unit(s) have fewer than two ratings: not compared."
    return Agreement(
        coders=table.coders,
        n_units=len(table.unit_ids),
        n_documents=len(set(table.document_ids)),
        n_unused_codes=0,
        figures=(
            _whole(ratings, tallies_of(np.arange(len(rows)))[0], context),
            *_categories(categories, ratings, documents, context),
        ),
        pairs=tuple(_pairs(table.coders, ratings, documents, context)),
        weeks=weeks,
        drift=drift,
        notes=(note,) if n_left_out else (),
        settings=settings,
    )


def _whole(ratings: Ratings, tallies: Tallies, context: Context) -> Figure:
    estimates = nominal_estimates(tallies, context.samples)
    n_documents = context.samples.n_documents
    return Figure(
        level="unit",
        code_id="",
        n_units=len(ratings),
        n_documents=n_documents,
        n_marked=len(ratings),
        prevalence=Estimate(None),
        estimates=estimates,
        documents_needed=needed_documents(estimates["krippendorff_alpha"], context),
        reading=read_figure(Estimate(None), estimates, len(ratings), n_documents),
    )


def _categories(
    categories: list[str], ratings: Ratings, documents: NDArray[np.int64], context: Context
) -> Iterator[Figure]:
    for at, category in enumerate(categories):
        against = _against(ratings, at)
        size = Size(len(ratings), int((against == YES).any(axis=1).sum()))
        sums = tally(against, documents, 2, n_documents=context.samples.n_documents)
        yield make_figure("unit", category, size, [sums], context, {})


def _pairs(
    coders: tuple[str, ...], ratings: Ratings, documents: NDArray[np.int64], context: Context
) -> Iterator[PairFigure]:
    samples = context.samples
    n_categories = max(int(ratings.max()) + 1, 2)
    for one, other in combinations(range(len(coders)), 2):
        rows = np.flatnonzero((ratings[:, [one, other]] != MISSING).all(axis=1))
        if not len(rows):
            continue
        two = ratings[rows][:, [one, other]]
        sums = tally(two, documents[rows], n_categories, n_documents=samples.n_documents)
        estimates = nominal_estimates(sums, samples)
        yield PairFigure(
            coders=(coders[one], coders[other]),
            n_units=len(rows),
            raw_agreement=estimates["raw_agreement"],
            positive_agreement=Estimate(None),
            cohen_kappa=estimates["cohen_kappa"],
        )


def _against(ratings: Ratings, category: int) -> Ratings:
    """The rating as yes or no: this category, or any other."""
    return np.where(ratings == MISSING, MISSING, np.where(ratings == category, YES, NO)).astype(
        np.int64
    )

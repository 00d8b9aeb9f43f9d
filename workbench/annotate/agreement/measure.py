"""Agreement of coders who mark codes in passages."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from workbench.annotate.agreement.drift import measure_weeks
from workbench.annotate.agreement.estimating import Samples, marked_estimates, set_estimate
from workbench.annotate.agreement.figures import Context, figures_of_ratings, make_context
from workbench.annotate.agreement.levels import (
    Grid,
    case_ratings,
    make_cases,
    make_grid,
    segment_ratings,
)
from workbench.annotate.agreement.records import (
    Agreement,
    AgreementSettings,
    CodedUnit,
    Figure,
    PairFigure,
)
from workbench.annotate.agreement.span_level import missing_offsets, span_figures
from workbench.annotate.statistics.sets import CodeSet, tally_sets
from workbench.annotate.statistics.tallies import Tallies, tally
from workbench.errors import InputError


def measure_codings(
    units: Sequence[CodedUnit],
    settings: AgreementSettings | None = None,
    known_codes: Collection[str] = (),
) -> Agreement:
    """How far coders agree, on each code that anybody used and on all of them.

    Only units that two coders or more were shown are compared.

    Args:
        units: One for each coder and unit, also where nothing was marked.
        settings: How to measure.
        known_codes: All codes that could have been used.

    Raises:
        InputError: There is one coder only, or no unit that two have coded.
    """
    settings = settings or AgreementSettings()
    grid = make_grid(units, only_affirmed=settings.only_affirmed)
    if len(grid.coders) < 2 or not grid.keys:
        raise InputError(
            f"agreement needs units that two coders have coded; found {len(grid.coders)} coder(s) "
            f"({', '.join(grid.coders) or 'none'}) and no unit that two of them share. Check that "
            "ids of documents and units are the same for all coders, and that units without any "
            "code are listed too."
        )
    context = make_context(len(grid.document_ids), settings)
    keys = {(unit.document_id, unit.unit_id) for unit in units}
    notes = [note for note in (_single(len(keys), len(grid.keys)), missing_offsets(grid)) if note]
    figures = [
        *_segment_figures(grid, context),
        *span_figures(grid, context),
        *_case_figures(grid, settings, notes),
    ]
    weeks, drift = measure_weeks(
        grid.dates, _tallies_of(grid, context.samples), context.samples, marks=True
    )
    return Agreement(
        coders=grid.coders,
        n_units=len(keys),
        n_documents=len({document for document, _ in keys}),
        n_unused_codes=len(set(known_codes) - set(grid.codes)),
        figures=tuple(figures),
        pairs=tuple(_pairs(grid, context.samples)),
        weeks=weeks,
        drift=drift,
        notes=tuple(notes),
        settings=settings,
    )


def _segment_figures(grid: Grid, context: Context) -> Iterator[Figure]:
    sets = tally_sets([_sets(grid, at) for at in range(len(grid.keys))], grid.documents)
    more = {"": {"masi_alpha": set_estimate(sets, context.samples)}}
    ratings = {code_id: segment_ratings(grid, code_id) for code_id in grid.codes}
    yield from figures_of_ratings("segment", ratings, grid.documents, context, more)


def _sets(grid: Grid, at: int) -> dict[str, CodeSet]:
    return {
        coder: frozenset(mark.code_id for mark in given)
        for coder, given, seen in zip(grid.coders, grid.marks[at], grid.seen[at], strict=True)
        if seen
    }


def _case_figures(grid: Grid, settings: AgreementSettings, notes: list[str]) -> Iterator[Figure]:
    if len(set(grid.case_ids)) == len(grid.keys):
        notes.append("each case has one unit: figures of cases would be those of segments.")
        return
    cases = make_cases(grid)
    shared = np.flatnonzero(cases.seen.sum(axis=1) >= 2)
    if len(shared) < len(cases.case_ids):
        notes.append(
            f"{len(cases.case_ids) - len(shared)} of {len(cases.case_ids)} case(s) are not "
            "compared as cases: no two coders have seen the same units of them."
        )
    if not len(shared):
        return
    context = make_context(len(shared), settings)
    places = np.arange(len(shared))
    sets = [_case_sets(grid, cases.members[at], cases.seen[at]) for at in shared]
    more = {"": {"masi_alpha": set_estimate(tally_sets(sets, places), context.samples)}}
    ratings = {code_id: case_ratings(grid, cases, code_id)[shared] for code_id in grid.codes}
    yield from figures_of_ratings("case", ratings, places, context, more)


def _case_sets(
    grid: Grid, members: NDArray[np.int64], seen: NDArray[np.bool_]
) -> dict[str, CodeSet]:
    return {
        coder: frozenset(mark.code_id for at in members for mark in grid.marks[at][place])
        for place, coder in enumerate(grid.coders)
        if seen[place]
    }


def _pairs(grid: Grid, samples: Samples) -> Iterator[PairFigure]:
    for one, other in combinations(range(len(grid.coders)), 2):
        rows = np.flatnonzero(grid.seen[:, [one, other]].all(axis=1))
        if not len(rows) or not grid.codes:
            continue
        tallies = [
            tally(
                segment_ratings(grid, code_id)[rows][:, [one, other]],
                grid.documents[rows], 2, n_documents=samples.n_documents,
            )
            for code_id in grid.codes
        ]  # fmt: skip
        _, estimates = marked_estimates(tallies, samples)
        yield PairFigure(
            coders=(grid.coders[one], grid.coders[other]),
            n_units=len(rows),
            raw_agreement=estimates["raw_agreement"],
            positive_agreement=estimates["positive_agreement"],
            cohen_kappa=estimates["cohen_kappa"],
        )


def _tallies_of(grid: Grid, samples: Samples) -> Callable[[NDArray[np.int64]], list[Tallies]]:
    ratings = [segment_ratings(grid, code_id) for code_id in grid.codes]

    def tallies(rows: NDArray[np.int64]) -> list[Tallies]:
        documents = grid.documents[rows]
        return [tally(r[rows], documents, 2, n_documents=samples.n_documents) for r in ratings]

    return tallies


def _single(n_units: int, n_compared: int) -> str:
    n_single = n_units - n_compared
    return f"{n_single} unit(s) were coded by one coder only: not compared." if n_single else ""

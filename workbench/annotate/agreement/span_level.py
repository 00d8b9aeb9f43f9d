"""Agreement on the words themselves: character by character, and span by span."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np

from workbench.annotate.agreement.figures import Context, Size, make_figure
from workbench.annotate.agreement.levels import YES, Grid, character_ratings
from workbench.annotate.agreement.records import Figure
from workbench.annotate.statistics.resampling import Estimate
from workbench.annotate.statistics.spans import Span, is_exact, n_matched, overlaps
from workbench.annotate.statistics.tallies import Sums, Tallies, tally


def span_figures(grid: Grid, context: Context) -> Iterator[Figure]:
    """The figure of all codes together, then of each; none where a mark has no offsets.

    Raw and chance-corrected figures take each character for a unit, since spans that nobody
    marked cannot be counted; the F-measures count spans.
    """
    if missing_offsets(grid) or not grid.codes:
        return
    known = {code_id: _tallied(grid, code_id, context) for code_id in grid.codes}
    size, _ = _tallied(grid, None, context)
    tallies = [of_code for _, of_code in known.values()]
    n_documents = context.samples.n_documents
    matched = {code_id: _matched(grid, code_id, n_documents) for code_id in grid.codes}
    together = _f1(_added(list(matched.values())), context)
    yield make_figure("span", "", size, tallies, context, together)
    for code_id, (size, of_code) in known.items():
        more = _f1(matched[code_id], context)
        yield make_figure("span", code_id, size, [of_code], context, more)


def missing_offsets(grid: Grid) -> str:
    """Why spans cannot be compared, in one sentence; "" when they can."""
    marks = [mark for row in grid.marks for given in row for mark in given]
    n_without, n_unknown = sum(not m.has_span for m in marks), int((grid.n_chars == 0).sum())
    if not n_without and not n_unknown:
        return ""
    return (
        f"spans are not compared: {n_without} of {len(marks)} mark(s) have no offsets, and "
        f"{n_unknown} of {len(grid.keys)} unit(s) have no text and no length."
    )


def _tallied(grid: Grid, code_id: str | None, context: Context) -> tuple[Size, Tallies]:
    ratings, documents, weights = character_ratings(grid, code_id)
    marked = (ratings == YES).any(axis=1)
    size = Size(round(float(weights.sum())), round(float(weights[marked].sum())))
    n_documents = context.samples.n_documents
    return size, tally(ratings, documents, 2, weights, n_documents)


KINDS: Mapping[str, Callable[[Span, Span], bool]] = {
    "span_f1": overlaps,
    "span_f1_exact": is_exact,
}


class _Matched(NamedTuple):
    """Spans of every two coders, added up by document, shape (n_documents,)."""

    n_spans: Sums
    twice_matched: Mapping[str, Sums]  # by name of the measure


def _matched(grid: Grid, code_id: str, n_documents: int) -> _Matched:
    n_spans = np.zeros(n_documents)
    twice = {name: np.zeros(n_documents) for name in KINDS}
    for at in np.flatnonzero(grid.marked(code_id).any(axis=1)):
        spans = [
            [Span(m.start_char, m.end_char) for m in given if m.code_id == code_id]
            for given in grid.marks[at]
        ]
        document = grid.documents[at]
        for one, other in combinations(np.flatnonzero(grid.seen[at]), 2):
            n_spans[document] += len(spans[one]) + len(spans[other])
            for name, match in KINDS.items():
                twice[name][document] += 2 * n_matched(spans[one], spans[other], match)
    return _Matched(n_spans, twice)


def _added(each: Sequence[_Matched]) -> _Matched:
    return _Matched(
        np.sum([matched.n_spans for matched in each], axis=0),
        {name: np.sum([matched.twice_matched[name] for matched in each], axis=0) for name in KINDS},
    )


def _f1(matched: _Matched, context: Context) -> dict[str, Estimate]:
    return {
        name: context.samples.share(above, matched.n_spans)
        for name, above in matched.twice_matched.items()
    }

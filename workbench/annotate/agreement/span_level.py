"""Agreement on the words themselves: character by character, and span by span."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

import numpy as np

from workbench.annotate.agreement.figures import Context, Size, make_figure
from workbench.annotate.agreement.levels import YES, Grid, character_ratings
from workbench.annotate.agreement.records import Figure
from workbench.annotate.statistics.resampling import Estimate
from workbench.annotate.statistics.spans import Span, is_exact, n_matched, overlaps
from workbench.annotate.statistics.tallies import Tallies, tally


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
    yield make_figure("span", "", size, tallies, context, _span_f1(grid, grid.codes, context))
    for code_id, (size, of_code) in known.items():
        more = _span_f1(grid, [code_id], context)
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


def _span_f1(grid: Grid, codes: Sequence[str], context: Context) -> dict[str, Estimate]:
    samples = context.samples
    kinds: dict[str, Callable[[Span, Span], bool]] = {
        "span_f1": overlaps,
        "span_f1_exact": is_exact,
    }
    twice_matched = {name: np.zeros(samples.n_documents) for name in kinds}
    n_spans = np.zeros(samples.n_documents)
    for at, row in enumerate(grid.marks):
        for one, other in combinations(np.flatnonzero(grid.seen[at]), 2):
            for code_id in codes:
                spans = [
                    [Span(m.start_char, m.end_char) for m in row[coder] if m.code_id == code_id]
                    for coder in (one, other)
                ]
                n_spans[grid.documents[at]] += len(spans[0]) + len(spans[1])
                for name, match in kinds.items():
                    matched = n_matched(spans[0], spans[1], match)
                    twice_matched[name][grid.documents[at]] += 2 * matched
    return {name: samples.share(above, n_spans) for name, above in twice_matched.items()}

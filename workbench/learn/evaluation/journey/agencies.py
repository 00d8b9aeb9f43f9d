"""The agencies of each document against those that the truth lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from workbench.learn.evaluation.journey.names import likeness
from workbench.learn.evaluation.pooling import Bootstrap, pool_measures
from workbench.learn.evaluation.records import Section, Tally, precision_recall_f1
from workbench.learn.matching.comparison import Comparison
from workbench.records.journey import Agency, Journey

LABELS = {
    "named.precision": "agencies: precision",
    "named.recall": "agencies: recall",
    "named.f1": "agencies: F1",
}


def agency_section(
    comparisons: Sequence[Comparison], bootstrap: Bootstrap, journeys: Mapping[str, Journey]
) -> Section:
    """The section on agencies; ``journeys`` are by document id."""
    units = {each.truth.truth_id: _tallies(each, journeys) for each in comparisons}
    return Section(
        key="agencies",
        title="Agencies",
        explanation="The agencies that a document names, against the list of the truth. A name is "
        "right when its words, or those of one of its short forms, are words of the name in the "
        "truth, or the other way round; each counts once. An agency that has no name of its own "
        "counts by its general words. The truth lists the agencies that took part; others that "
        "the text tells of count as wrong.",
        measures=pool_measures("agencies", LABELS, units, bootstrap),
    )


def _tallies(comparison: Comparison, journeys: Mapping[str, Journey]) -> dict[str, Tally]:
    document_id = comparison.document_id or ""
    journey = journeys.get(document_id)
    given = [
        agency
        for agency in (journey.agencies if journey else ())
        if agency.document_id == document_id
    ]
    hits = n_same(comparison.truth.agencies, given)
    return precision_recall_f1(
        "named", hits, len(given) - hits, len(comparison.truth.agencies) - hits
    )


def n_same(wanted: Sequence[str], given: Sequence[Agency]) -> int:
    """How many of the names wanted an agency has; the likest pairs first, each agency once."""
    pairs = [
        (max(likeness(name, form) for form in (agency.name, *agency.aliases)), row, column)
        for row, name in enumerate(wanted)
        for column, agency in enumerate(given)
    ]
    rows: set[int] = set()
    columns: set[int] = set()
    for score, row, column in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if score > 0 and row not in rows and column not in columns:
            rows.add(row)
            columns.add(column)
    return len(rows)

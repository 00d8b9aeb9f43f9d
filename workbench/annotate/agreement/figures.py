"""The figure of one code, or of several pooled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from workbench.annotate.agreement.estimating import Samples, make_samples, marked_estimates
from workbench.annotate.agreement.levels import YES
from workbench.annotate.agreement.reading import read_figure
from workbench.annotate.agreement.records import AgreementSettings, Figure
from workbench.annotate.statistics.planning import documents_for_width
from workbench.annotate.statistics.resampling import Estimate
from workbench.annotate.statistics.tallies import Ratings, Tallies, tally

#: Estimates that are not made from ratings, by code ("" for all together).
More = Mapping[str, Mapping[str, Estimate]]


class Context(NamedTuple):
    """What the figures of a level share."""

    samples: Samples
    settings: AgreementSettings


class Size(NamedTuple):
    """How many units (characters, at the level of spans) there are, and how many were marked."""

    n_units: int
    n_marked: int


def make_context(n_documents: int, settings: AgreementSettings) -> Context:
    """Resamples of that many documents, with the settings."""
    return Context(make_samples(n_documents, settings), settings)


def make_figure(
    level: str,
    code_id: str,
    size: Size,
    tallies: Sequence[Tallies],
    context: Context,
    more: Mapping[str, Estimate],
) -> Figure:
    """The figure of some tallies, with its reading and the documents that it would take.

    Args:
        level: "segment", "span" or "case".
        code_id: Of the code; "" for several pooled.
        size: How many units the tallies are of.
        tallies: Of each code.
        context: Of the level.
        more: Further estimates of this figure.
    """
    samples = context.samples
    prevalence, estimates = marked_estimates(tallies, samples)
    return Figure(
        level=level,
        code_id=code_id,
        n_units=size.n_units,
        n_documents=samples.n_documents,
        n_marked=size.n_marked,
        prevalence=prevalence,
        estimates={**estimates, **more},
        documents_needed=needed_documents(estimates["krippendorff_alpha"], context),
        reading=read_figure(prevalence, estimates, size.n_marked, samples.n_documents),
    )


def needed_documents(alpha: Estimate, context: Context) -> int | None:
    """Documents for an interval of the wanted width; None where there is no interval."""
    if alpha.low is None or alpha.high is None or alpha.high <= alpha.low:
        return None
    return documents_for_width(
        context.samples.n_documents, alpha.low, alpha.high, context.settings.wanted_width
    )


def figures_of_ratings(
    level: str,
    ratings: Mapping[str, Ratings],
    documents: NDArray[np.int64],
    context: Context,
    more: More,
) -> Iterator[Figure]:
    """The figure of all codes together, then of each.

    Args:
        level: "segment" or "case".
        ratings: Of each code.
        documents: Of each unit.
        context: Of the level.
        more: Further estimates by code.
    """
    if not ratings:
        return
    n_documents = context.samples.n_documents
    tallies = {
        code: tally(each, documents, 2, n_documents=n_documents) for code, each in ratings.items()
    }
    marked = {code: (each == YES).any(axis=1) for code, each in ratings.items()}
    anything = np.stack(list(marked.values())).any(axis=0)
    size = Size(len(documents), int(anything.sum()))
    yield make_figure(level, "", size, list(tallies.values()), context, more.get("", {}))
    for code_id, of_code in tallies.items():
        size = Size(len(documents), int(marked[code_id].sum()))
        yield make_figure(level, code_id, size, [of_code], context, more.get(code_id, {}))

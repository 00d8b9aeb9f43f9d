"""Documents as a whole: how their reading ended, and what kind of review they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from workbench.learn.evaluation.pooling import Bootstrap, confusion_table, pool_measures
from workbench.learn.evaluation.records import Section, Tally, share
from workbench.learn.matching.comparison import Comparison
from workbench.learn.matching.tokens import word_keys
from workbench.records import DocumentStatus

LABELS = {
    "status": "status right",
    "pages": "number of pages right",
    "review_type": "kind of review right",
    "title": "words of the title that are right (F1, mean)",
}
NO_READING = "no reading"


def document_section(comparisons: Sequence[Comparison], bootstrap: Bootstrap) -> Section:
    """The section on documents."""
    units = {comparison.truth.truth_id: _tallies(comparison) for comparison in comparisons}
    read = [each for each in comparisons if has_content(each)]
    return Section(
        key="documents",
        title="Documents",
        explanation="Whether each file ended in the status it should (a scan without a text "
        "layer may wait for recognition, or be recognised: then it is measured like any other), "
        "and whether the system knows what kind of review it is.",
        measures=pool_measures("documents", LABELS, units, bootstrap),
        tables=(
            confusion_table(
                "documents.statuses",
                "Statuses",
                ((each.truth.status, status_of(each)) for each in comparisons),
            ),
            confusion_table(
                "documents.review_types",
                "Kinds of review",
                ((each.truth.kind, review_type_of(each)) for each in read),
            ),
        ),
    )


def status_of(comparison: Comparison) -> str:
    """How the reading ended."""
    reading = comparison.reading
    return reading.document.status.value if reading else NO_READING


def has_content(comparison: Comparison) -> bool:
    """Whether there is text to measure: always, but for a scan that was not recognised."""
    return comparison.truth.status == DocumentStatus.OK or bool(comparison.segments)


def _has_right_status(comparison: Comparison) -> bool:
    found, truth = status_of(comparison), comparison.truth
    is_recognised = found == DocumentStatus.OK and bool(comparison.segments)
    return found == truth.status or (truth.status == DocumentStatus.NEEDS_OCR and is_recognised)


def review_type_of(comparison: Comparison) -> str:
    """What kind of review the system takes the document for."""
    reading = comparison.reading
    return (reading.document.review_type if reading else "") or "not known"


def _tallies(comparison: Comparison) -> dict[str, Tally]:
    truth, reading = comparison.truth, comparison.reading
    tallies = {
        "status": share(_has_right_status(comparison), 1),
        "pages": share(reading is not None and reading.document.n_pages == truth.pages, 1),
    }
    if has_content(comparison):
        wanted = Counter(word_keys(truth.title))
        given = Counter(word_keys(reading.document.title if reading else ""))
        words_f1 = 2 * (wanted & given).total() / (wanted.total() + given.total())
        tallies["review_type"] = share(review_type_of(comparison) == truth.kind, 1)
        tallies["title"] = share(words_f1, 1)
    return tallies

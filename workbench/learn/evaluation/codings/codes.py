"""Which code is in which paragraph."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.learn.evaluation.codings.breakdowns import (
    code_table,
    error_table,
    macro_f1,
    section_table,
)
from workbench.learn.evaluation.pooling import Bootstrap, pool_measures
from workbench.learn.evaluation.records import Section, Tally, precision_recall_f1
from workbench.learn.matching.pairs import DocumentPairs
from workbench.records import Assertion

_NAMES = {
    "affirmed": "affirmed codes",
    "negated": "negated codes",
    "suspected": "suspected codes",
    "any": "codes with any assertion",
}
LABELS = {
    f"{key}.{measure}": f"{name}: {label}"
    for key, name in _NAMES.items()
    for measure, label in (("precision", "precision"), ("recall", "recall"), ("f1", "F1"))
}


def code_section(documents: Sequence[DocumentPairs], bootstrap: Bootstrap) -> Section:
    """The section on codes in paragraphs."""
    units = {each.comparison.truth.truth_id: _tallies(each) for each in documents}
    return Section(
        key="codings",
        title="Codes on paragraphs",
        explanation="A code counts once for each paragraph. Affirmed: the passage says that "
        "the factor was there. What the truth marks as optional counts neither way; what "
        "the system finds outside all paragraphs of the truth counts as wrong.",
        measures=(
            *pool_measures("codings", LABELS, units, bootstrap),
            macro_f1(documents, bootstrap),
        ),
        tables=(error_table(documents), section_table(documents), code_table(documents)),
    )


def _tallies(pairs: DocumentPairs) -> dict[str, Tally]:
    counted = {
        "affirmed": pairs.asserted(Assertion.AFFIRMED),
        "negated": pairs.asserted(Assertion.NEGATED),
        "suspected": pairs.asserted(Assertion.SUSPECTED),
        "any": pairs.any_assertion,
    }
    tallies: dict[str, Tally] = {}
    for name, each in counted.items():
        tallies |= precision_recall_f1(name, len(each.hits), len(each.false), len(each.missed))
    return tallies

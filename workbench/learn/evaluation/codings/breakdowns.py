"""Affirmed codes by code, by section and by the kind of error."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from workbench.learn.evaluation.pooling import Bootstrap, divided
from workbench.learn.evaluation.records import Cell, Measure, Table, UnitValue
from workbench.learn.matching.pairs import DocumentPairs, Pair
from workbench.records import SectionRole

#: A code in one of that many paragraphs before or after counts as near.
_NEAR = 2
#: The mean over codes takes those with at least this many affirmed uses in the truth.
MIN_SUPPORT = 5
COUNT_COLUMNS = ("in truth", "by system", "both", "precision", "recall", "F1")
_OUTSIDE = "outside the truth"


def code_table(documents: Sequence[DocumentPairs]) -> Table:
    """Affirmed pairs by code, those with most support first."""
    hits, false, missed = _counts(documents, lambda document, pair: pair[1])
    codes = sorted(
        hits.keys() | false.keys() | missed.keys(),
        key=lambda code_id: (-hits[code_id] - missed[code_id], code_id),
    )
    return Table(
        key="codings.codes",
        title="Affirmed codes, those with most support first",
        columns=("code", *COUNT_COLUMNS),
        rows=tuple((code, *count_cells(hits[code], false[code], missed[code])) for code in codes),
    )


def section_table(documents: Sequence[DocumentPairs]) -> Table:
    """Affirmed pairs by the role that the truth gives their section."""

    def role(document: DocumentPairs, pair: Pair) -> str:
        paragraphs = document.comparison.truth.paragraphs
        return paragraphs[pair[0]].section_role.value if pair[0] >= 0 else _OUTSIDE

    hits, false, missed = _counts(documents, role)
    roles = [*(role.value for role in SectionRole), _OUTSIDE]
    return Table(
        key="codings.sections",
        title="Affirmed codes by section; outside facts, analysis and findings few are due",
        columns=("section role", *COUNT_COLUMNS),
        rows=tuple(
            (each, *count_cells(hits[each], false[each], missed[each]))
            for each in roles
            if hits[each] + false[each] + missed[each]
        ),
    )


def macro_f1(documents: Sequence[DocumentPairs], bootstrap: Bootstrap) -> Measure:
    """Mean F1 of the codes that have support, each counting the same; n counts the codes."""
    found = {
        code_id
        for document in documents
        for _, code_id in document.affirmed.hits | document.affirmed.missed
    }
    codes = sorted(found)
    sums: NDArray[np.float64]
    sums = np.zeros((3, len(documents), len(codes)))  # hits, false, missed
    position = {code_id: at for at, code_id in enumerate(codes)}
    for unit, document in enumerate(documents):
        affirmed = document.affirmed
        for kind, pairs in enumerate((affirmed.hits, affirmed.false, affirmed.missed)):
            for _, code_id in pairs:
                if code_id in position:
                    sums[kind, unit, position[code_id]] += 1
    return mean_f1(
        "codings",
        sums,
        [document.comparison.truth.truth_id for document in documents],
        bootstrap,
    )


def mean_f1(
    prefix: str, sums: NDArray[np.float64], unit_ids: Sequence[str], bootstrap: Bootstrap
) -> Measure:
    """The measure ``<prefix>.affirmed.macro_f1``.

    Args:
        prefix: Of the section.
        sums: Hits, false and missed pairs, shape (3, n_units, n_codes).
        unit_ids: Of the units, in the order of ``sums`` and of the bootstrap's weights.
        bootstrap: Knows which units belong together.
    """
    supported = (sums[0] + sums[2]).sum(axis=0) >= MIN_SUPPORT
    sums = sums[:, :, supported]
    totals = _mean_f1(sums.sum(axis=1, keepdims=True))
    replicates = _mean_f1(np.stack([bootstrap.weights @ kind for kind in sums]))
    low, high = bootstrap.interval(replicates)
    by_unit = _mean_f1(sums)
    return Measure(
        key=f"{prefix}.affirmed.macro_f1",
        label=f"affirmed codes: mean F1 of the codes with {MIN_SUPPORT} uses or more",
        value=None if np.isnan(totals[0]) else float(totals[0]),
        low=low,
        high=high,
        n=int(supported.sum()),
        units=tuple(
            UnitValue(
                unit_id=unit_id,
                value=None if np.isnan(value) else float(value),
                n=int(((kind[0] + kind[2]) > 0).sum()),
            )
            for unit_id, value, kind in zip(unit_ids, by_unit, np.moveaxis(sums, 1, 0), strict=True)
        ),
    )


def _mean_f1(sums: NDArray[np.float64]) -> NDArray[np.float64]:
    """Mean over codes of F1, shape (n,) from (3, n, n_codes); codes that do not occur left out."""
    hits, false, missed = sums
    f1 = divided(2 * hits, 2 * hits + false + missed)
    occurs = ~np.isnan(f1)
    return divided(np.where(occurs, f1, 0.0).sum(axis=1), occurs.sum(axis=1).astype(np.float64))


def _counts(
    documents: Sequence[DocumentPairs], group: Callable[[DocumentPairs, Pair], str]
) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """Hits, false and missed pairs of each group."""
    hits: Counter[str] = Counter()
    false: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    for document in documents:
        affirmed = document.affirmed
        hits.update(group(document, pair) for pair in affirmed.hits)
        false.update(group(document, pair) for pair in affirmed.false)
        missed.update(group(document, pair) for pair in affirmed.missed)
    return hits, false, missed


def count_cells(hits: int, false: int, missed: int) -> tuple[Cell, ...]:
    """The cells of ``COUNT_COLUMNS``."""
    return (
        hits + missed,
        hits + false,
        hits,
        hits / (hits + false) if hits + false else None,
        hits / (hits + missed) if hits + missed else None,
        2 * hits / (2 * hits + false + missed),
    )


def error_table(documents: Sequence[DocumentPairs]) -> Table:
    """Why pairs are false or missed, by what the other side has instead."""
    kinds = (
        "same paragraph, other assertion",
        f"affirmed within {_NEAR} paragraphs",
        "affirmed elsewhere in the document",
        "nowhere affirmed in the document",
        "outside all paragraphs of the truth",
    )
    false, missed = [0] * len(kinds), [0] * len(kinds)
    for document in documents:
        affirmed = document.affirmed
        wanted, given = affirmed.hits | affirmed.missed, affirmed.hits | affirmed.false
        for pair in affirmed.false:
            false[_reason(pair, pair in document.wanted, wanted)] += 1
        for pair in affirmed.missed:
            missed[_reason(pair, pair in document.given, given)] += 1
    rows = tuple(zip(kinds, false, missed, strict=True))
    columns = ("on the other side the code is", "wrong (system only)", "missed (truth only)")
    return Table(
        key="codings.errors", title="Where affirmed codes go wrong", columns=columns, rows=rows
    )


def _reason(pair: Pair, other_assertion: bool, affirmed: Iterable[Pair]) -> int:
    if pair[0] < 0:
        return 4
    if other_assertion:
        return 0
    distances = [abs(paragraph - pair[0]) for paragraph, code in affirmed if code == pair[1]]
    if not distances:
        return 3
    return 1 if min(distances) <= _NEAR else 2

"""Codings: codes on paragraphs, and whether words, assertion, role, person and time are right."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from workbench.learn.evaluation.pooling import Bootstrap, confusion_table, pool_measures
from workbench.learn.evaluation.records import (
    Cell,
    Section,
    Table,
    Tally,
    precision_recall_f1,
    share,
)
from workbench.learn.matching.names import PersonNames
from workbench.learn.matching.pairs import (
    DocumentPairs,
    Pair,
    agrees,
    confused,
    is_practice,
    values,
)
from workbench.records import Assertion, SubjectRole, Temporality, Valence

PAIR_LABELS = {
    "affirmed.precision": "affirmed codes: precision",
    "affirmed.recall": "affirmed codes: recall",
    "affirmed.f1": "affirmed codes: F1",
    "any.precision": "codes with any assertion: precision",
    "any.recall": "codes with any assertion: recall",
    "any.f1": "codes with any assertion: F1",
}
MATCHED_LABELS = {
    "assertion": "assertion right",
    "role": "whose factor it is, right (without practice codes)",
    "role.all_codes": "whose factor it is, right (all codes)",
    "person": "person right, where truth and system name one",
    "person.named": "person named by the system, where the truth names one",
    "temporality": "time right",
    "valence": "failing or good practice right (practice codes)",
    "words.overlap": "highlighted words overlap those of the truth",
    "words.iou": "shared words / all words of both (mean)",
}
#: A code in one of that many paragraphs before or after counts as near.
_NEAR = 2


def coding_sections(documents: Sequence[DocumentPairs], bootstrap: Bootstrap) -> list[Section]:
    """The sections on codes and on what is said of them."""
    units = {each.comparison.truth.truth_id: _tallies(each) for each in documents}
    return [
        Section(
            key="codings",
            title="Codes on paragraphs",
            explanation="A code counts once for each paragraph. Affirmed: the passage says that "
            "the factor was there. What the truth marks as optional counts neither way; what "
            "the system finds outside all paragraphs of the truth counts as wrong.",
            measures=pool_measures("codings", PAIR_LABELS, units, bootstrap),
            tables=(_per_code(documents), _reasons(documents)),
        ),
        Section(
            key="matched",
            title="What is said of a code",
            explanation="Only where truth and system have the same code in the same paragraph, "
            "whatever the assertion: is the rest right as well?",
            measures=pool_measures("matched", MATCHED_LABELS, units, bootstrap),
            tables=(
                confusion_table(
                    "matched.assertions",
                    "Assertions",
                    _confusions(documents, "assertion"),
                    list(Assertion),
                ),
                confusion_table(
                    "matched.roles",
                    "Whose factor it is (without practice codes)",
                    _confusions(documents, "subject_role", lambda code: not is_practice(code)),
                    list(SubjectRole),
                ),
                confusion_table(
                    "matched.temporalities",
                    "Times",
                    _confusions(documents, "temporality"),
                    list(Temporality),
                ),
            ),
        ),
    ]


def _tallies(pairs: DocumentPairs) -> dict[str, Tally]:
    matched = pairs.matched
    factors = [pair for pair in matched if not is_practice(pair[1])]
    valued = [
        pair
        for pair in matched
        if set(values(pairs.wanted[pair], "valence")) - {Valence.NOT_APPLICABLE}
    ]
    tallies: dict[str, Tally] = {}
    for name, counted in (("affirmed", pairs.affirmed), ("any", pairs.any_assertion)):
        tallies |= precision_recall_f1(
            name, len(counted.hits), len(counted.false), len(counted.missed)
        )
    return tallies | {
        "assertion": _agreement(pairs, matched, "assertion"),
        "role": _agreement(pairs, factors, "subject_role"),
        "role.all_codes": _agreement(pairs, matched, "subject_role"),
        "temporality": _agreement(pairs, matched, "temporality"),
        "valence": _agreement(pairs, valued, "valence"),
        **_persons(pairs),
        **_words(pairs),
    }


def _agreement(pairs: DocumentPairs, matched: Sequence[Pair], name: str) -> Tally:
    right = sum(
        agrees(values(pairs.wanted[pair], name), values(pairs.given[pair], name))
        for pair in matched
    )
    return share(right, len(matched))


def _persons(pairs: DocumentPairs) -> dict[str, Tally]:
    names = PersonNames(pairs.comparison.truth.people, pairs.comparison.people)
    n_wanted = n_named = n_right = 0
    for pair in pairs.matched:
        wanted = {name for name in values(pairs.wanted[pair], "person_id") if name}
        given = {name for name in values(pairs.given[pair], "person_id") if name}
        n_wanted += bool(wanted)
        n_named += bool(wanted and given)
        n_right += any(names.are_same(one, other) for one in wanted for other in given)
    return {"person": share(n_right, n_named), "person.named": share(n_named, n_wanted)}


def _words(pairs: DocumentPairs) -> dict[str, Tally]:
    """Overlap of the highlighted words: for each pair the best of its codings."""
    overlaps = [_best_overlap(pairs, pair) for pair in pairs.matched]
    return {
        "words.overlap": share(sum(iou > 0 for iou in overlaps), len(overlaps)),
        "words.iou": share(sum(overlaps), len(overlaps)),
    }


def _best_overlap(pairs: DocumentPairs, pair: Pair) -> float:
    """Highest share of common words among all words of a truth's and a system's coding.

    Where the truth quotes several parts of the paragraph, one of them or all will do.
    """
    comparison = pairs.comparison
    text = comparison.truth.paragraphs[pair[0]].text
    paragraph = comparison.alignment.paragraphs[pair[0]]
    best = 0.0
    for wanted in pairs.wanted[pair]:
        quotes = [
            paragraph.places_of(start_char, start_char + len(quote))
            for quote in (wanted.quote, *wanted.more_quotes)
            if (start_char := text.find(quote)) >= 0
        ]
        for given in pairs.given[pair]:
            marked = comparison.alignment.tokens_between(given.start_char, given.end_char)
            for words in (*quotes, frozenset().union(*quotes)):
                together = words.union(marked)
                best = max(best, len(words.intersection(marked)) / max(1, len(together)))
    return best


class _Counts(NamedTuple):
    hits: int
    false: int
    missed: int


def _per_code(documents: Sequence[DocumentPairs]) -> Table:
    counts: dict[str, _Counts] = {}
    for document in documents:
        affirmed = document.affirmed
        for at, pairs in enumerate((affirmed.hits, affirmed.false, affirmed.missed)):
            for _, code_id in pairs:
                old = counts.get(code_id, _Counts(0, 0, 0))
                counts[code_id] = _Counts(*(n + (i == at) for i, n in enumerate(old)))
    rows: list[tuple[Cell, ...]] = []
    for code_id, (hits, false, missed) in sorted(
        counts.items(), key=lambda item: (-item[1].hits - item[1].missed, item[0])
    ):
        rows.append(
            (
                code_id,
                hits + missed,
                hits + false,
                hits,
                hits / (hits + false) if hits + false else None,
                hits / (hits + missed) if hits + missed else None,
                2 * hits / (2 * hits + false + missed),
            )
        )
    columns = ("code", "in truth", "by system", "both", "precision", "recall", "F1")
    return Table(
        key="codings.codes",
        title="Affirmed codes, those with most support first",
        columns=columns,
        rows=tuple(rows),
    )


def _reasons(documents: Sequence[DocumentPairs]) -> Table:
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


def _confusions(
    documents: Sequence[DocumentPairs],
    name: str,
    keep: Callable[[str], bool] = lambda code_id: True,
) -> Iterable[tuple[str, str]]:
    for document in documents:
        for pair in document.matched:
            if keep(pair[1]):
                yield confused(
                    values(document.wanted[pair], name), values(document.given[pair], name)
                )

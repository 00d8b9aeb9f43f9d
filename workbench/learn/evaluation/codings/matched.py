"""What is said of a code that truth and system share: assertion, role, person, time, words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from workbench.learn.evaluation.pooling import Bootstrap, confusion_table, pool_measures
from workbench.learn.evaluation.records import Section, Tally, share
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

LABELS = {
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


def matched_section(documents: Sequence[DocumentPairs], bootstrap: Bootstrap) -> Section:
    """The section on what is said of the codes that truth and system share."""
    units = {each.comparison.truth.truth_id: _tallies(each) for each in documents}
    return Section(
        key="matched",
        title="What is said of a code",
        explanation="Only where truth and system have the same code in the same paragraph, "
        "whatever the assertion: is the rest right as well?",
        measures=pool_measures("matched", LABELS, units, bootstrap),
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
    )


def _tallies(pairs: DocumentPairs) -> dict[str, Tally]:
    matched = pairs.matched
    factors = [pair for pair in matched if not is_practice(pair[1])]
    valued = [
        pair
        for pair in matched
        if set(values(pairs.wanted[pair], "valence")) - {Valence.NOT_APPLICABLE}
    ]
    return {
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

"""What one corpus of reviews speaks of more than another: factors, and words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from workbench.codebook import Codebook
from workbench.errors import InputError
from workbench.findings.patterns.groups import MIN_GROUP, group_findings
from workbench.findings.patterns.log_odds import distinctive
from workbench.findings.patterns.typology import SEPARATOR
from workbench.findings.table import CaseTable, FindingsSettings
from workbench.findings.topics.words import Counts, Words, term_counts
from workbench.records import Case, Coding, Finding

#: Names of the two groups in the findings.
THIS, OTHER = "this corpus", "the other corpus"
GROUPING = "corpus"
MIN_REVIEWS = 3  # of the corpus that has more of a term
MAX_NAMED = 5  # cases that stand in both corpora and are named


class DistinctiveTerm(NamedTuple):
    """A word or two words in a row of which one corpus has more of its words."""

    term: str
    n_this: int
    n_other: int
    log_odds_ratio: float
    z: float
    reviews_this: int  # reviews that have it
    reviews_other: int


def compare_corpora(
    this: Sequence[Case],
    other: Sequence[Case],
    codings: Mapping[str, Coding],
    codebook: Codebook,
    settings: FindingsSettings | None = None,
) -> tuple[Finding, ...]:
    """For each factor that enough cases have: this corpus against the other one.

    The findings are those of two groups (see ``group_findings``): shares with intervals, their
    difference, q over all factors, the log-odds ratio of passages under an informative prior,
    and ``only_length`` where a difference vanishes among reviews of one kind and like length.
    Those of the first corpus are given.

    Raises:
        InputError: A corpus has fewer than five cases, or a case stands in both; everything
            that is wrong is named.
    """
    _require_apart(this, other)
    group_of = {case.case_id: THIS for case in this} | {case.case_id: OTHER for case in other}
    table = CaseTable.of([*this, *other], codings, codebook, settings or FindingsSettings())
    found = group_findings(table, {GROUPING: group_of})
    own = next((each for each in found if each.label.endswith(f": {THIS}")), None)
    if own is None:
        return ()
    return tuple(
        each
        for each in found
        if each.measure == "in_group" and each.finding_id.rpartition(SEPARATOR)[0] == own.finding_id
    )


def _require_apart(this: Sequence[Case], other: Sequence[Case]) -> None:
    problems = [
        f"{name} has {len(cases)} case(s); {MIN_GROUP} are the least that is compared"
        for name, cases in ((THIS, this), (OTHER, other))
        if len(cases) < MIN_GROUP
    ]
    documents = {document_id for case in this for document_id in case.document_ids}
    both = [case for case in other if documents.intersection(case.document_ids)]
    if both:
        named = ", ".join(case.title or case.case_id for case in both[:MAX_NAMED])
        more = f" and {len(both) - MAX_NAMED} more" if len(both) > MAX_NAMED else ""
        problems.append(f"{len(both)} case(s) stand in both corpora: {named}{more}")
    if problems:
        raise InputError(f"corpora cannot be compared: {'; '.join(problems)}.")


def distinctive_terms(
    this: tuple[Sequence[str], Sequence[str]], other: tuple[Sequence[str], Sequence[str]]
) -> tuple[DistinctiveTerm, ...]:
    """Terms with the log-odds ratio of their use, those that most set the first corpus apart first.

    A term is a word or two words in a row that two reviews or more have, three of the corpus
    that has more of it: what a review or two repeat is their story. Names of people should have
    been taken out of the texts. Words of one review are alike, so z says which terms to look at,
    not which are proved.

    Args:
        this: Texts of the first corpus, and the review of each.
        other: The same of the second one.

    Source: Monroe, Colaresi and Quinn (2008), Polit. Anal. 16(4), 372-403.
    """
    texts = [*this[0], *other[0]]
    # Reviews of the two corpora are different ones, whatever their names.
    reviews = [f"this {each}" for each in this[1]] + [f"other {each}" for each in other[1]]
    counts, terms = term_counts(Words.of(texts), reviews)
    side = np.arange(len(texts)) < len(this[0])
    uses = [_uses(counts[mask], terms) for mask in (side, ~side)]
    spread = [_reviews(counts, reviews, mask) for mask in (side, ~side)]
    found = distinctive(uses[0], uses[1])
    made = [
        DistinctiveTerm(
            term=term,
            n_this=uses[0][term],
            n_other=uses[1][term],
            log_odds_ratio=found[term].log_odds_ratio,
            z=found[term].z,
            reviews_this=int(spread[0][place]),
            reviews_other=int(spread[1][place]),
        )
        for place, term in enumerate(terms)
        if term in found
    ]
    kept = (
        each
        for each in made
        if (each.reviews_this if each.z > 0 else each.reviews_other) >= MIN_REVIEWS
    )
    return tuple(sorted(kept, key=lambda each: (-round(each.z, 9), each.term)))


def _uses(counts: Counts, terms: Sequence[str]) -> dict[str, int]:
    summed = np.asarray(counts.sum(axis=0)).ravel()
    return {term: int(n) for term, n in zip(terms, summed, strict=True)}


def _reviews(counts: Counts, reviews: Sequence[str], side: NDArray[np.bool_]) -> NDArray[np.int64]:
    """In how many reviews of one side each term is."""
    of_review: dict[str, list[int]] = {}
    for place in np.flatnonzero(side).tolist():
        of_review.setdefault(reviews[place], []).append(place)
    found = np.zeros(counts.shape[1], dtype=np.int64)
    for places in of_review.values():
        found += np.asarray(counts[places].sum(axis=0)).ravel() > 0
    return found

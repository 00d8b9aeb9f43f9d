"""Words and pairs of words of passages, and what sets a topic's words apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workbench.findings.topics.model import OUTLIER, Labels, Term

_WORD = re.compile(r"[^\W\d_]+(?:'[a-z]+)?")
_MIN_LETTERS = 3
_MOSTLY_IN_PAIR = 0.6  # a pair of this part of a word's weight takes its place
_SAYS_NOTHING = """
about above after again against all also although among and another any april are aren't around
asked august because been before being below between both but can cannot could couldn't december
did didn't does doesn't doing don't down during each either etc even ever every february few for
friday from further get gets given had hadn't has hasn't have haven't having he's her here hers
herself him himself his how however into isn't its itself january july june just later less made
make many march may might monday more most much must neither nor not november now october off
often once one only other others our out over own per rather said same saturday september she
she's should shouldn't since some still such sunday than that the their theirs them themselves
then there therefore these they this those though through thursday thus told too tuesday two under
until upon very was wasn't way wednesday well were weren't what when where whether which while who
whom whose why will with within without would wouldn't yet you your
"""
#: English words that say nothing of what a passage is about, months and days among them.
STOP_WORDS = frozenset(_SAYS_NOTHING.split())
Counts = Any  # a scipy sparse matrix: passages or topics x terms


def words_of(text: str) -> list[str]:
    """The words in lower case that may say what a text is about."""
    found = _WORD.findall(text.lower().replace("’", "'"))
    words = (word.removesuffix("'s") for word in found)
    return [word for word in words if len(word) >= _MIN_LETTERS and word not in STOP_WORDS]


def term_counts(texts: Sequence[str], reviews: Sequence[str]) -> tuple[Counts, tuple[str, ...]]:
    """How often each passage has each term; the terms, sorted.

    A term is a word or two words in a row (less what says nothing), in two passages or more and
    in two reviews or more: what one review alone says is mostly its names. With a single review
    that is not asked.
    """
    from scipy.sparse import csr_matrix  # late: costs start-up time that other commands need not

    counted: list[Counter[str]] = []
    passages: Counter[str] = Counter()
    first_review: dict[str, str] = {}
    in_several: set[str] = set()
    for text, review in zip(texts, reviews, strict=True):
        words = words_of(text)
        row = Counter([*words, *map(" ".join, pairwise(words))])
        counted.append(row)
        passages.update(row.keys())
        in_several.update(term for term in row if first_review.setdefault(term, review) != review)
    one_review = len(set(reviews)) < 2
    terms = tuple(
        sorted(
            term for term, n in passages.items() if n >= 2 and (one_review or term in in_several)
        )
    )
    place = {term: column for column, term in enumerate(terms)}
    entries = [
        (row, place[term], n)
        for row, counts in enumerate(counted)
        for term, n in counts.items()
        if term in place
    ]
    rows, columns, values = zip(*entries, strict=True) if entries else ((), (), ())
    matrix = csr_matrix(
        (np.asarray(values, dtype=np.float64), (rows, columns)), shape=(len(texts), len(terms))
    )
    return matrix, terms


def class_tf_idf(counts: Counts, labels: Labels) -> NDArray[np.float64]:
    """c-TF-IDF: topics x terms, in the order of the labels, the outliers left out.

    The weight of a term in a topic is its share of the topic's terms, times the logarithm of
    one and the mean number of terms of a topic by the term's number over all topics. The
    outliers count as one more topic in these means, as in BERTopic.

    Source: Grootendorst (2022), arXiv:2203.05794, section 3.3.
    """
    from scipy.sparse import csr_matrix

    classes = np.unique(labels)
    of_class = np.searchsorted(classes, labels)
    member = csr_matrix(
        (np.ones(len(labels)), (of_class, np.arange(len(labels)))),
        shape=(len(classes), len(labels)),
    )
    summed = np.asarray((member @ counts).todense(), dtype=np.float64)
    # BERTopic rounds the mean down; so the weights are comparable.
    mean_size = float(int(summed.sum(axis=1).mean()))
    inverse = np.log(1 + mean_size / np.maximum(summed.sum(axis=0), 1))
    shares = summed / np.maximum(summed.sum(axis=1, keepdims=True), 1)
    weights = shares * inverse
    return np.asarray(weights[classes != OUTLIER])


def top_terms(weights: NDArray[np.float64], terms: Sequence[str], n: int) -> tuple[Term, ...]:
    """The terms of most weight, ties by the alphabet; no word that a chosen pair holds already."""
    chosen: list[Term] = []
    # Terms are sorted, and the sort is stable, so that ties come in their order.
    for place in np.argsort(-weights, kind="stable")[: 4 * n]:
        term, weight = terms[place], float(weights[place])
        if weight <= 0 or len(chosen) == n:
            break
        parts = set(term.split())
        if not any(parts <= set(each.term.split()) for each in chosen):
            chosen = [each for each in chosen if not _is_part(each, term, weight)]
            chosen.append(Term(term, weight))
    return tuple(sorted(chosen, key=lambda each: (-each.weight, each.term)))


def _is_part(single: Term, pair: str, weight: float) -> bool:
    """Whether a chosen word hardly comes without the pair, so that the pair says it better."""
    return single.term in pair.split() and weight >= _MOSTLY_IN_PAIR * single.weight

"""Words and pairs of words of passages, and what sets a topic's words apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
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
    return [word for raw in _WORD.findall(_folded(text)) if (word := _kept(raw))]


def _folded(text: str) -> str:
    return text.lower().replace("’", "'")


def _kept(raw: str) -> str:
    """A word without its possessive; "" where it says nothing."""
    word = raw.removesuffix("'s")
    return word if len(word) >= _MIN_LETTERS and word not in STOP_WORDS else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of texts, one after the other."""

    known: tuple[str, ...]  # each word once
    ids: NDArray[np.int64]  # place in ``known``, word by word
    text_of: NDArray[np.int64]  # place of the text that each word stands in, never decreasing
    n_texts: int

    @classmethod
    def of(cls, texts: Sequence[str]) -> Words:
        """The words that may say what these texts are about, in their order."""
        place: dict[str, int] = {}
        of_raw: dict[str, int] = {}  # each form is looked at once; -1: it says nothing
        ids: list[int] = []
        n_raw: list[int] = []
        for text in texts:
            found = _WORD.findall(_folded(text))
            for raw in found:
                if raw not in of_raw:
                    word = _kept(raw)
                    of_raw[raw] = place.setdefault(word, len(place)) if word else -1
            ids += map(of_raw.__getitem__, found)
            n_raw.append(len(found))
        every = np.asarray(ids, dtype=np.int64)
        says = every >= 0
        text_of = np.repeat(np.arange(len(texts)), n_raw)
        return cls(known=tuple(place), ids=every[says], text_of=text_of[says], n_texts=len(texts))

    def pairs(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Places of the first words of pairs within one text, and the number of each pair.

        A pair's number is that of its first word times the number of words, and its second.
        """
        first = np.flatnonzero(self.text_of[:-1] == self.text_of[1:])
        return first, self.ids[first] * len(self.known) + self.ids[first + 1]


def term_counts(words: Words, reviews: Sequence[str]) -> tuple[Counts, tuple[str, ...]]:
    """How often each passage has each term; the terms, sorted.

    A term is a word or two words in a row (less what says nothing), in two passages or more and
    in two reviews or more: what one review alone says is mostly its names. With a single review
    that is not asked.
    """
    from scipy.sparse import csr_matrix  # late: costs start-up time that other commands need not

    n_known = len(words.known)
    first, pairs = words.pairs()
    keys, term_of = np.unique(np.concatenate([words.ids, n_known + pairs]), return_inverse=True)
    rows = np.concatenate([words.text_of, words.text_of[first]])
    counts = csr_matrix((np.ones(len(rows)), (rows, term_of)), shape=(words.n_texts, len(keys)))
    counts.sum_duplicates()
    in_texts = np.bincount(counts.indices, minlength=len(keys))
    kept = in_texts >= 2
    known_reviews, review_of = np.unique(np.asarray(reviews, dtype=object), return_inverse=True)
    if len(known_reviews) > 1:
        of_entry = np.repeat(review_of, np.diff(counts.indptr))
        pairs_of_review = np.unique(of_entry * len(keys) + counts.indices)
        kept &= np.bincount(pairs_of_review % len(keys), minlength=len(keys)) >= 2
    chosen = [(_named(int(keys[place]), words.known), int(place)) for place in np.flatnonzero(kept)]
    chosen.sort()
    return counts[:, [place for _, place in chosen]], tuple(term for term, _ in chosen)


def _named(key: int, known: Sequence[str]) -> str:
    """The words of a key: a word's place, or beyond these the number of a pair."""
    if key < len(known):
        return known[key]
    first, second = divmod(key - len(known), len(known))
    return f"{known[first]} {known[second]}"


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
    weights = term_weights(summed, summed.sum(axis=0), len(classes))
    return np.asarray(weights[classes != OUTLIER])


def term_weights(
    summed: NDArray[np.float64], in_all: NDArray[np.float64], n_classes: int
) -> NDArray[np.float64]:
    """c-TF-IDF of topics, which need not be all that there are.

    Args:
        summed: How often each topic has each term; topics x terms.
        in_all: How often each term is in all passages.
        n_classes: How many topics there are in all, the outliers as one.
    """
    # BERTopic rounds the mean down; so the weights are comparable.
    mean_size = float(int(in_all.sum() / n_classes))
    inverse = np.log(1 + mean_size / np.maximum(in_all, 1))
    return np.asarray(summed / np.maximum(summed.sum(axis=1, keepdims=True), 1) * inverse)


def top_terms(weights: NDArray[np.float64], terms: Sequence[str], n: int) -> tuple[Term, ...]:
    """The terms of most weight, ties by the alphabet; no word that a chosen pair holds already."""
    chosen: list[Term] = []
    for place in _heaviest(weights, 4 * n):
        term, weight = terms[place], float(weights[place])
        if weight <= 0 or len(chosen) == n:
            break
        parts = set(term.split())
        if not any(parts <= set(each.term.split()) for each in chosen):
            chosen = [each for each in chosen if not _is_part(each, term, weight)]
            chosen.append(Term(term, weight))
    return tuple(sorted(chosen, key=lambda each: (-each.weight, each.term)))


def _heaviest(weights: NDArray[np.float64], n: int) -> NDArray[np.int64]:
    """Places of the ``n`` largest weights, the largest first; equal ones in their order."""
    if n < len(weights):
        least = np.partition(weights, len(weights) - n)[len(weights) - n]
        places = np.flatnonzero(weights >= least)
    else:
        places = np.arange(len(weights))
    # The sort is stable, so that ties come in their order.
    return places[np.argsort(-weights[places], kind="stable")][:n]


def _is_part(single: Term, pair: str, weight: float) -> bool:
    """Whether a chosen word hardly comes without the pair, so that the pair says it better."""
    return single.term in pair.split() and weight >= _MOSTLY_IN_PAIR * single.weight

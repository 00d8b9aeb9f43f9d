"""Which words carried a suggestion: the sentence by its score, the clause by its words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from workbench.learn.models.features.lexical import LexicalSpace
from workbench.learn.models.features.sentences import split_clauses

Floats = NDArray[np.float32]
_SHORT_SENTENCE_WORDS = 22  # is shown whole, as the rules show it
_N_WORDS = 3
_NEAR = 0.6  # share of the best clause's weight that a neighbour needs to be shown with it


def point(
    text: str, sentence: tuple[int, int], lexical: LexicalSpace, weights: Floats
) -> tuple[int, int]:
    """Offsets of the words to show: a short sentence whole, of a longer one the best clauses.

    Args:
        text: Of the segment.
        sentence: Offsets of the sentence that has the highest score.
        lexical: The vocabulary.
        weights: Of the code, one for each term.
    """
    clauses = split_clauses(text, *sentence)
    if len(clauses) < 2 or len(text[slice(*sentence)].split()) <= _SHORT_SENTENCE_WORDS:
        return sentence
    rows = lexical.transform([text[first:last] for first, last in clauses])
    scores = np.asarray(rows @ weights)
    best = int(np.argmax(scores))
    first = last = best
    enough = _NEAR * max(float(scores[best]), 0.0)
    if best + 1 < len(clauses) and scores[best + 1] >= enough > 0:
        last = best + 1
    elif best > 0 and scores[best - 1] >= enough > 0:
        first = best - 1
    return clauses[first][0], clauses[last][1]


def telling_words(text: str, lexical: LexicalSpace, weights: Floats) -> tuple[str, ...]:
    """The words or pairs of a sentence that speak most for a code, at most three."""
    row = lexical.transform([text])
    n_words = len(lexical.word_terms)
    found = [
        (float(value * weights[column]), lexical.word_terms[column])
        for column, value in zip(row.indices, row.data, strict=True)
        if column < n_words and weights[column] > 0
    ]
    chosen: list[str] = []
    for _, term in sorted(found, key=lambda pair: (-pair[0], pair[1])):
        if not any(_shares(term, other) for other in chosen):
            chosen.append(term)
        if len(chosen) == _N_WORDS:
            break
    return tuple(chosen)


def _shares(one: str, other: str) -> bool:
    return not set(one.split()).isdisjoint(other.split())


def reason(probability: float, words: Sequence[str], has_rule: bool) -> str:
    """For people: how probable, by which words, and whether a rule points there as well."""
    parts = [f"model {probability:.2f}"]
    parts.append("words " + ", ".join(f"'{word}'" for word in words) if words else "by meaning")
    if has_rule:
        parts.append("a rule points there too")
    return "; ".join(parts)

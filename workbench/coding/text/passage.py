"""A segment as the rules read it: words, sentences and clauses, with their offsets.

Words are the tokens of spaCy's blank English, which needs no model. Sentences are found by
rule, since no English pipeline can be taken for granted.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

from workbench.coding.text.words import canonical

_STOPS = frozenset({".", "!", "?", "|"})
_SKIPPED = frozenset("-‐‑–—“”\"'‘’()[]{}*•_…/&")  # noqa: RUF001
_CLAUSE_STOPS = frozenset(";:–—")
#: Words that begin a clause of their own: what is denied before does not reach behind them.
_CLAUSE_WORDS = frozenset(
    {"but", "however", "although", "though", "whereas", "yet", "nevertheless", "nonetheless",
     "except", "despite", "because", "while", "whilst", "which", "who", "until", "when", "where"}
)  # fmt: skip
#: No word is so long. SpaCy takes signs off a token one by one and looks at the rest each time,
#: so that a run of 10,000 dots or a page without a space would take it minutes.
_HUGE = re.compile(r"\S{121,}")
_PIECE = re.compile(r"\w{1,60}|[.!?|,;:]")
_LONGEST_SENTENCE_WORDS = 150  # rules look at pairs within a sentence; beyond it is none
#: One character for one, so that offsets stay true.
_PLAIN = {code: " " for code in (*range(0x09), *range(0x0E, 0x20), *range(0x7F, 0xA1))}
_PLAIN |= str.maketrans({"‑": "-", "‐": "-", "’": "'", "‘": "'"})  # noqa: RUF001


@dataclass(frozen=True, slots=True)
class Passage:
    """One text in words. Positions count kept words from 0; signs are not kept."""

    text: str
    words: tuple[str, ...]  # as printed, with straight apostrophes
    keys: tuple[str, ...]  # canonical forms
    starts: tuple[int, ...]  # character offsets in ``text``
    sentence_starts: tuple[int, ...]  # word positions, ascending, first is 0
    clause_starts: tuple[int, ...]  # includes the sentence starts
    hard_starts: tuple[int, ...]  # sentences, and what follows a semicolon, colon or dash
    after_commas: frozenset[int]  # positions of the words that follow a comma

    def __len__(self) -> int:
        return len(self.words)

    def end(self, position: int) -> int:
        """The character offset after a word."""
        return self.starts[position] + len(self.words[position])

    def sentence(self, position: int) -> tuple[int, int]:
        """The first word of the sentence that holds the word, and the one after its last."""
        return _bounds(self.sentence_starts, position, len(self.words))

    def clause(self, position: int) -> tuple[int, int]:
        """The first word of the clause that holds the word, and the one after its last."""
        return _bounds(self.clause_starts, position, len(self.words))

    def same_part(self, one: int, other: int) -> bool:
        """Whether no semicolon, colon, dash or full stop stands between two words."""
        return bisect_right(self.hard_starts, one) == bisect_right(self.hard_starts, other)

    def slice(self, first: int, last: int) -> str:
        """The text from the first word to the word before ``last``."""
        return self.text[self.starts[first] : self.end(last - 1)] if first < last else ""


def _bounds(starts: tuple[int, ...], position: int, end: int) -> tuple[int, int]:
    index = bisect_right(starts, position)
    return starts[index - 1], starts[index] if index < len(starts) else end


@cache
def blank_english() -> Any:  # noqa: ANN401 - spaCy ships no types
    """SpaCy's English without a model: tokenizer and vocabulary, one for the process."""
    with _torch_unseen():
        import spacy  # late: a third of a second that other commands need not pay

    nlp = spacy.blank("en")
    nlp.max_length = 10_000_000
    return nlp


@contextmanager
def _torch_unseen() -> Iterator[None]:
    """Hide torch for a moment: spaCy loads it wherever it is installed.

    That takes seconds, and neither tokenizer nor matcher uses it. Whoever imports torch later
    gets it as ever.
    """
    if "torch" in sys.modules:
        yield
        return
    sys.modules["torch"] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules["torch"]


def keys_of(phrase: str) -> tuple[str, ...]:
    """The canonical keys of a phrase, as they stand in a passage."""
    return tuple(key for part in phrase.split() for key in _keys_of_part(part))


@cache
def _keys_of_part(part: str) -> tuple[str, ...]:
    # The tokenizer never joins what a space parts, so a word met before need not go through it.
    return read_passage(part).keys


def _tokens(text: str) -> Iterator[tuple[str, int]]:
    """Words and signs with their offsets; an initial that ends a sentence gives both."""
    plain = text.translate(_PLAIN)
    position = 0
    for huge in _HUGE.finditer(plain):
        yield from _spacy_tokens(plain[position : huge.start()], position)
        for piece in _PIECE.finditer(plain, *huge.span()):
            yield piece.group(), piece.start()
        position = huge.end()
    yield from _spacy_tokens(plain[position:], position)


def _spacy_tokens(text: str, offset: int) -> Iterator[tuple[str, int]]:
    for token in blank_english().tokenizer(text):
        word, start = token.text, offset + token.idx
        if len(word) == 2 and word[1] == "." and word[0].isupper():  # "about Ms Y."
            yield word[0], start
            yield ".", start + 1
        else:
            yield word, start


def read_passage(text: str) -> Passage:
    """The passage of a text."""
    words: list[str] = []
    starts: list[int] = []
    sentences, clauses, hard = [0], [0], [0]
    commas: set[int] = set()
    stop = clause_stop = False
    for word, start in _tokens(text):
        if word in _STOPS or "\n" in word:
            stop = True
        elif word in _CLAUSE_STOPS:
            clause_stop = True
        elif word == ",":
            commas.add(len(words))
        elif word not in _SKIPPED and not word.isspace():
            is_long = len(words) - sentences[-1] >= _LONGEST_SENTENCE_WORDS
            if words and ((stop and not word[0].islower()) or is_long):
                sentences.append(len(words))
                clauses.append(len(words))
                hard.append(len(words))
            elif words and clause_stop:
                clauses.append(len(words))
                hard.append(len(words))
            elif words and word.lower() in _CLAUSE_WORDS:
                clauses.append(len(words))
            stop = clause_stop = False
            words.append(word.removesuffix(".") if len(word) > 1 else word)
            starts.append(start)
    return Passage(
        text=text,
        words=tuple(words),
        keys=tuple(map(canonical, words)),
        starts=tuple(starts),
        sentence_starts=tuple(sentences),
        clause_starts=tuple(clauses),
        hard_starts=tuple(hard),
        after_commas=frozenset(commas),
    )

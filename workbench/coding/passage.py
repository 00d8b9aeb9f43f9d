"""A segment as the rules read it: words, sentences and clauses, with their offsets.

The only user of spaCy: its blank English tokenizer, which needs no model. Sentences are found
by rule, since no English pipeline can be taken for granted.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import Any

from workbench.coding.words import canonical

_SKIPPED = frozenset("-‐‑–—“”\"'‘’()[]*•_…")  # noqa: RUF001
_STOPS = frozenset({".", "!", "?", "|"})
_CLAUSE_STOPS = frozenset({";", ":", "–", "—"})
#: Words that begin a clause of their own: what is denied before does not reach behind them.
_CLAUSE_WORDS = frozenset(
    {"but", "however", "although", "though", "whereas", "yet", "nevertheless", "nonetheless",
     "except", "despite", "because", "while", "whilst", "which", "who", "until", "when", "where"}
)  # fmt: skip
#: One character for one, so that offsets stay true.
_PLAIN = str.maketrans({"‑": "-", "‐": "-", "’": "'", "‘": "'", "\xa0": " "})  # noqa: RUF001
_SPACE_STOPS = "\n"


@dataclass(frozen=True, slots=True)
class Passage:
    """One text in words. Positions count kept words from 0; quotes and hyphens are not kept."""

    text: str
    words: tuple[str, ...]  # as printed
    keys: tuple[str, ...]  # canonical forms
    starts: tuple[int, ...]  # character offsets in ``text``
    ends: tuple[int, ...]
    sentence_starts: tuple[int, ...]  # word positions, ascending, first is 0
    clause_starts: tuple[int, ...]  # includes the sentence starts
    hard_starts: tuple[int, ...]  # sentences, and what follows a semicolon, colon or dash
    after_commas: frozenset[int]  # positions of the words that follow a comma

    def __len__(self) -> int:
        return len(self.words)

    def sentence(self, position: int) -> tuple[int, int]:
        """First and last-but-one word of the sentence that holds the word."""
        return _bounds(self.sentence_starts, position, len(self.words))

    def clause(self, position: int) -> tuple[int, int]:
        """First and last-but-one word of the clause that holds the word."""
        return _bounds(self.clause_starts, position, len(self.words))

    def same_part(self, one: int, other: int) -> bool:
        """Whether no semicolon, colon, dash or full stop stands between two words."""
        return bisect_right(self.hard_starts, one) == bisect_right(self.hard_starts, other)

    def slice(self, first: int, last: int) -> str:
        """The text from the first word to the word before ``last``."""
        return self.text[self.starts[first] : self.ends[last - 1]] if first < last else ""


def _bounds(starts: tuple[int, ...], position: int, end: int) -> tuple[int, int]:
    index = bisect_right(starts, position)
    return starts[index - 1], starts[index] if index < len(starts) else end


class Reader:
    """Reads texts into passages."""

    def __init__(self) -> None:
        import spacy  # late: a third of a second that other commands need not pay

        self._nlp = spacy.blank("en")
        self._nlp.max_length = 10_000_000

    @property
    def vocab(self) -> Any:  # noqa: ANN401 - spaCy ships no types
        """The vocabulary that every document of canonical keys shares."""
        return self._nlp.vocab

    def keys(self, phrase: str) -> list[str]:
        """The canonical keys of a cue, as they stand in a passage."""
        return list(self.read(phrase).keys)

    def key_document(self, keys: tuple[str, ...] | list[str]) -> Any:  # noqa: ANN401
        """The keys as a spaCy document, for its PhraseMatcher."""
        from spacy.tokens import Doc

        return Doc(self._nlp.vocab, words=list(keys))

    def read(self, text: str) -> Passage:
        """The passage of a text."""
        words: list[str] = []
        starts: list[int] = []
        sentences, clauses = [0], [0]
        hard, commas = [0], set[int]()
        stop = clause_stop = False
        for token in self._nlp.tokenizer(text.translate(_PLAIN)):
            word = token.text
            if word in _STOPS or (word.isspace() and _SPACE_STOPS in word):
                stop = True
                continue
            if word in _CLAUSE_STOPS:
                clause_stop = True
                continue
            if word == ",":
                commas.add(len(words))
            if word in _SKIPPED or word == "," or word.isspace():
                continue
            ends_sentence = len(word) == 2 and word[1] == "." and word[0].isupper()
            if ends_sentence:  # "about Ms Y." is one token with its full stop
                word = word[0]
            if stop and words and not word[0].islower():
                sentences.append(len(words))
                clauses.append(len(words))
                hard.append(len(words))
            elif words and clause_stop:
                clauses.append(len(words))
                hard.append(len(words))
            elif words and word.lower() in _CLAUSE_WORDS:
                clauses.append(len(words))
            stop, clause_stop = ends_sentence, False
            words.append(word)
            starts.append(token.idx)
        return Passage(
            text=text,
            words=tuple(words),
            keys=tuple(map(canonical, words)),
            starts=tuple(starts),
            ends=tuple(start + len(word) for start, word in zip(starts, words, strict=True)),
            sentence_starts=tuple(sentences),
            clause_starts=tuple(dict.fromkeys(clauses)),
            hard_starts=tuple(dict.fromkeys(hard)),
            after_commas=frozenset(commas),
        )

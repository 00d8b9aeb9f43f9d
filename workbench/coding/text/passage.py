"""A segment as the rules read it: words, sentences and clauses, with their offsets.

Words are found by one expression, without a library: a tokenizer of a language library costs
seconds to load and knows nothing that the rules need.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from workbench.coding.text.words import canonical

_STOPS = frozenset(".!?|\n")
_CLAUSE_STOPS = frozenset(";:–—")
#: Words that begin a clause of their own: what is denied before does not reach behind them.
_CLAUSE_WORDS = frozenset(
    {"but", "however", "although", "though", "whereas", "yet", "nevertheless", "nonetheless",
     "except", "despite", "because", "while", "whilst", "which", "who", "until", "when", "where"}
)  # fmt: skip
#: One character for one, so that offsets stay true.
_PLAIN = str.maketrans({"‑": "-", "‐": "-", "’": "'", "‘": "'", "\xa0": " "})  # noqa: RUF001
#: Words and the signs that end sentences and clauses; all else is passed over.
_TOKEN = re.compile(
    r"(?:Mr|Mrs|Ms|Dr|St|Prof|Rev|Cllr)\.(?= )"  # the full stop of a title ends nothing
    r"|[A-Za-z]\.(?:[A-Za-z]\.)+"  # e.g., U.K.
    r"|\d+(?:[.,:/]\d+)+"  # 10.30, 3,000, 1/2
    r"|(?i:can(?=not\b))|(?i:[a-z]+(?=n't\b))|n't\b"
    r"|'(?:s|re|ve|ll|d|m)\b"
    r"|[^\W_]+"
    r"|[.!?|\n,;:–—]"
)


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


def keys_of(phrase: str) -> tuple[str, ...]:
    """The canonical keys of a phrase, as they stand in a passage."""
    return tuple(
        canonical(word.removesuffix(".") if len(word) > 1 else word)
        for word in _TOKEN.findall(phrase.translate(_PLAIN))
        if word not in _STOPS and word not in _CLAUSE_STOPS and word != ","
    )


def read_passage(text: str) -> Passage:
    """The passage of a text."""
    words: list[str] = []
    starts: list[int] = []
    sentences, clauses, hard = [0], [0], [0]
    commas: set[int] = set()
    stop = clause_stop = False
    for match in _TOKEN.finditer(text.translate(_PLAIN)):
        word = match.group()
        if word in _STOPS:
            stop = True
        elif word in _CLAUSE_STOPS:
            clause_stop = True
        elif word == ",":
            commas.add(len(words))
        else:
            if words and (stop and not word[0].islower()):
                sentences.append(len(words))
                clauses.append(len(words))
                hard.append(len(words))
            elif words and clause_stop:
                clauses.append(len(words))
                hard.append(len(words))
            elif words and word.lower() in _CLAUSE_WORDS:
                clauses.append(len(words))
            stop = clause_stop = False
            words.append(word.removesuffix("."))
            starts.append(match.start())
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

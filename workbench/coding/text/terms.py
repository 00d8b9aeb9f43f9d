"""Sets of phrases, and where they stand in a passage: one pass for every rule."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from workbench.coding.text.passage import Passage, blank_english, keys_of

Spans = Mapping[int, Sequence[tuple[int, int]]]  # number of a set -> word spans, ascending


def within(spans: Sequence[tuple[int, int]], first: int, last: int) -> Sequence[tuple[int, int]]:
    """The spans that begin in [first, last)."""
    return spans[bisect_left(spans, (first, 0)) : bisect_left(spans, (last, 0))]


class Terms:
    """Sets of alternatives, each found by its number.

    Single words are looked up by key, ``word*`` by the beginnings of the printed word, phrases
    by spaCy's PhraseMatcher over the keys.
    """

    def __init__(self) -> None:
        self._numbers: dict[frozenset[str], int] = {}
        self._words: dict[str, set[int]] = defaultdict(set)
        self._prefixes: dict[str, set[int]] = defaultdict(set)
        self._phrases: dict[tuple[str, ...], set[int]] = defaultdict(set)
        self._matcher: Any = None  # made with the first search, anew when a set was added
        self._by_label: dict[int, tuple[int, ...]] = {}
        self._cache: dict[str, tuple[int, ...]] = {}

    def add(self, alternatives: Iterable[str]) -> int:
        """The number of a set; an empty set has one that is never found."""
        alternatives = frozenset(alternatives)
        known = self._numbers.get(alternatives)
        if known is not None:
            return known
        number = self._numbers[alternatives] = len(self._numbers)
        self._cache.clear()
        self._matcher = None
        for alternative in alternatives:
            if alternative.endswith("*") and " " not in alternative:
                self._prefixes[alternative[:-1].lower()].add(number)
                continue
            keys = keys_of(alternative.replace("*", ""))
            if len(keys) == 1:
                self._words[keys[0]].add(number)
            elif keys:
                self._phrases[keys].add(number)
        return number

    def _made_matcher(self) -> Any:  # noqa: ANN401 - spaCy ships no types
        from spacy.matcher import PhraseMatcher  # late, as in blank_english

        vocab = blank_english().vocab
        matcher = PhraseMatcher(vocab, attr="ORTH")
        for index, (keys, numbers) in enumerate(self._phrases.items()):
            matcher.add(str(index), [_document(keys)])
            self._by_label[vocab.strings[str(index)]] = tuple(sorted(numbers))
        return matcher

    def find(self, passage: Passage) -> dict[int, list[tuple[int, int]]]:
        """Word spans of each set that occurs, ascending."""
        spans: dict[int, list[tuple[int, int]]] = defaultdict(list)
        keys, cache = passage.keys, self._cache
        for position, word in enumerate(passage.words):
            numbers = cache.get(word)
            if numbers is None:
                numbers = cache[word] = self._of_word(word, keys[position])
            if numbers:
                for number in numbers:
                    spans[number].append((position, position + 1))
        for numbers, first, last in self._phrases_in(passage):
            for number in numbers:
                spans[number].append((first, last))
        for found in spans.values():
            found.sort()
        return spans

    def _phrases_in(self, passage: Passage) -> Iterator[tuple[tuple[int, ...], int, int]]:
        """The phrases of a passage that do not run over the end of a sentence."""
        if len(passage) < 2:
            return
        if self._matcher is None:
            self._matcher = self._made_matcher()
        for label, first, last in self._matcher(_document(passage.keys)):
            if last <= passage.sentence(first)[1]:
                yield self._by_label[label], first, last

    def _of_word(self, word: str, key: str) -> tuple[int, ...]:
        numbers = set(self._words.get(key, ()))
        lower = word.lower()
        for length in range(1, len(lower) + 1):
            numbers |= self._prefixes.get(lower[:length], set())
        return tuple(sorted(numbers))


def _document(keys: Sequence[str]) -> Any:  # noqa: ANN401 - spaCy ships no types
    """The keys as a spaCy document, for its PhraseMatcher."""
    from spacy.tokens import Doc  # late, as in blank_english

    return Doc(blank_english().vocab, words=list(keys))

"""Sets of phrases, and where they stand in a passage: one pass for every rule."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from workbench.coding.passage import Passage, Reader

Spans = Mapping[int, Sequence[tuple[int, int]]]  # number of a set -> word spans, ascending


def within(spans: Sequence[tuple[int, int]], first: int, last: int) -> Sequence[tuple[int, int]]:
    """The spans that begin in [first, last)."""
    return spans[bisect_left(spans, (first, 0)) : bisect_left(spans, (last, 0))]


class Terms:
    """Sets of alternatives, each found by its number.

    Single words are looked up by key, ``word*`` by the beginnings of the printed word, phrases
    by spaCy's PhraseMatcher over the keys.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._numbers: dict[frozenset[str], int] = {}
        self._words: dict[str, set[int]] = defaultdict(set)
        self._prefixes: dict[str, set[int]] = defaultdict(set)
        self._phrases: dict[tuple[str, ...], set[int]] = defaultdict(set)
        self._cache: dict[str, tuple[int, ...]] = {}

    def add(self, alternatives: Iterable[str]) -> int:
        """The number of a set; an empty set has one that is never found."""
        alternatives = frozenset(alternatives)
        if alternatives in self._numbers:
            return self._numbers[alternatives]
        number = self._numbers[alternatives] = len(self._numbers)
        for alternative in sorted(alternatives):
            if alternative.endswith("*") and " " not in alternative:
                self._prefixes[alternative[:-1].lower()].add(number)
                continue
            keys = tuple(self._reader.keys(alternative.replace("*", "")))
            if len(keys) == 1:
                self._words[keys[0]].add(number)
            elif keys:
                self._phrases[keys].add(number)
        return number

    def freeze(self) -> None:
        """Build the phrase matcher; no set can be added after."""
        from spacy.matcher import PhraseMatcher

        vocab = self._reader.vocab
        self._matcher = PhraseMatcher(vocab, attr="ORTH")
        self._by_label: dict[int, tuple[int, ...]] = {}
        for index, (keys, numbers) in enumerate(self._phrases.items()):
            self._matcher.add(str(index), [self._reader.key_document(keys)])
            self._by_label[vocab.strings[str(index)]] = tuple(sorted(numbers))
        self._lengths = sorted({len(prefix) for prefix in self._prefixes})

    def find(self, passage: Passage) -> dict[int, list[tuple[int, int]]]:
        """Word spans of each set that occurs, ascending."""
        spans: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for position, (word, key) in enumerate(zip(passage.words, passage.keys, strict=True)):
            numbers = self._cache.get(word)
            if numbers is None:
                numbers = self._cache[word] = self._of_word(word, key)
            for number in numbers:
                spans[number].append((position, position + 1))
        if len(passage) > 1:
            for label, first, last in self._matcher(self._reader.key_document(passage.keys)):
                if passage.sentence(first) != passage.sentence(last - 1):
                    continue
                for number in self._by_label[label]:
                    spans[number].append((first, last))
        for found in spans.values():
            found.sort()
        return spans

    def _of_word(self, word: str, key: str) -> tuple[int, ...]:
        numbers = set(self._words.get(key, ()))
        lower = word.lower()
        for length in self._lengths:
            if length > len(lower):
                break
            numbers |= self._prefixes.get(lower[:length], set())
        return tuple(sorted(numbers))

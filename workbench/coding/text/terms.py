"""Sets of phrases, and where they stand in a passage: one pass for every rule."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from workbench.coding.text.passage import Passage, keys_of

Spans = Mapping[int, Sequence[tuple[int, int]]]  # number of a set -> word spans, ascending
_END = ""  # the key of a branch under which the numbers of the sets stand; no word has it


def within(spans: Sequence[tuple[int, int]], first: int, last: int) -> Sequence[tuple[int, int]]:
    """The spans that begin in [first, last)."""
    return spans[bisect_left(spans, (first, 0)) : bisect_left(spans, (last, 0))]


class Terms:
    """Sets of alternatives, each found by its number.

    Single words are looked up by key, ``word*`` by the beginnings of the printed word, phrases
    in a tree of keys.
    """

    def __init__(self) -> None:
        self._numbers: dict[frozenset[str], int] = {}
        self._words: dict[str, set[int]] = defaultdict(set)
        self._prefixes: dict[str, set[int]] = defaultdict(set)
        self._tree: dict[str, Any] = {}
        self._cache: dict[str, tuple[int, ...]] = {}

    def add(self, alternatives: Iterable[str]) -> int:
        """The number of a set; an empty set has one that is never found."""
        alternatives = frozenset(alternatives)
        known = self._numbers.get(alternatives)
        if known is not None:
            return known
        number = self._numbers[alternatives] = len(self._numbers)
        self._cache.clear()
        for alternative in alternatives:
            if alternative.endswith("*") and " " not in alternative:
                self._prefixes[alternative[:-1].lower()].add(number)
                continue
            keys = keys_of(alternative.replace("*", ""))
            if len(keys) == 1:
                self._words[keys[0]].add(number)
            elif keys:
                self._add_phrase(keys, number)
        return number

    def _add_phrase(self, keys: Sequence[str], number: int) -> None:
        branch = self._tree
        for key in keys:
            branch = branch.setdefault(key, {})
        branch.setdefault(_END, set()).add(number)

    def find(self, passage: Passage) -> dict[int, list[tuple[int, int]]]:
        """Word spans of each set that occurs, ascending."""
        spans: dict[int, list[tuple[int, int]]] = defaultdict(list)
        keys, cache, tree = passage.keys, self._cache, self._tree
        for position, word in enumerate(passage.words):
            numbers = cache.get(word)
            if numbers is None:
                numbers = cache[word] = self._of_word(word, keys[position])
            for number in numbers:
                spans[number].append((position, position + 1))
            branch = tree.get(keys[position])
            if branch is not None:
                _follow(branch, passage, position, spans)
        for found in spans.values():
            found.sort()
        return spans

    def _of_word(self, word: str, key: str) -> tuple[int, ...]:
        numbers = set(self._words.get(key, ()))
        lower = word.lower()
        for length in range(1, len(lower) + 1):
            numbers |= self._prefixes.get(lower[:length], set())
        return tuple(sorted(numbers))


def _follow(
    branch: Mapping[str, Any],
    passage: Passage,
    first: int,
    spans: Mapping[int, list[tuple[int, int]]],
) -> None:
    """Note the phrases that begin with the word at ``first``, inside its sentence."""
    end = passage.sentence(first)[1]
    last = first + 1
    while last < end:
        branch = branch.get(passage.keys[last], {})
        if not branch:
            return
        last += 1
        for number in branch.get(_END, ()):
            spans[number].append((first, last))

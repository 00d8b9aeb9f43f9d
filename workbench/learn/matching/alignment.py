"""The search behind :mod:`workbench.learn.matching.tokens`."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Sequence
from difflib import Match, SequenceMatcher
from typing import NamedTuple

from workbench.learn.matching.tokens import (
    MIN_SHARE_FOUND,
    Alignment,
    MatchedParagraph,
    Token,
    tokenize,
)

# Below this many words a paragraph may stand inside another one by chance.
_LONG = 5
_SHINGLE = 3
_MAX_PIECES = 4  # columns, notes or page ends may tear a paragraph apart
_MIN_PIECE = 4  # words in a row that a further piece needs
_MAX_GAP = 3  # words between a single matching word and its neighbours
_NEAR = 80  # words around the expected place in which a misread heading is looked for
_MIN_LIKENESS = 0.85  # of the letters of a misread heading; difflib's ratio
_OFF_SEGMENT = 50  # words of distance that starting with a segment is worth


def align(paragraphs: Sequence[str], text: str, segment_starts: Iterable[int] = ()) -> Alignment:
    """Place each truth paragraph in the frozen text.

    Args:
        paragraphs: Texts of the truth's paragraphs, in reading order.
        text: The frozen text.
        segment_starts: Offsets at which segments start, a hint where the same words stand twice.
    """
    search = _Search([tokenize(paragraph) for paragraph in paragraphs], tokenize(text))
    starts = set(segment_starts)
    search.segment_starts = {
        index for index, token in enumerate(search.tokens) if token.start_char in starts
    }
    by_length = sorted(range(len(paragraphs)), key=lambda index: -len(search.wanted[index]))
    long = [index for index in by_length if len(search.wanted[index]) >= _LONG]
    short = [index for index in by_length if 0 < len(search.wanted[index]) < _LONG]
    # What stands there once anchors the choice among places for what stands there twice.
    long.sort(key=lambda index: len(search.occurrences(index)) != 1)
    for index in long:
        search.place_exact(index)
    for index in long:
        search.place_torn(index)
    for index in short:
        search.place_exact(index)
    for index in by_length:
        search.place_misread(index)
    return search.result()


class _Anchor(NamedTuple):
    paragraph: int
    first: int  # document tokens
    last: int


class _Search:
    """What has been placed so far; every token is claimed once."""

    def __init__(self, wanted: Sequence[tuple[Token, ...]], tokens: tuple[Token, ...]) -> None:
        self.wanted, self.tokens = wanted, tokens
        self.segment_starts: set[int] = set()
        self.keys = [token.key for token in tokens]
        self.owners = [-1] * len(tokens)
        self.places = [[-1] * len(words) for words in wanted]
        self.anchors: list[_Anchor] = []
        self.before = [0]  # truth words before each paragraph
        for words in wanted:
            self.before.append(self.before[-1] + len(words))
        self.joined = " " + " ".join(self.keys) + " "
        self.char_of_token: list[int] = []  # where " key" starts in joined
        position = 0
        for key in self.keys:
            self.char_of_token.append(position)
            position += len(key) + 1
        self.shingles: dict[tuple[str, ...], list[int]] = {}
        for start in range(len(self.keys) - _SHINGLE + 1):
            self.shingles.setdefault(tuple(self.keys[start : start + _SHINGLE]), []).append(start)

    def result(self) -> Alignment:
        """The records of what was placed."""
        paragraphs = tuple(
            MatchedParagraph(tokens=words, places=tuple(places))
            for words, places in zip(self.wanted, self.places, strict=True)
        )
        return Alignment(tokens=self.tokens, paragraphs=paragraphs, owners=tuple(self.owners))

    def is_open(self, index: int) -> bool:
        """Whether the paragraph has no place yet."""
        return bool(self.wanted[index]) and max(self.places[index]) < 0

    def expected(self, index: int) -> tuple[int, ...]:
        """Tokens at which the paragraph should start.

        Counted back from what follows it in the truth, and on from what precedes it; from the
        beginning of the document when nothing is placed yet.
        """
        at = bisect_left(self.anchors, index, key=lambda anchor: anchor.paragraph)
        words = self.before[index]
        places = []
        if at < len(self.anchors):
            following = self.anchors[at]
            places.append(following.first - (self.before[following.paragraph] - words))
        if at:
            previous = self.anchors[at - 1]
            places.append(previous.last + 1 + words - self.before[previous.paragraph + 1])
        return tuple(places) or (words,)

    def distance(self, index: int, first: int) -> int:
        """How far a start is from the nearest expected one, in words."""
        # Between a heading and what precedes it may stand what the truth leaves out (contents),
        # hardly ever between a heading and its text: what follows decides a draw.
        return min(abs(first - place) + draw for draw, place in enumerate(self.expected(index)))

    def occurrences(self, index: int) -> list[int]:
        """Tokens at which the paragraph's words stand unbroken and unclaimed."""
        words = self.wanted[index]
        needle = " " + " ".join(token.key for token in words) + " "
        found = []
        at = self.joined.find(needle)
        while at >= 0:
            first = bisect_left(self.char_of_token, at)
            if all(owner < 0 for owner in self.owners[first : first + len(words)]):
                found.append(first)
            at = self.joined.find(needle, at + 1)
        return found

    def place_exact(self, index: int) -> None:
        """Place the paragraph where its words stand unbroken, nearest to the expected place."""
        found = self.occurrences(index)
        if not found:
            return

        def cost(first: int) -> int:
            off_segment = first not in self.segment_starts
            return self.distance(index, first) + off_segment * _OFF_SEGMENT

        best = min(found, key=cost)
        self.claim(index, [(word, best + word) for word in range(len(self.wanted[index]))])

    def place_torn(self, index: int) -> None:
        """Place a paragraph with foreign, missing or misread words, or in several pieces."""
        if not self.is_open(index):
            return
        matched: dict[int, int] = {}
        for _ in range(_MAX_PIECES):
            piece = self.best_piece(index, matched)
            longest = _longest_run(piece)
            if not piece or (matched and longest < _MIN_PIECE):
                break
            matched.update(piece)
        if len(matched) >= MIN_SHARE_FOUND * len(self.wanted[index]):
            self.claim(index, sorted(matched.items()))

    def best_piece(self, index: int, matched: dict[int, int]) -> dict[int, int]:
        """Truth words and their tokens in the stretch that shares most word triples."""
        words = [token.key for token in self.wanted[index]]
        taken = set(matched.values())
        diagonals = sorted(
            place - start
            for start in range(len(words) - _SHINGLE + 1)
            if start not in matched
            for place in self.shingles.get(tuple(words[start : start + _SHINGLE]), ())
            if self.owners[place] < 0 and place not in taken
        )
        if not diagonals:
            return {}
        low, high = self.densest(index, diagonals)
        first, last = max(0, low - 3), min(len(self.keys), high + len(words) + 3)
        # Words that are used already must match nothing: no key holds a NUL.
        left = [f"\0{at}" if at in matched else word for at, word in enumerate(words)]
        right = [
            "\0" if self.owners[at] >= 0 or at in taken else self.keys[at]
            for at in range(first, last)
        ]
        blocks = SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks()
        return {
            block.a + step: first + block.b + step
            for block in _supported(blocks)
            for step in range(block.size)
        }

    def densest(self, index: int, diagonals: Sequence[int]) -> tuple[int, int]:
        """The narrow stretch that holds most diagonals, nearest to the expected place."""
        width = max(10, len(self.wanted[index]) // 3)
        best = (0, 0, diagonals[0], diagonals[0])
        end = 0
        for start, low in enumerate(diagonals):
            while end < len(diagonals) and diagonals[end] <= low + width:
                end += 1
            if end - start >= best[0]:
                distance = self.distance(index, low)
                best = max(best, (end - start, -distance, low, diagonals[end - 1]))
        return best[2], best[3]

    def place_misread(self, index: int) -> None:
        """Place a short paragraph near its expected place by the likeness of its letters."""
        words = self.wanted[index]
        if not self.is_open(index) or len(words) > 2 * _LONG:
            return
        likeness, _, first, n_words = max(self.readings_near(index), default=(0.0, 0, 0, 0))
        if likeness >= _MIN_LIKENESS:
            matched = range(min(len(words), n_words))
            self.claim(index, [(word, first + word) for word in matched])

    def readings_near(self, index: int) -> Iterator[tuple[float, int, int, int]]:
        """Likeness, nearness, first token and length of each stretch that may be it."""
        words = self.wanted[index]
        near = {
            first
            for place in self.expected(index)
            for first in range(max(0, place - _NEAR), min(len(self.keys), place + _NEAR))
        }
        # The matcher keeps what it knows of its second text.
        matcher = SequenceMatcher(None, "", " ".join(token.key for token in words), autojunk=False)
        for first in sorted(near):
            for last in range(first + max(1, len(words) - 1), first + len(words) + 2):
                if last > len(self.keys) or any(owner >= 0 for owner in self.owners[first:last]):
                    break
                matcher.set_seq1(" ".join(self.keys[first:last]))
                if matcher.quick_ratio() >= _MIN_LIKENESS:
                    yield matcher.ratio(), -self.distance(index, first), first, last - first

    def claim(self, index: int, matched: Sequence[tuple[int, int]]) -> None:
        """Give the tokens to the paragraph."""
        for word, place in matched:
            self.places[index][word] = place
            self.owners[place] = index
        tokens = [place for _, place in matched]
        insort(self.anchors, _Anchor(index, min(tokens), max(tokens)))


def _supported(blocks: Sequence[Match]) -> list[Match]:
    """The blocks without single words that stand far from the next block: those are chance."""
    return [
        block
        for at, block in enumerate(blocks)
        if block.size > 1
        or (at > 0 and _is_near(blocks[at - 1], block))
        or (at + 1 < len(blocks) and blocks[at + 1].size and _is_near(block, blocks[at + 1]))
    ]


def _is_near(left: Match, right: Match) -> bool:
    gaps = (right.a - left.a - left.size, right.b - left.b - left.size)
    return max(gaps) <= _MAX_GAP


def _longest_run(piece: dict[int, int]) -> int:
    longest = run = 0
    for word in sorted(piece):
        run = run + 1 if piece.get(word - 1, -2) + 1 == piece[word] else 1
        longest = max(longest, run)
    return longest

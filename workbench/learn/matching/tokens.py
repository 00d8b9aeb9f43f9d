"""Finding a truth's paragraphs again in the frozen text of a document.

Words are compared by their letters and digits only, so spaces, line ends, quotes, hyphens,
ligatures and footnote marks do not matter. Long paragraphs are placed before short ones, those
whose words stand there once and unbroken before the others, and each word of the document
belongs to one paragraph at most.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from workbench.records import Segment

_PART = re.compile(r"[^\s/|–—…]+")
# A footnote mark sticks to the word before it; shorter words with a digit are names ("P2").
_NOTE_MARK = re.compile(r"(?<=[^\W\d_]{3})\d{1,2}$")
_SAME = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-"})  # noqa: RUF001
_GLUED_MARK = re.compile(
    r"(?<=[^\W\d_]{3})\d{1,2}(?=\W|$)|(?<=[^\W\d_][.,;:!?\"')])\d{1,2}(?=\s|$)"
)
#: A paragraph counts as found when this share of its words was found.
MIN_SHARE_FOUND = 0.5


class Token(NamedTuple):
    """A word of a text and the letters and digits by which it is compared."""

    start_char: int
    end_char: int
    key: str


@lru_cache(maxsize=1 << 16)
def word_key(part: str) -> str:
    """The word in lower case, letters and digits only, without a footnote mark at its end."""
    letters = "".join(
        character
        for character in unicodedata.normalize("NFKC", part).casefold()
        if character.isalnum()
    )
    return _NOTE_MARK.sub("", letters)


def tokenize(text: str) -> tuple[Token, ...]:
    """The words of the text in order; what holds no letter or digit is left out."""
    return tuple(
        Token(part.start(), part.end(), key)
        for part in _PART.finditer(text)
        if (key := word_key(part.group()))
    )


def word_keys(text: str) -> tuple[str, ...]:
    """The compared form of each word of the text."""
    return tuple(token.key for token in tokenize(text))


def plain_text(text: str) -> str:
    """The text with single spaces, straight quotes, plain hyphens and no footnote marks."""
    straight = unicodedata.normalize("NFKC", text).translate(_SAME)
    return " ".join(_GLUED_MARK.sub("", straight).split())


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchedParagraph:
    """Where each word of one truth paragraph stands in the document."""

    tokens: tuple[Token, ...]  # offsets in the paragraph
    places: tuple[int, ...]  # index of the document's token, -1 when the word was not found

    @property
    def share_found(self) -> float:
        """Share of the paragraph's words that were found, 0-1."""
        return sum(place >= 0 for place in self.places) / len(self.places) if self.places else 0.0

    @property
    def is_found(self) -> bool:
        """Whether enough of it was found."""
        return bool(self.places) and self.share_found >= MIN_SHARE_FOUND

    def places_of(self, start_char: int, end_char: int) -> frozenset[int]:
        """The document's tokens for a range of the paragraph.

        A word that could not be matched, between two that were, is taken to stand there.
        """
        hit = [
            (token, place)
            for token, place in zip(self.tokens, self.places, strict=True)
            if token.start_char < end_char and token.end_char > start_char
        ]
        found = [place for _, place in hit if place >= 0]
        if not found:
            return frozenset()
        low, high = min(found), max(found)
        if high - low + 1 <= len(hit) + 2:
            return frozenset(range(low, high + 1))
        return frozenset(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """The words of a document, each with the truth paragraph that it belongs to."""

    tokens: tuple[Token, ...]  # offsets in the frozen text
    paragraphs: tuple[MatchedParagraph, ...]  # one for each truth paragraph, in its order
    owners: tuple[int, ...]  # for each token the index of its paragraph, -1 for none

    def tokens_between(self, start_char: int, end_char: int) -> range:
        """Indexes of the tokens that the range of the frozen text touches."""
        first = bisect_right(self.tokens, start_char, key=lambda token: token.end_char)
        last = bisect_left(self.tokens, end_char, key=lambda token: token.start_char)
        return range(first, max(first, last))

    def paragraph_at(self, start_char: int, end_char: int) -> int:
        """Index of the paragraph that most words of the range belong to; -1 for none."""
        counts: dict[int, int] = {}
        for index in self.tokens_between(start_char, end_char):
            if self.owners[index] >= 0:
                counts[self.owners[index]] = counts.get(self.owners[index], 0) + 1
        return min(counts, key=lambda owner: (-counts[owner], owner)) if counts else -1


def segment_indexes(alignment: Alignment, segments: Sequence[Segment]) -> tuple[int, ...]:
    """For each token the position of its segment in ``segments``; -1 for none.

    ``segments`` stand in the order of their offsets.
    """
    starts = [segment.start_char for segment in segments]
    indexes = []
    for token in alignment.tokens:
        index = bisect_right(starts, token.start_char) - 1
        inside = index >= 0 and token.start_char < segments[index].end_char
        indexes.append(index if inside else -1)
    return tuple(indexes)

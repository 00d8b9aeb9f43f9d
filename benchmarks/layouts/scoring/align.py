"""Words of a reader beside the words of the truth: matched by their boxes, compared by text."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

LEADER = frozenset(".·…")
SIGNS = str.maketrans(
    {"\u00ad": "-", "\u2010": "-", "\u2011": "-", "\u00a0": " ", "\ufb01": "fi", "\ufb02": "fl"}
)


class TruthWord(NamedTuple):
    """A word of the truth."""

    text: str
    page: int
    x0: float
    top: float
    x1: float
    bottom: float
    block: int
    part: str


class ReadWord(NamedTuple):
    """A word as it was read."""

    text: str
    page: int
    x0: float
    top: float
    x1: float
    bottom: float


def normal(text: str) -> str:
    """One space between words; one kind of hyphen; ligatures as letters."""
    return " ".join(text.translate(SIGNS).split())


def is_leader(text: str) -> bool:
    """Whether a word is only the dots of a contents page."""
    return set(text) <= LEADER


def truth_words(truth: dict[str, Any]) -> list[TruthWord]:
    """The words of a truth file."""
    return [TruthWord(*word) for word in truth["words"]]


def x_iou(left: TruthWord | ReadWord, right: TruthWord | ReadWord) -> float:
    """Shared width of two boxes as a share of their joint width, 0-1."""
    shared = min(left.x1, right.x1) - max(left.x0, right.x0)
    joint = max(left.x1, right.x1) - min(left.x0, right.x0)
    return max(shared, 0.0) / joint if joint > 0 else 0.0


def _overlap(left: TruthWord | ReadWord, right: TruthWord | ReadWord) -> float:
    wide = min(left.x1, right.x1) - max(left.x0, right.x0)
    tall = min(left.bottom, right.bottom) - max(left.top, right.top)
    least = min(left.bottom - left.top, right.bottom - right.top)
    return wide * tall if wide > 0 and tall > 0.4 * least else 0.0


def match(truth: Sequence[TruthWord], read: Sequence[ReadWord]) -> dict[int, int]:
    """Pairs of read word -> truth word, one to one, by overlapping boxes on one page.

    Of several overlapping boxes the pair with the same text, then with the larger shared area
    comes first.
    """
    shelves: dict[tuple[int, int], list[int]] = defaultdict(list)
    for number, word in enumerate(truth):
        for shelf in range(int(word.top // 12), int(word.bottom // 12) + 1):
            shelves[word.page, shelf].append(number)
    pairs: list[tuple[bool, float, int, int]] = []
    for number, own in enumerate(read):
        near = {
            other
            for shelf in range(int(own.top // 12), int(own.bottom // 12) + 1)
            for other in shelves.get((own.page, shelf), ())
        }
        for other in near:
            area = _overlap(truth[other], own)
            if area > 0:
                same = normal(truth[other].text) == normal(own.text)
                pairs.append((not same, -area, number, other))
    pairs.sort()
    matched: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, number, other in pairs:
        if number not in matched and other not in taken:
            matched[number] = other
            taken.add(other)
    return matched


def longest_rise(ranks: Sequence[int]) -> int:
    """The length of the longest increasing part of a sequence of distinct ranks.

    For words that are matched one to one this is their longest common subsequence.
    """
    tails: list[int] = []
    for rank in ranks:
        place = bisect_left(tails, rank)
        tails[place : place + 1] = [rank]
    return len(tails)


def bags(
    truth: Sequence[TruthWord], read: Sequence[ReadWord]
) -> dict[int, tuple[Counter[str], Counter[str]]]:
    """For each page the multisets of true and read words, leaders left out."""
    pages: dict[int, tuple[Counter[str], Counter[str]]] = defaultdict(
        lambda: (Counter(), Counter())
    )
    for word in truth:
        if not is_leader(word.text):
            pages[word.page][0][normal(word.text)] += 1
    for own in read:
        if not is_leader(own.text):
            pages[own.page][1][normal(own.text)] += 1
    return pages

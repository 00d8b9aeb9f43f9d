"""How much two recommendations ask the same, and which of them do."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import combinations

#: Two recommendations ask the same from this likeness on (measured: tests/cases/test_register).
SAME = 0.5
_WORD = re.compile(r"[a-z]+")
_ENDINGS = ("ations", "ation", "ments", "ment", "ings", "ing", "ies", "ed", "es", "s", "e", "y")
_LITTLE = frozenset(
    re.findall(
        r"\w+",
        "the a an and or of to in on for with by that this these those it its is are be been being "
        "was were will would can could may might must shall should has have had do does did not no "
        "any all each every as at from into than then there their they them which who whom whose "
        "when where so such if but also other more most both between within through about own same "
        "how what",
    )
)
#: Words that every recommendation has.
_FORM = frozenset(
    {
        *("recommend", "recommendation", "ensur", "review", "consid"),
        *("partner", "partnership", "board", "agenc", "organis"),
    }
)
_MIN_STEM = 4
_ROUNDING = 1e-9


def stems(text: str) -> list[str]:
    """The telling words of a text, in order, without their endings."""
    words = _WORD.findall(text.lower().replace("’", "").replace("'", ""))
    found = (_stem(word) for word in words if word not in _LITTLE)
    return [stem for stem in found if stem not in _FORM]


@lru_cache(maxsize=65_536)
def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _MIN_STEM:
            return word.removesuffix(ending)
    return word


def weights_of(texts: Iterable[Sequence[str]], least: float = 1.0) -> dict[str, float]:
    """Stem -> how telling it is: the rarer among the texts, the more; over ``least``.

    Source: Spärck Jones (1972), J. Documentation 28(1), 11-21, smoothed so that no word has none.
    """
    counted = [set(text) for text in texts]
    n_with = Counter(stem for text in counted for stem in text)
    return {stem: math.log((1 + len(counted)) / n) + least for stem, n in n_with.items()}


def likeness(left: Sequence[str], right: Sequence[str], weights: Mapping[str, float]) -> float:
    """Shared weight of the stems of two texts out of the weight of all their stems, 0 to 1.

    Source: the weighted resemblance of Broder (1997), Compression and Complexity of Sequences,
    21-29, over words instead of sequences: recommendations are short and are worded anew.
    """
    one, other = set(left), set(right)
    everything = _weight(one | other, weights)
    return _weight(one & other, weights) / everything if everything else 0.0


def _weight(words: Iterable[str], weights: Mapping[str, float]) -> float:
    """The weight of words, the same in whatever order they come."""
    return math.fsum(weights.get(stem, 1.0) for stem in words)


def held(wanted: Sequence[str], text: Sequence[str], weights: Mapping[str, float]) -> float:
    """The share (0-1) of the weight of the stems wanted that a text has."""
    words = set(wanted)
    whole = _weight(words, weights)
    return _weight(words & set(text), weights) / whole if whole else 0.0


def _telling(text: Sequence[str], weights: Mapping[str, float], least: float) -> list[str]:
    """The rarest stems of a text: one that is so much like it has one of them among its own.

    Left out are the commonest stems that together weigh less than ``least`` of it: they alone
    cannot make two texts alike.

    Source: the prefix filter of Chaudhuri, Ganti and Kaushik (2006), Proc. 22nd ICDE, with
    weights.
    """
    rare_first = sorted(set(text), key=lambda stem: (-weights[stem], stem))
    allowed = least * _weight(rare_first, weights)
    while rare_first and (allowed := allowed - weights[rare_first[-1]]) > _ROUNDING:
        rare_first.pop()
    return rare_first


def same_groups(texts: Sequence[Sequence[str]], least: float = SAME) -> list[list[int]]:
    """Places of texts that ask the same: those that a chain of likeness joins, two or more."""
    weights = weights_of(texts)
    owners: dict[str, list[int]] = defaultdict(list)
    for place, text in enumerate(texts):
        for stem in _telling(text, weights, least):
            owners[stem].append(place)
    pairs = {pair for places in owners.values() for pair in combinations(places, 2)}
    chains = list(range(len(texts)))

    def root(place: int) -> int:
        while chains[place] != place:
            place = chains[place]
        return place

    for left, right in sorted(pairs):
        if likeness(texts[left], texts[right], weights) >= least:
            chains[max(root(left), root(right))] = min(root(left), root(right))
    groups: dict[int, list[int]] = defaultdict(list)
    for place in range(len(texts)):
        groups[root(place)].append(place)
    return [places for _, places in sorted(groups.items()) if len(places) > 1]

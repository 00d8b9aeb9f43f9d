"""How much of one document's wording stands in another: shared eight-word sequences."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

#: Sorted, unique 64-bit hashes of the word sequences of one document.
Shingles = NDArray[np.uint64]

SHINGLE_WORDS = 8
_WORD = re.compile(r"[^\W_]+")
_APOSTROPHES = str.maketrans("", "", "'\u2019")
# An odd multiplier makes the place of a word in its sequence count, modulo 2**64.
_MULTIPLIER = 0x9E3779B97F4A7C15
# Candidate pairs are looked for with one sequence in four; what is reported is exact.
_SAMPLE = np.uint64(4)
# A sequence that stands in more documents than one case can have is a form's wording.
_MAX_DOCUMENTS = 50


def words_of(text: str) -> list[str]:
    """The words of a text in lower case, without apostrophes and punctuation."""
    return _WORD.findall(text.lower().translate(_APOSTROPHES))


class Shingler:
    """Turns texts into shingles; remembers the hash of each word it has met."""

    def __init__(self) -> None:
        self._hashes: dict[str, int] = {}
        powers = [pow(_MULTIPLIER, SHINGLE_WORDS - 1 - i, 2**64) for i in range(SHINGLE_WORDS)]
        self._powers = np.array(powers, dtype=np.uint64)

    def shingles(self, texts: Iterable[Sequence[str]]) -> Shingles:
        """The eight-word sequences inside the texts, given as words; none runs over two texts.

        Returns:
            Sorted unique hashes, shape ``(n_sequences,)``; empty when every text is shorter
            than eight words. Two different sequences have the same hash with a probability of
            about 2**-64.
        """
        hashed = [self._hash_text(words) for words in texts if len(words) >= SHINGLE_WORDS]
        if not hashed:
            return np.empty(0, dtype=np.uint64)
        return np.unique(np.concatenate(hashed))

    def _hash_text(self, words: Sequence[str]) -> NDArray[np.uint64]:
        hashes = np.array([self._hash_word(word) for word in words], dtype=np.uint64)
        windows = np.lib.stride_tricks.sliding_window_view(hashes, SHINGLE_WORDS)
        summed: NDArray[np.uint64] = (windows * self._powers).sum(axis=1, dtype=np.uint64)
        return summed

    def _hash_word(self, word: str) -> int:
        if word not in self._hashes:
            digest = blake2b(word.encode(), digest_size=8).digest()
            self._hashes[word] = int.from_bytes(digest, "big")
        return self._hashes[word]


def containment(left: Shingles, right: Shingles) -> float:
    """The share (0-1) of the shorter one's sequences that stand in the longer one.

    Source: Broder (1997), On the resemblance and containment of documents, Proc. Compression
    and Complexity of Sequences, 21-29.
    """
    shorter = min(len(left), len(right))
    if not shorter:
        return 0.0
    return len(np.intersect1d(left, right, assume_unique=True)) / shorter


def overlapping_pairs(
    shingles: Mapping[str, Shingles], *, min_containment: float
) -> dict[tuple[str, str], float]:
    """The pairs of documents that share wording, with their containment.

    Args:
        shingles: Shingles by document id.
        min_containment: Pairs below it (0-1) are left out.

    Returns:
        ``{(smaller id, larger id): containment}``. Candidates are found through a sample of
        one sequence in four, sequences that more than fifty documents share left out, and a
        candidate must share half of ``min_containment`` there.
    """
    names = sorted(shingles)
    samples = [_sample(shingles[name]) for name in names]
    pairs: dict[tuple[str, str], float] = {}
    for (left, right), n_shared in _sampled_pairs(samples).items():
        shorter = min(len(samples[left]), len(samples[right]))
        if n_shared < min_containment / 2 * shorter:
            continue
        share = containment(shingles[names[left]], shingles[names[right]])
        if share >= min_containment:
            pairs[names[left], names[right]] = share
    return pairs


def _sample(hashes: Shingles) -> Shingles:
    # The high bits mix all words of the sequence; the low ones depend on low bits only.
    kept: Shingles = hashes[(hashes >> np.uint64(40)) % _SAMPLE == 0]
    return kept


def _sampled_pairs(samples: Sequence[Shingles]) -> Counter[tuple[int, int]]:
    """How many sampled sequences each pair of documents shares."""
    if not any(len(sample) for sample in samples):
        return Counter()
    hashes = np.concatenate(samples)
    owners = np.repeat(np.arange(len(samples)), [len(sample) for sample in samples])
    order = np.argsort(hashes, kind="stable")  # stable: owners stay in ascending order
    hashes, owners = hashes[order], owners[order]
    starts = np.flatnonzero(np.r_[True, hashes[1:] != hashes[:-1]])
    n_owners = np.diff(np.r_[starts, len(hashes)])
    shared: Counter[tuple[int, int]] = Counter()
    several = (n_owners >= 2) & (n_owners <= _MAX_DOCUMENTS)
    for start, n in zip(starts[several], n_owners[several], strict=True):
        shared.update(combinations(owners[start : start + n].tolist(), 2))
    return shared

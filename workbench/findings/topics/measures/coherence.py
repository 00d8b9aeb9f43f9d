"""Whether the terms of a topic stand together in what people write, or only in a list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from math import log

from workbench.findings.topics.words import words_of

WINDOW_WORDS = 10
#: Two terms that never share a window; the least that normalised information can be.
NEVER_TOGETHER = -1.0
ALWAYS_TOGETHER = 1.0


def coherences(texts: Iterable[str], topics: Sequence[Sequence[str]]) -> tuple[float | None, ...]:
    """The coherence of each topic's terms in the texts, -1 to 1; None with fewer than two terms.

    The mean normalised pointwise mutual information of all pairs of terms, counted in windows of
    ten words (less what says nothing) that slide over each text: 1 for terms that only come
    together, 0 for terms that come as they would by chance, -1 for terms that never meet. A
    pair of words is in a window when they stand there side by side.

    Source: Roeder, Both and Hinneburg (2015), WSDM, 399-408 (C_NPMI); Bouma (2009), Proc. GSCL,
    31-40, for the measure of a pair.
    """
    wanted = {term: place for place, term in enumerate(dict.fromkeys(_each(topics)))}
    alone = [0] * len(wanted)
    together: dict[tuple[int, int], int] = {}
    n_windows = 0
    for text in texts:
        words = words_of(text)
        n_windows += _n_windows(words)
        for seen in _windows(words, wanted):
            for place in seen:
                alone[place] += 1
            for pair in combinations(sorted(seen), 2):
                together[pair] = together.get(pair, 0) + 1
    found = []
    for terms in topics:
        places = sorted({wanted[term] for term in terms})
        pairs = [
            npmi(together.get(pair, 0), alone[pair[0]], alone[pair[1]], n_windows)
            for pair in combinations(places, 2)
        ]
        found.append(round(sum(pairs) / len(pairs), 6) if pairs else None)
    return tuple(found)


def npmi(n_both: int, n_first: int, n_second: int, n: int) -> float:
    """Normalised pointwise mutual information of two events in ``n`` windows, -1 to 1.

    Raises:
        ValueError: The counts do not fit.

    Source: Bouma (2009), Proc. GSCL, 31-40, equation 7.
    """
    if not 0 <= n_both <= min(n_first, n_second) or max(n_first, n_second) > n:
        raise ValueError(f"{n_both} of {n_first} and {n_second} in {n} windows cannot be")
    if n_both == 0:
        return NEVER_TOGETHER
    if n_both == n:
        return ALWAYS_TOGETHER
    return log(n_both * n / (n_first * n_second)) / -log(n_both / n)


def _each(topics: Sequence[Sequence[str]]) -> Iterator[str]:
    for terms in topics:
        yield from terms


def _n_windows(words: Sequence[str]) -> int:
    """Runs of ten words; a shorter text is one window."""
    return max(1, len(words) - WINDOW_WORDS + 1) if words else 0


def _windows(words: Sequence[str], wanted: dict[str, int]) -> Iterable[set[int]]:
    """The wanted terms of each window that has any."""
    seen: dict[int, set[int]] = {}
    last_start = _n_windows(words) - 1
    for at, word in enumerate(words):
        terms = ((word, at), (f"{word} {words[at + 1]}" if at + 1 < len(words) else "", at + 1))
        for term, last in terms:
            place = wanted.get(term)
            if place is not None:
                first_start = max(0, last - WINDOW_WORDS + 1)
                for start in range(first_start, min(at, last_start) + 1):
                    seen.setdefault(start, set()).add(place)
    return seen.values()

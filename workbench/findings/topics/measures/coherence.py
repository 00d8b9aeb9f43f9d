"""Whether the terms of a topic stand together in what people write, or only in a list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from math import log

import numpy as np
from numpy.typing import NDArray

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
    from scipy.sparse import csr_matrix  # late: costs start-up time that other commands need not

    wanted = {term: place for place, term in enumerate(dict.fromkeys(_each(topics)))}
    spans: list[tuple[int, int, int]] = []
    n_windows = 0
    for text in texts:
        words = words_of(text)
        spans += _spans(words, wanted, n_windows)
        n_windows += _n_windows(words)
    windows, terms_of = _each_window(spans)
    has = csr_matrix(
        (np.ones(len(windows)), (windows, terms_of)), shape=(n_windows, len(wanted)), dtype=int
    )
    has.data[:] = 1  # a term counts once in a window
    together = np.asarray((has.T @ has).todense())
    alone = together.diagonal()
    found = []
    for terms in topics:
        places = sorted({wanted[term] for term in terms})
        pairs = [
            npmi(int(together[one, other]), int(alone[one]), int(alone[other]), n_windows)
            for one, other in combinations(places, 2)
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


def _spans(
    words: Sequence[str], wanted: Mapping[str, int], offset: int
) -> Iterator[tuple[int, int, int]]:
    """First and last window that has a wanted term, and which term it is.

    ``offset`` is the number of the text's first window.
    """
    last_start = _n_windows(words) - 1
    for at, word in enumerate(words):
        pair = f"{word} {words[at + 1]}" if at + 1 < len(words) else ""
        for term, last in ((word, at), (pair, at + 1)):
            place = wanted.get(term)
            if place is not None:
                first = max(0, last - WINDOW_WORDS + 1)
                if first <= min(at, last_start):
                    yield offset + first, offset + min(at, last_start), place


def _each_window(
    spans: Sequence[tuple[int, int, int]],
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Window and term, for every window of every span."""
    table = np.asarray(spans, dtype=np.int64).reshape(-1, 3)
    sizes = table[:, 1] - table[:, 0] + 1
    within = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return np.repeat(table[:, 0], sizes) + within, np.repeat(table[:, 2], sizes)

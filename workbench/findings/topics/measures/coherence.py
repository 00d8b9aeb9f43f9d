"""Whether the terms of a topic stand together in what people write, or only in a list."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from math import log

import numpy as np
from numpy.typing import NDArray

from workbench.findings.topics.words import Words

WINDOW_WORDS = 10
#: Two terms that never share a window; the least that normalised information can be.
NEVER_TOGETHER = -1.0
ALWAYS_TOGETHER = 1.0


def coherences(words: Words, topics: Sequence[Sequence[str]]) -> tuple[float | None, ...]:
    """The coherence of each topic's terms in texts, -1 to 1; None with fewer than two terms.

    The mean normalised pointwise mutual information of all pairs of terms, counted in windows of
    ten words (less what says nothing) that slide over each text: 1 for terms that only come
    together, 0 for terms that come as they would by chance, -1 for terms that never meet. A
    pair of words is in a window when they stand there side by side.

    Args:
        words: Of the texts.
        topics: The terms of each topic.

    Source: Roeder, Both and Hinneburg (2015), WSDM, 399-408 (C_NPMI); Bouma (2009), Proc. GSCL,
    31-40, for the measure of a pair.
    """
    from scipy.sparse import csr_matrix  # late: costs start-up time that other commands need not

    wanted = tuple(dict.fromkeys(term for terms in topics for term in terms))
    windows, terms_of, n_windows = _windows_with(words, wanted)
    has = csr_matrix(
        (np.ones(len(windows)), (windows, terms_of)), shape=(n_windows, len(wanted)), dtype=int
    )
    has.data[:] = 1  # a term counts once in a window
    together = np.asarray((has.T @ has).todense())
    alone = together.diagonal()
    place_of = {term: place for place, term in enumerate(wanted)}
    found = []
    for terms in topics:
        places = sorted({place_of[term] for term in terms})
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


def _windows_with(
    words: Words, wanted: Sequence[str]
) -> tuple[NDArray[np.int64], NDArray[np.int64], int]:
    """Windows that have a wanted term, which term it is, and how many windows there are.

    A text of fewer than ten words is one window.
    """
    n_words = np.bincount(words.text_of, minlength=words.n_texts)
    n_windows = np.where(n_words > 0, np.maximum(1, n_words - WINDOW_WORDS + 1), 0)
    begins = np.cumsum(n_words) - n_words
    first_window = np.cumsum(n_windows) - n_windows
    at, length, term = _places_of(words, wanted)
    text = words.text_of[at]
    within = at - begins[text]
    first = np.maximum(0, within + length - WINDOW_WORDS)
    last = np.minimum(within, n_windows[text] - 1)
    sizes = np.maximum(0, last - first + 1)
    steps = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    windows = np.repeat(first_window[text] + first, sizes) + steps
    return windows, np.repeat(term, sizes), int(n_windows.sum())


def _places_of(
    words: Words, wanted: Sequence[str]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """First word, number of words and place in ``wanted`` of each use of a wanted term."""
    place = {word: number for number, word in enumerate(words.known)}
    first, pairs = words.pairs()
    found = []
    for where, keys, length in ((np.arange(len(words.ids)), words.ids, 1), (first, pairs, 2)):
        numbers: dict[int, int] = {}
        for number, term in enumerate(wanted):
            parts = term.split()
            if len(parts) == length and all(part in place for part in parts):
                key = 0
                for part in parts:
                    key = key * len(place) + place[part]
                numbers[key] = number
        known = np.asarray(sorted(numbers), dtype=np.int64)
        uses = np.flatnonzero(np.isin(keys, known))
        which = np.asarray([numbers[int(key)] for key in known], dtype=np.int64)
        terms = which[np.searchsorted(known, keys[uses])] if len(known) else uses
        found.append((where[uses], np.full(len(uses), length), terms))
    at, lengths, terms = (np.concatenate(each) for each in zip(*found, strict=True))
    return at, lengths, terms

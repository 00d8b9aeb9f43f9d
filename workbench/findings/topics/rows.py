"""Passages as rows of numbers: without a language model, and drawn towards codes on request."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from workbench.findings.topics.model import OUTLIER, Floats, Labels
from workbench.findings.topics.words import Counts, Words, term_counts

N_COMPONENTS = 100
_N_POWERS = 4
_NO_WEIGHT = 1e-6  # of the largest singular value
_PULL = 0.25  # share of the code's own row in that of a passage that is about it


def unit_rows(rows: Floats) -> Floats:
    """Rows of length 1; a row of zeros stays one."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(lengths > 0, lengths, 1), dtype=np.float32)


def word_rows(texts: Sequence[str], reviews: Sequence[str]) -> Floats:
    """Latent semantic rows of texts, of length 1: the fallback where no embeddings can be had.

    Terms are weighed by logarithm and inverse document frequency, then reduced to 100
    directions by singular value decomposition. They know no synonyms beyond words that stand
    together in these texts.

    Source: Deerwester and others (1990), J. Am. Soc. Inf. Sci. 41(6), 391-407.
    """
    counts, terms = term_counts(Words.of(texts), reviews)
    weighted = counts.copy()
    weighted.data = 1 + np.log(weighted.data)
    n_with = np.maximum(np.bincount(counts.indices, minlength=len(terms)), 1)
    weighted = weighted.multiply(np.log((1 + len(texts)) / (1 + n_with)) + 1).tocsr()
    lengths = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel())
    weighted = weighted.multiply(1 / np.where(lengths > 0, lengths, 1)[:, None]).tocsr()
    return unit_rows(_reduced(weighted))


def _reduced(weighted: Counts) -> Floats:
    """A sparse matrix in the directions of its largest singular values, times these.

    Source: Halko, Martinsson and Tropp (2011), SIAM Rev. 53(2), 217-288, algorithms 4.4 and 5.1,
    with a fixed draw, so that the result is the same each time.
    """
    k = min(N_COMPONENTS, *weighted.shape)
    drawn = np.random.default_rng(0).normal(size=(weighted.shape[1], min(2 * k, *weighted.shape)))
    basis, _ = np.linalg.qr(weighted @ drawn)
    for _ in range(_N_POWERS):
        basis, _ = np.linalg.qr(weighted.T @ basis)
        basis, _ = np.linalg.qr(weighted @ basis)
    left, singular, right = np.linalg.svd((weighted.T @ basis).T, full_matrices=False)
    # Directions of no weight are any; a singular vector may come with either sign: the largest
    # part is made positive.
    kept = singular[:k] > _NO_WEIGHT * singular[0]
    signs = np.sign(right[np.arange(k), np.abs(right[:k]).argmax(axis=1)])
    return np.asarray((basis @ left)[:, :k] * (singular[:k] * signs * kept), dtype=np.float32)


def guided(rows: Floats, guides: Floats) -> tuple[Floats, Labels]:
    """Rows drawn a quarter of the way to the code that they are about, and which code that is.

    A passage is about the code whose row is nearest, unless the mean of all passages is nearer
    still: then it is about none (``OUTLIER``) and stays where it is.

    Source: the guided mode of BERTopic (Grootendorst 2022), without its language model.
    """
    centre = rows.mean(axis=0, keepdims=True)
    near = unit_rows(rows) @ unit_rows(np.vstack([guides, centre])).T
    about = near.argmax(axis=1).astype(np.int64)
    about[about == len(guides)] = OUTLIER
    drawn = rows.copy()
    taken = about != OUTLIER
    drawn[taken] = rows[taken] * (1 - _PULL) + guides[about[taken]] * _PULL
    return drawn, about

"""Words and parts of words as numbers: TF-IDF over terms that several documents use.

The vocabulary holds only words that at least three documents print in lower case, and pairs and
character runs that at least three documents share after names were taken out. So it holds no
sentence and, as far as capital letters tell, no name of a person or place.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

MIN_DOCUMENTS = 3
_WORD = re.compile(r"[^\W_]+(?:['’][a-z]+)?")
_PLAIN = str.maketrans({"’": "'", "‘": "'", "–": "-", "—": "-", "\u2011": "-"})
#: Stands for any name; has characters that no text has.
NAME = "⁂"
_RUNS = (3, 4, 5)  # lengths of character runs


@dataclass(frozen=True, slots=True, kw_only=True)
class LexicalSpace:
    """A fitted vocabulary. Rows of its matrices have length 1 in each of the two halves / √2."""

    known: frozenset[str]  # words that are no names
    word_terms: tuple[str, ...]  # words and pairs, sorted
    run_terms: tuple[str, ...]  # character runs, sorted
    word_idf: NDArray[np.float32]
    run_idf: NDArray[np.float32]
    _columns: dict[str, int] = field(init=False, repr=False, compare=False)
    _run_columns: dict[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_columns", {t: i for i, t in enumerate(self.word_terms)})
        object.__setattr__(self, "_run_columns", {t: i for i, t in enumerate(self.run_terms)})

    @property
    def n_terms(self) -> int:
        """Columns of the matrices."""
        return len(self.word_terms) + len(self.run_terms)

    def transform(self, texts: Sequence[str]) -> Any:  # noqa: ANN401 - a scipy matrix
        """Sparse rows of 32-bit floats, one a text, ``n_terms`` columns."""
        from scipy.sparse import hstack  # late: costs start-up time that other commands need not

        words = [plain_words(text, self.known) for text in texts]
        halves = (
            _rows(map(word_terms, words), self._columns, self.word_idf),
            _rows(map(run_terms, words), self._run_columns, self.run_idf),
        )
        return hstack(halves, format="csr", dtype=np.float32)


def fit_lexical(texts: Sequence[str], documents: Sequence[str]) -> LexicalSpace:
    """The space of some texts; ``documents`` says from which document each is."""
    known = _shared(([w for w in _raw_words(text) if w.islower()] for text in texts), documents)
    words = [plain_words(text, known) for text in texts]
    terms = tuple(sorted(_shared(map(word_terms, words), documents)))
    runs = tuple(sorted(_shared(map(run_terms, words), documents)))
    return LexicalSpace(
        known=known,
        word_terms=terms,
        run_terms=runs,
        word_idf=_idf(map(word_terms, words), terms, len(texts)),
        run_idf=_idf(map(run_terms, words), runs, len(texts)),
    )


def plain_words(text: str, known: frozenset[str]) -> list[str]:
    """The words in lower case, figures as "0", and names as one mark.

    A word with a capital that is not known in lower case is a name, unless all of it is
    capitals (an acronym of two or more letters).
    """
    words = []
    for word in _raw_words(text):
        lower = word.lower()
        if word[0].isdigit():
            words.append("0")
        elif word == lower or lower in known or (word.isupper() and len(word) > 1):
            words.append(lower)
        elif not words or words[-1] != NAME:
            words.append(NAME)
    return words


def word_terms(words: Sequence[str]) -> Iterator[str]:
    """Words, and pairs of neighbours."""
    yield from (word for word in words if word != NAME)
    yield from (f"{one} {other}" for one, other in pairwise(words))


def run_terms(words: Sequence[str]) -> Iterator[str]:
    """Character runs inside each word with a space at either end."""
    for word in words:
        if word == NAME:
            continue
        padded = f" {word} "
        for length in _RUNS:
            yield from (padded[i : i + length] for i in range(len(padded) - length + 1))


def _raw_words(text: str) -> list[str]:
    return _WORD.findall(text.translate(_PLAIN))


def _shared(texts: Iterable[Iterable[str]], documents: Sequence[str]) -> frozenset[str]:
    """The terms that enough documents have."""
    seen: dict[str, set[str]] = {}
    for terms, document in zip(texts, documents, strict=True):
        seen.setdefault(document, set()).update(terms)
    counts = Counter(term for terms in seen.values() for term in terms)
    return frozenset(term for term, n in counts.items() if n >= MIN_DOCUMENTS)


def _idf(texts: Iterable[Iterable[str]], terms: Sequence[str], n_texts: int) -> NDArray[np.float32]:
    """Smoothed inverse document frequency, as scikit-learn defines it; a text is a document."""
    counts = Counter(term for each in texts for term in set(each))
    n = np.array([counts[term] for term in terms], dtype=np.float64)
    return np.asarray(np.log((1 + n_texts) / (1 + n)) + 1, dtype=np.float32)


def _rows(texts: Iterable[Iterable[str]], columns: dict[str, int], idf: NDArray[np.float32]) -> Any:  # noqa: ANN401
    """TF-IDF with 1 + log counts; rows of length 1 / √2, so that both halves make 1."""
    from scipy.sparse import csr_matrix  # late: as above

    values: list[NDArray[np.float64]] = []
    indices: list[int] = []
    ends = [0]
    for terms in texts:
        counts = Counter(columns[term] for term in terms if term in columns)
        found = sorted(counts)
        row = (1 + np.log([counts[column] for column in found])) * idf[found]
        length = np.sqrt(2 * (row @ row)) if found else 1.0
        values.append(row / length)
        indices += found
        ends.append(len(indices))
    data = np.concatenate(values) if values else np.zeros(0)
    return csr_matrix(
        (data.astype(np.float32), np.array(indices, dtype=np.int32), np.array(ends)),
        shape=(len(ends) - 1, len(columns)),
    )

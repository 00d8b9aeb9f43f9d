"""Sentences as numbers: the words of each, and its meaning where there is an embedder."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workbench.learn.models.features.embedding import Embedder
from workbench.learn.models.features.lexical import LexicalSpace
from workbench.learn.models.features.meaning import MeaningSpace
from workbench.learn.models.features.similarity import CodeTexts
from workbench.learn.models.units import Units

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spaces:
    """What a model needs to see a text."""

    lexical: LexicalSpace
    meaning: MeaningSpace | None = None
    code_texts: CodeTexts | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """Units as numbers."""

    words: Any  # a sparse matrix of 32-bit floats, one row a sentence
    meanings: Floats | None = None  # one row a sentence
    similarity: Floats | None = None  # cosines, rows x codes x columns

    def without_meaning(self) -> Sight:
        """The words alone."""
        return Sight(words=self.words)


def look(units: Units, spaces: Spaces, embedder: Embedder | None = None) -> Sight:
    """The features of units."""
    texts = units.sentence_texts
    words = spaces.lexical.transform(texts)
    if embedder is None or spaces.meaning is None or spaces.code_texts is None:
        return Sight(words=words)
    embeddings = embedder.encode(texts)
    return Sight(
        words=words,
        meanings=spaces.meaning.transform(embeddings),
        similarity=spaces.code_texts.similarity(units, embeddings),
    )

"""Sentences as numbers: the words of each, and its meaning where there is an embedder."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workbench.learn.models.features.embedding import Adapter, Embedder, Scorer
from workbench.learn.models.features.lexical import LexicalSpace
from workbench.learn.models.features.meaning import MeaningSpace
from workbench.learn.models.features.similarity import CodeTexts
from workbench.learn.models.units import Units

Floats = NDArray[np.float32]
NOT_READ = -9.0  # the log-odds of what was not read: all but impossible


@dataclass(frozen=True, slots=True, kw_only=True)
class Spaces:
    """What a model needs to see a text."""

    lexical: LexicalSpace
    meaning: MeaningSpace | None = None
    code_texts: CodeTexts | None = None
    adapter: Adapter | None = None  # with it the embedder itself was tuned; no meaning is needed


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """Units as numbers."""

    words: Any  # a sparse matrix of 32-bit floats, one row a sentence
    meanings: Floats | None = None  # one row a sentence
    similarity: Floats | None = None  # cosines, rows x codes x columns
    tuned: Floats | None = None  # log-odds by a tuned encoder, sentences x codes

    def without_meaning(self) -> Sight:
        """The words alone."""
        return Sight(words=self.words)


def look(
    units: Units, spaces: Spaces, embedder: Embedder | None = None, scorer: Scorer | None = None
) -> Sight:
    """The features of units; with a scorer, what a tuned encoder says instead of embeddings."""
    words = spaces.lexical.transform(units.sentence_texts)
    if scorer is not None and spaces.adapter is not None:
        n_codes = len(spaces.adapter["head.bias"])
        return Sight(words=words, tuned=tuned_scores(units, scorer, n_codes))
    if embedder is None or spaces.meaning is None or spaces.code_texts is None:
        return Sight(words=words)
    embeddings = embedder.encode(units.sentence_texts)
    return Sight(
        words=words,
        meanings=spaces.meaning.transform(embeddings),
        similarity=spaces.code_texts.similarity(units, embeddings),
    )


def tuned_scores(units: Units, scorer: Scorer, n_codes: int) -> Floats:
    """Log-odds of the sentences of rows that may state facts; the others are not read."""
    wanted = np.flatnonzero(units.asserted[units.row_of])
    texts = units.sentence_texts
    found = np.full((len(texts), n_codes), NOT_READ, dtype=np.float32)
    if len(wanted):
        found[wanted] = scorer.score([texts[i] for i in wanted])
    return found

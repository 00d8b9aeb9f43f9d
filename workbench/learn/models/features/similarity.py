"""How like a segment is to what the codebook says of a code: needs no training at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbench.learn.models.features.embedding import Embedder
from workbench.learn.models.units import Units
from workbench.records import Code

Floats = NDArray[np.float32]
_CUES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeTexts:
    """Definition, inclusions and cues of each code, embedded; kept with a model."""

    rows: Floats  # for each code: the definition, the inclusions, each cue
    n_rows: tuple[int, ...]  # of each code, at least 2

    @classmethod
    def read(cls, codes: Sequence[Code], embedder: Embedder) -> CodeTexts:
        """Embed what a codebook says of its codes."""
        texts = [text for code in codes for text in (code.definition, code.include, *code.cues)]
        rows = embedder.encode(texts).astype(np.float16).astype(np.float32)
        return cls(rows=rows, n_rows=tuple(2 + len(code.cues) for code in codes))

    def similarity(self, units: Units, embeddings: Floats) -> Floats:
        """Cosines of each segment's best sentence: rows x codes x SIMILARITY_COLUMNS."""
        best = units.best(embeddings @ self.rows.T)[0]
        columns, at = [], 0
        for n in self.n_rows:
            cues = np.sort(best[:, at + 2 : at + n], axis=1)
            if n == 2:
                cues = best[:, at : at + 2]
            near = np.stack([cues[:, -1], cues[:, -_CUES:].mean(axis=1)], axis=1)
            columns.append(np.hstack([best[:, at : at + 2], near]))
            at += n
        return np.stack(columns, axis=1).astype(np.float32)

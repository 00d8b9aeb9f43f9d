"""What tuned encoders said of sentences that they had not seen, as ``fit`` wrote it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.learning.tuning.prepare import folds_of
from workbench.learn.models import LabelledDocument
from workbench.learn.models.features.embedding import Adapter
from workbench.learn.models.fitting.fit import Tuned
from workbench.learn.models.units import Units, units_of

Floats = NDArray[np.float32]
FULL = "full"


class TunedScores:
    """Scores by the task that made them: the folds that its encoder had not seen."""

    def __init__(
        self, documents: Sequence[LabelledDocument], double: frozenset[str], folder: Path
    ) -> None:
        self.fold_of = folds_of(documents, double)
        self._units = units_of([(document.segments, document.group) for document in documents])
        with np.load(folder / "scores.npz", allow_pickle=False) as kept:
            self._kept = {name: kept[name] for name in kept.files}
        with np.load(folder / "adapters.npz", allow_pickle=False) as kept:
            self._adapters = {name: kept[name] for name in kept.files}
        self._by_task: dict[str, dict[tuple[str, str], Floats]] = {}

    def adapter(self, task: str) -> Adapter:
        """The adapter that a task made."""
        start = f"{task}/"
        return {
            name.removeprefix(start): array
            for name, array in self._adapters.items()
            if name.startswith(start)
        }

    def tuned(self, left_out: int | None = None) -> Tuned:
        """For a fit without a fold: scores by encoders that saw neither it nor the sentence."""

        def unseen(units: Units) -> Floats:
            rows = []
            for text, group in zip(units.sentence_texts, units.sentence_groups, strict=True):
                folds = {self.fold_of[group]} | ({left_out} if left_out is not None else set())
                rows.append(self._of("".join(map(str, sorted(folds))))[group, text])
            return np.array(rows, dtype=np.float32)

        adapter = self.adapter(FULL if left_out is None else str(left_out))
        return Tuned(adapter=adapter, unseen=unseen)

    def scorer(self, fold: int) -> FoldScorer:
        """What the encoder that had not seen a fold says of its sentences."""
        return FoldScorer(
            {text: row for (_, text), row in self._of(str(fold)).items()},
        )

    def _of(self, task: str) -> dict[tuple[str, str], Floats]:
        if task not in self._by_task:
            texts, groups = self._units.sentence_texts, self._units.sentence_groups
            rows, scores = self._kept[f"{task}.rows"], self._kept[f"{task}.scores"]
            self._by_task[task] = {
                (groups[row], texts[row]): score
                for row, score in zip(rows.tolist(), scores.astype(np.float32), strict=True)
                if row < len(texts)
            }
        return self._by_task[task]


@dataclass(frozen=True)
class FoldScorer:
    """A tuned encoder that only knows the texts that were scored."""

    rows: dict[str, Floats]

    def score(self, texts: Sequence[str]) -> Floats:
        """Log-odds, texts x codes."""
        return np.array([self.rows[text] for text in texts], dtype=np.float32)

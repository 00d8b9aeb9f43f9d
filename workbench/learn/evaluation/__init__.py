"""The evaluation of every stage against the truth of a corpus."""

from __future__ import annotations

from workbench.learn.evaluation.evaluate import evaluate
from workbench.learn.evaluation.pooling import EvaluationSettings
from workbench.learn.evaluation.records import (
    EvaluatedDocument,
    Evaluation,
    Measure,
    Section,
    Table,
    UnitValue,
)

__all__ = [
    "EvaluatedDocument",
    "Evaluation",
    "EvaluationSettings",
    "Measure",
    "Section",
    "Table",
    "UnitValue",
    "evaluate",
]

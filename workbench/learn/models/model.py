"""A fitted model, and what it says of segments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbench.learn.models.features.evidence import Signals, evidence, rule_signals
from workbench.learn.models.features.sight import Sight, Spaces
from workbench.learn.models.fitting.calibration import Calibrator
from workbench.learn.models.fitting.ridge import SentenceModel
from workbench.learn.models.fitting.stacking import Stack, candidates_of
from workbench.learn.models.units import Units
from workbench.records import Coding, SubjectRole

Floats = NDArray[np.float32]
LEXICAL, EMBEDDING = "lexical", "embedding"


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One complete model: of words only, or of words and sentence embeddings."""

    name: str  # "lexical" or "embedding"
    sentences: SentenceModel
    stack: Stack
    calibrator: Calibrator
    threshold: float  # with the best micro-F1
    thresholds: Floats  # of each code
    similarity_centre: Floats | None = None  # codes x similarity columns
    similarity_scale: Floats | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """What was learned of one codebook."""

    codebook_id: str
    codebook_version: str
    code_ids: tuple[str, ...]  # columns
    is_learned: tuple[bool, ...]  # False: too few examples, the rules decide
    frequency: Floats  # share of segments that affirm each code
    n_examples: tuple[int, ...]  # segments that affirm each code
    spaces: Spaces
    embedder_sha256: str  # "" when it was fitted without one
    variants: Mapping[str, Variant]
    #: code_id -> review type ("" for any) -> roles, the commonest first.
    roles: Mapping[str, Mapping[str, tuple[SubjectRole, ...]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prediction:
    """What a variant says of units."""

    probabilities: Floats  # calibrated, rows x codes
    sentences: Floats  # scores, sentences x codes


def predict(
    model: Model, variant: Variant, units: Units, sight: Sight, rule_codings: Sequence[Coding]
) -> Prediction:
    """Calibrated probabilities that each segment affirms each code."""
    sentences = variant.sentences.score(sight)
    best, second = units.best(sentences)
    signals = Signals(
        best=best,
        second=second,
        rules=rule_signals(units, rule_codings, model.code_ids),
        similarity=standardised(
            sight.similarity, variant.similarity_centre, variant.similarity_scale
        ),
    )
    candidates = candidates_of(best, signals.rules, units.asserted)
    raw = variant.stack.probability(evidence(units, signals, model.frequency), candidates)
    probabilities = np.where(candidates, variant.calibrator(raw), 0).astype(np.float32)
    return Prediction(probabilities=probabilities, sentences=sentences)


def standardised(
    similarity: Floats | None, centre: Floats | None, scale: Floats | None
) -> Floats | None:
    """Similarities in standard deviations of what a variant was fitted on."""
    if similarity is None or centre is None or scale is None:
        return None
    return np.asarray((similarity - centre) / scale, dtype=np.float32)

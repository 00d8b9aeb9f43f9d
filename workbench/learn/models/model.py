"""A fitted model, and what it says of segments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbench.learn.models.features.evidence import (
    Signals,
    as_probability,
    evidence,
    rule_signals,
)
from workbench.learn.models.features.sight import Sight, Spaces
from workbench.learn.models.fitting.calibration import Decision
from workbench.learn.models.fitting.ridge import SentenceModel
from workbench.learn.models.fitting.stacking import Stack, candidates_of
from workbench.learn.models.units import Units
from workbench.records import Coding, SubjectRole

Floats = NDArray[np.float32]
LEXICAL, EMBEDDING = "lexical", "embedding"
_LEAST_THRESHOLD = 1e-6  # what is no candidate is never suggested


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One complete model: of words only, or of words and sentence embeddings."""

    name: str  # "lexical" or "embedding"
    sentences: SentenceModel
    stack: Stack
    whole: Decision  # of documents with a structure
    bare: Decision  # of passages without: they are chosen otherwise, and so is what they hold
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
    thresholds: Floats  # from which a code is suggested, rows x codes
    sentences: Floats  # which sentence speaks most for a code, sentences x codes


def predict(
    model: Model, variant: Variant, units: Units, sight: Sight, rule_codings: Sequence[Coding]
) -> Prediction:
    """Calibrated probabilities that each segment affirms each code."""
    sentences = variant.sentences.score(sight)
    signals = signals_of(
        units,
        sentences,
        rule_signals(units, rule_codings, model.code_ids),
        standardised(sight.similarity, variant.similarity_centre, variant.similarity_scale),
        sight.tuned,
    )
    candidates = candidates_of(signals, units.asserted)
    raw = variant.stack.probability(evidence(units, signals, model.frequency), candidates)
    probabilities = np.where(
        units.bare[:, None], variant.bare.calibrator(raw), variant.whole.calibrator(raw)
    )
    thresholds = np.where(units.bare[:, None], variant.bare.thresholds, variant.whole.thresholds)
    return Prediction(
        probabilities=np.where(candidates, probabilities, 0).astype(np.float32),
        thresholds=np.maximum(thresholds, _LEAST_THRESHOLD).astype(np.float32),
        sentences=sentences if sight.tuned is None else sentences + as_probability(sight.tuned),
    )


def signals_of(
    units: Units,
    sentences: Floats,
    rules: Floats,
    similarity: Floats | None = None,
    tuned: Floats | None = None,
) -> Signals:
    """All that is known before stacking, from scores of sentences."""
    best, second = units.best(sentences)
    return Signals(
        best=best,
        second=second,
        rules=rules,
        similarity=similarity,
        tuned=None if tuned is None else units.best(tuned)[0],
        second_tuned=None if tuned is None else units.best(as_probability(tuned))[1],
    )


def standardised(
    similarity: Floats | None, centre: Floats | None, scale: Floats | None
) -> Floats | None:
    """Similarities in standard deviations of what a variant was fitted on."""
    if similarity is None or centre is None or scale is None:
        return None
    return np.asarray((similarity - centre) / scale, dtype=np.float32)

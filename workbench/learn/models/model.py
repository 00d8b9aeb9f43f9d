"""A fitted model, and what it says of segments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workbench.learn.models.features.embedding import Embedder, FourierFeatures
from workbench.learn.models.features.evidence import Signals, evidence, rule_signals
from workbench.learn.models.features.lexical import LexicalSpace
from workbench.learn.models.features.similarity import CodeTexts
from workbench.learn.models.fitting.calibration import Calibrator
from workbench.learn.models.fitting.ridge import score
from workbench.learn.models.fitting.stacking import Stack, candidates_of
from workbench.learn.models.units import Units
from workbench.records import Coding, SubjectRole

Floats = NDArray[np.float32]
LEXICAL, EMBEDDING = "lexical", "embedding"


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One complete model: with words only, or with sentence embeddings as well."""

    name: str  # "lexical" or "embedding"
    mean: Floats  # codes
    weights: tuple[Floats, ...]  # of the blocks: terms x codes, Fourier features x codes
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
    lexical: LexicalSpace
    fourier: FourierFeatures | None
    code_texts: CodeTexts | None
    embedder_sha256: str  # "" when it was fitted without one
    variants: Mapping[str, Variant]
    #: code_id -> review type ("" for any) -> roles, the commonest first.
    roles: Mapping[str, Mapping[str, tuple[SubjectRole, ...]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prediction:
    """What a variant says of units."""

    probabilities: Floats  # calibrated, rows x codes
    sentences: Floats  # scores, sentences x codes
    evidence: Floats  # rows x codes x columns


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """Texts as numbers, for the models."""

    blocks: tuple[Any, ...]  # matrices, one row a sentence
    similarity: Floats | None = None  # as the cosines are, not standardised


def look(
    units: Units,
    lexical: LexicalSpace,
    fourier: FourierFeatures | None = None,
    embedder: Embedder | None = None,
    code_texts: CodeTexts | None = None,
) -> Sight:
    """The features of units: words always, embeddings where there is an embedder."""
    texts = units.sentence_texts
    words = lexical.transform(texts)
    if fourier is None or embedder is None or code_texts is None:
        return Sight(blocks=(words,))
    rows = embedder.encode(texts)
    return Sight(
        blocks=(words, fourier.transform(rows)), similarity=code_texts.similarity(units, rows)
    )


def predict(
    model: Model, variant: Variant, units: Units, sight: Sight, rule_codings: Sequence[Coding]
) -> Prediction:
    """Calibrated probabilities that each segment affirms each code."""
    sentences = score(sight.blocks[: len(variant.weights)], variant.mean, variant.weights)
    best, second = units.best(sentences)
    signals = Signals(
        best=best,
        second=second,
        rules=rule_signals(units, rule_codings, model.code_ids),
        similarity=standardised(
            sight.similarity, variant.similarity_centre, variant.similarity_scale
        ),
    )
    found = evidence(units, signals, model.frequency)
    candidates = candidates_of(best, signals.rules, units.asserted)
    raw = variant.stack.probability(found, candidates)
    probabilities = np.where(candidates, variant.calibrator(raw), 0).astype(np.float32)
    return Prediction(probabilities=probabilities, sentences=sentences, evidence=found)


def standardised(
    similarity: Floats | None, centre: Floats | None, scale: Floats | None
) -> Floats | None:
    """Similarities in standard deviations of what a variant was fitted on."""
    if similarity is None or centre is None or scale is None:
        return None
    return np.asarray((similarity - centre) / scale, dtype=np.float32)

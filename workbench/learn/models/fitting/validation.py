"""What a model says of documents that no part of it has seen, and how right that is.

For each fold everything is fitted anew on the other documents: vocabulary, sentence models,
stack, calibration and thresholds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbench.codebook import Codebook
from workbench.learn.models.examples import LabelledDocument
from workbench.learn.models.features.embedding import Embedder, Scorer
from workbench.learn.models.features.sight import Sight, look
from workbench.learn.models.fitting.fit import FitSettings, fit_model
from workbench.learn.models.model import EMBEDDING, Model, Variant, predict
from workbench.learn.models.units import Units, targets_of, units_of
from workbench.records import Assertion

Floats = NDArray[np.float32]
Mask = NDArray[np.bool_]
Fold = frozenset[str]  # groups that are left out together


@dataclass(frozen=True, slots=True, kw_only=True)
class Unseen:
    """Segments of documents that were left out: one row each, one column for each code."""

    code_ids: tuple[str, ...]
    groups: tuple[str, ...]
    kinds: tuple[str, ...]  # "review" or "passage"
    document_ids: tuple[str, ...]
    probabilities: Floats
    chosen: Mask  # suggested: by the model, or by the rules where a code was not learned
    ruled: Mask  # affirmed by the rules alone
    targets: Mask
    counted: Mask  # the others are doubtful and counted neither way

    def of(self, wanted: Callable[[str], bool]) -> Unseen:
        """The rows of the documents whose id is wanted."""
        rows = np.array([wanted(name) for name in self.document_ids], dtype=bool)
        at = np.flatnonzero(rows)
        return Unseen(
            code_ids=self.code_ids,
            groups=tuple(self.groups[i] for i in at),
            kinds=tuple(self.kinds[i] for i in at),
            document_ids=tuple(self.document_ids[i] for i in at),
            probabilities=self.probabilities[rows],
            chosen=self.chosen[rows],
            ruled=self.ruled[rows],
            targets=self.targets[rows],
            counted=self.counted[rows],
        )


def fitted_folds(
    documents: Sequence[LabelledDocument],
    codebook: Codebook,
    folds: Iterable[Fold],
    embedder: Embedder | None = None,
    settings: FitSettings | None = None,
) -> Iterator[tuple[Model, list[LabelledDocument]]]:
    """For each fold a model that never saw its documents, and these.

    Args:
        documents: All of them; those in no fold are always learned from.
        codebook: Whose factors are learned.
        folds: Groups that are left out together; no group stands in two.
        embedder: For the variant with embeddings.
        settings: Of the fit.
    """
    for fold in folds:
        model = fit_model(
            [document for document in documents if document.group not in fold],
            codebook,
            embedder,
            settings,
        )
        yield model, [document for document in documents if document.group in fold]


def cross_validate(
    documents: Sequence[LabelledDocument],
    codebook: Codebook,
    folds: Iterable[Fold],
    embedder: Embedder | None = None,
    settings: FitSettings | None = None,
) -> dict[str, Unseen]:
    """For each variant what is said of the documents of all folds, each left out in its turn."""
    found: dict[str, list[Unseen]] = {}
    for model, left_out in fitted_folds(documents, codebook, folds, embedder, settings):
        for name, unseen in apply_model(model, left_out, embedder).items():
            found.setdefault(name, []).append(unseen)
    return {name: joined(parts) for name, parts in found.items()}


def apply_model(
    model: Model,
    documents: Sequence[LabelledDocument],
    embedder: Embedder | None,
    view: int = 0,
    scorer: Scorer | None = None,
) -> dict[str, Unseen]:
    """What each variant says of labelled documents that it must not have seen.

    Args:
        model: Fitted on others.
        documents: Labelled.
        embedder: Of the fit; None: only the variant of words is asked.
        view: Which reading of the rules is used; from 1 on each segment stands alone.
        scorer: What a tuned encoder says; by default the embedder with the model's adapter.
    """
    units = units_of([(document.segments, document.group) for document in documents])
    adapter = model.spaces.adapter
    if scorer is None and embedder is not None and adapter is not None:
        scorer = embedder.tuned(adapter)
    sight = look(units, model.spaces, embedder, scorer)
    return {
        name: _unseen(model, variant, documents, units.alone() if view else units, view, sight)
        for name, variant in model.variants.items()
        if name != EMBEDDING or embedder is not None
    }


def _unseen(
    model: Model,
    variant: Variant,
    documents: Sequence[LabelledDocument],
    units: Units,
    view: int,
    sight: Sight,
) -> Unseen:
    codings = [
        coding
        for document in documents
        if document.rule_views
        for coding in document.rule_views[min(view, len(document.rule_views) - 1)]
    ]
    own_sight = sight if variant.name == EMBEDDING else sight.without_meaning()
    prediction = predict(model, variant, units, own_sight, codings)
    probabilities = prediction.probabilities
    targets = targets_of(documents, units, model.code_ids)
    ruled = np.zeros(probabilities.shape, dtype=bool)
    column = {code: i for i, code in enumerate(model.code_ids)}
    place = {(s.document_id, s.ordinal): i for i, s in enumerate(units.segments)}
    for coding in codings:
        cell = place.get((coding.document_id, coding.segment)), column.get(coding.code_id)
        if coding.assertion is Assertion.AFFIRMED and None not in cell:
            ruled[cell] = True
    learned = np.array(model.is_learned, dtype=bool)
    kinds = {document.document.document_id: document.kind for document in documents}
    ids = tuple(segment.document_id for segment in units.segments)
    return Unseen(
        code_ids=model.code_ids,
        groups=units.groups,
        kinds=tuple(kinds[name] for name in ids),
        document_ids=ids,
        probabilities=probabilities,
        chosen=np.where(learned, probabilities >= prediction.thresholds, ruled),
        ruled=ruled,
        targets=targets.rows > 0,
        counted=~targets.doubtful,
    )


def joined(parts: Sequence[Unseen]) -> Unseen:
    """All rows of several, in their order."""
    return Unseen(
        code_ids=parts[0].code_ids,
        groups=tuple(group for part in parts for group in part.groups),
        kinds=tuple(kind for part in parts for kind in part.kinds),
        document_ids=tuple(name for part in parts for name in part.document_ids),
        probabilities=np.concatenate([part.probabilities for part in parts]),
        chosen=np.concatenate([part.chosen for part in parts]),
        ruled=np.concatenate([part.ruled for part in parts]),
        targets=np.concatenate([part.targets for part in parts]),
        counted=np.concatenate([part.counted for part in parts]),
    )


def leave_one_out(groups: Iterable[str]) -> list[Fold]:
    """One fold for each group."""
    return [frozenset({group}) for group in sorted(set(groups))]


def even_folds(sizes: Mapping[str, int], n_folds: int) -> list[Fold]:
    """Groups in parts of about one size; always the same."""
    parts: list[set[str]] = [set() for _ in range(n_folds)]
    filled = [0] * n_folds
    for group in sorted(sizes, key=lambda name: (-sizes[name], name)):
        at = filled.index(min(filled))
        parts[at].add(group)
        filled[at] += sizes[group]
    return [frozenset(part) for part in parts if part]

"""Labelled documents to a model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from workbench.codebook import Codebook
from workbench.errors import ModelError
from workbench.learn.models.examples import LabelledDocument
from workbench.learn.models.features.embedding import Adapter, Embedder
from workbench.learn.models.features.evidence import evidence, rule_signals
from workbench.learn.models.features.lexical import fit_lexical
from workbench.learn.models.features.meaning import fit_meaning
from workbench.learn.models.features.sight import Sight, Spaces, look
from workbench.learn.models.features.similarity import CodeTexts
from workbench.learn.models.fitting.calibration import (
    Decision,
    choose_thresholds,
    fit_calibrator,
)
from workbench.learn.models.fitting.ridge import SentenceModel, fit_sentences
from workbench.learn.models.fitting.stacking import (
    StackData,
    candidates_of,
    fit_stack,
    unseen_probabilities,
)
from workbench.learn.models.model import (
    EMBEDDING,
    LEXICAL,
    Model,
    Variant,
    signals_of,
    standardised,
)
from workbench.learn.models.units import Targets, Units, targets_of, units_of
from workbench.records import Assertion, SubjectRole

Floats = NDArray[np.float32]
_ALONE_SHARE = 0.2
_FEWEST_TO_DECIDE = 100  # affirmed codes that a sort of documents needs for its own thresholds


@dataclass(frozen=True, slots=True, kw_only=True)
class FitSettings:
    """How models are fitted; the values were chosen by cross-validation over documents."""

    penalty: float = 1.0
    meaning_weight: float = 1.5  # of the embeddings' kernel; that of the words is 1
    stack_strength: float = 1.0
    min_segments: int = 5  # that affirm a code; with fewer the rules decide
    min_groups: int = 2  # cases or reports that affirm it


@dataclass(frozen=True, slots=True, kw_only=True)
class Tuned:
    """An adapter of the embedder, and what such adapters say of sentences that are new to them."""

    adapter: Adapter  # kept with the model, for new documents
    #: Log-odds, sentences x codes, each by an adapter that never saw the sentence's group.
    unseen: Callable[[Units], Floats]


def fit_model(
    documents: Sequence[LabelledDocument],
    codebook: Codebook,
    embedder: Embedder | None = None,
    settings: FitSettings | None = None,
    tuned: Tuned | None = None,
) -> Model:
    """A model of every factor of the codebook: the lexical variant, and with an embedder both.

    The same documents and settings give the same model on the same machine.

    Args:
        documents: Labelled, each with what the rules said of it.
        codebook: Whose factors are learned.
        embedder: For the variant with embeddings.
        settings: Of the fit.
        tuned: With it the variant with embeddings rests on the tuned embedder.

    Raises:
        ModelError: There is too little to learn from, or more than can be held.
    """
    # Late, for start-up time; all before the limit, which holds only libraries loaded by then.
    import scipy.linalg.lapack  # noqa: F401
    import sklearn.linear_model  # noqa: F401
    from threadpoolctl import threadpool_limits

    settings = settings or FitSettings()
    task = Task.of(documents, codebook)
    if len(set(task.units.groups)) < 2 or not task.targets.rows.any():
        raise ModelError(
            f"{len(documents)} labelled documents hold nothing to compare: at least two cases and "
            "one affirmed code are needed. Add labelled documents."
        )
    with threadpool_limits(1):  # sums in one thread are always the same
        return _fit(task, embedder, settings, tuned)


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be learned."""

    documents: Sequence[LabelledDocument]
    codebook: Codebook
    units: Units
    targets: Targets

    @classmethod
    def of(cls, documents: Sequence[LabelledDocument], codebook: Codebook) -> Task:
        """Every factor of the codebook, on every segment that is read."""
        codes = tuple(code.code_id for code in codebook.factors)
        units = units_of([(document.segments, document.group) for document in documents])
        return cls(documents, codebook, units, targets_of(documents, units, codes))

    @property
    def codes(self) -> tuple[str, ...]:
        """Columns of the targets."""
        return tuple(code.code_id for code in self.codebook.factors)

    @property
    def asserted(self) -> NDArray[np.bool_]:
        """Whether each segment may state facts of the case."""
        return self.units.asserted


def _fit(
    task: Task, embedder: Embedder | None, settings: FitSettings, tuned: Tuned | None
) -> Model:
    units, targets = task.units, task.targets
    spaces = Spaces(lexical=fit_lexical(units.sentence_texts, units.sentence_groups))
    if tuned is not None:
        spaces = replace(spaces, adapter=tuned.adapter)
    elif embedder is not None:
        spaces = replace(
            spaces,
            meaning=fit_meaning(embedder.encode(units.sentence_texts)),
            code_texts=CodeTexts.read(task.codebook.factors, embedder),
        )
    sight = look(units, spaces, embedder)
    scored = _scored(task, sight.without_meaning(), settings)
    variants = {LEXICAL: _variant(LEXICAL, task, sight.without_meaning(), scored, settings)}
    if embedder is not None and tuned is not None:
        sight = replace(sight, tuned=tuned.unseen(units))
        variants[EMBEDDING] = _variant(EMBEDDING, task, sight, scored, settings)
    elif embedder is not None:
        own = _scored(task, sight, settings)
        variants[EMBEDDING] = _variant(EMBEDDING, task, sight, own, settings)
    n_segments = targets.rows.sum(axis=0)
    n_groups = [len({units.groups[row] for row in np.flatnonzero(c)}) for c in targets.rows.T]
    return Model(
        codebook_id=task.codebook.codebook_id,
        codebook_version=task.codebook.version,
        code_ids=task.codes,
        is_learned=tuple(
            bool(n >= settings.min_segments and groups >= settings.min_groups)
            for n, groups in zip(n_segments, n_groups, strict=True)
        ),
        frequency=frequency(task.targets, task.asserted),
        n_examples=tuple(int(n) for n in n_segments),
        spaces=spaces,
        embedder_sha256=embedder.sha256 if embedder is not None else "",
        variants=variants,
        roles=_roles(task.documents),
    )


def _roles(
    documents: Sequence[LabelledDocument],
) -> dict[str, dict[str, tuple[SubjectRole, ...]]]:
    """Whose each code is, the commonest first, by kind of review and over all kinds."""
    counts: dict[str, dict[str, Counter[SubjectRole]]] = {}
    for document in documents:
        for label in document.labels:
            if label.assertion is Assertion.AFFIRMED and not label.is_doubtful:
                own = counts.setdefault(label.code_id, {})
                for kind in {document.document.review_type, ""}:
                    own.setdefault(kind, Counter())[label.subject_role] += 1
    return {
        code: {
            kind: tuple(sorted(own[kind], key=lambda role: (-own[kind][role], role)))
            for kind in sorted(own)
        }
        for code, own in sorted(counts.items())
    }


def frequency(targets: Targets, asserted: NDArray[np.bool_]) -> Floats:
    """The share of segments that affirm each code, among those that may."""
    return np.asarray(targets.rows[asserted].mean(axis=0), dtype=np.float32)


def _scored(task: Task, sight: Sight, settings: FitSettings) -> tuple[SentenceModel, Floats]:
    """Sentence models, rounded as they are stored, and their scores of unseen sentences."""
    model, unseen = fit_sentences(
        sight,
        task.targets.sentences,
        task.units.sentence_groups,
        penalty=settings.penalty,
        meaning_weight=settings.meaning_weight,
    )
    return model.rounded(), unseen


def _variant(
    name: str,
    task: Task,
    sight: Sight,
    scored: tuple[SentenceModel, Floats],
    settings: FitSettings,
) -> Variant:
    sentences, unseen = scored
    centre, scale = scales(sight.similarity)
    data = stack_data(task, unseen, standardised(sight.similarity, centre, scale), sight.tuned)
    raw = unseen_probabilities(data, settings.stack_strength)
    return Variant(
        name=name,
        sentences=sentences,
        stack=fit_stack(data, settings.stack_strength),
        whole=decision(data, raw, ~data.bare),
        bare=decision(data, raw, data.bare),
        similarity_centre=centre,
        similarity_scale=scale,
    )


def decision(data: StackData, raw: Floats, rows: NDArray[np.bool_]) -> Decision:
    """How one sort of documents is decided; as all together where there are too few of it."""
    if data.targets[rows].sum() < _FEWEST_TO_DECIDE:
        rows = np.ones(len(rows), dtype=bool)
    own, given = data.part(np.flatnonzero(rows)), raw[rows]
    used = own.candidates
    weights = np.broadcast_to(own.weights[:, None], used.shape)
    calibrator = fit_calibrator(given[used], own.targets[used], weights[used])
    threshold, thresholds = choose_thresholds(
        np.where(used, calibrator(given), 0).astype(np.float32),
        own.targets,
        own.counted,
        own.weights,
    )
    return Decision(calibrator=calibrator, threshold=threshold, thresholds=thresholds)


def scales(similarity: Floats | None) -> tuple[Floats | None, Floats | None]:
    """Mean and standard deviation of each code's similarities."""
    if similarity is None:
        return None, None
    return similarity.mean(axis=0), np.maximum(similarity.std(axis=0), 1e-3)


def stack_data(
    task: Task, unseen: Floats, similarity: Floats | None, tuned: Floats | None = None
) -> StackData:
    """The cells of every view of the rules."""
    units, targets = task.units, task.targets
    by_id = {document.document.document_id: document for document in task.documents}
    own = [by_id[segment.document_id] for segment in units.segments]
    n_views = np.array([len(document.rule_views) or 1 for document in own])
    weights = np.array([document.weight for document in own])
    counted = task.asserted[:, None] & ~targets.doubtful
    parts = []
    for view in range(int(n_views.max())):
        codings = [
            coding
            for document in task.documents
            for coding in (document.rule_views[view] if view < len(document.rule_views) else ())
        ]
        rules = rule_signals(units, codings, task.codes)
        signals = signals_of(units, unseen, rules, similarity, tuned)
        seen = units.alone() if view else units
        data = StackData(
            evidence=evidence(seen, signals, frequency(targets, task.asserted)),
            candidates=candidates_of(signals, task.asserted) & counted,
            counted=counted,
            targets=targets.rows,
            weights=(weights * _share_of_view(view, n_views, units)).astype(np.float32),
            groups=units.groups,
            bare=seen.bare,
        )
        parts.append(data.part(np.flatnonzero(n_views > view)))
    return StackData.joined(parts)


def _share_of_view(view: int, n_views: NDArray[np.intp], units: Units) -> NDArray[np.float64]:
    """How much one view of each segment weighs.

    The views of a passage weigh 1 together. A segment of a whole document that is read alone weighs
    little: there are many, and thresholds of passages would otherwise be theirs.
    """
    return np.where(units.bare, 1 / n_views, _ALONE_SHARE if view else 1.0)

"""The coder of a trained model: rule codings in, better suggestions out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from workbench.codebook import Codebook
from workbench.learn.models.combining import Cell, ModelView, Suggestion, combine
from workbench.learn.models.features.embedding import Embedder, Scorer
from workbench.learn.models.features.sight import look
from workbench.learn.models.model import EMBEDDING, LEXICAL, Model, Prediction, predict
from workbench.learn.models.pointing import point, reason, telling_words
from workbench.learn.models.store import StoredModel, load_model
from workbench.learn.models.units import Units, units_of
from workbench.records import Coding, Document, Person, Segment, SubjectRole


def load_coder(folder: Path, codebook: Codebook, embedder: Embedder | None = None) -> ModelCoder:
    """The coder of a model's folder.

    Raises:
        ModelError: The model cannot be used at all: see ``load_model``.
    """
    return ModelCoder(load_model(folder, codebook), codebook, embedder)


class ModelCoder:
    """Suggests codings for whole documents with one model."""

    def __init__(
        self,
        model: StoredModel,
        codebook: Codebook,
        embedder: Embedder | None = None,
        scorer: Scorer | None = None,
    ) -> None:
        """Choose the variant that can be used.

        Without an embedder, or with another than the one that the model was fitted with, the
        variant that needs words only is used; ``notes`` says so. A scorer stands in for the
        embedder with the model's adapter.
        """
        self._model, self._sha256, self._name = model.model, model.sha256, model.name
        self._codes = {code.code_id: code for code in codebook.factors}
        fits = EMBEDDING in self._model.variants and (
            embedder is not None and embedder.sha256 == self._model.embedder_sha256
        )
        self._variant = self._model.variants[EMBEDDING if fits else LEXICAL]
        self._embedder = embedder if fits else None
        adapter = self._model.spaces.adapter
        self._scorer: Scorer | None = None
        if fits and embedder is not None and adapter is not None:
            self._scorer = scorer or embedder.tuned(adapter)
        self._notes = tuple(_notes(self._model, codebook, embedder, fits=fits))

    @property
    def source(self) -> str:
        """For ``Coding.source``: ``model:<name>-<variant>@<hash>``."""
        return f"model:{self._name}-{self._variant.name}@{self._sha256[:12]}"

    @property
    def notes(self) -> tuple[str, ...]:
        """What the user should know: fallbacks, and codes that are left to the rules."""
        return self._notes

    @property
    def learned(self) -> frozenset[str]:
        """The codes that the model decides; the rules decide the others."""
        pairs = zip(self._model.code_ids, self._model.is_learned, strict=True)
        return frozenset(code for code, known in pairs if known and code in self._codes)

    def suggest(
        self,
        document: Document,
        segments: Sequence[Segment],
        rule_codings: Sequence[Coding],
        people: Sequence[Person] = (),
    ) -> tuple[Coding, ...]:
        """The codings of one document by rules and model together, in the order of its text.

        They replace the rule codings: see ``combine``. The score of an affirmed coding of a
        learned code is the calibrated probability that its segment affirms it.

        Args:
            document: As the segment stage describes it.
            segments: All of its segments.
            rule_codings: What the rules found in them.
            people: Of the document; their roles stand in for a person whom nothing near names.
        """
        view = self.view(document, segments, rule_codings, people)
        return combine(view, rule_codings, self._codes)

    def view(
        self,
        document: Document,
        segments: Sequence[Segment],
        rule_codings: Sequence[Coding],
        people: Sequence[Person] = (),
    ) -> ModelView:
        """What the model says of one document, for ``combine``."""
        units = units_of([(segments, document.document_id)])
        if not units.segments:
            return ModelView(
                suggestions=(), probabilities={}, learned=self.learned, source=self.source
            )
        sight = look(units, self._model.spaces, self._embedder, self._scorer)
        prediction = predict(self._model, self._variant, units, sight, rule_codings)
        ruled = {(coding.segment, coding.code_id) for coding in rule_codings}
        roles = _roles(self._model, document, people)
        return ModelView(
            suggestions=tuple(self._suggestions(units, prediction, ruled, roles)),
            probabilities=_probabilities(self._model, units, prediction),
            learned=self.learned,
            source=self.source,
        )

    def _suggestions(
        self,
        units: Units,
        prediction: Prediction,
        ruled: set[Cell],
        roles: dict[str, SubjectRole],
    ) -> Iterator[Suggestion]:
        chosen = prediction.probabilities >= prediction.thresholds
        begins = np.searchsorted(units.row_of, np.arange(len(units.segments) + 1))
        words, lexical = self._variant.sentences.words, self._model.spaces.lexical
        for row, column in zip(*np.nonzero(chosen), strict=True):
            code_id = self._model.code_ids[column]
            if code_id not in self.learned:
                continue
            segment = units.segments[row]
            at = begins[row] + int(np.argmax(
                prediction.sentences[begins[row] : begins[row + 1], column]
            ))  # fmt: skip
            first, last = units.sentences[at]
            start, end = point(segment.text, (first, last), lexical, words[:, column])
            telling = telling_words(segment.text[first:last], lexical, words[:, column])
            probability = float(prediction.probabilities[row, column])
            yield Suggestion(
                segment=segment,
                code_id=code_id,
                probability=probability,
                start_char=segment.start_char + start,
                end_char=segment.start_char + end,
                reason=reason(probability, telling, (segment.ordinal, code_id) in ruled),
                role=roles[code_id],
            )


def _probabilities(model: Model, units: Units, prediction: Prediction) -> dict[Cell, float]:
    rows, columns = np.nonzero(prediction.probabilities)
    return {
        (units.segments[row].ordinal, model.code_ids[column]): float(
            prediction.probabilities[row, column]
        )
        for row, column in zip(rows, columns, strict=True)
    }


def _roles(model: Model, document: Document, people: Sequence[Person]) -> dict[str, SubjectRole]:
    """For each code whose it mostly is in reviews of this kind; of people who are there."""
    present = {person.role for person in people}
    roles = {}
    for code_id in model.code_ids:
        counts = model.roles.get(code_id, {})
        ranked = counts.get(document.review_type) or counts.get("", ())
        likely = [role for role in ranked if not present or role in present] or list(ranked)
        roles[code_id] = likely[0] if likely else SubjectRole.NOT_APPLICABLE
    return roles


def _notes(
    model: Model, codebook: Codebook, embedder: Embedder | None, *, fits: bool
) -> Iterator[str]:
    if not fits and EMBEDDING in model.variants:
        why = (
            "no embedding model is installed"
            if embedder is None
            else "another embedding model is installed than the one it was fitted with"
        )
        yield f"{why}: suggestions rest on words and rules only, which find less"
    known = {code.code_id for code in codebook.factors}
    missing = sorted(known - set(model.code_ids))
    if missing:
        yield f"not known to the model, left to the rules: {', '.join(missing)}"
    gone = sorted(set(model.code_ids) - known)
    if gone:
        yield f"not in this codebook, not suggested: {', '.join(gone)}"
    if model.codebook_version != codebook.version:
        yield (
            f"trained for codebook version {model.codebook_version}, used with {codebook.version}; "
            "codes whose meaning changed should be trained again"
        )
    rare = sorted(
        code
        for code, learned in zip(model.code_ids, model.is_learned, strict=True)
        if not learned and code in known
    )
    if rare:
        yield f"too few examples to learn from, left to the rules: {', '.join(rare)}"

"""Text of the workspace as tasks of Label Studio, section by section."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from workbench.annotate.labelstudio.configuration import (
    ASSERTION,
    CODE,
    ROLE,
    TEMPORALITY,
    TEXT,
    VALENCE,
)
from workbench.annotate.labelstudio.records import Batch, LentSegment, LentTask
from workbench.records import Coding, Reading, Segment, Shown, Valence


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskSettings:
    """How large a task is."""

    max_chars: int = 5_000  # long texts open slowly; one segment may be longer
    with_predictions: bool = True  # False: a model server shows them instead

    def __post_init__(self) -> None:
        if self.max_chars < 1:
            raise ValueError("max_chars is at least 1")


def tasks_of_reading(
    reading: Reading,
    segments: Sequence[Segment],
    *,
    sample: str,
    shown: Shown,
    chances: Mapping[int, float] | None = None,
    settings: TaskSettings | None = None,
) -> tuple[LentTask, ...]:
    """Tasks that hold segments of a document, each of one section and not too long.

    Args:
        reading: The document.
        segments: Those to be coded, in their order; others between them are shown but not asked.
        sample: Name of the sample.
        shown: Whether the machine's codings are shown.
        chances: Ordinal -> inclusion probability.
        settings: How large a task is.
    """
    settings = settings or TaskSettings()
    return tuple(
        _task(reading, run, sample, shown, chances or {})
        for run in _runs(reading, segments, settings.max_chars)
    )


def _runs(reading: Reading, segments: Sequence[Segment], max_chars: int) -> Iterator[list[Segment]]:
    """Neighbours in one section, up to so many characters."""
    heads = _sections(reading.segments)
    run: list[Segment] = []
    for segment in segments:
        if run and (
            heads[segment.ordinal] != heads[run[0].ordinal]
            or segment.end_char - run[0].start_char > max_chars
        ):
            yield run
            run = []
        run.append(segment)
    if run:
        yield run


def _sections(segments: Iterable[Segment]) -> dict[int, tuple[str, str]]:
    """Ordinal -> role of its section, and the heading before it."""
    sections, heading = {}, ""
    for segment in segments:
        if segment.kind.value == "heading":
            heading = segment.text
        sections[segment.ordinal] = (str(segment.section_role), heading)
    return sections


def _task(
    reading: Reading,
    run: Sequence[Segment],
    sample: str,
    shown: Shown,
    chances: Mapping[int, float],
) -> LentTask:
    start, end = run[0].start_char, run[-1].end_char
    document_id, text = reading.document.document_id, reading.frozen.text[start:end]
    asked = {segment.ordinal for segment in run}
    suggestions = tuple(
        coding
        for coding in reading.codings
        if shown is Shown.SUGGESTED
        and coding.segment in asked
        and start <= coding.start_char < coding.end_char <= end
    )
    _, heading = _sections(reading.segments)[run[0].ordinal]
    title = reading.document.title or reading.document.file_name
    named = f"{document_id}\n{start}\n{text}\n{sorted(asked)}"
    digest = hashlib.sha256(named.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return LentTask(
        external_id=f"{sample}:{document_id[:12]}:{run[0].ordinal:05d}:{shown}:{digest}",
        document_id=document_id,
        start_char=start,
        text=text,
        place=" · ".join(filter(None, (title, heading, f"page {run[0].page_start}"))),
        segments=tuple(
            LentSegment(
                ordinal=segment.ordinal,
                start_char=segment.start_char,
                end_char=segment.end_char,
                inclusion_probability=chances.get(segment.ordinal),
            )
            for segment in run
        ),
        shown=shown,
        suggestions=suggestions,
    )


def tasks_to_json(
    batch: Batch, tasks: Iterable[LentTask], settings: TaskSettings | None = None
) -> list[dict[str, object]]:
    """Tasks as Label Studio imports them. A blind task never carries a prediction."""
    with_predictions = (settings or TaskSettings()).with_predictions
    plain = []
    for task in tasks:
        entry: dict[str, object] = {
            "data": {
                "external_id": task.external_id,
                "text": task.text,
                "text_sha256": task.text_hash,
                "place": task.place,
                "document_id": task.document_id,
                "start_char": task.start_char,
                "shown": str(task.shown),
                "sample": batch.sample,
                "codebook": batch.codebook,
            }
        }
        if task.shown is Shown.SUGGESTED and with_predictions:
            entry["predictions"] = [prediction(task, batch.suggested_by)]
        plain.append(entry)
    return plain


def prediction(task: LentTask, version: str) -> dict[str, object]:
    """The suggestions of a task as a prediction of Label Studio."""
    results = [result for coding in task.suggestions for result in _results(task, coding)]
    scores = [coding.score for coding in task.suggestions]
    return {
        "model_version": version,
        "score": min(scores, default=0.0),
        "result": results,
    }


def _results(task: LentTask, coding: Coding) -> Iterator[dict[str, object]]:
    """One region: its label, and everything else said of it, joined by the region's id."""
    span = {
        "start": coding.start_char - task.start_char,
        "end": coding.end_char - task.start_char,
        "text": coding.text,
    }
    joined = {"id": task.suggestion_id(coding), "to_name": TEXT}
    yield {
        **joined,
        "from_name": CODE,
        "type": "labels",
        "score": coding.score,
        "value": {**span, "labels": [coding.code_id]},
    }
    chosen = {
        ASSERTION: str(coding.assertion),
        ROLE: str(coding.subject_role),
        TEMPORALITY: str(coding.temporality),
    }
    if coding.valence is not Valence.NOT_APPLICABLE:
        chosen[VALENCE] = str(coding.valence)
    for name, value in chosen.items():
        yield {
            **joined,
            "from_name": name,
            "type": "choices",
            "value": {**span, "choices": [value]},
        }

"""What a worker does with one document: extract, segment, code, and paint its pages.

Each step is stored under a key made of its input, its version and its settings, so that a step
that was done once is never done again, by whichever process.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from workbench.extract import (
    Extraction,
    ExtractSettings,
    ReasonNumber,
    RenderSettings,
    could_read_more,
    read_document,
    render_pages,
)
from workbench.pipeline.coders.plan import CoderPlan, CombinedCoder
from workbench.pipeline.corrections import Values, corrected, corrected_metadata
from workbench.pipeline.versions import file_hash, stage_version
from workbench.records import Coding, Document, DocumentStatus, Person, Reading
from workbench.records.codec import dumps, loads
from workbench.segment import Segmentation, SegmentSettings, segment_document
from workbench.store.objects import ObjectStore, step_key

MODEL_STEP = "model"
#: Reasons that say nothing about the file itself: the next run tries again.
PASSING_REASONS = frozenset({ReasonNumber.UNREADABLE})


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentTask:
    """One document to read."""

    document_id: str
    path: str
    file_name: str
    retry: bool = False  # read again although it is quarantined
    paint: bool = True  # make the page images that a report shows
    corrections: Values = ()  # of the user, by field
    named_kind: str = ""  # kind of review in the file's name, where the text names none


@dataclass(frozen=True, slots=True, kw_only=True)
class StepDone:
    """One line for the ledger: a step and the hash of what it made."""

    key: str
    step: str
    version: str
    document_id: str
    output: str
    executed: bool  # False: it was there already


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """What the coding step stores."""

    people: tuple[Person, ...]
    codings: tuple[Coding, ...]


class PaintedPage(NamedTuple):
    """The image of a page, and the size of the page in points."""

    number: int  # from 1
    image: str  # hash of the PNG
    width_pt: float
    height_pt: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRead:
    """How one document ended, and the steps that led there."""

    task: DocumentTask
    document: Document
    steps: tuple[StepDone, ...]

    @property
    def outputs(self) -> dict[str, str]:
        """Step -> hash of what it made."""
        return {step.step: step.output for step in self.steps}

    @property
    def lasting(self) -> bool:
        """Whether another run would end in the same way, so that it need not try."""
        reason = self.document.reason
        return bool(self.steps) and (reason is None or reason.number not in PASSING_REASONS)

    @property
    def executed(self) -> int:
        """How many steps were not there already."""
        return sum(step.executed for step in self.steps)


class Reader:
    """Does the steps of a document; made once in each worker process."""

    def __init__(self, objects: Path, plan: CoderPlan) -> None:
        self._store = ObjectStore(objects)
        self._coder = CombinedCoder(plan)
        self._rules = (file_hash(plan.codebook_path), file_hash(plan.context_path))
        self._steps: list[StepDone] = []

    def read(self, task: DocumentTask) -> DocumentRead:
        """Extract, segment and code one document, as far as it can be read."""
        self._steps = []
        extracted, source = self._extract(task)
        document = loads(Extraction, extracted).document
        if could_read_more(document):
            self._steps = []
            extracted, source = self._extract(replace(task, retry=True))
            document = loads(Extraction, extracted).document
        if document.status is DocumentStatus.OK:
            segmented, output = self._segment(task, extracted, source)
            document = _corrected(loads(Segmentation, segmented).document, task)
            coded, by_rules = self._code(task, segmented, output)
            if self._coder.plan.model is not None:
                self._improve(task, segmented, coded, (output, by_rules))
            if task.paint:
                self._paint(task, extracted, source)
        return DocumentRead(
            task=task,
            document=replace(document, file_name=task.file_name),
            steps=tuple(self._steps),
        )

    def _extract(self, task: DocumentTask) -> tuple[bytes, str]:
        def make() -> bytes:
            extraction = read_document(Path(task.path))
            # The same bytes may lie under two names: the name is no part of what was read.
            return dumps(replace(extraction, document=replace(extraction.document, file_name="")))

        return self._do(task, "extract", "extract", [task.document_id], ExtractSettings(), make)

    def _segment(self, task: DocumentTask, extracted: bytes, source: str) -> tuple[bytes, str]:
        def make() -> bytes:
            extraction = loads(Extraction, extracted)
            return dumps(segment_document(extraction.document, extraction.pages))

        return self._do(task, "segment", "segment", [source], SegmentSettings(), make)

    def _code(self, task: DocumentTask, segmented: bytes, source: str) -> tuple[bytes, str]:
        def make() -> bytes:
            segmentation = loads(Segmentation, segmented)
            document = _corrected(segmentation.document, task)
            people, codings = self._coder.rules.code(document, segmentation.segments)
            return dumps(Coded(people=people, codings=codings))

        known = _known(task, segmented)
        return self._do(task, "code", "coding", [source, *self._rules], known, make)

    def _improve(
        self, task: DocumentTask, segmented: bytes, coded: bytes, sources: tuple[str, str]
    ) -> None:
        """The model's step: rule codings in, those of rules and model together out."""

        def make() -> bytes:
            segmentation, by_rules = loads(Segmentation, segmented), loads(Coded, coded)
            document = _corrected(segmentation.document, task)
            codings = self._coder.improve(
                document, segmentation.segments, by_rules.people, by_rules.codings
            )
            return dumps(Coded(people=by_rules.people, codings=codings))

        inputs = [*sources, *self._coder.plan.hashes]
        self._do(task, MODEL_STEP, "learn/models", inputs, _known(task, segmented), make)

    def _paint(self, task: DocumentTask, extracted: bytes, source: str) -> tuple[bytes, str]:
        def make() -> bytes:
            pages = loads(Extraction, extracted).pages
            with tempfile.TemporaryDirectory(prefix="workbench-") as folder:
                images = render_pages(
                    Path(task.path),
                    [page.number for page in pages],
                    Path(folder),
                    turns_deg={page.number: page.scan_turn_deg for page in pages},
                )
                painted = tuple(
                    PaintedPage(
                        page.number,
                        self._store.put(images[page.number].read_bytes()),
                        page.width_pt,
                        page.height_pt,
                    )
                    for page in pages
                    if page.number in images
                )
            return dumps(painted)

        return self._do(task, "paint", "extract", [source], RenderSettings(), make)

    def _do(
        self,
        task: DocumentTask,
        step: str,
        stage: str,
        inputs: list[str],
        settings: object,
        make: Callable[[], bytes],
    ) -> tuple[bytes, str]:
        version = stage_version(stage)
        key = step_key(step, version, inputs, settings)
        output = self._store.recall(key)
        executed = output is None or (task.retry and step == "extract")
        if executed or output is None:
            data = make()
            output = self._store.put(data)
            if not _is_passing(step, data):
                self._store.remember(key, output)
        else:
            data = self._store.get(output)
        self._steps.append(
            StepDone(
                key=key,
                step=step,
                version=version,
                document_id=task.document_id,
                output=output,
                executed=executed,
            )
        )
        return data, output


def _is_passing(step: str, data: bytes) -> bool:
    if step != "extract":
        return False
    reason = loads(Extraction, data).document.reason
    return reason is not None and reason.number in PASSING_REASONS


def _known(task: DocumentTask, segmented: bytes) -> tuple[str, str, str]:
    """What a user may correct and the coding rests on, so that it is part of the key.

    The kind of review and the title decide who is who.
    """
    known = _corrected(loads(Segmentation, segmented).document, task)
    return known.review_type, known.title, known.publisher


def _corrected(document: Document, task: DocumentTask) -> Document:
    return corrected(document, task.corrections, task.named_kind)


def load_reading(store: ObjectStore, read: DocumentRead) -> Reading:
    """All that is known of a document with text, from the outputs of its steps."""
    outputs = read.outputs
    segmentation = loads(Segmentation, store.get(outputs["segment"]))
    coded = loads(Coded, store.get(outputs.get(MODEL_STEP, outputs["code"])))
    return Reading(
        document=read.document,
        frozen=segmentation.frozen,
        segments=segmentation.segments,
        people=coded.people,
        codings=coded.codings,
        metadata=corrected_metadata(
            read.document.document_id,
            segmentation.metadata,
            read.task.corrections,
            read.task.named_kind,
        ),
        recommendations=segmentation.recommendations,
        events=segmentation.events,
    )

"""The main job: every document read, cases rolled up, findings computed, the report written.

A run does only what is not done yet. It may be killed at any point: what was finished stays,
and the next run goes on from there.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Literal

from workbench import engine
from workbench.errors import NothingToDoError, StoreError
from workbench.extract import ReasonNumber, could_read_more
from workbench.extract.reasons import reason
from workbench.pipeline.coders.plan import CoderPlan, coder_plan
from workbench.pipeline.given import table_reads
from workbench.pipeline.reading import DocumentRead, DocumentTask, Reader, load_reading
from workbench.pipeline.versions import stage_version
from workbench.pipeline.workspace import document_tasks
from workbench.records import Document, DocumentStatus
from workbench.records.codec import dumps, loads
from workbench.store import readings as stored
from workbench.store.objects import step_key
from workbench.store.workspace import Step, Workspace

#: stage, items done, items in all, what the last one was
OnProgress = Callable[[str, int, int, str], None]


def silent(stage: str, done: int, total: int, detail: str) -> None:
    """No progress shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunSettings:
    """How a run uses the machine, and what it does again."""

    n_workers: int = field(default_factory=lambda: len(os.sched_getaffinity(0)))  # processes
    retry: bool = False  # read quarantined files again
    paint: bool = True  # make page images
    backend: Literal["inline", "process"] = "process"  # or "inline", for debugging
    timeout_s: float = 3_600.0  # of one document, all its steps together
    model: str = ""  # name or folder, or "none"; by default what the workspace uses

    def __post_init__(self) -> None:
        if self.n_workers < 1:
            raise ValueError(f"n_workers is {self.n_workers}; at least one is needed")


def read_documents(
    workspace: Workspace,
    settings: RunSettings,
    on_progress: OnProgress = silent,
    plan: CoderPlan | None = None,
) -> tuple[DocumentRead, ...]:
    """Read every document of the workspace as far as it can be read; in the order of their ids.

    A caller that has made the plan of the settings' model hands it on: it takes a model's bytes.

    Raises:
        NothingToDoError: No PDF was added yet.
        StoreError: The workspace cannot be written.
    """
    tasks = document_tasks(workspace, paint=settings.paint)
    results: list[DocumentRead] = list(table_reads(workspace))
    if not tasks and not results:
        raise NothingToDoError(
            f"{workspace.root}: no document yet. Add some with: workbench add FOLDER_OR_PDF..."
        )
    known = {step.key: step.output_hash for step in workspace.steps()}
    plan = plan or coder_plan(workspace.root, settings.model)
    n_all = len(tasks) + len(results)
    for done, read in enumerate(results, start=1):
        _keep(workspace, read, known)
        on_progress("reading documents", done, n_all, read.task.file_name)
    for read in _each_read(workspace, tasks, settings, plan):
        _keep(workspace, read, known)
        results.append(read)
        on_progress("reading documents", len(results), n_all, read.task.file_name)
    return tuple(sorted(results, key=lambda read: read.document.document_id))


def _each_read(
    workspace: Workspace, tasks: Sequence[DocumentTask], settings: RunSettings, plan: CoderPlan
) -> Iterator[DocumentRead]:
    todo = []
    for task in tasks:
        finished = _finished(workspace, task, settings, plan)
        if finished is None:
            todo.append(replace(task, retry=settings.retry))
        else:
            yield finished
    outcomes = engine.map(
        _read,
        todo,
        key=lambda task: task.document_id,
        settings=engine.EngineSettings(
            backend=settings.backend,
            n_workers=min(settings.n_workers, len(todo)) or 1,
            timeout_s=settings.timeout_s,
        ),
        initializer=partial(_prepare, workspace.root / "objects", plan),
    )
    by_id = {task.document_id: task for task in todo}
    for outcome in outcomes:
        if outcome.status is engine.Status.DONE:
            read = outcome.required_value
            _mark_finished(workspace, read, plan)
        else:
            read = _failed(by_id[outcome.key], outcome)
        yield read


_reader: Reader | None = None


def _prepare(objects: Path, plan: CoderPlan) -> None:
    global _reader
    _reader = Reader(objects, plan)


def _read(task: DocumentTask) -> DocumentRead:
    if _reader is None:
        raise StoreError("the worker was not prepared; this is a fault of the workbench")
    return _reader.read(task)


def _failed(task: DocumentTask, outcome: engine.Outcome[DocumentRead]) -> DocumentRead:
    timed_out = outcome.status is engine.Status.TIMED_OUT
    number = ReasonNumber.TIME_LIMIT if timed_out else ReasonNumber.STEP_FAILED
    document = Document(
        document_id=task.document_id,
        file_name=task.file_name,
        status=DocumentStatus.QUARANTINED,
        reason=reason(number),
        warnings=(f"{outcome.status}: {outcome.error}",) if outcome.error else (),
    )
    return DocumentRead(task=task, document=document, steps=())


def _marker_key(task: DocumentTask, plan: CoderPlan) -> str:
    versions = [stage_version(stage) for stage in ("extract", "segment", "coding")]
    inputs = [task.document_id, *versions, *plan.hashes]
    settings = (task.paint, task.corrections, task.named_kind)
    return step_key("document", stage_version("extract"), inputs, settings)


def _finished(
    workspace: Workspace, task: DocumentTask, settings: RunSettings, plan: CoderPlan
) -> DocumentRead | None:
    output = workspace.objects.recall(_marker_key(task, plan))
    if output is None:
        return None
    read = loads(DocumentRead, workspace.objects.get(output))
    read = replace(read, task=task, document=replace(read.document, file_name=task.file_name))
    quarantined = read.document.status is DocumentStatus.QUARANTINED
    whole = all(workspace.objects.has(step.output) for step in read.steps)
    again = (settings.retry and quarantined) or could_read_more(read.document)
    return None if again or not whole else read


def _mark_finished(workspace: Workspace, read: DocumentRead, plan: CoderPlan) -> None:
    if not read.lasting:
        return
    # Equal for every run, so that an interrupted and a calm run leave the same bytes.
    neutral = DocumentTask(
        document_id=read.task.document_id, path="", file_name="", paint=read.task.paint
    )
    same = replace(
        read,
        task=neutral,
        document=replace(read.document, file_name=""),
        steps=tuple(replace(step, executed=False) for step in read.steps),
    )
    output = workspace.objects.put(dumps(same))
    workspace.objects.remember(_marker_key(read.task, plan), output)


def _keep(workspace: Workspace, read: DocumentRead, known: dict[str, str]) -> None:
    """Bring the database up to what was read; nothing is written when it is there already."""
    document = read.document
    known_by_name = (read.task.corrections, read.task.named_kind)
    seal = workspace.objects.put(
        dumps((document, tuple(sorted(read.outputs.items())), known_by_name))
    )
    saved = step_key("saved", "1", [document.document_id])
    if known.get(saved) == seal:
        return
    if "code" in read.outputs:
        stored.save_reading(workspace, load_reading(workspace.objects, read))
    else:
        stored.save_document(workspace, document)
    steps = [
        Step(
            key=step.key,
            step=step.step,
            version=step.version,
            document_id=step.document_id,
            output_hash=step.output,
        )
        for step in read.steps
    ]
    last = Step(
        key=saved, step="saved", version="1", document_id=document.document_id, output_hash=seal
    )
    workspace.record_steps([*steps, last])

"""Samples as batches for Label Studio: made once, kept, never changed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from workbench.annotate.labelstudio.answers import AnswerRules
from workbench.annotate.labelstudio.moves import read_moves
from workbench.annotate.labelstudio.records import Batch, LentTask
from workbench.annotate.labelstudio.tasks import TaskSettings, tasks_of_reading
from workbench.annotate.sampling import WHOLE, Assignment, DrawnUnit, Sample
from workbench.errors import BatchChangedError, InputError
from workbench.pipeline.annotation.places import workspace_codebook, write_text
from workbench.pipeline.annotation.samples import NOT_CODED, read_sample
from workbench.records import EVIDENCE_ROLES, Reading, codec
from workbench.store import readings
from workbench.store.workspace import Workspace

FOLDER = Path("annotations/labelstudio")
MOVES = Path("annotations/codebook/moves.yaml")
_CODER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,31}")


def batch_path(root: Path, sample: str, coder: str) -> Path:
    """Where a batch is kept.

    Raises:
        InputError: The coder's name cannot be part of a file's name.
    """
    if not _CODER.fullmatch(coder):
        raise InputError(
            f"{coder!r}: for Label Studio a coder's name has up to 32 letters, digits, dots, "
            "hyphens and underscores. Draw the sample with such names."
        )
    return root / FOLDER / f"{sample}.{coder}.json"


def make_batches(
    root: Path, sample_name: str, settings: TaskSettings | None = None
) -> tuple[Batch, ...]:
    """The batch of each coder of a sample; made when there is none yet, else as it was kept.

    Raises:
        InputError: There is no such sample, or it is not assigned to coders.
        BatchChangedError: The text of a document is not what it was when the batch was made.
    """
    sample = read_sample(root, sample_name)
    coders = list(dict.fromkeys(each.coder for each in sample.assignments))
    if not coders:
        raise InputError(f"{sample_name}: is assigned to nobody. Draw one with --coders anna,ben.")
    with Workspace.open(root) as workspace:
        found = _Readings(workspace)
        batches = []
        for coder in coders:
            path = batch_path(root, sample_name, coder)
            if path.exists():
                batch = read_batch(root, sample_name, coder)
                _check_text(batch, found)
            else:
                batch = _batch(sample, coder, found, settings or TaskSettings())
                path.parent.mkdir(parents=True, exist_ok=True)
                write_text(path, codec.dumps(batch).decode())
            batches.append(batch)
    return tuple(batches)


def read_batch(root: Path, sample: str, coder: str) -> Batch:
    """A batch as it was kept.

    Raises:
        InputError: It was never pushed, or its file is damaged.
    """
    path = batch_path(root, sample, coder)
    try:
        return codec.loads(Batch, path.read_bytes())
    except FileNotFoundError as error:
        raise InputError(
            f"{path}: there is no such batch. Push it first: workbench labelstudio push {sample}"
        ) from error
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: cannot be read as a batch ({error}).") from error


def answer_rules(root: Path) -> AnswerRules:
    """What answers may say in a workspace: its codebook, and where former codes went.

    Raises:
        CodebookError: The codebook has problems.
        CodeMovesError: The moves have problems.
    """
    codebook = workspace_codebook(root)
    moves = read_moves(root / MOVES, {code.code_id for code in codebook.codes})
    return AnswerRules(codebook=codebook, moves=moves)


class _Readings:
    """Readings of a workspace, the last few in memory."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._known = frozenset(readings.read_document_ids(workspace))
        self._read: dict[str, Reading] = {}

    def get(self, document_id: str) -> Reading | None:
        if document_id not in self._known:
            return None
        if document_id not in self._read:
            while len(self._read) > 8:
                self._read.pop(next(iter(self._read)))
            self._read[document_id] = readings.read_reading(self._workspace, document_id)
        return self._read[document_id]


def _batch(sample: Sample, coder: str, found: _Readings, settings: TaskSettings) -> Batch:
    units = {unit.unit_id: unit for unit in sample.units}
    tasks: list[LentTask] = []
    used: Counter[str] = Counter()
    sources: set[str] = set()
    for assignment in sorted(sample.assignments, key=lambda each: each.position):
        if assignment.coder == coder:
            unit = units[assignment.unit_id]
            reading = found.get(unit.document_id)
            if reading is None:
                raise BatchChangedError(_gone(sample.name, unit.document_id))
            tasks += _tasks(sample, assignment, unit, reading, settings)
            used.update(coding.code_id for coding in reading.codings)
            sources |= {coding.source for coding in reading.codings}
    order = sorted(used.items(), key=lambda item: (-item[1], item[0]))
    return Batch(
        sample=sample.name,
        coder=coder,
        codebook=sample.codebook,
        suggested_by=" ".join(sorted(sources))[:200] or "nothing",
        tasks=tuple(dict.fromkeys(tasks)),
        most_used=tuple(code_id for code_id, _ in order[:20]),
    )


def _tasks(
    sample: Sample,
    assignment: Assignment,
    unit: DrawnUnit,
    reading: Reading,
    settings: TaskSettings,
) -> Iterator[LentTask]:
    evidence_only = "count as evidence" in sample.frame
    segments = [
        segment
        for segment in reading.segments
        if segment.ordinal == unit.segment
        or (
            unit.segment == WHOLE
            and segment.kind not in NOT_CODED
            and (segment.section_role in EVIDENCE_ROLES or not evidence_only)
        )
    ]
    if not segments:
        raise BatchChangedError(_gone(sample.name, unit.unit_id))
    chances = dict.fromkeys((each.ordinal for each in segments), unit.inclusion_probability)
    yield from tasks_of_reading(
        reading, segments, sample=sample.name, shown=assignment.shown, chances=chances,
        settings=settings,
    )  # fmt: skip


def _gone(sample: str, what: str) -> str:
    return (
        f"{sample}: holds {what}, which is not in the workspace any more (removed, or read anew). "
        "Draw a new sample."
    )


def _check_text(batch: Batch, found: _Readings) -> None:
    for task in batch.tasks:
        if not text_stands(task, found.get(task.document_id)):
            raise BatchChangedError(
                f"{batch.sample}: the text of document {task.document_id[:12]} is not what it was "
                "when the batch was made. Pull what was coded (workbench labelstudio pull), then "
                "draw a new sample; the old decisions move with their words."
            )


def text_stands(task: LentTask, reading: Reading | None) -> bool:
    """Whether the text of a task still stands in its document where it stood."""
    if reading is None:
        return False
    end = task.start_char + len(task.text)
    return reading.frozen.text[task.start_char : end] == task.text

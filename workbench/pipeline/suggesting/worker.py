"""What a worker does with the passages of one document."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workbench.errors import LlmError, WorkbenchError
from workbench.learn.llm import LlmCoder, LlmSettings
from workbench.pipeline.coders.plan import CoderPlan, CombinedCoder
from workbench.pipeline.suggesting.passages import BarePassage, document_of, result_line
from workbench.records import Coding, Segment

#: Passages of one document with their positions in the input.
Group = tuple[tuple[int, BarePassage], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkPlan:
    """What a worker is made from; two that are equal make equal workers."""

    coder: CoderPlan
    llm: LlmSettings | None = None


class _Worker:
    def __init__(self, plan: WorkPlan) -> None:
        self.plan = plan
        self.coder = CombinedCoder(plan.coder)
        self.llm: LlmCoder | None = None
        if plan.llm is not None:
            cache = Path(plan.llm.cache_folder) if plan.llm.cache_folder else None
            self.llm = LlmCoder(self.coder.codebook, plan.llm, cache)
        self._given_up = ""  # why the language model is asked no more

    def ask(self, segment: Segment) -> tuple[tuple[Coding, ...], tuple[str, ...]]:
        """What a language model says of a segment, and notes; the rules stand without it."""
        if self.llm is None:
            return (), ()
        if self._given_up:
            return (), (self._given_up,)
        try:
            reading = self.llm.code(segment)
        except LlmError as error:
            self._given_up = f"llm: not asked ({error.reason})"
            return (), (self._given_up,)
        return reading.codings, reading.notes


_worker: _Worker | None = None


def prepare(plan: WorkPlan) -> None:
    """Make the worker of this process; one made from the same plan stays, it takes seconds."""
    global _worker
    # One that asks a language model remembers its failures: each run begins anew.
    if _worker is None or _worker.plan != plan or plan.llm is not None:
        _worker = _Worker(plan)


def coder_version() -> str:
    """The version of the rules, and the sources of the models that are asked."""
    worker = _prepared()
    return worker.coder.version + (f" and {worker.llm.source}" if worker.llm else "")


def coder_notes() -> tuple[str, ...]:
    """What the user should know of the learned model."""
    return _prepared().coder.notes


def code_group(group: Group) -> list[tuple[int, dict[str, Any]]]:
    """The lines of the passages of one document."""
    worker = _prepared()
    document, segments, starts = document_of([passage for _, passage in group])
    people, codings = worker.coder.code(document, segments)
    own: list[list[Coding]] = [[] for _ in group]
    notes: list[list[str]] = [[] for _ in group]
    for coding in codings:
        own[bisect_right(starts, coding.start_char) - 1].append(coding)
    for segment in segments if worker.llm else ():
        number = bisect_right(starts, segment.start_char) - 1
        suggested, said = worker.ask(segment)
        own[number] += suggested
        notes[number] += said
    kind = document.review_type
    return [
        (position, result_line(passage.with_notes(said), found, people, start, kind))
        for (position, passage), found, said, start in zip(group, own, notes, starts, strict=True)
    ]


def _prepared() -> _Worker:
    if _worker is None:
        raise WorkbenchError("the worker was not prepared; this is a fault of the workbench")
    return _worker

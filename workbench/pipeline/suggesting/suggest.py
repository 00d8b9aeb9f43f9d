"""Bare passages coded by the coder that reads whole documents: a file in, a file out.

Memory holds the places of the lines and what one worker has in hand, never the whole file.
"""

from __future__ import annotations

import hashlib
import json
import re
import tempfile
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from workbench import engine
from workbench.errors import InputError
from workbench.learn.gold.lines import json_lines, line_at
from workbench.learn.llm import LlmSettings
from workbench.pipeline.coders.plan import coder_plan
from workbench.pipeline.run import OnProgress, silent
from workbench.pipeline.suggesting.passages import (
    BarePassage,
    line_problems,
    passage_of,
)
from workbench.pipeline.suggesting.worker import (
    Group,
    WorkPlan,
    code_group,
    coder_notes,
    coder_version,
    prepare,
)

#: Characters that some readers take for the end of a line, and those that UTF-8 does not have.
_ESCAPED = re.compile("[\x85\u2028\u2029\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestSettings:
    """How the machine is used."""

    n_workers: int = 1  # processes; 1 works in this one, without limits of time
    timeout_s: float = 600.0  # of one passage, or of all passages of one document
    llm: LlmSettings | None = None  # ask a language model as well; never needed
    model: str = ""  # name or folder, or "none"; by default what the workspace uses

    def __post_init__(self) -> None:
        if self.n_workers < 1 or self.timeout_s <= 0:
            raise ValueError("n_workers is at least 1 and timeout_s more than 0 seconds")


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggested:
    """What became of a file of passages."""

    n_passages: int  # lines of the output
    n_codings: int
    refused: tuple[str, ...]  # one sentence for each line that is not in the output
    notes: tuple[str, ...]  # one sentence for each line in it that something was odd with
    coder: str  # version of the rules, and of the models that were asked
    about_coder: tuple[str, ...] = ()  # what the user should know of the model


def suggest(
    source: Path,
    target: Path,
    *,
    root: Path | None = None,
    settings: SuggestSettings | None = None,
    on_progress: OnProgress = silent,
) -> Suggested:
    """Code every passage of a file of JSON lines; one line of the result for each, in order.

    A line that holds no passage is refused and named, the others are coded. The target is
    written whole or not at all.

    Args:
        source: Lines ``{"id", "text"}``; optional ``doc``, ``section``, ``section_role``,
            ``source`` or ``review_type``. Passages with the same ``doc`` share their people.
        target: Gets lines ``{"id", "codings"}``.
        root: The workspace whose codebook is used; the shipped one by default.
        settings: How the machine is used.
        on_progress: Told after each passage.

    Raises:
        InputError: The source cannot be read or holds no passage; the target cannot be written.
    """
    settings = settings or SuggestSettings()
    index = _Index.of(source, on_progress)
    if not index.offsets:
        listed = "".join(f"\n  - {problem}" for problem in index.refused[:20])
        raise InputError(
            f'{source}: holds no passage. Give lines such as {{"id": "1", "text": "..."}}.{listed}'
        )
    plan = WorkPlan(coder=coder_plan(root, settings.model), llm=settings.llm)
    prepare(plan)  # here too, so that a broken codebook is said before any work
    results = _Results(len(index.offsets))
    try:
        with source.open("rb") as file, tempfile.TemporaryFile() as spool:
            groups = (index.group(file, members) for members in index.groups)
            for position, line in _coded(groups, settings, plan):
                results.add(spool, position, line)
                on_progress("coding passages", results.n_done, len(index.offsets), "")
            _write(target, results.in_order(spool))
    except OSError as error:
        raise InputError(f"{target}: cannot be written ({error.strerror}).") from error
    notes = sorted(results.notes)
    return Suggested(
        n_passages=len(index.offsets),
        n_codings=results.n_codings,
        refused=tuple(index.refused),
        notes=tuple(f"line {index.numbers[at]}: {note}" for at, note in notes),
        coder=coder_version(),
        about_coder=coder_notes(),
    )


@dataclass(slots=True)
class _Index:
    """Where the passages stand in the file, and which belong to one document."""

    offsets: array[int] = field(default_factory=lambda: array("q"))
    numbers: array[int] = field(default_factory=lambda: array("q"))
    groups: list[array[int]] = field(default_factory=list)  # positions, by first appearance
    refused: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, source: Path, on_progress: OnProgress) -> _Index:
        index = cls()
        lines: dict[bytes, int] = {}  # digest of an id -> number of its line
        by_doc: dict[bytes, array[int]] = {}
        for line in json_lines(source):
            problems = [line.problem] if line.problem else line_problems(line.value)
            if not problems:
                digest = _digest(str(line.value["id"]))
                first = lines.setdefault(digest, line.number)
                if first != line.number:
                    problems = [f"has the id of line {first}; ids must differ"]
            if problems:
                index.refused.append(f"line {line.number}: {'; '.join(problems)}")
                continue
            doc = str(line.value.get("doc") or "")
            position = len(index.offsets)
            if not doc or _digest(doc) not in by_doc:
                index.groups.append(array("q"))
                if doc:
                    by_doc[_digest(doc)] = index.groups[-1]
            (by_doc[_digest(doc)] if doc else index.groups[-1]).append(position)
            index.offsets.append(line.offset)
            index.numbers.append(line.number)
        on_progress("reading lines", len(index.offsets), len(index.offsets), "")
        return index

    def group(self, file: BinaryIO, members: Sequence[int]) -> Group:
        return tuple((at, passage_of(line_at(file, self.offsets[at]))) for at in members)


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


class _Results:
    """Lines as they become ready, kept on disk until all can be written in their order."""

    def __init__(self, n_passages: int) -> None:
        self._places = array("q", [0]) * n_passages
        self._lengths = array("q", [0]) * n_passages
        self._end = self.n_done = self.n_codings = 0
        self.notes: list[tuple[int, str]] = []

    def add(self, spool: BinaryIO, position: int, line: dict[str, Any]) -> None:
        data = _dumps(line)
        spool.write(data)
        self._places[position], self._lengths[position] = self._end, len(data)
        self._end += len(data)
        self.n_done += 1
        self.n_codings += len(line["codings"])
        self.notes += [(position, note) for note in line.get("notes", ())]

    def in_order(self, spool: BinaryIO) -> Iterator[bytes]:
        for place, length in zip(self._places, self._lengths, strict=True):
            spool.seek(place)
            yield spool.read(length)


def _dumps(line: dict[str, Any]) -> bytes:
    text = json.dumps(line, ensure_ascii=False)
    if _ESCAPED.search(text):
        text = json.dumps(line)
    return text.encode() + b"\n"


def _write(target: Path, lines: Iterator[bytes]) -> None:
    partial_path = target.with_name(target.name + ".partial")
    try:
        with partial_path.open("wb") as file:
            file.writelines(lines)
        partial_path.replace(target)
    finally:
        partial_path.unlink(missing_ok=True)


def _coded(
    groups: Iterator[Group], settings: SuggestSettings, plan: WorkPlan
) -> Iterator[tuple[int, dict[str, Any]]]:
    """The line of each passage with its position; a document that fails is tried in parts."""
    inline = settings.n_workers == 1
    limits = engine.EngineSettings(
        backend="inline" if inline else "process",
        n_workers=settings.n_workers,
        timeout_s=settings.timeout_s,
    )
    in_work: dict[str, Group] = {}

    def handed_out(groups: Iterator[Group]) -> Iterator[Group]:
        for group in groups:
            in_work[_key(group)] = group
            yield group

    alone: list[Group] = []
    for outcome in engine.map(
        code_group,
        handed_out(groups),
        key=_key,
        settings=limits,
        initializer=None if inline else partial(prepare, plan),
    ):
        group = in_work.pop(outcome.key)
        if outcome.status is engine.Status.DONE:
            yield from outcome.required_value
        elif len(group) > 1:
            alone += [(member,) for member in group]
        else:
            yield group[0][0], _failed(group[0][1], outcome.error)
    if alone:
        yield from _coded(iter(alone), settings, plan)


def _key(group: Group) -> str:
    return str(group[0][0])


def _failed(passage: BarePassage, error: str) -> dict[str, Any]:
    notes = [*passage.notes, f"could not be coded ({error})"]
    return {"id": passage.passage_id, "codings": [], "notes": notes}

"""Annotations from the server as decisions, reconciled with those that are there."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from workbench.annotate.labelstudio.answers import AnswerRules, read_answer
from workbench.annotate.labelstudio.client import Client
from workbench.annotate.labelstudio.decisions import decisions_of, reconcile, standing
from workbench.annotate.labelstudio.records import Batch
from workbench.annotate.sampling import Sample
from workbench.errors import ProjectGoneError
from workbench.pipeline.annotation.decisions import record_decisions
from workbench.pipeline.annotation.places import write_text
from workbench.pipeline.annotation.samples import read_sample
from workbench.pipeline.labelstudio.accounts import clients_of
from workbench.pipeline.labelstudio.batches import (
    answer_rules,
    batch_path,
    read_batch,
    text_stands,
)
from workbench.pipeline.labelstudio.gather import Found, Plain, gather
from workbench.pipeline.run import OnProgress, silent
from workbench.records import Decision, Reading
from workbench.store import readings
from workbench.store.decisions import read_decisions
from workbench.store.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Pulled:
    """What became of one coder's project."""

    coder: str
    title: str
    n_tasks: int  # that were lent
    n_submitted: int  # with an answer that was believed
    n_skipped: int  # that the coder skipped; nothing follows from that
    n_decisions: int  # new ones, undos among them
    problems: tuple[str, ...]  # one sentence for each reason not to believe something
    notes: tuple[str, ...]  # what the coordinator should know


def pull_sample(
    root: Path, sample_name: str, home: Path, *, on_progress: OnProgress = silent
) -> tuple[Pulled, ...]:
    """Take in what the coders of a sample have submitted since the last time.

    An annotation is believed whole or not at all; what is not believed is written beside the
    batch (``*.refused.json``), stays on the server, and is looked at again the next time.

    Args:
        root: The workspace.
        sample_name: Of the sample.
        home: The folder with the server's secrets and accounts.
        on_progress: Told after each task.

    Raises:
        InputError: There is no such sample, or it was never pushed.
        ProjectGoneError: A project was deleted or renamed.
        LabelStudioError: The server cannot be used. Nothing of that coder was taken in; running
            again takes all.
    """
    sample: Sample = read_sample(root, sample_name)
    coders = list(dict.fromkeys(each.coder for each in sample.assignments))
    batches = [read_batch(root, sample_name, coder) for coder in coders]
    rules = answer_rules(root)
    with clients_of(home, coders) as clients:
        return tuple(
            _pull(root, batch, clients[batch.coder], rules, on_progress) for batch in batches
        )


def _pull(
    root: Path, batch: Batch, client: Client, rules: AnswerRules, on_progress: OnProgress
) -> Pulled:
    project_id = client.project_id(batch.title)
    if project_id is None:
        raise ProjectGoneError(client.url, batch.title)
    # All of it first: when the server goes away in the middle, nothing was taken in.
    tasks, n_lent = [], len(batch.tasks)
    for task in client.tasks(project_id, batch.title):
        tasks.append(task)
        on_progress(f"pulling from {batch.coder}", min(len(tasks), n_lent), n_lent, "")
    return take_in(root, batch, tasks, client.user_id, rules)


def take_in(
    root: Path, batch: Batch, tasks: Sequence[Plain], user_id: int, rules: AnswerRules
) -> Pulled:
    """Check what a project holds, and append what was decided in it.

    Args:
        root: The workspace.
        batch: What was lent.
        tasks: What the project holds, as Label Studio gives it.
        user_id: The coder's account there.
        rules: What answers may say.
    """
    found = gather(batch, tasks, user_id)
    with Workspace.open(root) as workspace:
        _decide(batch, found, rules, workspace)
        n_new = record_decisions(workspace, found.decisions, batch.title)
    return _pulled(root, batch, found, n_new)


def _decide(batch: Batch, found: Found, rules: AnswerRules, workspace: Workspace) -> None:
    """Turn the annotations that can be believed into the decisions that are not there yet."""
    known = _by_document(read_decisions(workspace))
    texts = _Texts(workspace)
    for task in batch.tasks:
        annotation = found.newest.get(task.external_id)
        before = known.setdefault(task.document_id, [])
        if annotation is None:
            if standing(batch, task, before):
                found.notes.append(
                    f"{task.external_id}: has no annotation any more; what was decided is kept"
                )
            continue
        if not text_stands(task, texts.get(task.document_id)):
            found.refuse(
                annotation,
                f"{task.external_id}: the document was read anew since, and has another text",
            )
            continue
        answer, problems = read_answer(task, annotation, rules)
        if answer is None:
            found.refuse(annotation, *problems)
            continue
        found.n_submitted += 1
        new = reconcile(batch, task, decisions_of(batch, task, answer, rules.moves), before)
        before += new
        found.decisions += new


class _Texts:
    """Readings one after the other; tasks of one document mostly stand together."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._ids = frozenset(readings.read_document_ids(workspace))
        self._last: Reading | None = None

    def get(self, document_id: str) -> Reading | None:
        if document_id not in self._ids:
            return None
        if self._last is None or self._last.document.document_id != document_id:
            self._last = readings.read_reading(self._workspace, document_id)
        return self._last


def _by_document(decisions: Iterable[Decision]) -> dict[str, list[Decision]]:
    found: dict[str, list[Decision]] = {}
    for decision in decisions:
        found.setdefault(decision.document_id, []).append(decision)
    return found


def _pulled(root: Path, batch: Batch, found: Found, n_new: int) -> Pulled:
    path = batch_path(root, batch.sample, batch.coder).with_suffix(".refused.json")
    if found.refused:
        write_text(path, json.dumps(found.refused, ensure_ascii=False, indent=1) + "\n")
        found.notes.append(f"what was not believed: {path}")
    elif path.exists():
        path.unlink()
    return Pulled(
        coder=batch.coder,
        title=batch.title,
        n_tasks=len(batch.tasks),
        n_submitted=found.n_submitted,
        n_skipped=found.n_skipped,
        n_decisions=n_new,
        problems=tuple(found.problems),
        notes=tuple(found.notes),
    )

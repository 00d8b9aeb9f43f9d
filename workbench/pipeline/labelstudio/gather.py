"""What the server holds for a batch, looked at before anything in it is read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from workbench.annotate.labelstudio.records import Batch, LentTask
from workbench.records import Decision

#: A task or an annotation as the server gives it.
Plain = Mapping[str, Any]


@dataclass(slots=True, kw_only=True)
class Found:
    """What a pass over a project gathers."""

    newest: dict[str, Plain] = field(default_factory=dict)  # task -> annotation that counts
    decisions: list[Decision] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    refused: list[Plain] = field(default_factory=list)
    n_submitted: int = 0
    n_skipped: int = 0

    def refuse(self, annotation: Plain, *problems: str) -> None:
        """Do not believe an annotation, and say why."""
        self.refused.append(annotation)
        self.problems += problems


def gather(batch: Batch, tasks: Sequence[Plain], user_id: int) -> Found:
    """The coder's newest annotation of every task, and what cannot be one.

    Refused are annotations of a task whose text was changed, and those that another account made
    or changed. Tasks that the workbench did not push are left alone.

    Args:
        batch: What was lent.
        tasks: What the server holds.
        user_id: The coder's account there.
    """
    lent = {task.external_id: task for task in batch.tasks}
    found = Found()
    there = set()
    for plain in tasks:
        external_id = str(plain["data"].get("external_id", ""))
        if external_id not in lent:
            found.notes.append(f"task {plain['id']} is not of this batch; it is left alone")
            continue
        there.add(external_id)
        for annotation in plain["annotations"]:
            problem = _problem(plain, lent[external_id], annotation, batch.coder, user_id)
            if problem:
                found.refuse(annotation, f"{external_id}: {problem}")
            elif annotation.get("was_cancelled"):
                found.n_skipped += 1
            else:
                _keep_newest(found, external_id, annotation)
    gone = len(lent) - len(there)
    if gone:
        found.notes.append(
            f"{gone} task(s) are not on the server any more; decisions on them are kept, and "
            "workbench labelstudio push puts them there again"
        )
    return found


def _problem(plain: Plain, task: LentTask, annotation: Plain, coder: str, user_id: int) -> str:
    name = f"annotation {annotation['id']}"
    if plain["data"].get("text") != task.text:
        return f"{name}: the text was changed on the server"
    users = (user_of(annotation, "completed_by"), user_of(annotation, "updated_by"))
    others = [user for user in users if user not in (None, user_id)]
    if others:
        return f"{name} was made or changed by another account (user {others[0]}), not by {coder}"
    return ""


def _keep_newest(found: Found, external_id: str, annotation: Plain) -> None:
    before = found.newest.get(external_id)
    if before is not None:
        found.notes.append(f"{external_id}: was submitted twice; the newer one counts")
    if before is None or _moment(before) < _moment(annotation):
        found.newest[external_id] = annotation


def _moment(annotation: Plain) -> str:
    return str(annotation.get("updated_at") or annotation.get("created_at") or "")


def user_of(annotation: Plain, name: str) -> int | None:
    """The account in a field, which holds a number or an object."""
    value = annotation.get(name)
    found = value.get("id") if isinstance(value, Mapping) else value
    return int(found) if found is not None else None

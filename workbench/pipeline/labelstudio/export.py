"""A JSON export of Label Studio as decisions, where no server can be reached."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from workbench.annotate.labelstudio.configuration import CODE
from workbench.annotate.labelstudio.offsets import Quote, unit_of
from workbench.annotate.labelstudio.records import Batch
from workbench.errors import InputError, SharedAccountError
from workbench.pipeline.labelstudio.batches import answer_rules, read_batch
from workbench.pipeline.labelstudio.gather import Plain, user_of
from workbench.pipeline.labelstudio.pull import Pulled, take_in


def take_export(root: Path, sample: str, coder: str, path: Path) -> Pulled:
    """Take in a coder's project from the JSON that Label Studio exported.

    Everything is checked as in a pull. A file whose offsets count UTF-16 units throughout is
    understood too.

    Args:
        root: The workspace.
        sample: The sample that was pushed.
        coder: Whose project it is; the export itself knows numbers of accounts only.
        path: The export, of the format "JSON".

    Raises:
        InputError: The file is no such export, or the sample was never pushed.
        SharedAccountError: Several accounts have answered in it.
    """
    batch, rules = read_batch(root, sample, coder), answer_rules(root)
    tasks = _read(path)
    users = {
        user
        for task in tasks
        for annotation in task["annotations"]
        for user in [user_of(annotation, "completed_by")]
        if user is not None
    }
    if len(users) > 1:
        raise SharedAccountError(
            f"{path}: has annotations of {len(users)} accounts, so they are not all {coder}'s. "
            "Export each coder's project by itself."
        )
    unit = unit_of(_quotes(batch, tasks))
    return take_in(root, batch, tasks, min(users, default=0), replace(rules, unit=unit))


def _read(path: Path) -> Sequence[Plain]:
    try:
        data: Any = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: cannot be read as JSON ({error}).") from error
    if not isinstance(data, list) or not all(_is_task(task) for task in data):
        raise InputError(
            f"{path}: is no export of tasks with their annotations. In Label Studio choose Export, "
            "format JSON."
        )
    return data


def _is_task(task: object) -> bool:
    return (
        isinstance(task, dict)
        and isinstance(task.get("data"), dict)
        and "id" in task
        and isinstance(task.get("annotations"), list)
        and all(isinstance(each, dict) and "id" in each for each in task["annotations"])
    )


def _quotes(batch: Batch, tasks: Sequence[Plain]) -> Iterator[tuple[str, Quote]]:
    lent = {task.external_id: task.text for task in batch.tasks}
    for task in tasks:
        text = lent.get(str(task["data"].get("external_id", "")))
        for annotation in task["annotations"] if text else ():
            for item in annotation.get("result") or ():
                value: Any = item.get("value", {}) if isinstance(item, dict) else {}
                start, end, words = value.get("start"), value.get("end"), value.get("text")
                whole = isinstance(start, int) and isinstance(end, int) and isinstance(words, str)
                if whole and item.get("from_name") == CODE:
                    yield text or "", Quote(start, end, words)

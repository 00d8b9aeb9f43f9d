"""Batches onto the server: each task once, however often it is pushed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workbench.annotate.labelstudio.answers import AnswerRules
from workbench.annotate.labelstudio.client import Client
from workbench.annotate.labelstudio.configuration import CODE, label_config
from workbench.annotate.labelstudio.moves import orphans
from workbench.annotate.labelstudio.records import Batch
from workbench.annotate.labelstudio.tasks import TaskSettings, tasks_to_json
from workbench.errors import AnnotationsError, CodeMovesError
from workbench.pipeline.labelstudio.accounts import clients_of
from workbench.pipeline.labelstudio.batches import MOVES, answer_rules, make_batches
from workbench.pipeline.run import OnProgress, silent

_AT_ONCE = 50
INSTRUCTION = (
    "Mark the words that say something about a code, choose the code, and say of each mark whether "
    "the text affirms it and whose it is. Submit when you have read the passage to its end: what "
    "is not marked then counts as not there."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pushed:
    """What became of one coder's batch."""

    coder: str
    title: str  # of the project
    url: str  # of the project
    n_new: int  # tasks
    n_known: int  # that were there already


def push_sample(
    root: Path,
    sample: str,
    home: Path,
    *,
    settings: TaskSettings | None = None,
    model_url: str = "",
    on_progress: OnProgress = silent,
) -> tuple[Pushed, ...]:
    """Put a sample before its coders, a project for each; what is there already stays.

    Args:
        root: The workspace.
        sample: Its name.
        home: The folder with the server's secrets and accounts.
        settings: How large tasks are, and whether suggestions go with them.
        model_url: A model server that shows the suggestions instead; "" for none.
        on_progress: Told after each group of tasks.

    Raises:
        InputError: The sample or the codebook cannot be used.
        BatchChangedError: Documents have changed since the batch was made.
        CodeMovesError: Marks on the server have a code that has no entry and no move.
        AnnotationsError: The text of a task was changed on the server.
        LabelStudioError: The server cannot be used; running again goes on from there.
    """
    settings = settings or TaskSettings(with_predictions=not model_url)
    rules = answer_rules(root)
    batches = make_batches(root, sample, settings)
    pushed = []
    with clients_of(home, [batch.coder for batch in batches]) as clients:
        for batch in batches:
            client = clients[batch.coder]
            project_id = _project(client, batch, rules, root / MOVES)
            if model_url:
                client.connect_model(project_id, model_url, "Case-review workbench")
            pushed.append(_push(client, project_id, batch, settings, on_progress))
    return tuple(pushed)


def _project(client: Client, batch: Batch, rules: AnswerRules, moves_path: Path) -> int:
    """The batch's project, with the configuration of today."""
    config = label_config(rules.codebook, most_used=batch.most_used, moves=rules.moves)
    project_id = client.project_id(batch.title)
    if project_id is None:
        return client.create_project(batch.title, config, INSTRUCTION)
    if client.config(project_id, batch.title).strip() != config.strip():
        used = Counter(
            label
            for task in client.tasks(project_id, batch.title)
            for made in (*task["annotations"], *task["predictions"])
            for label in _labels(made)
        )
        known = {code.code_id for code in rules.codebook.factors}
        problems = orphans(used, known, rules.moves)
        if problems:
            raise CodeMovesError(moves_path, problems)
        client.set_config(project_id, batch.title, config)
    return project_id


def _labels(made: Mapping[str, Any]) -> list[str]:
    return [
        label
        for item in made.get("result") or ()
        if item.get("from_name") == CODE
        for label in item["value"].get("labels", ())
    ]


def _push(
    client: Client, project_id: int, batch: Batch, settings: TaskSettings, on_progress: OnProgress
) -> Pushed:
    known = {
        str(data.get("external_id", "")): str(data.get("text", ""))
        for data in client.task_data(project_id, batch.title)
    }
    changed = [
        f"{task.external_id}: its text was changed on the server"
        for task in batch.tasks
        if known.get(task.external_id, task.text) != task.text
    ]
    if changed:
        raise AnnotationsError(Path(batch.title), changed)
    new = [task for task in batch.tasks if task.external_id not in known]
    stage = f"pushing to {batch.coder}"
    for at in range(0, len(new), _AT_ONCE):
        part = tasks_to_json(batch, new[at : at + _AT_ONCE], settings)
        client.add_tasks(project_id, batch.title, part)
        on_progress(stage, min(at + _AT_ONCE, len(new)), len(new), "")
    return Pushed(
        coder=batch.coder,
        title=batch.title,
        url=f"{client.url}/projects/{project_id}",
        n_new=len(new),
        n_known=len(batch.tasks) - len(new),
    )

"""A workspace with a sample before two coders and a server, for tests of the round trip."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from label_studio_server import FakeServer, submit
from lent import reading, region

from workbench.annotate.sampling import AssignSettings, Method, SampleSettings
from workbench.pipeline.annotation.samples import draw_sample
from workbench.pipeline.labelstudio import Pulled, pull_sample, push_sample
from workbench.pipeline.labelstudio.batches import read_batch
from workbench.pipeline.workspace import create_workspace
from workbench.records import Action
from workbench.store import readings
from workbench.store.decisions import chain_problems, read_decisions
from workbench.store.workspace import Workspace

ANNA, BEN = 2, 3


def make_sampled_workspace(root: Path, *coders: str) -> None:
    """A workspace whose three passages are coded by all coders, blind, then with suggestions."""
    create_workspace(root)
    with Workspace.open(root) as workspace:
        readings.save_reading(workspace, reading())
    draw_sample(
        root, "week-1", SampleSettings(n_units=3, method=Method.RANDOM), None,
        AssignSettings(coders=coders, overlap=1.0, blind=1.0, second_look=True),
    )  # fmt: skip


class Bench:
    """A workspace, a sample before two coders, and a server."""

    def __init__(self, folder: Path, server: FakeServer) -> None:
        self.root, self.home, self.server = folder / "work", folder / "home", server

    def push(self) -> list[tuple[str, int, int]]:
        pushed = push_sample(self.root, "week-1", self.home)
        return [(each.coder, each.n_new, each.n_known) for each in pushed]

    def pull(self) -> tuple[Pulled, Pulled]:
        anna, ben = pull_sample(self.root, "week-1", self.home)
        return anna, ben

    def tasks(self, coder: str) -> list[dict[str, Any]]:
        title = read_batch(self.root, "week-1", coder).title
        tasks: list[dict[str, Any]] = self.server.project(title)["tasks"]
        return tasks

    def decisions(self) -> list[tuple[str, Action, str]]:
        with Workspace.open(self.root) as workspace:
            assert list(chain_problems(workspace)) == []
            return [(d.coder, d.action, d.text) for d in read_decisions(workspace)]


def code_all(bench: Bench) -> None:
    """Anna accepts what she is shown and adds one mark blind; Ben marks nothing."""
    for task in bench.tasks("anna"):
        blind = task["data"]["shown"] == "blind"
        marked = "drank\u00a0heavily" in task["data"]["text"]
        lent = next(
            each
            for each in read_batch(bench.root, "week-1", "anna").tasks
            if each.external_id == task["data"]["external_id"]
        )
        added = region(lent, "drank\u00a0heavily” 🙂", "alcohol_misuse") if marked else []
        submit(bench.server, task, ANNA, added if blind else None)
    for task in bench.tasks("ben"):
        submit(bench.server, task, BEN, [])

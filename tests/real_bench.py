"""A workspace whose coders have accounts on a real Label Studio."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

from label_studio_bench import make_sampled_workspace
from lent import region

from workbench.annotate.labelstudio.client import Client
from workbench.annotate.labelstudio.records import Batch
from workbench.annotate.labelstudio.server.home import read_secrets
from workbench.pipeline.labelstudio import set_up_accounts
from workbench.pipeline.labelstudio.batches import read_batch
from workbench.records import Decision
from workbench.store.decisions import read_decisions
from workbench.store.workspace import Workspace


class Real:
    """A workspace with a sample, and two coders of its own on the server."""

    def __init__(self, folder: Path, home: Path) -> None:
        self.root, self.server_home = folder / "work", home
        mark = uuid.uuid4().hex[:6]  # accounts and projects of each test are its own
        self.coders = (f"anna-{mark}", f"ben-{mark}")
        make_sampled_workspace(self.root, *self.coders)
        # A folder of its own, so that tests can break accounts.
        self.home = folder / "home"
        self.home.mkdir()
        for name in ("secrets.json",):
            (self.home / name).write_bytes((home / name).read_bytes())
            (self.home / name).chmod(0o600)
        self.accounts = set_up_accounts(self.home, self.coders)
        self.url = read_secrets(self.home).url
        self._clients: dict[int, Client] = {}

    def batch(self, at: int) -> Batch:
        return read_batch(self.root, "week-1", self.coders[at])

    def client(self, at: int) -> Client:
        if at not in self._clients:
            account = next(each for each in self.accounts if each.coder == self.coders[at])
            self._clients[at] = Client(self.url, account)
        return self._clients[at]

    def close(self) -> None:
        for client in self._clients.values():
            client.close()

    def project(self, at: int) -> tuple[Client, int, str]:
        client, title = self.client(at), self.batch(at).title
        project_id = client.project_id(title)
        assert project_id is not None
        return client, project_id, title

    def submit_all(self, at: int) -> None:
        """Suggestions as they are; one mark of one's own in a blind task."""
        client, project_id, title = self.project(at)
        lent = {task.external_id: task for task in self.batch(at).tasks}
        for plain in client.tasks(project_id, title):
            task = lent[plain["data"]["external_id"]]
            result: list[dict[str, Any]] = []
            if plain["predictions"]:
                shown = plain["predictions"][0]["result"]
                result = [{k: v for k, v in item.items() if k != "score"} for item in shown]
            elif "heavily” 🙂" in task.text:
                result = region(task, "heavily” 🙂 and\r\nowed", "alcohol_misuse", note="“so”")
            client.answer(plain["id"], result)

    def decisions(self) -> list[Decision]:
        with Workspace.open(self.root) as workspace:
            return list(read_decisions(workspace))

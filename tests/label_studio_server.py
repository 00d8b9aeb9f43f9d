"""A Label Studio that lives in memory, for tests of what surrounds it."""

from __future__ import annotations

import copy
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from workbench.annotate.labelstudio.server.home import Account
from workbench.errors import (
    LabelStudioError,
    ProjectGoneError,
    ServerUnreachableError,
    TokenRefusedError,
)


class FakeServer:
    """Projects, tasks and accounts; checks as little as the real one does."""

    def __init__(self) -> None:
        self.projects: dict[int, dict[str, Any]] = {}
        self.user_ids: dict[str, int] = {}  # by token
        self.dies_after: int | None = None  # requests
        self.n_requests = 0
        self.clock = 0
        self.may_tell = True
        self.events: dict[int, tuple[str, dict[str, str]]] = {}  # by project: address, headers

    def request(self, token: str) -> None:
        self.n_requests += 1
        if self.dies_after is not None and self.n_requests > self.dies_after:
            raise ServerUnreachableError("http://fake", "connection refused")
        if token not in self.user_ids:
            raise TokenRefusedError("http://fake", "somebody")

    def project(self, title: str) -> dict[str, Any]:
        return next(each for each in self.projects.values() if each["title"] == title)

    def until_listening(self, n_projects: int) -> None:
        end = time.monotonic() + 30
        while len(self.events) < n_projects:
            assert time.monotonic() < end
            time.sleep(0.02)

    def tell(self, project_id: int, *, secret: str = "", body: bytes = b"") -> int:
        """Send an event as the real one does; the status of the answer."""
        import httpx

        url, headers = self.events[project_id]
        if secret:
            headers = dict.fromkeys(headers, secret)
        sent = body or b'{"action": "ANNOTATION_CREATED"}'
        return httpx.post(url, content=sent, headers=headers, timeout=30).status_code

    def now(self) -> str:
        self.clock += 1
        return f"2026-03-02T09:{self.clock // 60:02d}:{self.clock % 60:02d}.000000Z"


class FakeClient:
    """The requests of ``Client``."""

    def __init__(self, server: FakeServer, account: Account) -> None:
        self.server, self.account, self.url = server, account, "http://fake"
        server.request(account.token)
        self.user_id = server.user_ids[account.token]

    def __enter__(self) -> FakeClient:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def email(self) -> str:
        return self.account.email

    def project_id(self, title: str) -> int | None:
        self.server.request(self.account.token)
        ids = [key for key, each in self.server.projects.items() if each["title"] == title]
        return ids[0] if ids else None

    def create_project(self, title: str, config: str, instruction: str) -> int:
        self.server.request(self.account.token)
        key = max(self.server.projects, default=0) + 1
        self.server.projects[key] = {"title": title, "config": config, "tasks": []}
        return key

    def config(self, project_id: int, title: str) -> str:
        return str(self._project(project_id, title)["config"])

    def set_config(self, project_id: int, title: str, config: str) -> None:
        self._project(project_id, title)["config"] = config

    def add_tasks(self, project_id: int, title: str, tasks: Sequence[Mapping[str, Any]]) -> None:
        held = self._project(project_id, title)["tasks"]
        for task in tasks:
            plain = {"predictions": [], "annotations": [], **copy.deepcopy(dict(task))}
            held.append({"id": len(held) + 1, **plain})

    def task_data(self, project_id: int, title: str) -> Iterator[Mapping[str, Any]]:
        for task in self.tasks(project_id, title):
            yield task["data"]

    def tasks(self, project_id: int, title: str) -> Iterator[Mapping[str, Any]]:
        for task in self._project(project_id, title)["tasks"]:
            self.server.request(self.account.token)
            yield task

    def send_events(
        self, project_id: int, url: str, headers: Mapping[str, str], actions: Sequence[str]
    ) -> None:
        self.server.request(self.account.token)
        if not self.server.may_tell:
            raise LabelStudioError("http://fake: answers 400: reserved network address")
        self.server.events[project_id] = (url, dict(headers))

    def stop_events(self, project_id: int) -> None:
        self.server.request(self.account.token)
        self.server.events.pop(project_id, None)

    def _project(self, project_id: int, title: str) -> dict[str, Any]:
        self.server.request(self.account.token)
        if project_id not in self.server.projects:
            raise ProjectGoneError(self.url, title)
        return self.server.projects[project_id]


def submit(
    server: FakeServer,
    task: dict[str, Any],
    user_id: int,
    result: list[dict[str, Any]] | None = None,
    **changes: Any,
) -> dict[str, Any]:
    """Submit a task: as it is shown, or with other results."""
    if result is None:
        shown = task["predictions"][0]["result"] if task["predictions"] else []
        result = [{k: v for k, v in item.items() if k != "score"} for item in shown]
    annotation = {
        "id": 1000 + server.clock, "completed_by": user_id, "updated_by": user_id,
        "was_cancelled": False, "result": copy.deepcopy(result), "updated_at": server.now(),
        **changes,
    }  # fmt: skip
    task["annotations"].append(annotation)
    return annotation

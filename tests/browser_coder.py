"""A coder who works as the browser does: a session, the next task, the form submitted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Self

import httpx

from workbench.annotate.labelstudio.server.home import Account

Plain = Mapping[str, Any]


class BrowserCoder:
    """Logged in with address and password; no token is used."""

    def __init__(self, url: str, account: Account) -> None:
        self._browser = httpx.Client(base_url=url, timeout=120, headers={"Referer": url})
        self._browser.get("/user/login/")
        answer = self._browser.post(
            "/user/login/",
            data={
                "email": account.email, "password": account.password,
                "csrfmiddlewaretoken": self._csrf,
            },
        )  # fmt: skip
        assert answer.status_code == 302, answer.text[:500]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._browser.close()

    @property
    def _csrf(self) -> str:
        return str(self._browser.cookies.get("csrftoken", ""))

    def _post(self, path: str, params: Plain, body: Plain) -> httpx.Response:
        return self._browser.post(
            path, params=dict(params), json=body, headers={"X-CSRFToken": self._csrf}
        )

    def next_task(self, project_id: int) -> dict[str, Any] | None:
        """What "Label all tasks" shows next; None when there is nothing left."""
        answer = self._post(
            "/api/dm/actions", {"id": "next_task", "project": project_id}, {"project": project_id}
        )
        if answer.status_code == 404:
            return None
        assert answer.status_code == 200, answer.text[:500]
        task: dict[str, Any] = answer.json()
        return task

    def submit(self, project_id: int, task: Plain, result: list[dict[str, Any]]) -> None:
        """Press Submit."""
        answer = self._post(
            f"/api/tasks/{task['id']}/annotations/",
            {"project": project_id},
            {
                "lead_time": 21.5, "result": result, "draft_id": 0, "parent_prediction": None,
                "parent_annotation": None, "project": str(project_id),
            },
        )  # fmt: skip
        assert answer.status_code == 201, answer.text[:500]

    def work(
        self, project_id: int, decide: Callable[[Plain], list[dict[str, Any]]]
    ) -> list[dict[str, Any]]:
        """Code until nothing is left; the tasks in the order in which they were shown."""
        seen: list[dict[str, Any]] = []
        while (task := self.next_task(project_id)) is not None:
            assert task["id"] not in [each["id"] for each in seen], "shown again after Submit"
            self.submit(project_id, task, decide(task))
            seen.append(task)
        return seen


def shown_again(task: Plain) -> list[dict[str, Any]]:
    """The suggestions of a task as they stand in the form."""
    shown = task["predictions"][0]["result"] if task["predictions"] else []
    return [
        {**{k: v for k, v in item.items() if k != "score"}, "origin": "prediction"}
        for item in shown
    ]

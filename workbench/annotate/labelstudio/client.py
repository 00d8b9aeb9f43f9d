"""The only door to ``label_studio_sdk``: its errors become ours, its objects plain ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Self

from workbench.annotate.labelstudio.server.home import Account
from workbench.errors import (
    LabelStudioError,
    ProjectGoneError,
    ServerUnreachableError,
    TokenRefusedError,
)

#: Tasks a page: the server gives 1,000 at most, and with annotations a page must fit its limits.
_PAGE, _PAGE_OF_DATA = 100, 1000
_TIMEOUT_S = 120.0
#: In the address of events, so that a later run knows which are its own.
NUDGE_PATH = "/nudge"


class Client:
    """One person on one server. Who it is says the server, by the token."""

    def __init__(self, url: str, account: Account) -> None:
        # The library takes its time to import, and most commands never need it.
        import httpx
        from label_studio_sdk import LabelStudio

        self.url, self.account = url, account
        self._connection = httpx.Client(timeout=_TIMEOUT_S, follow_redirects=True)
        try:
            with self._errors():
                self._sdk: Any = LabelStudio(  # type: ignore[no-untyped-call]
                    base_url=url, api_key=account.token, httpx_client=self._connection
                )
                self.user_id = int(self._sdk.users.whoami().id or 0)
        except LabelStudioError:
            self.close()
            raise

    def close(self) -> None:
        """Close its connections; it cannot be used any more."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def email(self) -> str:
        """The address that the server knows for the token."""
        with self._errors():
            return str(self._sdk.users.whoami().email)

    def project_id(self, title: str) -> int | None:
        """The project with a title; None where there is none.

        Raises:
            LabelStudioError: There are several.
        """
        with self._errors():
            found = [
                int(each.id) for each in self._sdk.projects.list(title=title) if each.title == title
            ]
        if len(found) > 1:
            raise LabelStudioError(
                f"{self.url}: has {len(found)} projects {title!r}; delete or rename all but the "
                "one that coders worked in."
            )
        return found[0] if found else None

    def create_project(self, title: str, config: str, instruction: str) -> int:
        """Make a project in which every task is coded once, suggestions standing in the form."""
        with self._errors():
            made = self._sdk.projects.create(
                title=title,
                label_config=config,
                expert_instruction=instruction,
                maximum_annotations=1,
                show_collab_predictions=True,
                enable_empty_annotation=True,
                sampling="Sequential sampling",
            )
        return int(made.id or 0)

    def config(self, project_id: int, title: str) -> str:
        """The labelling configuration of a project."""
        with self._errors(title):
            return str(self._sdk.projects.get(project_id).label_config or "")

    def set_config(self, project_id: int, title: str, config: str) -> None:
        """Replace the labelling configuration of a project."""
        with self._errors(title):
            self._sdk.projects.update(project_id, label_config=config)

    def delete_project(self, project_id: int, title: str) -> None:
        """Delete a project with all that was coded in it."""
        with self._errors(title):
            self._sdk.projects.delete(project_id)

    def add_tasks(self, project_id: int, title: str, tasks: Sequence[Mapping[str, object]]) -> None:
        """Add tasks, all of them or none."""
        request: Any = list(tasks)
        with self._errors(title):
            self._sdk.projects.import_tasks(
                project_id, request=request, commit_to_project=True, return_task_ids=True
            )

    def task_data(self, project_id: int, title: str) -> Iterator[Mapping[str, Any]]:
        """The data of every task, without annotations."""
        tasks = self._tasks(project_id, title, "task_only", _PAGE_OF_DATA)
        yield from (task["data"] for task in tasks)

    def tasks(self, project_id: int, title: str) -> Iterator[Mapping[str, Any]]:
        """Every task with its ``data``, ``annotations`` and ``predictions``, as plain objects."""
        yield from self._tasks(project_id, title, "all", _PAGE)

    def answer(self, task_id: int, result: Sequence[Mapping[str, Any]]) -> int:
        """Submit an annotation in this person's name; its id."""
        plain: Any = list(result)
        with self._errors():
            made = self._sdk.annotations.create(id=task_id, result=plain, was_cancelled=False)
        return int(made.id or 0)

    def connect_model(self, project_id: int, url: str, title: str) -> None:
        """Let a model server show suggestions in a project, unless it does so already."""
        with self._errors():
            known = [str(each.url) for each in self._sdk.ml.list(project=project_id)]
            if url not in known:
                self._sdk.ml.create(url=url, project=project_id, title=title, is_interactive=True)
            self._sdk.projects.update(project_id, evaluate_predictions_automatically=True)

    def send_events(
        self, project_id: int, url: str, headers: Mapping[str, str], actions: Sequence[str]
    ) -> None:
        """Let the server tell an address of this machine what happens, without any text.

        Raises:
            LabelStudioError: The server may not talk to this machine (its protection is on).
        """
        self.stop_events(project_id)
        wanted: Any = list(actions)
        with self._errors():
            self._sdk.webhooks.create(
                url=url, project=project_id, actions=wanted, headers=dict(headers),
                send_payload=False, send_for_all_actions=False, is_active=True,
            )  # fmt: skip

    def stop_events(self, project_id: int) -> None:
        """Take back what ``send_events`` has asked for in a project, now or in an earlier run."""
        with self._errors():
            for each in self._events(project_id):
                self._sdk.webhooks.delete(each.id)

    def event_addresses(self, project_id: int) -> list[str]:
        """Where the server tells of a project because ``send_events`` has asked for it."""
        with self._errors():
            return [str(each.url) for each in self._events(project_id)]

    def _events(self, project_id: int) -> list[Any]:
        ending = f"{NUDGE_PATH}/{project_id}"
        found = self._sdk.webhooks.list(project=str(project_id))
        return [each for each in found if str(each.url).endswith(ending)]

    def _tasks(
        self, project_id: int, title: str, fields: str, page_size: int
    ) -> Iterator[Mapping[str, Any]]:
        wanted: Any = fields
        with self._errors(title):
            pager = iter(
                self._sdk.tasks.list(
                    project=project_id, page_size=page_size, fields=wanted, resolve_uri=False
                )
            )
        while True:  # each page is a request of its own
            with self._errors(title):
                task = next(pager, None)
            if task is None:
                return
            yield task.model_dump(mode="json")

    @contextmanager
    def _errors(self, title: str = "") -> Iterator[None]:
        import httpx
        from label_studio_sdk.core.api_error import ApiError

        try:
            yield
        except ApiError as error:
            if error.status_code == 401:
                raise TokenRefusedError(self.url, self.account.coder) from error
            if error.status_code == 404 and title:
                raise ProjectGoneError(self.url, title) from error
            body = str(error.body)[:300]
            raise LabelStudioError(
                f"{self.url}: answers {error.status_code or 'nothing'}: {body}"
            ) from error
        except httpx.HTTPError as error:
            raise ServerUnreachableError(self.url, str(error) or type(error).__name__) from error

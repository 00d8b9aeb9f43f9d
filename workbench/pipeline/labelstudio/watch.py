"""Pulling as soon as there is news: polls that events of the server hasten."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from workbench.annotate.labelstudio.client import NUDGE_PATH, Client
from workbench.errors import LabelStudioError, ProjectGoneError
from workbench.pipeline.annotation.samples import read_sample
from workbench.pipeline.labelstudio.accounts import clients_of
from workbench.pipeline.labelstudio.batches import read_batch
from workbench.pipeline.labelstudio.pull import Pulled, pull_sample


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchSettings:
    """When to pull."""

    every_s: float = 300.0  # without any event: events can be lost
    quiet_s: float = 2.0  # after an event: those that follow are pulled together
    longest_s: float = 20.0  # after an event, however many follow

    def __post_init__(self) -> None:
        if min(self.every_s, self.quiet_s, self.longest_s) <= 0:
            raise ValueError("every_s, quiet_s and longest_s are above 0")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearing:
    """Who is told what."""

    on_pulled: Callable[[tuple[Pulled, ...]], None]  # after each pull
    on_problem: Callable[[str], None]  # what went wrong; the next pull tries again


class Nudges:
    """Events that have come since the last pull; several are one."""

    def __init__(self) -> None:
        self._change = threading.Condition()
        self._last_s: float | None = None
        self._stopped = False

    def nudge(self, coder: str) -> None:
        """There is news."""
        with self._change:
            self._last_s = time.monotonic()
            self._change.notify_all()

    def stop(self) -> None:
        """Let ``wait`` return, for good."""
        with self._change:
            self._stopped = True
            self._change.notify_all()

    def wait(self, settings: WatchSettings) -> bool:
        """Wait until it is time to pull; False when it was stopped."""
        with self._change:
            self._change.wait_for(lambda: self._stopped or self._last_s, settings.every_s)
            first_s = time.monotonic()
            while not self._stopped and self._last_s is not None:
                now_s = time.monotonic()
                left_s = min(self._last_s + settings.quiet_s, first_s + settings.longest_s) - now_s
                if left_s <= 0:
                    break
                self._change.wait(left_s)
            self._last_s = None
            return not self._stopped


def watch_sample(
    root: Path,
    sample: str,
    home: Path,
    nudges: Nudges,
    *,
    hearing: Hearing,
    settings: WatchSettings | None = None,
) -> None:
    """Pull a sample whenever its coders have submitted something, until ``nudges`` is stopped.

    The server tells of every submission; each is followed by an ordinary pull. An event that is
    lost costs nothing but time, since a pull follows every ``every_s`` in any case.

    Args:
        root: The workspace.
        sample: Its name.
        home: The folder with the server's secrets and accounts.
        nudges: What wakes it.
        hearing: Who is told.
        settings: When to pull.

    Raises:
        InputError: There is no such sample, or it was never pushed.
        LabelStudioError: The first pull was not possible.
    """
    settings = settings or WatchSettings()
    with _listening(root, sample, home, nudges, hearing.on_problem):
        hearing.on_pulled(pull_sample(root, sample, home))
        while nudges.wait(settings):
            try:
                hearing.on_pulled(pull_sample(root, sample, home))
            except LabelStudioError as error:
                hearing.on_problem(str(error))


@contextmanager
def _listening(
    root: Path, sample: str, home: Path, nudges: Nudges, on_problem: Callable[[str], None]
) -> Iterator[None]:
    """Let the server tell of submissions while the block lasts; say so where it does not."""
    # FastAPI and its server take their time to import, and no other command needs them.
    from workbench.web.loopback import served
    from workbench.web.nudges import NUDGES, SECRET_HEADER, nudge_server

    secret = secrets.token_urlsafe(24)
    titles = _titles(root, sample)
    with clients_of(home, list(titles)) as clients:
        projects = _projects(clients, titles)
        app = nudge_server({key: coder for coder, key in projects.items()}, secret, nudges.nudge)
        with served(app) as url:
            try:
                for coder, project_id in projects.items():
                    clients[coder].send_events(
                        project_id,
                        f"{url}{NUDGE_PATH}/{project_id}",
                        {SECRET_HEADER: secret},
                        NUDGES,
                    )
            except LabelStudioError as error:
                on_problem(
                    f"the server does not tell of submissions ({error}); looking again and again "
                    "instead. A server on this machine does with: workbench labelstudio serve "
                    "--local-models"
                )
            try:
                yield
            finally:
                _unlisten(clients, projects, on_problem)


def _titles(root: Path, sample: str) -> dict[str, str]:
    coders = dict.fromkeys(each.coder for each in read_sample(root, sample).assignments)
    return {coder: read_batch(root, sample, coder).title for coder in coders}


def _projects(clients: Mapping[str, Client], titles: Mapping[str, str]) -> dict[str, int]:
    found = {}
    for coder, title in titles.items():
        project_id = clients[coder].project_id(title)
        if project_id is None:
            raise ProjectGoneError(clients[coder].url, title)
        found[coder] = project_id
    return found


def _unlisten(
    clients: Mapping[str, Client], projects: Mapping[str, int], on_problem: Callable[[str], None]
) -> None:
    try:
        for coder, project_id in projects.items():
            clients[coder].stop_events(project_id)
    except LabelStudioError as error:
        on_problem(f"the server still sends events, to nobody ({error}); the next watch ends that")

"""Suggestions that a real Label Studio asks the workbench for."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from real_bench import Real

from workbench.annotate.labelstudio.tasks import prediction
from workbench.pipeline.labelstudio import pull_sample, push_sample
from workbench.pipeline.labelstudio.suggesting import WorkspaceSuggester
from workbench.records import Action, Shown
from workbench.web.model_server import model_server

pytestmark = [pytest.mark.labelstudio, pytest.mark.timeout(1800)]


@contextmanager
def served(real: Real) -> Iterator[str]:
    """The workspace's suggestions on loopback."""
    import uvicorn

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    app = model_server(WorkspaceSuggester(real.root))
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="warning"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.1)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()


def test_the_server_shows_what_is_on_record_and_nothing_to_blind_coders(real: Real) -> None:
    with served(real) as url:
        push_sample(real.root, "week-1", real.home, model_url=url)
        push_sample(real.root, "week-1", real.home, model_url=url)  # connected once only
        client, project_id, title = real.project(0)
        list(client.tasks(project_id, title))  # looking at tasks makes the server ask
        lent = {task.external_id: task for task in real.batch(0).tasks}
        for plain in client.tasks(project_id, title):
            task = lent[plain["data"]["external_id"]]
            assert plain["predictions"]
            for shown in plain["predictions"]:
                assert shown["result"] == prediction(task, "")["result"]
                assert bool(shown["result"]) == (task.shown is Shown.SUGGESTED)
        real.submit_all(0)
    anna, _ = pull_sample(real.root, "week-1", real.home)
    assert (anna.n_submitted, anna.problems) == (6, ())
    assert sum(each.action is Action.ACCEPT for each in real.decisions()) == 3

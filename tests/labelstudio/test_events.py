"""A real Label Studio tells of a submission, and it is pulled at once."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest
from real_bench import Real

from workbench.annotate.labelstudio.client import NUDGE_PATH
from workbench.pipeline.labelstudio import Pulled, push_sample
from workbench.pipeline.labelstudio.watch import Hearing, Nudges, WatchSettings, watch_sample

pytestmark = [pytest.mark.labelstudio, pytest.mark.timeout(1800)]


def addresses(real: Real) -> list[str]:
    client, project_id, _ = real.project(0)
    return client.event_addresses(project_id)


def test_what_is_submitted_is_pulled_long_before_the_next_poll(real: Real) -> None:
    push_sample(real.root, "week-1", real.home)
    pulls: list[tuple[Pulled, ...]] = []
    problems: list[str] = []
    nudges = Nudges()
    thread = threading.Thread(
        target=watch_sample,
        args=(real.root, "week-1", real.home, nudges),
        kwargs={
            "hearing": Hearing(on_pulled=pulls.append, on_problem=problems.append),
            "settings": WatchSettings(every_s=3600, quiet_s=1),
        },
    )
    thread.start()
    try:
        until(lambda: bool(pulls), problems)
        (address,) = addresses(real)
        assert address.startswith("http://127.0.0.1:")
        assert NUDGE_PATH in address
        real.submit_all(0)
        until(lambda: pulls[-1][0].n_submitted == 6, problems)
    finally:
        nudges.stop()
        thread.join(120)
    assert not thread.is_alive()
    assert problems == []
    assert sum(each[0].n_decisions for each in pulls) == len(real.decisions()) > 0
    assert addresses(real) == []


def until(done: Callable[[], bool], problems: list[str]) -> None:
    end = time.monotonic() + 300
    while not done():
        assert time.monotonic() < end, problems
        time.sleep(0.1)

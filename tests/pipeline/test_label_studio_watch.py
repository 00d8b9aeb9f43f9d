"""Events hasten a pull; nothing depends on them."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from label_studio_bench import ANNA, BEN, Bench, code_all, make_sampled_workspace
from label_studio_server import FakeClient, FakeServer

from workbench.annotate.labelstudio.server import home as homes
from workbench.annotate.labelstudio.server.home import Account
from workbench.errors import InputError, ServerUnreachableError
from workbench.pipeline.labelstudio import Pulled, accounts
from workbench.pipeline.labelstudio.watch import Hearing, Nudges, WatchSettings, watch_sample

HASTY = WatchSettings(every_s=60, quiet_s=0.3, longest_s=3)


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bench:
    pytest.importorskip("fastapi")
    server = FakeServer()
    made = Bench(tmp_path, server)
    make_sampled_workspace(made.root, "anna", "ben")
    homes.make_secrets(made.home)
    people = [Account(coder=c, email=f"{c}@x.invalid", token=f"{c}-token") for c in ("anna", "ben")]
    homes.write_accounts(made.home, people)
    server.user_ids = {"anna-token": ANNA, "ben-token": BEN}
    monkeypatch.setattr(accounts, "Client", lambda _, account: FakeClient(server, account))
    made.push()
    return made


@dataclass(slots=True, kw_only=True)
class Watched:
    nudges: Nudges = field(default_factory=Nudges)
    pulls: list[tuple[Pulled, ...]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def until(self, n_pulls: int, n_problems: int = 0) -> None:
        end = time.monotonic() + 30
        while len(self.pulls) < n_pulls or len(self.problems) < n_problems:
            assert time.monotonic() < end, (self.pulls, self.problems)
            time.sleep(0.02)


@contextmanager
def watching(bench: Bench, settings: WatchSettings = HASTY) -> Iterator[Watched]:
    made = Watched()
    thread = threading.Thread(
        target=watch_sample,
        args=(bench.root, "week-1", bench.home, made.nudges),
        kwargs={
            "settings": settings,
            "hearing": Hearing(on_pulled=made.pulls.append, on_problem=made.problems.append),
        },
    )
    thread.start()
    try:
        made.until(1)
        yield made
    finally:
        made.nudges.stop()
        thread.join(30)
        assert not thread.is_alive()


def test_submissions_are_pulled_at_once_and_together(bench: Bench) -> None:
    with watching(bench) as watched:
        bench.server.until_listening(2)
        code_all(bench)
        for _ in range(12):  # one for every answer
            bench.server.tell(1)
        watched.until(2)
        assert bench.server.tell(2) == 200
        watched.until(3)
    assert watched.problems == []
    assert sum(each.n_decisions for each in watched.pulls[1]) == len(bench.decisions()) > 0
    assert [each.n_decisions for each in watched.pulls[2]] == [0, 0]
    assert len(watched.pulls) < 9  # after 14 events
    assert bench.server.events == {}  # taken back at the end


def test_without_any_event_it_pulls_all_the_same(bench: Bench) -> None:
    code_all(bench)
    with watching(bench, WatchSettings(every_s=0.1)) as watched:
        watched.until(3)
    assert len(bench.decisions()) == sum(each.n_decisions for each in watched.pulls[0])


def test_an_event_that_lies_changes_nothing(bench: Bench) -> None:
    with watching(bench) as watched:
        bench.server.until_listening(2)
        assert bench.server.tell(1, secret="guessed") == 401
        assert bench.server.tell(1, body=b"{") == 400
        assert bench.server.tell(1) == 200  # nothing was submitted
        watched.until(2)
    assert bench.decisions() == []
    assert watched.problems == []


def test_a_server_that_may_not_tell_is_named_and_looked_at_again(bench: Bench) -> None:
    bench.server.may_tell = False
    code_all(bench)
    with watching(bench, WatchSettings(every_s=0.1)) as watched:
        watched.until(2, 1)
    assert "--local-models" in watched.problems[0]
    assert bench.decisions() != []


def test_a_server_that_goes_away_is_named_and_pulled_when_it_is_back(bench: Bench) -> None:
    with watching(bench) as watched:
        bench.server.until_listening(2)
        code_all(bench)
        bench.server.dies_after = 0
        watched.nudges.nudge("anna")
        watched.until(1, 1)
        assert bench.decisions() == []
        bench.server.dies_after = None
        watched.nudges.nudge("anna")
        watched.until(2)
    assert "does not answer" in watched.problems[0]
    assert bench.decisions() != []


def test_what_stops_the_first_pull_stops_the_watch(bench: Bench) -> None:
    deaf = Hearing(on_pulled=lambda _: None, on_problem=lambda _: None)
    bench.server.dies_after = 0
    for sample, error in (("week-9", InputError), ("week-1", ServerUnreachableError)):
        with pytest.raises(error):
            watch_sample(bench.root, sample, bench.home, Nudges(), hearing=deaf)


def test_events_that_never_end_do_not_put_a_pull_off_for_ever() -> None:
    nudges = Nudges()
    stop = threading.Event()

    def nag() -> None:
        while not stop.wait(0.01):
            nudges.nudge("anna")

    thread = threading.Thread(target=nag)
    thread.start()
    began = time.monotonic()
    assert nudges.wait(WatchSettings(every_s=60, quiet_s=5, longest_s=0.3))
    assert time.monotonic() - began < 5
    stop.set()
    thread.join()
    nudges.stop()
    assert not nudges.wait(WatchSettings())

"""One contract for every backend, and what only processes can contain."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, Literal

import engine_steps as steps
import pytest

from workbench.engine import EngineSettings, Outcome, Progress, Status
from workbench.engine import map as engine_map
from workbench.errors import EngineError

Backend = Literal["inline", "process"]


@pytest.fixture(params=["inline", "process"])
def settings(request: pytest.FixtureRequest) -> EngineSettings:
    backend: Backend = request.param
    return EngineSettings(backend=backend, n_workers=2)


PROCESS = EngineSettings(backend="process", n_workers=2)


def statuses(outcomes: Iterator[Outcome[str]]) -> dict[str, Status]:
    return {outcome.key: outcome.status for outcome in outcomes}


def test_every_item_ends_in_one_outcome_under_its_key(settings: EngineSettings) -> None:
    outcomes = list(engine_map(steps.double, range(200), key="item {}".format, settings=settings))
    assert {o.key: o.required_value for o in outcomes} == {f"item {i}": 2 * i for i in range(200)}
    assert len(outcomes) == 200


def test_no_item_gives_no_outcome(settings: EngineSettings) -> None:
    assert list(engine_map(steps.double, [], settings=settings)) == []


def test_a_step_may_return_none(settings: EngineSettings) -> None:
    (outcome,) = engine_map(steps.nothing, [1], settings=settings)
    assert (outcome.status, outcome.value, outcome.error) == (Status.DONE, None, "")


def test_a_partial_is_a_step(settings: EngineSettings) -> None:
    step = partial(pow, 2)
    assert {o.value for o in engine_map(step, [3, 4], settings=settings)} == {8, 16}


def test_an_error_is_its_items_own_outcome(settings: EngineSettings) -> None:
    outcomes = {o.key: o for o in engine_map(steps.refuse_odd, range(4), settings=settings)}
    assert {key: o.status for key, o in outcomes.items()} == {
        "0": Status.DONE, "1": Status.FAILED, "2": Status.DONE, "3": Status.FAILED,
    }  # fmt: skip
    assert outcomes["3"].error == "TwoPartError: 3 is odd"
    assert "in refuse_odd" in outcomes["3"].traceback
    with pytest.raises(ValueError, match="3: is failed, it has no value"):
        _ = outcomes["3"].required_value


def test_a_step_that_leaves_the_program_has_failed(settings: EngineSettings) -> None:
    (outcome,) = engine_map(steps.leave, [7], settings=settings)
    assert (outcome.status, outcome.error) == (Status.FAILED, "SystemExit: left at 7")


def test_the_initializer_runs_once_in_each_worker(settings: EngineSettings) -> None:
    steps.LOADED.clear()
    outcomes = engine_map(steps.count_loads, range(40), settings=settings, initializer=steps.load)
    loads = {outcome.required_value for outcome in outcomes}
    assert {n_loads for _, n_loads in loads} == {1}
    assert len(loads) <= 2


def test_an_initializer_that_fails_ends_the_run(settings: EngineSettings) -> None:
    with pytest.raises(EngineError, match="prepared: FileNotFoundError: no model here"):
        list(engine_map(steps.double, [1], settings=settings, initializer=steps.fail_to_load))


def test_progress_is_told_after_each_outcome(settings: EngineSettings) -> None:
    told: list[Progress] = []
    list(engine_map(steps.refuse_odd, range(5), settings=settings, progress=told.append))
    assert [p.n_finished for p in told] == [1, 2, 3, 4, 5]
    assert (told[-1].n_not_done, told[-1].n_in_work) == (2, 0)


def test_items_are_drawn_only_when_a_worker_is_free(settings: EngineSettings) -> None:
    drawn = 0

    def count() -> Iterator[int]:
        nonlocal drawn
        while True:
            drawn += 1
            yield drawn

    outcomes = engine_map(steps.double, count(), settings=settings)
    ahead = []
    for n_finished, _ in enumerate(outcomes, start=1):
        ahead.append(drawn - n_finished)
        if n_finished == 50:
            break
    outcomes.close()  # type: ignore[attr-defined]
    assert max(ahead) <= 4  # two in work, and two whose outcomes wait to be taken


def test_an_error_in_the_items_reaches_the_caller(settings: EngineSettings) -> None:
    def items() -> Iterator[int]:
        yield 1
        raise OSError("the list of files broke off")

    with pytest.raises(OSError, match="broke off"):
        list(engine_map(steps.double, items(), settings=settings))


@pytest.mark.parametrize(
    ("what", "how"),
    [
        ("exit0", "ended with exit status 0"),
        ("exit7", "ended with exit status 7"),
        ("kill", "was killed by SIGKILL"),
        ("abort", "was killed by SIGABRT"),
    ],
)
def test_a_task_that_ends_its_process_dies_alone(what: str, how: str) -> None:
    items = [*"abcde", what, *"fghij"]
    outcomes = {o.key: o for o in engine_map(steps.misbehave, items, settings=PROCESS)}
    poison = outcomes.pop(what)
    assert (poison.status, poison.error, poison.n_deaths) == (
        Status.DIED, f"its process {how}, 3 times", 3,
    )  # fmt: skip
    assert {o.value for o in outcomes.values()} == set("abcdefghij")


@pytest.mark.parametrize("what", ["loop", "sleep"])
def test_a_task_without_end_is_killed_alone(what: str) -> None:
    limited = EngineSettings(backend="process", n_workers=2, timeout_s=0.5)
    items = [*"abc", what, *"def"]
    started = time.monotonic()
    outcomes = {o.key: o for o in engine_map(steps.misbehave, items, settings=limited)}
    assert time.monotonic() - started < 30
    hung = outcomes.pop(what)
    assert (hung.status, hung.error) == (Status.TIMED_OUT, "not finished after 0.5 s")
    assert {o.value for o in outcomes.values()} == set("abcdef")


def test_a_task_whose_worker_is_killed_once_is_done_at_the_second_try(tmp_path: Path) -> None:
    items = [str(tmp_path / name) for name in "abc"]
    outcomes = list(engine_map(steps.die_once, items, settings=PROCESS))
    assert [(o.status, o.n_deaths) for o in outcomes] == [(Status.DONE, 1)] * 3


def test_an_idle_worker_that_is_killed_is_replaced() -> None:
    one = EngineSettings(backend="process", n_workers=1)
    values = []
    for outcome in engine_map(steps.count_loads, range(4), settings=one):
        pid, _ = outcome.required_value
        values.append(pid)
        os.kill(pid, 9)
        assert steps.wait_until(lambda pid=pid: steps.is_gone(pid))  # type: ignore[misc]
    assert len(values) == 4


def test_no_item_is_lost_when_workers_are_killed_at_work() -> None:
    patient = EngineSettings(backend="process", n_workers=2, max_deaths=20)
    outcomes = []
    seen: set[int] = set()
    for outcome in engine_map(steps.work_a_little, range(100), settings=patient):
        outcomes.append(outcome)
        # Not the worker of this outcome, which is idle now, but the other one.
        busy = seen - {outcome.required_value}
        seen.add(outcome.required_value)
        if len(outcomes) % 10 == 0:
            for pid in busy:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
    assert Counter(o.key for o in outcomes) == Counter(str(i) for i in range(100))
    assert {o.status for o in outcomes} == {Status.DONE}
    assert 1 <= sum(o.n_deaths for o in outcomes) <= 10


@pytest.mark.parametrize("n_bytes", [0, 16_000, 17_000, 3_000_000])
def test_items_and_values_of_any_size_travel(settings: EngineSettings, n_bytes: int) -> None:
    items = [bytes(n_bytes), bytes(n_bytes)]
    outcomes = engine_map(steps.double_bytes, items, key=type_name, settings=settings)
    assert [len(o.required_value) for o in outcomes] == [2 * n_bytes] * 2


def test_a_step_may_have_processes_of_its_own() -> None:
    (outcome,) = engine_map(steps.double_in_a_child, [21], settings=PROCESS)
    assert (outcome.value, outcome.error) == (42, "")


def test_a_run_may_be_driven_from_another_thread() -> None:
    found: list[int] = []

    def drive() -> None:
        found.extend(o.required_value for o in engine_map(steps.double, [1, 2], settings=PROCESS))

    thread = threading.Thread(target=drive)
    thread.start()
    thread.join(timeout=60)
    assert sorted(found) == [2, 4]


def test_two_runs_may_go_on_side_by_side() -> None:
    first = engine_map(steps.double, range(5), settings=PROCESS)
    second = engine_map(steps.double, range(5, 10), settings=PROCESS)
    values = [o.required_value for pair in zip(first, second, strict=True) for o in pair]
    assert sorted(values) == [2 * i for i in range(10)]


def test_workers_that_die_while_they_load_end_the_run() -> None:
    with pytest.raises(EngineError, match=r"3 of them ended .* exit status 3"):
        list(
            engine_map(steps.double, [1, 2], settings=PROCESS, initializer=steps.die_while_loading)
        )


def test_workers_that_load_for_ever_end_the_run() -> None:
    hasty = EngineSettings(backend="process", n_workers=1, setup_timeout_s=2)
    with pytest.raises(EngineError, match="not ready after 2 s"):
        list(engine_map(steps.double, [1], settings=hasty, initializer=steps.load_for_ever))


def test_a_value_that_cannot_travel_fails_alone() -> None:
    (outcome,) = engine_map(steps.give_back_a_generator, [3], settings=PROCESS)
    assert outcome.status is Status.FAILED
    assert outcome.error.startswith("the value cannot be sent back: TypeError: cannot pickle")


def test_an_item_that_cannot_travel_fails_alone() -> None:
    items: list[Any] = ["a", threading.Lock(), "b"]
    outcomes = engine_map(steps.misbehave, items, key=type_name, settings=PROCESS)
    found = Counter((o.key, o.status) for o in outcomes)
    assert found == {("str", Status.DONE): 2, ("lock", Status.FAILED): 1}


def type_name(item: object) -> str:
    return type(item).__name__


def test_a_step_that_cannot_travel_is_refused() -> None:
    with pytest.raises(EngineError, match="Use a function of a module"):
        list(engine_map(lambda item: item, [1], settings=PROCESS))


def test_workers_keep_to_one_thread_for_arithmetic(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    (outcome,) = engine_map(steps.environment, ["OMP_NUM_THREADS"], settings=PROCESS)
    assert outcome.value == "1"
    assert "OMP_NUM_THREADS" not in os.environ


@pytest.mark.parametrize(
    "wrong",
    [{"backend": "threads"}, {"n_workers": -1}, {"max_deaths": 0}, {"timeout_s": 0.0}],
)
def test_settings_that_make_no_sense_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong))):
        EngineSettings(**wrong)  # type: ignore[arg-type]

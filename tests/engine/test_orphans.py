"""However a run ends, nothing that it has started goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import engine_steps as steps
import pytest

from workbench.engine import EngineSettings, Status, map
from workbench.engine.guard import watch

RUN = """
import sys
sys.path.insert(0, {tests!r})
import engine_steps as steps
from workbench.engine import EngineSettings, map

if __name__ == "__main__":
    settings = EngineSettings(backend="process", n_workers=2)
    outcomes = map(steps.{step}, [{folder!r}, {folder!r}], settings=settings)
    print(next(outcomes).status)
"""


def noted_pids(folder: Path, n_files: int) -> list[int]:
    assert steps.wait_until(lambda: len(list(folder.glob("*.pids"))) >= n_files)
    return [int(pid) for note in folder.glob("*.pids") for pid in note.read_text().split()]


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Callable[[str], subprocess.Popen[str]]]:
    started: list[subprocess.Popen[str]] = []

    def start(step: str) -> subprocess.Popen[str]:
        script = tmp_path / "run.py"
        script.write_text(
            RUN.format(tests=str(Path(__file__).parent), step=step, folder=str(tmp_path))
        )
        command = [sys.executable, str(script)]
        started.append(subprocess.Popen(command, stdout=subprocess.PIPE, text=True))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_run_that_is_stopped_leaves_nothing(
    how: signal.Signals, tmp_path: Path, run: Callable[[str], subprocess.Popen[str]]
) -> None:
    process = run("start_child_and_wait")
    pids = noted_pids(tmp_path, 2)
    assert len(pids) == 6  # two workers, four grandchildren
    assert not any(steps.is_gone(pid) for pid in pids)
    process.send_signal(how)
    process.communicate(timeout=30)
    assert steps.wait_until(lambda: all(steps.is_gone(pid) for pid in pids))


def test_a_program_that_ends_without_closing_the_run_leaves_nothing(
    tmp_path: Path, run: Callable[[str], subprocess.Popen[str]]
) -> None:
    process = run("wait_unless_second")
    output, _ = process.communicate(timeout=60)
    assert (output, process.returncode) == ("done\n", 0)
    pids = noted_pids(tmp_path, 1)
    assert all(steps.is_gone(pid) for pid in pids)


def test_an_iterator_that_is_left_early_leaves_nothing(tmp_path: Path) -> None:
    settings = EngineSettings(backend="process", n_workers=2)
    for outcome in map(steps.wait_if_told, ["go", str(tmp_path)], settings=settings):
        assert outcome.status is Status.DONE
        pids = noted_pids(tmp_path, 1)
        break
    del outcome
    assert len(pids) == 3
    assert steps.wait_until(lambda: all(steps.is_gone(pid) for pid in pids))


def test_a_task_that_is_killed_for_time_takes_its_children_along(tmp_path: Path) -> None:
    settings = EngineSettings(backend="process", n_workers=1, timeout_s=2)
    (outcome,) = map(steps.start_child_and_wait, [str(tmp_path)], settings=settings)
    assert outcome.status is Status.TIMED_OUT
    pids = noted_pids(tmp_path, 1)
    assert len(pids) == 3
    assert steps.wait_until(lambda: all(steps.is_gone(pid) for pid in pids))


def test_a_task_that_dies_takes_its_children_along(tmp_path: Path) -> None:
    settings = EngineSettings(backend="process", n_workers=1, max_deaths=2)
    (outcome,) = map(steps.start_child_and_die, [str(tmp_path)], settings=settings)
    assert (outcome.status, outcome.n_deaths) == (Status.DIED, 2)
    pids = noted_pids(tmp_path, 2)
    assert len(pids) == 4
    assert steps.wait_until(lambda: all(steps.is_gone(pid) for pid in pids))


def test_the_guard_kills_only_families_that_are_left() -> None:
    command = [sys.executable, "-c", "import time; time.sleep(600)"]
    left, ended = (subprocess.Popen(command, start_new_session=True) for _ in range(2))
    try:
        watch([f"+{left.pid}\n", f"+{ended.pid}\n", f"-{ended.pid}\n"])
        assert left.wait(timeout=20) == -signal.SIGKILL
        assert ended.poll() is None
    finally:
        for process in (left, ended):
            process.kill()
            process.wait()


def test_a_worker_is_no_member_of_the_main_process_group() -> None:
    settings = EngineSettings(backend="process", n_workers=1)
    (outcome,) = map(steps.process_group, [0], settings=settings)
    assert outcome.value != os.getpgrp()

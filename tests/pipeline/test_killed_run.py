"""A run that is killed at any point goes on where it was, and ends in the same bytes."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from papers import write_review

from workbench.pipeline.inspect import find_problems
from workbench.pipeline.job import run_job
from workbench.pipeline.report import REPORT
from workbench.pipeline.run import RunSettings
from workbench.pipeline.workspace import add_documents, create_workspace
from workbench.store.dump import dump_tables
from workbench.store.workspace import Workspace

N_KILLS = 10  # by rules alone; with the model, which takes seconds to load, 2
NAMES = ("Maren", "Ottoline")


def prepare(root: Path) -> Path:
    create_workspace(root, "Fictional reviews")
    papers = [write_review(root / "corpora" / f"{name}.pdf", name) for name in NAMES]
    for _ in add_documents(root, papers):
        pass
    return root


def start(root: Path, model: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "workbench", "run", "-w", str(root), "--workers", "2"]
    command += ["--model", model] if model else []
    return subprocess.Popen(
        command, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def tables(root: Path) -> dict[str, bytes]:
    """Everything that a run makes: the database without its times, and the whole report."""
    with Workspace.open(root) as workspace:
        found = {"database": dump_tables(workspace).encode()}
    folder = root / REPORT
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            found[path.relative_to(folder).as_posix()] = path.read_bytes()
    return found


def kill(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@pytest.mark.slow
@pytest.mark.timeout(1_800)
@pytest.mark.parametrize(("model", "n_kills"), [("none", N_KILLS), ("", 2)])
def test_a_run_killed_at_any_point_ends_in_the_same_bytes(
    tmp_path: Path, model: str, n_kills: int
) -> None:
    calm = prepare(tmp_path / "calm")
    begun = time.monotonic()
    assert start(calm, model).wait() == 0
    duration_s = time.monotonic() - begun
    expected = tables(calm)
    points = random.Random(1)
    n_interrupted = 0
    for number in range(n_kills):
        hurt = prepare(tmp_path / f"hurt-{number}")
        process = start(hurt, model)
        # From the first import to the last written page.
        time.sleep(points.uniform(0.1, 0.9) * duration_s)
        n_interrupted += process.poll() is None
        kill(process)
        assert start(hurt, model).wait() == 0
        found = tables(hurt)
        assert sorted(expected) == sorted(found)
        assert [name for name in expected if expected[name] != found[name]] == []
        assert [path for path in hurt.rglob("*") if path.name.endswith(".tmp")] == []
    assert n_interrupted >= n_kills // 2
    assert find_problems(hurt, sample_size=30) == []
    assert run_job(hurt, RunSettings(n_workers=2, model=model)).executed == 0

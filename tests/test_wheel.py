"""The built package carries everything that it needs at run time."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DATA = {".html", ".css", ".js", ".yaml", ".typed", ".mako"}


@pytest.mark.slow
def test_the_wheel_carries_every_source_and_the_shipped_annotations(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    wanted = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "workbench").rglob("*")
        if path.suffix in {*DATA, ".py"} and "__pycache__" not in path.parts
    }
    wanted |= {
        f"workbench/_shipped/annotations/{path.relative_to(ROOT / 'annotations').as_posix()}"
        for path in (ROOT / "annotations").rglob("*.yaml")
    }
    wanted |= {
        f"workbench/_shipped/models/{path.relative_to(ROOT / 'models').as_posix()}"
        for path in (ROOT / "models").rglob("*")
        if path.is_file()
    }
    assert sorted(wanted - names) == []

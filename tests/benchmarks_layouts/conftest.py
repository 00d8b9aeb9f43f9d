from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))  # the benchmarks are no part of the installed package


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], tuple[Path, dict[str, Any]]]:
    """Makes one document of the layout benchmark by the start of its name, once per session."""
    from benchmarks.layouts.make import make_documents

    held: dict[str, tuple[Path, dict[str, Any]]] = {}

    def make(name: str) -> tuple[Path, dict[str, Any]]:
        if name not in held:
            folder = tmp_path_factory.mktemp("layouts")
            (path,) = make_documents(folder, 3, [name], browser=False)
            held[name] = path, json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        return held[name]

    return make

"""The scripts that made the corpus; they are no package and are found by their folder."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).parents[2]


def build_script(name: str) -> ModuleType:
    """A module of corpora/demo/build."""
    folder = str(ROOT / "corpora" / "demo" / "build")
    if folder not in sys.path:
        sys.path.insert(0, folder)
    return importlib.import_module(name)

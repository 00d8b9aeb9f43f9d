"""The corpus, and the scripts that made it, for the tests."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest
from corpus_build import ROOT, build_script


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The demonstration corpus."""
    return ROOT / "corpora" / "demo"


@pytest.fixture(scope="session")
def markup() -> ModuleType:
    """corpora/demo/build/markup.py, which is no package: it is run as a script."""
    return build_script("markup")

"""Fixtures that several folders use."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from workbench.codebook import Codebook, default_codebook_path, load_codebook

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def codebook() -> Codebook:
    """The codebook that comes with the project."""
    return load_codebook(default_codebook_path())


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real reviews that stands beside the project, never inside it."""
    folder = Path(os.environ.get("WORKBENCH_SHARED", ROOT.parent / "shared"))
    if folder.is_dir():
        return folder.resolve()
    message = f"no real reviews at {folder}: set WORKBENCH_SHARED to the folder that holds them"
    if os.environ.get("WORKBENCH_REQUIRE_SHARED") == "1":
        pytest.fail(message)
    pytest.skip(message)

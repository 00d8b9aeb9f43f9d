"""The notebooks run from the first cell to the last, as a reader would run them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parents[1] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))


def read(path: Path) -> Any:
    import nbformat  # late: nothing else needs it

    reader: Any = nbformat
    return reader.read(path, as_version=4)


def test_there_are_notebooks() -> None:
    assert len(NOTEBOOKS) >= 3


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs(path: Path) -> None:
    import nbclient  # late: nothing else needs it

    client = nbclient.NotebookClient(
        read(path),
        timeout=900,
        kernel_name="python3",
        resources={"metadata": {"path": str(FOLDER)}},
    )
    client.execute()


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_kept_without_output_and_says_that_it_is_fictional(path: Path) -> None:
    notebook = read(path)
    assert all(not cell.get("outputs") for cell in notebook.cells)
    first = notebook.cells[0].source.lower()
    assert "fictional" in first or "made up" in first

"""Decisions outlive a rerun and are laid over what it found."""

from __future__ import annotations

from pathlib import Path

import pytest
from decided_workspace import ALCOHOL, make_reading, make_workspace
from decision_making import DOCUMENT, about, complete, decision
from typer.testing import CliRunner

from workbench.cli.app import app
from workbench.errors import DecisionsError, InputError
from workbench.pipeline.annotation import measure_agreement
from workbench.pipeline.annotation.decisions import decided, record_decisions
from workbench.records import Action
from workbench.store import readings
from workbench.store.decisions import read_decisions
from workbench.store.workspace import Workspace


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_workspace(tmp_path / "work")


def test_decisions_survive_a_rerun(root: Path) -> None:
    with Workspace.open(root) as workspace:
        assert record_decisions(workspace, [about("anna", Action.REJECT, ALCOHOL)], "by hand") == 1
        readings.save_reading(workspace, make_reading())
        stored = readings.read_reading(workspace, DOCUMENT)
        after, applied = decided(workspace, stored)
    assert stored.codings == (ALCOHOL,)
    assert (after.codings, applied.n_removed) == ((), 1)


def test_decisions_with_problems_are_refused_whole(root: Path) -> None:
    good = about("anna", Action.REJECT, ALCOHOL)
    bad = decision("anna", Action.ADD, "drank heavily", "no_such_code")
    with Workspace.open(root) as workspace:
        with pytest.raises(DecisionsError, match="'no_such_code' is not a code of the codebook"):
            record_decisions(workspace, [good, bad], "by hand")
        assert read_decisions(workspace) == ()
        assert record_decisions(workspace, [good], "by hand") == 1
        assert record_decisions(workspace, [good], "by hand") == 0


def test_agreement_of_a_workspace_is_that_of_its_decisions(root: Path) -> None:
    with pytest.raises(InputError, match="no coder has read a segment to its end"):
        measure_agreement([], root=root)
    added = decision("anna", Action.ADD, "drank heavily", "alcohol_misuse")
    with Workspace.open(root) as workspace:
        done = [complete(coder, at) for coder in ("anna", "ben") for at in range(3)]
        record_decisions(workspace, [added, *done], "by hand")
    result = CliRunner().invoke(app, ["agreement", "--workspace", str(root)])
    assert result.exit_code == 0
    assert "# Agreement of anna, ben" in result.output
    assert "3 units of 1 documents" in result.output


def test_agreement_of_nothing_says_what_it_needs() -> None:
    with pytest.raises(InputError, match="needs a file of codings"):
        measure_agreement([])

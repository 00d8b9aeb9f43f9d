"""The trail of decisions."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from decided_workspace import ALCOHOL, make_workspace
from decision_making import about, decision, undo
from typer.testing import CliRunner

from workbench.cli.app import app
from workbench.errors import InputError
from workbench.pipeline.annotation.decisions import record_decisions
from workbench.records import Action
from workbench.store.workspace import Workspace

runner = CliRunner()
FIRST = decision("anna", Action.ADD, "owed money", "alcohol_misuse", reason="=1+1")
MADE = (
    FIRST,
    undo(FIRST),
    about("anna", Action.ACCEPT, ALCOHOL),
    about("ben", Action.REJECT, ALCOHOL),
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made = make_workspace(tmp_path / "work")
    with Workspace.open(made) as workspace:
        record_decisions(workspace, MADE, "by hand")
    return made


def test_the_trail_has_every_decision_also_those_taken_back(root: Path, tmp_path: Path) -> None:
    target = tmp_path / "trail.csv"
    result = runner.invoke(app, ["decisions", "-w", str(root), "--csv", str(target)])
    assert "anna: accept 1, add 1, undo 1" in result.output
    assert "decisions: 4; in dispute: 1" in result.output
    with target.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["in_force"] for row in rows] == ["no", "no", "yes", "yes"]
    assert rows[1]["target"] == rows[0]["decision_id"] == FIRST.decision_id
    assert rows[0]["reason"] == "'=1+1"
    assert rows[2]["suggestions"] == ALCOHOL.coding_id
    assert {row["file_name"] for row in rows} == {"maren.pdf"}


def test_one_coder_can_be_looked_at(root: Path) -> None:
    result = runner.invoke(app, ["decisions", "-w", str(root), "--coder", "ben", "--json"])
    found = json.loads(result.stdout)
    assert (found["decisions"], found["by_coder"]) == (1, {"ben": {"reject": 1}})
    missing = runner.invoke(app, ["decisions", "-w", str(root), "--coder", "eve"])
    assert isinstance(missing.exception, InputError)
    assert "coders are: anna, ben" in str(missing.exception)

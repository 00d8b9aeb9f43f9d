"""Values of the incident on which coders differ: rows of the table, and what a verdict does."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest
from decided_workspace import make_workspace
from decision_making import complete
from typer.testing import CliRunner

from workbench.cli.app import app
from workbench.errors import DecisionsError
from workbench.pipeline.annotation.adjudication import (
    apply_sheet,
    feedback,
    find_value_disputes,
    write_sheet,
)
from workbench.pipeline.annotation.decisions import record_decisions
from workbench.records import Action, Assertion, Decision, SubjectRole
from workbench.store.decisions import read_decisions
from workbench.store.workspace import Workspace

MOMENT = "2026-03-09T09:00:00+00:00"
runner = CliRunner()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_workspace(tmp_path / "work")


def record(root: Path, *decisions: Decision) -> None:
    with Workspace.open(root) as workspace:
        record_decisions(workspace, decisions, "by hand")


def of_incident(coder: str, code_id: str, value: str) -> Decision:
    whole = complete(coder, 0)
    return replace(
        whole, action=Action.ADD, code_id=code_id, value=value, assertion=Assertion.AFFIRMED,
        subject_role=SubjectRole.NOT_APPLICABLE,
    )  # fmt: skip


@pytest.fixture
def differing(root: Path) -> Path:
    record(
        root,
        of_incident("anna", "incident_place", "park"),
        of_incident("ben", "incident_place", "street_or_open_space"),
        of_incident("anna", "incident_time", "time_band=16-19"),
        of_incident("ben", "incident_time", "time_band=19-24"),
        of_incident("ben", "incident_time", "day_type=weekend"),
    )
    return root


def test_different_values_of_the_incident_are_rows_of_the_table(
    differing: Path, tmp_path: Path
) -> None:
    place, band = find_value_disputes(differing)
    assert (place.attribute, band.attribute) == ("incident_place", "incident_time time_band")
    assert {coder: place.said(coder) for coder in place.chosen} == {
        "anna": "park", "ben": "street_or_open_space",
    }  # fmt: skip
    assert write_sheet(differing, tmp_path / "sheet.csv") == 2
    with (tmp_path / "sheet.csv").open(encoding="utf-8", newline="") as file:
        row = next(iter(csv.DictReader(file)))
    assert (row["code"], row["coders"]) == (
        "incident_place", "anna: park\nben: street_or_open_space",
    )  # fmt: skip
    assert "victim_home" in row["definition"]
    shown = runner.invoke(app, ["adjudicate", "list", "-w", str(differing)])
    assert ": incident_place\n  anna: park\n  ben: street_or_open_space\n" in shown.output
    assert "disagreements: 2\n" in shown.output


@pytest.mark.parametrize(
    ("verdict", "values"),
    [
        ("anna", {"park", "time_band=16-19"}),
        ("ben", {"street_or_open_space", "time_band=19-24"}),
        ("absent", {"not_stated", "time_band=not_stated"}),
    ],
)
def test_a_verdict_on_values_settles_them(
    differing: Path, tmp_path: Path, verdict: str, values: set[str]
) -> None:
    sheet = tmp_path / "sheet.csv"
    write_sheet(differing, sheet)
    answer_rows(sheet, verdict=verdict, reason="the map of the scene")
    done = apply_sheet(differing, sheet, "cleo", MOMENT)
    assert (done.n_settled, done.n_open, done.n_decisions) == (2, 0, 2)
    assert find_value_disputes(differing) == ()
    with Workspace.open(differing) as workspace:
        made = [each for each in read_decisions(workspace) if each.coder == "cleo"]
    assert {each.value for each in made if each.value} == values
    (told,) = [each for each in feedback(differing, "anna") if each.code_id == "incident_place"]
    assert (told.said, told.changed) == ("park", verdict != "anna")


def test_a_value_that_neither_coder_chose_can_be_the_verdict(
    differing: Path, tmp_path: Path
) -> None:
    sheet = tmp_path / "sheet.csv"
    write_sheet(differing, sheet)
    place = find_value_disputes(differing)[0]
    answer_rows(sheet, place.disagreement_id, verdict="school_or_college", reason="the gates")
    assert apply_sheet(differing, sheet, "cleo", MOMENT).n_open == 1
    record(differing, of_incident("ben", "incident_place", "online"))
    assert "incident_place" in [each.attribute for each in find_value_disputes(differing)]


@pytest.mark.parametrize(
    ("by", "answers", "problem"),
    [
        ("cleo", {"verdict": "moon", "reason": "why"}, "verdict 'moon' is none of absent, anna"),
        ("cleo", {"verdict": "present", "reason": "why"}, "name the value instead of present"),
        ("cleo", {"verdict": "park", "reason": " "}, "needs a reason"),
        ("anna", {"verdict": "park", "reason": "why"}, "anna is one of the coders"),
        ("cleo", {"verdict": "day_type=weekend", "reason": "why"}, "is none of absent"),
    ],
)
def test_a_verdict_on_a_value_that_does_not_fit_is_refused(
    differing: Path, tmp_path: Path, by: str, answers: dict[str, str], problem: str
) -> None:
    sheet = tmp_path / "sheet.csv"
    write_sheet(differing, sheet)
    answer_rows(sheet, find_value_disputes(differing)[0].disagreement_id, **answers)
    with pytest.raises(DecisionsError, match=problem):
        apply_sheet(differing, sheet, by, MOMENT)


def test_a_value_that_the_codebook_does_not_have_is_refused(root: Path) -> None:
    with pytest.raises(DecisionsError, match="'moon' is no value of incident_place"):
        record(root, of_incident("anna", "incident_place", "moon"))


def answer_rows(path: Path, disagreement_id: str = "", **answers: str) -> None:
    """Fill in the row of one disagreement, or all rows."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        if disagreement_id in ("", row["disagreement"]):
            row.update(answers)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)

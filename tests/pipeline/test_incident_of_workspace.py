"""Incident facts of a workspace: read, changed by people, completed by the calendar, shown."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from papers import write_review
from typer.testing import CliRunner

from workbench.cli.app import app
from workbench.codebook import Codebook
from workbench.findings import FindingsSettings, compute_findings
from workbench.findings.table import Population
from workbench.pipeline.annotation.decisions import record_decisions
from workbench.pipeline.given.calendar import CALENDAR
from workbench.pipeline.incident import CaseIncident, incident_groups
from workbench.pipeline.inspect import find_problems
from workbench.pipeline.job import run_job
from workbench.pipeline.run import RunSettings
from workbench.pipeline.workspace import add_documents, create_workspace
from workbench.publish.tables.csv_files import read_csv
from workbench.records import (
    Action,
    Assertion,
    Case,
    Decision,
    FactBasis,
    IncidentFact,
    IncidentField,
    Shown,
    Standing,
    SubjectRole,
)
from workbench.store import readings
from workbench.store.results import read_findings, read_incidents
from workbench.store.workspace import Workspace

SETTINGS = RunSettings(backend="inline", n_workers=1, model="none")
TOLD = "3.2 On Tuesday 24 October 2023 Maren was stabbed in the street in the Borough of Stannery."


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with one review that was read."""
    folder = tmp_path_factory.mktemp("incident")
    create_workspace(folder / "work", "One fictional review")
    for _ in add_documents(folder / "work", [write_review(folder / "maren.pdf", extra=TOLD)]):
        pass
    run_job(folder / "work", SETTINGS)
    return folder / "work"


def facts(root: Path) -> dict[str, list[tuple[str, FactBasis, Standing]]]:
    with Workspace.open(root) as workspace:
        (of_case,) = read_incidents(workspace).values()
    found: dict[str, list[tuple[str, FactBasis, Standing]]] = {}
    for fact in of_case:
        found.setdefault(fact.field.value, []).append((fact.value, fact.basis, fact.standing))
    return found


def test_a_run_stores_the_facts_with_their_findings_and_all_is_sound(root: Path) -> None:
    found = facts(root)
    assert found["place"][0] == ("street_or_open_space", FactBasis.STATED, Standing.VALUE)
    assert found["date"][0][0] == "2023-10-24"
    assert "school_calendar" not in found
    with Workspace.open(root) as workspace:
        names = {finding.finding_id for finding in read_findings(workspace)}
    assert {"incident-place", "incident-place__street-or-open-space"} <= names
    assert find_problems(root) == []


def test_a_calendar_completes_and_a_decision_overrules(root: Path) -> None:
    (root / CALENDAR).write_text(
        "area,kind,name,first,last\n"
        "Stannery,school_holiday,half-term,2023-10-23,2023-10-27\n"
        ",term,autumn,2023-09-04,2023-12-20\n",
        encoding="utf-8",
    )
    decide(root, "park")
    run_job(root, SETTINGS)
    found = facts(root)
    assert found["school_calendar"] == [("school_holiday", FactBasis.CALENDAR, Standing.VALUE)]
    assert found["place"] == [
        ("park", FactBasis.HUMAN, Standing.VALUE),
        ("street_or_open_space", FactBasis.STATED, Standing.DIFFERS),
    ]
    rows = read_csv(root / "reports/thematic-review/incidents.csv")
    assert {(row["field"], row["value"]) for row in rows} >= {
        ("place", "park"), ("date", "2023-10"), ("school_calendar", "school_holiday"),
    }  # fmt: skip
    assert find_problems(root) == []


def test_a_case_is_shown_with_its_incident(root: Path) -> None:
    shown = CliRunner().invoke(app, ["show", "maren", "--workspace", str(root)])
    assert shown.exit_code == 0
    assert "incident: place\n" in shown.stdout
    assert "2023-10 (stated) “24 October 2023”" in shown.stdout
    as_json = CliRunner().invoke(app, ["show", "maren", "--json", "--workspace", str(root)])
    assert "incident" in json.loads(as_json.stdout)


def decide(root: Path, value: str) -> None:
    with Workspace.open(root) as workspace:
        (document_id,) = readings.read_document_ids(workspace)
        reading = readings.read_reading(workspace, document_id)
        segment = next(each for each in reading.segments if "was stabbed" in each.text)
        decision = Decision(
            document_id=document_id, segment=segment.ordinal, start_char=segment.start_char,
            end_char=segment.end_char, text=segment.text, coder="anna",
            decided_at="2026-02-28T10:15:00+00:00", action=Action.ADD, shown=Shown.BLIND,
            code_id="incident_place", assertion=Assertion.AFFIRMED,
            subject_role=SubjectRole.NOT_APPLICABLE, value=value,
        )  # fmt: skip
        record_decisions(workspace, [decision], "by hand")


def test_areas_of_incidents_are_places_to_compare(codebook: Codebook) -> None:
    """Ten areas, one of which has half of the cases: its share beside that of chance."""
    areas = ["Marl"] * 6 + ["Stannery"] * 4 + ["Wex", "Orle"]
    made = [place_of(number, area) for number, area in enumerate(areas)]
    groups = {"area_of_incident": incident_groups([incident for _, incident in made])}
    names = [*dict.fromkeys(areas), *(f"Area {number}" for number in range(6))]
    settings = FindingsSettings(
        populations=tuple(Population("area_of_incident", name, 100_000) for name in names)
    )
    cases = [case for case, _ in made]
    findings = {
        finding.finding_id: finding
        for finding in compute_findings(cases, {}, codebook, settings, (), groups)
    }
    found = findings["placed-area-of-incident__concentration"]
    statistics = dict(found.statistics)
    assert (found.numerator, found.denominator) == (6, 12)
    assert statistics["n_places"] == 10
    assert statistics["random_share"] < found.estimate
    assert statistics["generalised_gini"] > statistics["random_generalised_gini"]


def place_of(number: int, area: str) -> tuple[Case, CaseIncident]:
    document_id = f"{number:012x}".ljust(64, "0")
    case = Case(
        case_id=f"case-{number:02d}", title=f"Case {number}", review_type="",
        document_ids=(document_id,), people=(), states=(), n_segments=1, n_words=1,
    )  # fmt: skip
    fact = IncidentFact(
        field=IncidentField.AREA, value=area, basis=FactBasis.STATED, standing=Standing.VALUE,
        score=0.9, document_id=document_id, segment=0, start_char=0, end_char=len(area), text=area,
    )  # fmt: skip
    other = replace(fact, value="Elsewhere", standing=Standing.DIFFERS)
    return case, CaseIncident(case_id=case.case_id, facts=(fact, other))

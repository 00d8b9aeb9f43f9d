"""Tables of cases and labelled cases in a workspace: counted, corrected, and led back to cells."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from typer.testing import CliRunner

from workbench.cli.app import app
from workbench.errors import CaseTableError, LabelsError
from workbench.pipeline.given import import_case_tables
from workbench.pipeline.given.groups import POPULATIONS
from workbench.pipeline.given.labels import LABELLED_CASES
from workbench.pipeline.inspect import find_problems
from workbench.pipeline.job import run_job
from workbench.pipeline.run import RunSettings
from workbench.pipeline.workspace import create_workspace

MAP = """
schema: case-table-map/1
name: made-up
review_type: domestic_homicide_review
cases: {table: events, title: "Review {key}"}
values: {"yes": present, "no": not_mentioned}
tables:
  events:
    file: events.csv
    key: id
    codes: {gin: {code: alcohol_misuse, role: victim}}
    kept: [region]
groups: {region: {column: events.region}}
"""
N_CASES = 40
SETTINGS = RunSettings(backend="inline", n_workers=1)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    create_workspace(tmp_path / "work", "Made up")
    lines = [f"E-{n:02d},{'North' if n < 20 else 'South'},{'yes' if n % 2 else 'no'}"
             for n in range(N_CASES)]  # fmt: skip
    (tmp_path / "events.csv").write_text("id,region,gin\n" + "\n".join(lines) + "\n", "utf-8")
    (tmp_path / "map.yaml").write_text(MAP, encoding="utf-8")
    return tmp_path / "work"


def rows(root: Path, name: str) -> list[dict[str, str]]:
    path = root / "reports/thematic-review" / name
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_an_imported_table_is_counted_and_every_number_leads_to_its_cells(root: Path) -> None:
    result = CliRunner().invoke(
        app,
        ["import", "cases", str(root.parent / "events.csv"), "--map", str(root.parent / "map.yaml"),
         "--workspace", str(root)],
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    assert "40 cases, 20 codings" in result.output
    done = run_job(root, SETTINGS)
    assert (done.n_cases, done.attention) == (N_CASES, ())
    assert find_problems(root, sample_size=1000) == []
    finding = next(
        row for row in rows(root, "findings.csv")
        if row["finding_id"] == "prevalence-present-alcohol_misuse-victim"
    )  # fmt: skip
    assert (finding["numerator"], finding["denominator"]) == ("20", "40")
    coding = rows(root, "codings.csv")[0]
    assert coding["text"] == "gin: yes"
    assert coding["explanation"].startswith("events.csv, line ")
    assert coding["paragraph"].startswith("line ")
    again = run_job(root, SETTINGS)
    assert again.executed == 0


def test_the_groups_of_the_map_are_compared(root: Path) -> None:
    table = root.parent / "events.csv"
    lines = [f"E-{n:02d},{'North' if n < 20 else 'South'},{'yes' if n < 15 else 'no'}"
             for n in range(N_CASES)]  # fmt: skip
    table.write_text("id,region,gin\n" + "\n".join(lines) + "\n", encoding="utf-8")
    import_case_tables(root, [root.parent], root.parent / "map.yaml")
    run_job(root, SETTINGS)
    made = {row["finding_id"]: row for row in rows(root, "findings.csv")}
    north = made["group-region-north__alcohol_misuse"]
    assert (north["numerator"], north["denominator"]) == ("15", "20")
    assert float(north["q_value"]) < 0.001
    page = (root / "reports/thematic-review/groups.html").read_text(encoding="utf-8")
    assert "Factors whose share differs" in page
    assert find_problems(root, sample_size=1000) == []
    (root / "imports/made-up/map.yaml").write_text(MAP.replace("region: {", "area: {"), "utf-8")
    run_job(root, SETTINGS)
    assert "group-area-north" in {row["finding_id"] for row in rows(root, "findings.csv")}
    sizes = "grouping,group,population\narea,North,50000\narea,South,100000\n"
    (root / POPULATIONS).write_text(sizes, encoding="utf-8")
    cases = sorted({row["case_id"] for row in rows(root, "cases.csv")})
    labels = "".join(f"{case},alcohol_misuse,any,yes,\n" for case in cases)
    head = "case_id,code_id,subject_role,present,inclusion_probability\n"
    (root / LABELLED_CASES).write_text(head + labels, encoding="utf-8")
    run_job(root, SETTINGS)
    made = {row["finding_id"]: row for row in rows(root, "findings.csv")}
    assert float(made["placed-area__rate-1"]["estimate"]) == 40
    assert float(made["labelled-with-alcohol_misuse-any__area-1__found"]["estimate"]) == 0.75
    assert find_problems(root, sample_size=1000) == []


def test_labelled_cases_correct_the_prevalence(root: Path) -> None:
    import_case_tables(root, [root.parent], root.parent / "map.yaml")
    run_job(root, SETTINGS)
    cases = sorted({row["case_id"] for row in rows(root, "cases.csv")})
    assert len(cases) == N_CASES
    head = "case_id,code_id,subject_role,present,inclusion_probability\n"
    labels = "".join(f"{case},alcohol_misuse,victim,no,0.5\n" for case in cases[:20])
    (root / LABELLED_CASES).write_text(head + labels, encoding="utf-8")
    run_job(root, SETTINGS)
    corrected = next(
        row for row in rows(root, "findings.csv") if row["measure"] == "prevalence_corrected"
    )
    assert float(corrected["estimate"]) < 0.1
    assert find_problems(root, sample_size=1000) == []
    (root / LABELLED_CASES).write_text(head + "nobody,gin,any,yes,\n", encoding="utf-8")
    with pytest.raises(LabelsError, match="no case is called 'nobody'"):
        run_job(root, SETTINGS)


def test_a_table_that_does_not_fit_changes_nothing(root: Path) -> None:
    import_case_tables(root, [root.parent], root.parent / "map.yaml")
    kept = (root / "imports/made-up/events.csv").read_bytes()
    (root.parent / "events.csv").write_text("id,region,gin\nE-1,North,maybe\n", encoding="utf-8")
    with pytest.raises(CaseTableError, match="has 'maybe' in 1 rows"):
        import_case_tables(root, [root.parent], root.parent / "map.yaml")
    assert (root / "imports/made-up/events.csv").read_bytes() == kept

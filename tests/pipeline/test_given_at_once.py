"""What the user gave beside documents: all that is wrong is told at once, whatever the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench.errors import CalendarError, InputError, LabelsError
from workbench.pipeline.given import import_case_tables
from workbench.pipeline.given.calendar import CALENDAR
from workbench.pipeline.given.groups import POPULATIONS
from workbench.pipeline.given.labels import LABELLED_CASES
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
SETTINGS = RunSettings(backend="inline", n_workers=1, model="none")
WRONG = {
    LABELLED_CASES: "case_id,code_id,subject_role,present,inclusion_probability\nz,luck,any,so,\n",
    POPULATIONS: "grouping,group,population\nregion,North,*\nregion,South,0\n",
    CALENDAR: "name,first,last\nsummer term,2020-07-20,2020-04-20\n",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Eight cases in two regions."""
    create_workspace(tmp_path / "work", "Made up")
    lines = [f"E-{n},{'North' if n < 4 else 'South'},{'yes' if n % 2 else 'no'}" for n in range(8)]
    (tmp_path / "events.csv").write_text("id,region,gin\n" + "\n".join(lines) + "\n", "utf-8")
    (tmp_path / "map.yaml").write_text(MAP, encoding="utf-8")
    import_case_tables(tmp_path / "work", [tmp_path / "events.csv"], tmp_path / "map.yaml")
    return tmp_path / "work"


def test_problems_of_all_files_are_named_together_and_nothing_is_counted(root: Path) -> None:
    for path, text in WRONG.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as raised:
        run_job(root, SETTINGS)
    message = str(raised.value)
    for expected in (
        LABELLED_CASES.name, "no case is called 'z'", "the codebook has no code 'luck'",
        POPULATIONS.name, "population is '*': a suppressed number", "population is '0'",
        CALENDAR.name,
    ):  # fmt: skip
        assert expected in message
    assert not (root / "reports/thematic-review").exists()


@pytest.mark.parametrize(
    ("path", "error"), [(LABELLED_CASES, LabelsError), (CALENDAR, CalendarError)]
)
def test_one_wrong_file_raises_its_own_error(
    root: Path, path: Path, error: type[InputError]
) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(WRONG[path], encoding="utf-8")
    with pytest.raises(error):
        run_job(root, SETTINGS)

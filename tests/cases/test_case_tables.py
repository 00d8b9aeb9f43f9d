"""Tables of cases that others coded: what they mean, what is refused, and the way back."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.cases import build_cases
from workbench.cases.tables import (
    CaseMap,
    TabledCase,
    load_case_map,
    read_case_tables,
    table_cases,
)
from workbench.codebook import Codebook, shipped_annotations
from workbench.errors import CaseTableError
from workbench.records import Assertion, State, SubjectRole

MAP = """
schema: case-table-map/1
name: made-up
source: "A made-up table"
review_type: domestic_homicide_review
cases: {table: events, title: "Review {key}"}
values: {"True": present, "False": not_mentioned, "No": ruled_out, "?": suspected}
tables:
  events:
    file: events.csv
    key: id
    codes:
      control: {code: coercive_control, role: victim}
    kept: [region, month]
  victims:
    file: victims.csv
    key: id
    optional: true
    person: {role: victim, age: age, sex: sex}
    codes:
      alcohol: {code: alcohol_misuse, role: victim}
      curious:
        code: ap_professional_curiosity
        role: agency
        values: {"bad": present, "": not_mentioned}
groups:
  region: {column: events.region}
  year: {column: events.month, pattern: "[0-9]{4}", otherwise: no year}
  kind:
    first: [{label: control, column: events.control}]
    otherwise: other
"""
EVENTS = (
    "id,region,month,control\nE-1,North,May 2019,True\nE-2,South,unknown,False\nE-3,,June 2020,?\n"
)
VICTIMS = "id,age,sex,alcohol,curious\nE-1,34,Female,True,bad\nE-2,25-34,Male,No,\n"


def write(folder: Path, **files: str) -> list[Path]:
    paths = []
    for name, text in files.items():
        path = folder / f"{name}.csv"
        path.write_text(text, encoding="utf-8")
        paths.append(path)
    return paths


def made_map(folder: Path, codebook: Codebook, text: str = MAP) -> tuple[CaseMap, Path]:
    path = folder / "map.yaml"
    path.write_text(text, encoding="utf-8")
    return load_case_map(path, codebook), path


def imported(
    folder: Path, codebook: Codebook, events: str = EVENTS, victims: str = VICTIMS, text: str = MAP
) -> dict[str, TabledCase]:
    case_map, path = made_map(folder, codebook, text)
    tables = read_case_tables(write(folder, events=events, victims=victims), case_map, path)
    return {case.key: case for case in table_cases(tables, case_map, codebook)}


def test_a_tag_leads_to_its_line_and_column(tmp_path: Path, codebook: Codebook) -> None:
    made = imported(tmp_path, codebook)
    reading = made["E-1"].reading
    alcohol = next(c for c in reading.codings if c.code_id == "alcohol_misuse")
    assert alcohol.text == "alcohol: True"
    assert reading.frozen.text[alcohol.start_char : alcohol.end_char] == alcohol.text
    segment = reading.segments[alcohol.segment]
    assert (segment.number, segment.section_path) == ("line 2", ("victims.csv",))
    assert alcohol.text in segment.cells
    assert alcohol.explanation == "victims.csv, line 2, column alcohol: True"
    boxes = reading.frozen.boxes(alcohol.start_char, alcohol.end_char)
    assert len(boxes) == 1
    for part in reading.segments:
        assert reading.frozen.text[part.start_char : part.end_char] == part.text
    for coding in reading.codings:
        assert reading.frozen.text[coding.start_char : coding.end_char] == coding.text


def test_values_mean_what_the_map_says(tmp_path: Path, codebook: Codebook) -> None:
    made = imported(tmp_path, codebook)
    said = {
        (key, coding.code_id): coding.assertion
        for key, case in made.items()
        for coding in case.reading.codings
    }
    assert said == {
        ("E-1", "coercive_control"): Assertion.AFFIRMED,
        ("E-1", "alcohol_misuse"): Assertion.AFFIRMED,
        ("E-1", "ap_professional_curiosity"): Assertion.AFFIRMED,
        ("E-2", "alcohol_misuse"): Assertion.NEGATED,
        ("E-3", "coercive_control"): Assertion.SUSPECTED,
    }


def test_people_and_groups_come_from_their_columns(tmp_path: Path, codebook: Codebook) -> None:
    made = imported(tmp_path, codebook)
    first, second = (made[key].reading.people[0] for key in ("E-1", "E-2"))
    assert (first.role, first.age_years, first.sex) == (SubjectRole.VICTIM, 34, "female")
    assert second.age_years is None  # "25-34" is no age
    assert made["E-3"].reading.people == ()
    assert dict(made["E-1"].groups) == {"region": "North", "year": "2019", "kind": "control"}
    assert dict(made["E-3"].groups) == {"year": "2020", "kind": "other"}
    assert dict(made["E-2"].groups)["year"] == "no year"


def test_each_row_is_one_case_and_none_is_joined(tmp_path: Path, codebook: Codebook) -> None:
    same = "id,region,month,control\n" + "".join(f"E-{n},North,May,True\n" for n in range(30))
    made = imported(
        tmp_path, codebook, events=same, victims="id,age,sex,alcohol,curious\nE-1,,,True,\n"
    )
    cases = build_cases([case.reading for case in made.values()], codebook)
    assert len(cases) == 30
    assert {case.n_words for case in cases} == {0}
    one = next(case for case in cases if case.title == "Review E-1")
    assert one.state("alcohol_misuse", SubjectRole.VICTIM) is State.PRESENT
    assert one.state("drug_misuse") is State.NOT_MENTIONED


def test_only_some_rows_may_be_taken(tmp_path: Path, codebook: Codebook) -> None:
    text = MAP.replace('"Review {key}"}', '"Review {key}", only: {region: "North"}}')
    assert list(imported(tmp_path, codebook, text=text)) == ["E-1"]
    with pytest.raises(CaseTableError, match="no row of events has these values"):
        imported(tmp_path, codebook, text=text.replace('"North"', '"West"'))


@settings(max_examples=10, deadline=None)
@given(st.permutations(range(1, 4)))
def test_shuffled_rows_give_the_same_cases(
    tmp_path_factory: pytest.TempPathFactory, codebook: Codebook, order: list[int]
) -> None:
    folder = tmp_path_factory.mktemp("shuffled")
    lines = EVENTS.splitlines()
    shuffled = "\n".join([lines[0], *(lines[place] for place in order)]) + "\n"
    one, other = (imported(folder, codebook, events=events) for events in (EVENTS, shuffled))
    for key in one:
        assert [c.coding_id for c in one[key].reading.codings] == [
            c.coding_id for c in other[key].reading.codings
        ]
        assert one[key].groups == other[key].groups


def test_every_problem_of_the_tables_is_told_at_once(tmp_path: Path, codebook: Codebook) -> None:
    case_map, path = made_map(tmp_path, codebook)
    events = (
        "id,region,control,colour\nE-1,North,Perhaps,red\nE-1,South,Perhaps,red\n,East,True,red\n"
    )
    victims = "id,age,sex,alcohol,curious\nE-1,34,Female,yes,bad\n"
    paths = write(tmp_path, events=events, victims=victims, spare="a,b\n1,2\n")
    with pytest.raises(CaseTableError) as caught:
        read_case_tables(paths, case_map, path)
    problems = "\n".join(caught.value.problems)
    for expected in (
        "spare.csv: is not named in the map",
        "events.csv: column 'colour' is not in the map",
        "events.csv: column 'month' of the map is not in the table",
        "events.csv: column 'id' is empty in 1 rows, first in line 4",
        "events.csv: column 'id' has 'E-1' in 2 rows",
        "column 'control' has 'Perhaps' in 2 rows, first in line 2",
        "victims.csv: column 'alcohol' has 'yes' in 1 rows",
    ):
        assert expected in problems
    assert len(caught.value.problems) == 7


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("case-table-map/1", "other/9", "schema is 'other/9'"),
        ("name: made-up", "name: Made Up", "name must be lower-case"),
        ("table: events", "table: nothing", "must name one of the tables"),
        ("code: alcohol_misuse", "code: gin", "the codebook has no factor 'gin'"),
        ("coercive_control, role: victim}", "coercive_control, role: v}", "is no role"),
        ('"True": present', "True: present", "must stand in quotation marks"),
        ('"True": present', '"True": yes', "means True"),
        ("kept: [", "keep: [", "'keep' is not known"),
        ("column: events.region}", "column: region}", "not a column given as table.column"),
        ('"[0-9]{4}"', '"[0-9"', "is no regular expression"),
        ("column: events.region}", "column: events.size}", "has no column 'size'"),
        ("    optional: true\n", "", "has no row for E-3"),
        ('{key}"}', '{key}", only: {size: "1"}}', "has no column 'size'"),
    ],
)  # fmt: skip
def test_a_map_that_does_not_fit_is_refused(
    tmp_path: Path, codebook: Codebook, old: str, new: str, message: str
) -> None:
    with pytest.raises(CaseTableError, match=message):
        imported(tmp_path, codebook, text=MAP.replace(old, new, 1))


def test_a_broken_table_is_refused_by_its_line(tmp_path: Path, codebook: Codebook) -> None:
    with pytest.raises(CaseTableError, match="line 2 has 3 cells, not 4"):
        imported(tmp_path, codebook, events="id,region,month,control\nE-1,North,True\n")


def test_a_map_that_is_not_there_or_no_yaml_is_refused(tmp_path: Path, codebook: Codebook) -> None:
    with pytest.raises(CaseTableError, match="cannot be read"):
        load_case_map(tmp_path / "none.yaml", codebook)
    with pytest.raises(CaseTableError, match="is no YAML"):
        made_map(tmp_path, codebook, "a: [")
    with pytest.raises(CaseTableError, match="is no mapping"):
        made_map(tmp_path, codebook, "- a\n")


def test_the_maps_that_come_with_the_workbench_hold(codebook: Codebook) -> None:
    maps = sorted((shipped_annotations() / "case_tables").glob("*.yaml"))
    assert [load_case_map(path, codebook).name for path in maps] == [path.stem for path in maps]
    assert maps

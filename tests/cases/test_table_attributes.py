"""Columns of case tables that tell of the incident: values, conditions, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from incident_making import CODEBOOK

from workbench.cases import build_cases
from workbench.cases.incident.settle import incidents_of
from workbench.cases.tables import TabledCase, load_case_map, read_case_tables, table_cases
from workbench.cases.tables.attributes import options_of
from workbench.errors import CaseTableError
from workbench.records import FactBasis, IncidentFact, IncidentField, Standing

MAP = """
schema: case-table-map/1
name: made-up
cases: {table: events, title: "Review {key}"}
values: {"yes": present, "no": not_mentioned}
tables:
  events:
    file: events.csv
    key: id
    codes: {gin: {code: alcohol_misuse, role: victim}}
    kept: [how, where, day, town, noted]
  victims:
    file: victims.csv
    key: id
    optional: true
    kept: [own_act, tie]
incident:
  method:
    - {column: events.how, values: {knife: sharp_instrument, "?": not_stated}}
    - {column: events.noted, values: {knife: sharp_instrument, rope: suicide_hanging,
       "": not_stated}}
  place:
    - {column: events.where, values: {green: park, "": not_stated}}
  date:
    - {column: events.day, values: {"unknown": not_stated}}
  area:
    - {column: events.town}
  relationship:
    - {column: victims.own_act, values: {"yes": self, "no": not_stated}}
    - {column: victims.tie, unless: {victims.own_act: "yes"}, where: {events.how: knife},
       values: {Parent: son_or_daughter, Wife: spouse_or_civil_partner}}
"""
EVENTS = (
    "id,gin,how,where,day,town,noted\n"
    "E-1,yes,knife,green,4 May 2019,Lowick,knife\n"
    "E-2,no,?,,May 2019,,rope\n"
    "E-3,no,knife,green,unknown,Penby,rope\n"
    "E-4,no,knife,green,2019,Penby,\n"
)
VICTIMS = "id,own_act,tie\nE-1,no,Parent\nE-2,no,Wife\nE-3,yes,Wife\n"


def imported(
    folder: Path, events: str = EVENTS, victims: str = VICTIMS, text: str = MAP
) -> dict[str, TabledCase]:
    (folder / "map.yaml").write_text(text, encoding="utf-8")
    (folder / "events.csv").write_text(events, encoding="utf-8")
    (folder / "victims.csv").write_text(victims, encoding="utf-8")
    case_map = load_case_map(folder / "map.yaml", CODEBOOK)
    paths = [folder / "events.csv", folder / "victims.csv"]
    tables = read_case_tables(paths, case_map, folder / "map.yaml")
    return {case.key: case for case in table_cases(tables, case_map, CODEBOOK)}


def counted(case: TabledCase) -> dict[str, str]:
    return {f.field.value: f.value for f in case.facts if f.standing is Standing.VALUE}


def beside(case: TabledCase) -> list[tuple[str, str, Standing]]:
    return [(f.field.value, f.value, f.standing) for f in case.facts
            if f.standing is not Standing.VALUE]  # fmt: skip


def test_cells_become_facts_of_the_incident(tmp_path: Path) -> None:
    cases = imported(tmp_path)
    assert counted(cases["E-1"]) == {
        "method": "sharp_instrument", "place": "park", "date": "2019-05-04",
        "weekday": "saturday", "day_type": "weekend", "area": "Lowick",
        "relationship": "son_or_daughter",
    }  # fmt: skip
    assert counted(cases["E-2"]) == {"method": "suicide_hanging", "date": "2019-05"}


def test_the_first_column_that_states_a_value_counts_and_the_others_stand_beside(
    tmp_path: Path,
) -> None:
    cases = imported(tmp_path)
    assert beside(cases["E-1"]) == [("method", "sharp_instrument", Standing.AGREES)]
    assert beside(cases["E-3"]) == [("method", "suicide_hanging", Standing.DIFFERS)]


def test_columns_count_only_of_cases_that_they_are_for(tmp_path: Path) -> None:
    cases = imported(tmp_path)
    assert counted(cases["E-3"])["relationship"] == "self"  # unless holds the tie back
    assert "relationship" not in counted(cases["E-2"])  # where does
    assert "relationship" not in counted(cases["E-4"])  # no row of victims


def test_every_fact_is_on_the_words_of_its_cell(tmp_path: Path) -> None:
    for case in imported(tmp_path).values():
        for fact in case.facts:
            assert case.reading.frozen.text[fact.start_char : fact.end_char] == fact.text
            segment = case.reading.segments[fact.segment]
            assert fact.text in segment.cells
    tie = next(f for f in imported(tmp_path)["E-1"].facts if f.field is IncidentField.RELATIONSHIP)
    assert (tie.text, tie.basis) == ("tie: Parent", FactBasis.CODED)
    assert tie.explanation == "victims.csv, line 2, column tie"


def test_cases_of_tables_have_the_facts_of_their_tables(tmp_path: Path) -> None:
    made = imported(tmp_path).values()
    readings = {case.reading.document.document_id: case.reading for case in made}
    coded: dict[str, tuple[IncidentFact, ...]] = {
        case.reading.document.document_id: case.facts for case in made
    }
    cases = build_cases(list(readings.values()), CODEBOOK)
    found = incidents_of(cases, readings, CODEBOOK, coded=coded)
    assert sorted(len(facts) for facts in found.values()) == [2, 4, 5, 8]
    assert incidents_of(cases, readings, CODEBOOK) == {}


def test_unknown_cells_are_refused_by_name_all_at_once(tmp_path: Path) -> None:
    events = EVENTS.replace("E-4,no,knife", "E-4,no,spoon").replace("2019,Penby", "spring,Penby")
    with pytest.raises(CaseTableError) as caught:
        imported(tmp_path, events, VICTIMS.replace("E-1,no,Parent", "E-1,no,Cousin"))
    assert list(caught.value.problems) == [
        "events.csv: column 'how' has 'spoon' in 1 rows, first in line 5; the map knows "
        "'knife', '?'",
        "events.csv: column 'day' has 'spring' in 1 rows, first in line 5; the map knows "
        "'unknown', a date such as 'May 2019' or '2019'",
        "victims.csv: column 'tie' has 'Cousin' in 1 rows, first in line 2; the map knows "
        "'Parent', 'Wife'",
    ]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("  place:\n", "  spot:\n", "'spot' is not known"),
        ("green: park", "green: meadow", "'green' means 'meadow'; known are not_stated"),
        ("{column: events.town}", "{column: events.city}", "no column events.city"),
        ("{column: events.town}", "{column: persons.town}", "no column persons.town"),
        ("{column: events.town}", "{column: events.town, when: x}", "'when' is not known"),
        ("{column: events.town}", "{columns: events.town}", "'columns' is not known"),
        ("{events.how: knife}", "{events.how: 1}", "must stand in quotation marks"),
        (", values: {green: park, \"\": not_stated}}", "}", "nothing says what its values mean"),
        ("    - {column: events.town}\n", "    {column: events.town}\n", "must be a list"),
        ("{\"unknown\": not_stated}", "{\"unknown\": \"2019\"}", "'unknown' means '2019'"),
    ],
)  # fmt: skip
def test_a_map_that_says_what_it_cannot_is_refused(
    tmp_path: Path, old: str, new: str, problem: str
) -> None:
    assert old in MAP
    with pytest.raises(CaseTableError, match="incident") as caught:
        imported(tmp_path, text=MAP.replace(old, new))
    assert any(problem in each for each in caught.value.problems)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("4 May 2019", "2019-05-04"), ("May 2019", "2019-05"), ("2019", "2019"),
        ("2019-05-04", "2019-05-04"), ("2019-05", "2019-05"), ("04/05/2019", "2019-05-04"),
        ("", None), ("unknown", None),
    ],
)  # fmt: skip
def test_dates_are_as_exact_as_printed(tmp_path: Path, cell: str, value: str | None) -> None:
    case = imported(tmp_path, EVENTS.replace("2019,Penby", f"{cell},Penby"))["E-4"]
    assert counted(case).get("date") == value


@pytest.mark.parametrize("cell", ["31 June 2019", "2019-13", "2019-02-30", "May or June 2019"])
def test_what_is_no_date_is_refused(tmp_path: Path, cell: str) -> None:
    with pytest.raises(CaseTableError, match="column 'day'"):
        imported(tmp_path, EVENTS.replace("2019,Penby", f"{cell},Penby"))


def test_an_attribute_has_the_values_of_its_part_of_the_codebook() -> None:
    assert options_of(IncidentField.DAY_TYPE, CODEBOOK) == ("not_stated", "weekday", "weekend")
    assert options_of(IncidentField.AREA, CODEBOOK) == ("not_stated",)

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.publish import Publication
from workbench.publish.folder import MARKER
from workbench.publish.site.catalogue import Catalogue
from workbench.publish.tables.columns import TABLES, rows_of
from workbench.publish.tables.csv_files import escape, read_csv, unescape, write_csv
from workbench.records import Reading


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        pytest.param("=1+1", "'=1+1", id="formula"),
        pytest.param("+44 20", "'+44 20", id="plus"),
        pytest.param("-", "'-", id="minus"),
        pytest.param("@SUM(A1)", "'@SUM(A1)", id="at"),
        pytest.param("\tx", "'\tx", id="tab"),
        pytest.param("\rx", "'\rx", id="carriage return"),
        pytest.param("\nx", "'\nx", id="line feed"),
        pytest.param("\uff1d1", "'\uff1d1", id="full-width equals"),
        pytest.param("\uff0b1", "'\uff0b1", id="full-width plus"),
        pytest.param("\uff20x", "'\uff20x", id="full-width at"),
        pytest.param("  =1", "'  =1", id="after spaces"),
        pytest.param("\u00a0=1", "'\u00a0=1", id="after a no-break space"),
        pytest.param("\u200b=1", "'\u200b=1", id="after an invisible character"),
        pytest.param("'quoted'", "''quoted'", id="an apostrophe of the text itself"),
        pytest.param("4.12", "4.12", id="a paragraph number"),
        pytest.param("a = b", "a = b", id="a sign inside"),
        pytest.param("\u2013 dash", "\u2013 dash", id="an en dash is no minus"),
        pytest.param("", "", id="nothing"),
        pytest.param("   ", "   ", id="only spaces"),
    ],
)
def test_a_cell_that_a_spreadsheet_would_run_gets_an_apostrophe(text: str, cell: str) -> None:
    assert escape(text) == cell
    assert unescape(cell) == text


CELLS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=40)


@given(st.lists(st.lists(CELLS, min_size=2, max_size=2), max_size=8))
def test_a_csv_gives_back_what_was_written(
    tmp_path_factory: pytest.TempPathFactory, rows: Sequence[Sequence[str]]
) -> None:
    path = tmp_path_factory.mktemp("csv") / "table.csv"
    write_csv(path, ["first", "second"], rows)
    assert [list(row.values()) for row in read_csv(path)] == [list(row) for row in rows]


def test_numbers_are_no_text_and_keep_their_sign(tmp_path: Path) -> None:
    write_csv(tmp_path / "t.csv", ["n", "m"], [[-0.25, "x"], [None, 3]])
    assert (tmp_path / "t.csv").read_bytes() == b"\xef\xbb\xbfn,m\r\n-0.25,x\r\n,3\r\n"


@pytest.mark.parametrize("name", TABLES)
def test_a_table_comes_back_as_it_was_computed(
    publication: Publication, report: Path, name: str
) -> None:
    expected = rows_of(name, Catalogue(publication))
    read = [list(row.values()) for row in read_csv(report / f"{name}.csv")]
    assert read == [["" if cell is None else str(cell) for cell in row] for row in expected]


def test_codings_have_a_row_for_each_coding_with_exact_words(
    readings: dict[str, Reading], report: Path
) -> None:
    rows = read_csv(report / "codings.csv")
    assert len(rows) == sum(len(reading.codings) for reading in readings.values())
    for row in rows:
        text = readings[row["document_id"]].frozen.text
        assert text[int(row["start_char"]) : int(row["end_char"])] == row["text"]
        assert row["before"] + row["text"] + row["after"] in text


def test_cases_have_three_states_for_every_factor(publication: Publication, report: Path) -> None:
    rows = [row for row in read_csv(report / "cases.csv") if row["subject_role"] == "any"]
    assert len(rows) == len(publication.cases) * len(publication.codebook.factors)
    present = [row for row in rows if row["state"] == "present"]
    assert len([row for row in present if row["code_id"] == "alcohol_misuse"]) == 4
    assert all(int(row["n_for"]) > 0 for row in present)
    assert {row["state"] for row in rows} == {"present", "ruled_out", "not_mentioned"}


def test_the_evidence_table_names_every_passage_of_every_finding(report: Path) -> None:
    rows = read_csv(report / "evidence.csv")
    n_of = Counter(row["finding_id"] for row in rows)
    findings = read_csv(report / "findings.csv")
    assert {row["finding_id"]: int(row["n_passages"]) for row in findings} == {
        row["finding_id"]: n_of[row["finding_id"]] for row in findings
    }
    codings = {row["coding_id"] for row in read_csv(report / "codings.csv")}
    codings |= {row["contact_id"] for row in read_csv(report / "contacts.csv")}
    assert {row["coding_id"] for row in rows} <= codings


def test_a_finding_with_very_many_passages_can_be_read_back(
    publication: Publication, tmp_path: Path
) -> None:
    many = tuple(f"coding-{n}" for n in range(20_000))
    large = replace(publication.findings[0], coding_ids=many)
    catalogue = Catalogue(replace(publication, findings=(large,)))
    for name in ("findings", "evidence"):
        header = [column.name for column in TABLES[name]]
        write_csv(tmp_path / "table.csv", header, rows_of(name, catalogue))
        rows = read_csv(tmp_path / "table.csv")
    assert [row["coding_id"] for row in rows] == list(many)


def test_the_dictionary_explains_every_column_of_every_file(report: Path) -> None:
    explained = {(row["table"], row["column"]) for row in read_csv(report / "data_dictionary.csv")}
    found = set()
    for path in report.glob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as stream:
            found |= {(path.stem, name) for name in next(csv.reader(stream))}
    assert explained == found
    for row in read_csv(report / "data_dictionary.csv"):
        assert all(row.values()), row


def test_the_workbook_has_typed_numbers_frozen_headers_and_links(
    publication: Publication, report: Path
) -> None:
    book = openpyxl.load_workbook(report / "findings.xlsx")
    assert book.sheetnames == [
        "Read me", "Prevalence", "Prevalence of people", "ACE counts", "Co-occurrence", "Cases",
        "People", "Incidents", "Codings",
    ]  # fmt: skip
    sheet = book["Prevalence"]
    assert sheet.freeze_panes == "A2"
    header = [cell.value for cell in sheet[1]]
    rows = [
        {name: cell.value for name, cell in zip(header, row, strict=True)}
        for row in sheet.iter_rows(min_row=2)
    ]
    finding = next(
        item for item in publication.findings
        if item.finding_id == "prevalence-present-alcohol_misuse-any"
    )  # fmt: skip
    row = next(item for item in rows if item["label"] == finding.label)
    assert (row["numerator"], row["denominator"]) == (4, 6)
    assert row["share"] == pytest.approx(finding.estimate, abs=1e-12)
    links = [cell.hyperlink.target for line in sheet.iter_rows() for cell in line if cell.hyperlink]
    assert len(links) == len(rows)
    # XlsxWriter writes links to files with backslashes, as Excel does.
    assert all((report / str(link).replace("\\", "/")).is_file() for link in links)
    assert book.properties.created is not None
    assert book.properties.created.year == 2000


def test_the_marker_says_what_the_report_was_made_of(report: Path) -> None:
    marker = json.loads((report / MARKER).read_text(encoding="ascii"))
    assert marker["n_cases"] == 6
    assert marker["provenance"]["run_key"] == "k" * 64

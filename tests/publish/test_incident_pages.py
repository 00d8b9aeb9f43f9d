"""The page of incidents keeps the report's promise: every count leads to cases and their words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import openpyxl
import pytest
from fictional_corpus import publication_of, reading_of, said

from workbench.cases import incidents_of
from workbench.codebook import default_codebook_path, load_codebook
from workbench.findings.incidents import incident_findings
from workbench.pipeline.incident import CaseIncident, with_passages
from workbench.publish import write_report
from workbench.publish.tables.csv_files import read_csv
from workbench.publish.walk import check_links, walk_report
from workbench.records import (
    FactBasis,
    IncidentFact,
    IncidentField,
    Reading,
    SectionRole,
    Standing,
    SubjectRole,
)

FACTS = SectionRole.FACTS
TOLD = {
    "one": "At 6.12pm on Tuesday 7 February 2023 Mara was stabbed in the street by a stranger.",
    "two": "At 7.30pm on Saturday 4 March 2023 Mara was stabbed in the street by her husband.",
    "three": "Nothing is said of how it happened.",
}
ONE = sha256(b"one").hexdigest()


def told(name: str) -> Reading:
    return reading_of(
        name, f"Review of {name}", [said(FACTS, TOLD[name])], [("Mara", SubjectRole.VICTIM)]
    )


def differing(facts: Sequence[IncidentFact]) -> list[IncidentFact]:
    """For the first review another method on the same words, as of a coder who differs."""
    return [
        replace(fact, value="shooting", standing=Standing.DIFFERS, basis=FactBasis.HUMAN)
        for fact in facts
        if fact.field is IncidentField.METHOD and fact.document_id == ONE
    ]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    codebook = load_codebook(default_codebook_path())
    readings = {each.document.document_id: each for each in map(told, TOLD)}
    plain = publication_of(readings, {}, codebook)
    incidents = {
        key: (*facts, *differing(facts)) for key, facts in
        incidents_of(plain.cases, readings, codebook).items()
    }  # fmt: skip
    stored = [CaseIncident(case_id=key, facts=facts) for key, facts in incidents.items()]
    publication = replace(
        plain,
        incidents=incidents,
        readings=with_passages(readings, stored),
        findings=(*plain.findings, *incident_findings(plain.cases, incidents, codebook)),
    )
    folder = tmp_path_factory.mktemp("incidents") / "report"
    write_report(publication, folder)
    return folder


def test_every_number_of_the_page_leads_to_what_it_counts(report: Path) -> None:
    walk = walk_report(report, sample_size=10_000)
    assert walk.problems == []
    assert sum(number.page == "incidents.html" for number in walk.checked) > 20
    assert check_links(report) == []


def test_shares_are_of_the_cases_that_state_it(report: Path) -> None:
    rows = {row["finding_id"]: row for row in read_csv(report / "findings.csv")}
    stated, street = rows["incident-place"], rows["incident-place__street-or-open-space"]
    assert (stated["numerator"], stated["denominator"]) == ("2", "3")
    assert (street["numerator"], street["denominator"]) == ("2", "2")
    page = (report / "incidents.html").read_text(encoding="utf-8")
    assert "not stated in 1." in page
    assert "By the calendar" not in page


def test_the_table_of_incidents_gives_months_and_never_days(report: Path) -> None:
    rows = read_csv(report / "incidents.csv")
    dates = [row["value"] for row in rows if row["field"] == "date"]
    assert sorted(dates) == ["2023-02", "2023-03"]
    assert "2023-02-07" not in (report / "incidents.html").read_text(encoding="utf-8")
    codings = {row["coding_id"] for row in read_csv(report / "codings.csv")}
    assert {row["coding_id"] for row in rows} <= codings
    described = {(r["table"], r["column"]) for r in read_csv(report / "data_dictionary.csv")}
    assert ("incidents", "standing") in described or ("incidents.csv", "standing") in described


def test_the_page_of_a_case_shows_its_facts_and_says_so_when_there_are_none(report: Path) -> None:
    pages = {
        path.stem: path.read_text(encoding="utf-8") for path in (report / "cases").glob("*.html")
    }
    one = next(text for name, text in pages.items() if name.startswith("one"))
    assert "street or open space" in one
    assert "follows from the words" in one
    three = next(text for name, text in pages.items() if name.startswith("three"))
    assert "No document says how, where or when it happened" in three


def test_the_sheet_of_incidents_has_a_row_for_each_case_and_attribute(report: Path) -> None:
    rows, links = sheet_of(report)
    methods = [str(row["title"]) for row in rows if row["attribute"] == "Method"]
    assert methods == ["Review of one", "Review of two"]
    keys = [(row["case_id"], row["attribute"]) for row in rows]
    stated = {(row["case_id"], row["field"]) for row in read_csv(report / "incidents.csv")}
    assert len(keys) == len(set(keys)) == len(stated)
    tie = next(row for row in rows if row["value"] == "spouse or civil partner")
    assert (tie["words"], tie["page"], tie["rests_on"]) == ("her husband", 1, "stated")
    assert 0 < float(str(tie["how_sure"])) <= 1
    assert len(links) == len(rows)
    assert all((report / link.partition("#")[0]).is_file() for link in links)


def test_the_sheet_shows_what_differs_beside_the_value(report: Path) -> None:
    method, other = (row for row in sheet_of(report)[0] if row["attribute"] == "Method")
    assert (method["value"], method["words"]) == ("sharp instrument", "stabbed")
    assert method["differs"] == "shooting (\u201cstabbed\u201d, p. 1)"
    assert other["differs"] is None


def sheet_of(report: Path) -> tuple[list[dict[str, object]], list[str]]:
    """The rows of the sheet of incidents by column, and where its links lead."""
    sheet = openpyxl.load_workbook(report / "findings.xlsx")["Incidents"]
    header, *lines = [[cell.value for cell in row] for row in sheet.iter_rows()]
    links = [cell.hyperlink.target for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    return (
        [dict(zip(map(str, header), line, strict=True)) for line in lines],
        [str(link).replace("\\", "/") for link in links],
    )

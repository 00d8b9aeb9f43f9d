"""The page of people, a page for each, and the evidence behind every number of people."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from workbench.cases import build_cases
from workbench.findings.people import people_findings
from workbench.publish import Publication, write_report
from workbench.publish.charts.people import PersonMark, people_chart
from workbench.publish.html_page import read_page
from workbench.publish.recount import Counted
from workbench.publish.tables.csv_files import read_csv
from workbench.publish.walk import Walk, check_links, walk_report
from workbench.records import Reading, SubjectRole

EVERY_NUMBER = 1_000_000


def two_victims(reading: Reading, n: int) -> Reading:
    """The review with Orla's sister as a second victim; what is said of Orla is said of her."""
    orla = reading.people[0]
    sister = replace(orla, person_id="P9", name="Maeve", sex="female", age_years=17)
    codings = tuple(
        replace(coding, person_id="P9" if n else "")
        if coding.subject_role is SubjectRole.VICTIM
        else coding
        for coding in reading.codings
    )
    people = (replace(orla, ethnicity="White Irish"), sister, *reading.people[1:])
    return replace(reading, people=people, codings=codings)


@pytest.fixture(scope="module")
def of_people(publication: Publication) -> Publication:
    """Two of the six reviews are of two victims; only numbers of people are published."""
    readings = {
        key: two_victims(reading, n) if n < 2 else reading
        for n, (key, reading) in enumerate(publication.readings.items())
    }
    cases = build_cases(list(readings.values()), publication.codebook, {})
    findings = people_findings(cases, publication.codebook)
    return replace(
        publication, readings=readings, cases=cases, findings=findings, journeys={}, register=()
    )


@pytest.fixture(scope="module")
def folder(of_people: Publication, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("people") / "report"
    write_report(of_people, path)
    return path


def of_people_alone(walk: Walk) -> list[str]:
    """Practice themes count on pages of factors, for which no number of cases is published here."""
    return [problem for problem in walk.problems if not problem.startswith("practice.html")]


def test_every_number_of_people_recounts_from_the_pages(folder: Path) -> None:
    assert [problem for problem in check_links(folder) if "people" in problem] == []
    walk = walk_report(folder, EVERY_NUMBER)
    assert of_people_alone(walk) == []
    counted = [number for number in walk.checked if number.recount == "person"]
    assert len(counted) > 20
    assert any(number.recount == "low" and number.value > 0 for number in walk.checked)


def test_a_person_who_is_lost_from_an_evidence_page_is_noticed(
    of_people: Publication, tmp_path: Path
) -> None:
    write_report(of_people, tmp_path / "report")
    page = tmp_path / "report/evidence/people-present-nonfatal_strangulation-victim.html"
    text = page.read_text(encoding="utf-8")
    page.write_text(re.sub(r'data-person="[^"]*"', "", text, count=1), encoding="utf-8")
    assert of_people_alone(walk_report(tmp_path / "report", EVERY_NUMBER))


def test_an_interval_that_takes_people_of_one_review_for_independent_is_noticed(
    of_people: Publication, tmp_path: Path
) -> None:
    write_report(of_people, tmp_path / "report")
    for page in (tmp_path / "report/evidence").glob("people-*.html"):
        first, *parts = page.read_text(encoding="utf-8").split('data-review="')
        apart = (f'data-review="{number}{part}' for number, part in enumerate(parts))
        page.write_text(first + "".join(apart), encoding="utf-8")
    assert of_people_alone(walk_report(tmp_path / "report", EVERY_NUMBER))


def test_the_page_tells_what_is_said_of_each_and_what_of_several(folder: Path) -> None:
    text = (folder / "people.html").read_text(encoding="utf-8")
    page = read_page(text)
    assert Counted(page, page.by_id["list-victim"]).n("person") == 8
    assert Counted(page, page.by_id["list-victim"]).n("case") == 6
    assert "not stated" in text
    assert "White Irish" in text
    assert 'href="people.html" aria-current="page"' in text


def test_a_case_of_several_people_tells_what_is_said_of_each(
    folder: Path, of_people: Publication
) -> None:
    shown = [
        (folder / f"cases/{case.case_id}.html").read_text(encoding="utf-8")
        for case in of_people.cases
    ]
    assert all("What is said of each" in text for text in shown)
    assert sum("people/" in text and "Maeve" in text for text in shown) == 2


def test_the_table_of_people_has_one_row_for_each(folder: Path, of_people: Publication) -> None:
    rows = read_csv(folder / "people.csv")
    assert len(rows) == sum(len(case.subjects) for case in of_people.cases)
    assert len({row["subject_id"] for row in rows}) == len(rows)
    sisters = [row for row in rows if row["name"] == "Maeve"]
    assert {row["age_band"] for row in sisters} == {"16-17"}
    assert sorted(row["n_factors_present"] for row in sisters) == ["0", "1"]
    assert sorted(row["n_factors_shared"] for row in sisters) == ["0", "1"]
    assert all((folder / row["link"]).is_file() for row in rows)


def test_the_chart_says_all_its_numbers_in_words_and_has_a_mark_for_each_role() -> None:
    mark = PersonMark(0.5, 0.2, 0.8, "4 of 8", "evidence/a.html#numerator")
    svg = people_chart(
        [("Alcohol", [mark, None]), ("Drugs", [None, mark])], ["Victim (8)", "Perpetrator (8)"],
        name="people", title="People",
    )  # fmt: skip
    assert "Alcohol, Victim (8): 4 of 8, 50% (20% to 80%)" in svg
    assert svg.count('href="evidence/a.html#numerator"') == 2
    assert "Perpetrator (8)" in svg

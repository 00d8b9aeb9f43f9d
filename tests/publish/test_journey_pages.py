"""The pages of agencies, contacts over time and recommendations keep the report's promise."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from fictional_corpus import Said, publication_of, reading_of, said

from workbench.codebook import Codebook
from workbench.publish import write_report
from workbench.publish.names import stem
from workbench.publish.tables.csv_files import read_csv
from workbench.publish.walk import check_links, walk_report
from workbench.records import (
    Assertion,
    DateBasis,
    DatedEvent,
    DatePrecision,
    Reading,
    Recommendation,
    SectionRole,
    SegmentKind,
    SubjectRole,
    Valence,
)

FACTS, ANALYSIS = SectionRole.FACTS, SectionRole.ANALYSIS
NEGATIVE = Valence.NEGATIVE
ASKED = "Marl Constabulary should tell the school about every call (see paragraph 4.3)."


def told(name: str) -> Reading:
    """A review with two dated contacts, a failing of the police and a recommendation."""
    made = reading_of(
        name,
        f"Review of {name}",
        [
            said(FACTS, "On 5 March 2020 Marl Constabulary attended; he had drunk all day.",
                 "drunk all day", "alcohol_misuse"),
            said(FACTS, "On 9 May 2021 a health visitor saw the children."),
            said(ANALYSIS, "Marl Constabulary told nobody what its officers knew of the calls.",
                 "told nobody", "ap_information_sharing", Assertion.AFFIRMED, SubjectRole.AGENCY,
                 NEGATIVE),
            replace_kind(said(SectionRole.RECOMMENDATIONS, ASKED)),
        ],
        [(name, SubjectRole.VICTIM)],
    )  # fmt: skip
    asked = made.segments[3]
    return replace(
        made,
        recommendations=(
            Recommendation(
                document_id=asked.document_id, segment=3, start_char=asked.start_char,
                end_char=asked.end_char, text=asked.text, number="1",
                addressee="Marl Constabulary",
            ),
        ),
        events=tuple(
            DatedEvent(
                document_id=made.document.document_id, segment=n, date=date,
                precision=DatePrecision.DAY, basis=DateBasis.IN_TEXT, printed=date,
                text=made.segments[n].text, start_char=made.segments[n].start_char,
                end_char=made.segments[n].end_char,
            )
            for n, date in enumerate(("2020-03-05", "2021-05-09"))
        ),
    )  # fmt: skip


def replace_kind(paragraph: Said) -> Said:
    return paragraph._replace(kind=SegmentKind.RECOMMENDATION)


@pytest.fixture(scope="module")
def folder(codebook: Codebook, tmp_path_factory: pytest.TempPathFactory) -> Path:
    readings = {r.document.document_id: r for r in map(told, ("Ada", "Bea", "Cleo"))}
    path = tmp_path_factory.mktemp("journeys") / "report"
    write_report(publication_of(readings, {}, codebook), path)
    return path


def page(folder: Path, name: str) -> str:
    return (folder / name).read_text(encoding="utf-8")


def test_every_number_of_the_report_leads_to_its_words(folder: Path) -> None:
    assert check_links(folder) == []
    walk = walk_report(folder, sample_size=10_000)
    assert walk.problems == []
    assert {number.page for number in walk.checked} >= {
        "agencies.html", "journeys.html", "sequences.html", "recommendations.html",
    }  # fmt: skip


def test_who_knew_and_what_was_done_stand_side_by_side(folder: Path) -> None:
    text = page(folder, "agencies.html")
    assert "evidence/agency-in-touch-police.html" in text
    assert "evidence/agency-factor-police-alcohol_misuse.html" in text
    assert "evidence/agency-failing-police-ap_information_sharing.html" in text
    contact = page(folder, "evidence/agency-in-touch-police.html")
    assert contact.count("data-contact=") == 3
    assert "<mark>Marl Constabulary</mark>" in contact


def test_each_case_has_its_timeline_with_the_same_contacts_in_a_table(folder: Path) -> None:
    path = next((folder / "journeys").glob("*.html"))
    text = path.read_text(encoding="utf-8")
    assert 'class="chart"' in text
    assert text.count("data-event=") == text.count("data-dated=") == 2
    assert "430 days" in text
    assert "Marl Constabulary" in text


def test_what_comes_first_in_all_cases_is_shown_as_exploratory(folder: Path) -> None:
    text = page(folder, "sequences.html")
    assert "Contact with police, then contact with community health" in text
    assert "Exploratory." in text


def test_a_recommendation_is_listed_by_addressee_and_theme_and_answers_its_paragraph(
    folder: Path,
) -> None:
    text = page(folder, "recommendations.html")
    assert "recommendations/for-police.html" in text
    assert "asked by 3 reviews" in text
    assert "as the review says" in text
    assert "paragraph 4.3" in text
    listed = page(folder, "recommendations/for-police.html")
    assert listed.count("data-segment=") == 3


def test_a_review_of_several_cases_lists_its_recommendations_once_and_leads_to_each_case(
    codebook: Codebook, tmp_path: Path
) -> None:
    readings = {r.document.document_id: r for r in map(told, ("Ada", "Bea"))}
    made = publication_of(readings, {}, codebook)
    ada, bea = made.cases
    of_ada = next(e for e in made.register if e.case_ids == (ada.case_id,))
    joint = replace(of_ada, case_ids=(ada.case_id, bea.case_id), group="")
    write_report(replace(made, register=(joint,)), tmp_path / "report")
    text = page(tmp_path / "report", "recommendations.html")
    assert text.count("data-segment=") == 1
    assert "2 cases: " in text
    for case in (ada, bea):
        assert f'href="cases/{stem(case.case_id)}.html"' in text
    assert check_links(tmp_path / "report") == []


def test_the_tables_carry_the_same(folder: Path) -> None:
    asked = read_csv(folder / "recommendations.csv")
    assert {row["n_reviews"] for row in asked} == {"3"}
    assert len({row["repetition_group"] for row in asked}) == 1
    assert {(row["finding_basis"], row["finding_paragraph"]) for row in asked} == {
        ("printed", "4.3")
    }  # fmt: skip
    assert {row["addressee_kinds"] for row in asked} == {"police"}
    contacts = read_csv(folder / "contacts.csv")
    dated = {(row["kind"], row["date"]) for row in contacts if row["is_contact"] == "1"}
    assert dated == {("police", "2020-03-05"), ("community_health", "2021-05-09")}
    chronology = read_csv(folder / "chronology.csv")
    assert {row["agency_kinds"] for row in chronology} == {"police", "community_health"}
    for row in (*chronology, *contacts):
        name, _, anchor = row["link"].partition("#")
        assert f'id="{anchor}"' in page(folder, name)


def test_a_contact_whose_words_are_not_marked_is_seen(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "report"
    shutil.copytree(folder, copy)
    for sheet in (copy / "pages").glob("*/p*.html"):
        text = sheet.read_text(encoding="utf-8")
        sheet.write_text(text.replace('id="w-', 'id="gone-'), encoding="utf-8")
    problems = walk_report(copy, sample_size=10_000).problems
    assert any("leads to no words" in problem for problem in problems)

"""The report says who coded its passages: a machine, people, or the makers of tables."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from workbench.publish import Publication, write_report
from workbench.publish.numbers import statistic
from workbench.publish.publication import CASE_TABLE, CodedBy


def with_sources(publication: Publication, source: str, n_documents: int) -> Publication:
    """The codings of the first documents have another source; these come from tables."""
    readings = dict(publication.readings)
    chosen = sorted(readings)[:n_documents]
    for document_id in chosen:
        reading = readings[document_id]
        codings = tuple(replace(coding, source=source) for coding in reading.codings)
        readings[document_id] = replace(reading, codings=codings)
    documents = tuple(
        replace(document, producer=CASE_TABLE, publisher="Made up for a test, CC BY 4.0")
        if source.startswith("table:") and document.document_id in chosen
        else document
        for document in publication.documents
    )
    return replace(publication, readings=readings, documents=documents)


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ((9, 0, 0), "Coded by machine; not reviewed by a person unless a passage says so"),
        ((0, 1200, 0), "Passages: 1,200 taken from tables that people coded"),
        ((7, 0, 2), "Passages: 7 coded by machine and not reviewed, 2 decided by reviewers"),
    ],
)
def test_who_coded_is_said_in_one_sentence(counts: tuple[int, int, int], said: str) -> None:
    assert CodedBy(*counts).in_words == said


def test_a_report_of_tables_that_people_coded_does_not_speak_of_a_machine(
    publication: Publication, tmp_path: Path
) -> None:
    of_tables = with_sources(publication, "table:made-up", len(publication.readings))
    index = write_report(of_tables, tmp_path / "report").read_text(encoding="utf-8")
    assert "A machine coded the text" not in index
    assert "People coded these cases." in index
    assert "Made up for a test, CC BY 4.0" in index
    assert "where there is no column, nobody asked" in index


def test_a_zero_of_tables_that_have_no_column_for_it_is_no_finding(
    publication: Publication, tmp_path: Path
) -> None:
    of_tables = with_sources(publication, "table:made-up", len(publication.readings))
    assert of_tables.untold == ("school_exclusion", "ap_voice")
    report = write_report(of_tables, tmp_path / "report").parent
    for page in ("factors.html", "factors/school_exclusion.html"):
        assert "no finding: nobody asked" in (report / page).read_text(encoding="utf-8")
    told = (report / "factors/alcohol_misuse.html").read_text(encoding="utf-8")
    assert "nobody asked" not in told


def test_a_machine_that_found_nothing_has_looked(publication: Publication, tmp_path: Path) -> None:
    report = write_report(publication, tmp_path / "report").parent
    page = (report / "factors/school_exclusion.html").read_text(encoding="utf-8")
    assert "nobody asked" not in page


def test_decisions_of_reviewers_are_counted_beside_the_machine_s(
    publication: Publication, tmp_path: Path
) -> None:
    decided = with_sources(publication, "human:ada", 1)
    counts = decided.coded_by
    assert counts.n_machine > counts.n_people > 0
    index = write_report(decided, tmp_path / "report").read_text(encoding="utf-8")
    assert f"Reviewers decided on {counts.n_people} passages" in index
    assert f"nobody has checked the other {counts.n_machine}." in index


@pytest.mark.parametrize("source", ["human:ada", "incident:human"])
def test_whatever_a_person_decided_is_no_machine_s(publication: Publication, source: str) -> None:
    counts = with_sources(publication, source, len(publication.readings)).coded_by
    assert (counts.n_machine, counts.n_tables) == (0, 0)
    assert counts.n_people > 0


@pytest.mark.parametrize("name", ["p_adjusted", "q_adjusted"])
def test_further_probabilities_are_printed_as_probabilities(name: str) -> None:
    assert (statistic(name, 4e-6), statistic(name, 0.0412)) == ("<0.001", "0.041")

"""Recommendations, chronology and metadata in the report: escaped, linked, in the tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from fictional_corpus import publication_of

from workbench.codebook import Codebook
from workbench.publish import write_report
from workbench.publish.names import short_id
from workbench.publish.tables.csv_files import read_csv
from workbench.publish.walk import check_links
from workbench.records import (
    DateBasis,
    DatedEvent,
    DatePrecision,
    MetadataField,
    MetadataSource,
    Metadatum,
    Reading,
    Recommendation,
    SegmentKind,
)

HOSTILE = "<b>Board</b> & Co"


def with_details(reading: Reading) -> Reading:
    """The reading with its last paragraph a recommendation and its second a dated entry."""
    identity, last = reading.document.document_id, reading.segments[-1]
    entry = reading.segments[1]
    asked = replace(last, kind=SegmentKind.RECOMMENDATION)
    return replace(
        reading,
        segments=(*reading.segments[:-1], asked),
        recommendations=(
            Recommendation(
                document_id=identity, segment=last.ordinal, start_char=last.start_char,
                end_char=last.end_char, text=last.text, number=last.number, addressee=HOSTILE,
                timescale="by May 2021",
            ),
        ),
        events=(
            DatedEvent(
                document_id=identity, segment=entry.ordinal, date="2019-21",
                precision=DatePrecision.SEASON, basis=DateBasis.PRINTED, printed="Spring 2019",
                text=entry.text, agency=HOSTILE, is_approximate=True,
                start_char=entry.start_char, end_char=entry.end_char,
            ),
        ),
        metadata=(
            Metadatum(
                document_id=identity, field=MetadataField.AUTHOR, value="Ada Quill",
                confidence=1.0, source=MetadataSource.USER,
            ),
            Metadatum(
                document_id=identity, field=MetadataField.AREA, value=HOSTILE, confidence=0.8,
                source=MetadataSource.PAGE, start_char=entry.start_char, end_char=entry.end_char,
            ),
        ),
    )  # fmt: skip


@pytest.fixture(scope="module")
def detailed(
    readings: Mapping[str, Reading],
    codebook: Codebook,
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[Reading, Path]:
    first = with_details(next(iter(readings.values())))
    folder = tmp_path_factory.mktemp("detailed") / "report"
    found = {first.document.document_id: first}
    write_report(publication_of(found, {}, codebook), folder)
    return first, folder


def test_the_tables_hold_each_record_with_its_page(detailed: tuple[Reading, Path]) -> None:
    reading, folder = detailed
    (asked,) = read_csv(folder / "recommendations.csv")
    assert (asked["addressee"], asked["timescale"]) == (HOSTILE, "by May 2021")
    assert asked["text"] == reading.segments[-1].text
    assert int(asked["page"]) == reading.segments[-1].page_start
    (event,) = read_csv(folder / "chronology.csv")
    assert (event["date"], event["precision"], event["is_approximate"]) == (
        "2019-21", "season", "1"
    )  # fmt: skip
    author, area = read_csv(folder / "metadata.csv")
    assert (author["source"], author["page"], author["link"]) == ("user", "", "")
    assert (folder / area["link"]).is_file()


def test_the_dictionary_explains_every_column(detailed: tuple[Reading, Path]) -> None:
    folder = detailed[1]
    explained = {(row["table"], row["column"]) for row in read_csv(folder / "data_dictionary.csv")}
    for name in ("recommendations", "chronology", "metadata"):
        columns = read_csv(folder / f"{name}.csv")[0].keys()
        assert {(name, column) for column in columns} <= explained


def test_the_pages_show_them_escaped_and_every_link_leads_somewhere(
    detailed: tuple[Reading, Path],
) -> None:
    reading, folder = detailed
    assert check_links(folder) == []
    case = next((folder / "cases").glob("*.html")).read_text(encoding="utf-8")
    assert "Spring 2019" in case
    assert "about <time>2019-21</time>" in case
    asked = (folder / "recommendations.html").read_text(encoding="utf-8")
    assert "by May 2021" in asked
    index = folder / "pages" / short_id(reading.document.document_id) / "index.html"
    document = index.read_text(encoding="utf-8")
    assert "Ada Quill" in document
    assert "corrected by the user" in document
    for page in (case, asked, document):
        assert "<b>Board" not in page
        assert "&lt;b&gt;Board&lt;/b&gt; &amp; Co" in page

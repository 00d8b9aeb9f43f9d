"""The segment stage on real documents: nothing is lost, and the numbers count on."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from workbench.extract import Extraction, read_document
from workbench.records import SectionRole, SegmentKind
from workbench.segment import Segmentation, segment_document

#: A numbered report, a form, a form of word-processor tables, a letter, a report in sections.
PATTERNS = (
    "commons_home_affairs*report.pdf", "pfd_suffolk*.pdf", "pfd_surrey*.pdf",
    "ofsted_focused_visit_sutton*.pdf", "ofsted_jar*.pdf",
)  # fmt: skip


def read(shared: Path, pattern: str) -> tuple[Extraction, Segmentation]:
    path = next((shared / "real" / "pdf").glob(pattern))
    extraction = read_document(path)
    return extraction, segment_document(extraction.document, extraction.pages)


@pytest.mark.real
@pytest.mark.parametrize("pattern", PATTERNS)
def test_no_word_of_a_real_page_is_lost_or_told_twice(shared: Path, pattern: str) -> None:
    extraction, made = read(shared, pattern)
    places = [(word.page, word.x1, word.top) for word in made.frozen.words]
    assert len(places) == len(set(places))
    dropped = [
        word.text
        for page in extraction.pages
        for line in page.lines
        for word in line.words
        if (page.number, word.x1, word.top) not in set(places)
    ]
    assert all(len(text) <= 5 for text in dropped), "only numbers, bullets and marks are left out"
    for segment in made.segments:
        assert made.frozen.text[segment.start_char : segment.end_char] == segment.text


@pytest.mark.real
@pytest.mark.parametrize("pattern", ["ofsted_jar*.pdf", "ofsted_ilacs_bexley*.pdf"])
def test_the_paragraph_numbers_of_a_real_report_count_on(shared: Path, pattern: str) -> None:
    _, made = read(shared, pattern)
    numbers = [
        int(segment.number)
        for segment in made.segments
        if re.fullmatch(r"\d+", segment.number)
        and segment.kind in (SegmentKind.PARAGRAPH, SegmentKind.RECOMMENDATION)
    ]
    assert len(numbers) > 45
    assert all(after == before + 1 for before, after in pairwise(numbers))


@pytest.mark.real
@pytest.mark.parametrize("pattern", ["pfd_suffolk*.pdf", "pfd_surrey*.pdf"])
def test_the_boxes_of_a_real_coroners_form_have_their_roles(shared: Path, pattern: str) -> None:
    _, made = read(shared, pattern)
    assert made.document.review_type == "prevention_of_future_deaths_report"
    roles = {segment.section_role for segment in made.segments}
    assert {
        SectionRole.FACTS, SectionRole.FINDINGS, SectionRole.RECOMMENDATIONS, SectionRole.APPENDIX,
    } <= roles  # fmt: skip

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from workbench.publish.page_view import COLOURS, PageView, write_page_view
from workbench.records import (
    FrozenText,
    PageSource,
    PlacedWord,
    SectionRole,
    Segment,
    SegmentKind,
)

TEXT = "A heading\n\nTwo lines"
WORDS = (
    PlacedWord(0, 1, 1, 72, 80, 80, 91), PlacedWord(2, 9, 1, 84, 80, 130, 91),
    PlacedWord(11, 14, 1, 72, 800, 90, 811), PlacedWord(15, 20, 2, 72, 80, 100, 91),
)  # fmt: skip


def made(start: int, end: int, kind: SegmentKind, pages: tuple[int, int], number: str) -> Segment:
    return Segment(
        document_id="d", ordinal=start, kind=kind, section_role=SectionRole.ANALYSIS,
        start_char=start, end_char=end, text=TEXT[start:end], page_start=pages[0],
        page_end=pages[1], number=number, section_path=("A <b> & heading",),
    )  # fmt: skip


SEGMENTS = (
    made(0, 9, SegmentKind.HEADING, (1, 1), ""),
    made(11, 20, SegmentKind.PARAGRAPH, (1, 2), "4.12"),
)
VIEW = PageView(
    file_name="made & found.pdf", page=1, n_pages=2, width_pt=595, height_pt=842,
    source=PageSource.TEXT, image=b"\x89PNG",
    frozen=FrozenText(document_id="d", text=TEXT, words=WORDS),
    segments=SEGMENTS, warnings=("one <odd> thing",),
)  # fmt: skip


def svg(view: PageView) -> ElementTree.Element:
    found = re.search(r"<svg.*</svg>", write_page_view(view), re.DOTALL)
    assert found
    return ElementTree.fromstring(found.group())


def test_each_printed_line_has_one_frame_in_the_colour_of_its_kind() -> None:
    groups = svg(VIEW).findall("g")
    assert [group.get("fill") for group in groups] == [
        COLOURS[SegmentKind.HEADING], COLOURS[SegmentKind.PARAGRAPH],
    ]  # fmt: skip
    assert [len(group.findall("rect")) for group in groups] == [1, 1]
    frame = groups[0].find("rect")
    assert frame is not None
    assert (frame.get("x"), frame.get("width")) == ("72.0", "58.0")


def test_numbers_and_roles_stand_beside_the_lines() -> None:
    texts = [text.text for text in svg(VIEW).findall("text")]
    assert texts == ["0 heading", "analysis", "11 paragraph  [4.12]", "analysis"]


def test_a_segment_from_the_page_before_says_that_it_goes_on() -> None:
    texts = [text.text for text in svg(replace(VIEW, page=2)).findall("text")]
    assert texts == ["11 paragraph  [4.12], goes on", "analysis"]


def test_words_of_the_review_cannot_become_markup() -> None:
    html = write_page_view(VIEW)
    assert "one &lt;odd&gt; thing" in html
    assert "A &lt;b&gt; &amp; heading" in html
    assert "made &amp; found.pdf" in html


def test_recognised_text_is_called_so() -> None:
    ocr = replace(VIEW, source=PageSource.FOREIGN_OCR)
    assert "foreign ocr layer" in write_page_view(ocr)


def test_a_page_of_a_document_that_was_not_read_has_no_frames() -> None:
    bare = replace(VIEW, frozen=None, segments=(), image=b"")
    assert svg(bare).findall("g") == []
    assert "<image" not in write_page_view(bare)


@pytest.mark.parametrize("kind", list(SegmentKind))
def test_every_kind_has_a_colour(kind: SegmentKind) -> None:
    assert re.match(r"^#[0-9a-f]{6}$", COLOURS[kind])

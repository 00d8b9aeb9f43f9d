from __future__ import annotations

import pytest

from workbench.learn.truth_free import (
    ExtractionCheck,
    Share,
    check_extraction,
    counts_on,
    looks_like_a_word,
)
from workbench.records import (
    Document,
    DocumentStatus,
    Line,
    Page,
    PageSource,
    SectionRole,
    Segment,
    SegmentKind,
    Word,
)

DOCUMENT = Document(document_id="d" * 64, file_name="made.pdf", status=DocumentStatus.OK, n_pages=9)


def segment(
    text: str, number: str = "", kind: SegmentKind = SegmentKind.PARAGRAPH, page: int = 1
) -> Segment:
    return Segment(
        document_id=DOCUMENT.document_id, ordinal=0, kind=kind, section_role=SectionRole.FACTS,
        start_char=0, end_char=len(text), text=text, page_start=page, page_end=page, number=number,
    )  # fmt: skip


def page(number: int, *words: Word, warnings: tuple[str, ...] = ()) -> Page:
    line = Line(words=words, x0=72, top=80, x1=300, bottom=91, size_pt=11.0)
    return Page(
        document_id=DOCUMENT.document_id, number=number, label="", width_pt=595, height_pt=842,
        rotation_deg=0, source=PageSource.TEXT, lines=(line,), warnings=warnings,
    )  # fmt: skip


def checked(*segments: Segment, pages: tuple[Page, ...] = ()) -> ExtractionCheck:
    return check_extraction(DOCUMENT, pages, segments)


@pytest.mark.parametrize(
    ("before", "after", "follows"),
    [
        pytest.param((4, 11), (4, 12), True, id="the next"),
        pytest.param((4, 11), (5, 1), True, id="the next section"),
        pytest.param((4, 11), (4, 11, 1), True, id="one level down"),
        pytest.param((4, 11, 3), (4, 12), True, id="one level up"),
        pytest.param((4, 11), (4, 13), False, id="one left out"),
        pytest.param((4, 11), (4, 11), False, id="the same again"),
        pytest.param((4, 11), (4, 11, 2), False, id="down, but not at 1"),
        pytest.param((4, 11), (5, 2), False, id="the next section, but not at 1"),
        pytest.param((4, 11), (4, 10), False, id="back"),
        pytest.param((4, 11, 3), (4, 11), False, id="back to the one above"),
    ],
)
def test_what_counts_on(before: tuple[int, ...], after: tuple[int, ...], *, follows: bool) -> None:
    assert counts_on(before, after) == follows


def test_continuity_counts_pairs_and_says_where_they_break() -> None:
    found = checked(
        segment("a", "1"), segment("b", "2"), segment("c", "4", page=3),
        segment("d", "1", page=4), segment("e", "2", page=4),
    )  # fmt: skip
    assert found.numbers_continue == Share(2, 3)
    assert found.breaks == ("p. 3: 2, then 4",)


def test_notes_and_list_items_are_no_part_of_the_count() -> None:
    found = checked(
        segment("a", "1"),
        segment("b", "7", SegmentKind.FOOTNOTE),
        segment("c", "9", SegmentKind.BULLET),
        segment("d", "2"),
    )
    assert found.numbers_continue == Share(1, 1)


FULL = Word("house", 72, 80, 110, 91, 11.0)
RAISED = Word("3", 110, 79, 113, 85, 6.0)


def test_a_note_has_its_mark_on_its_page() -> None:
    note = segment("See there.", "3", SegmentKind.FOOTNOTE)
    found = checked(note, pages=(page(1, FULL, RAISED),))
    assert (found.notes_marked, found.marks_noted) == (Share(1, 1), Share(1, 1))


@pytest.mark.parametrize(
    "word",
    [
        pytest.param(RAISED._replace(size_pt=11.0), id="as large as its line"),
        pytest.param(RAISED._replace(bottom=95.0), id="lowered"),
        pytest.param(RAISED._replace(text="rd"), id="letters"),
    ],
)
def test_small_type_that_is_no_mark(word: Word) -> None:
    note = segment("See there.", "3", SegmentKind.FOOTNOTE)
    found = checked(note, pages=(page(1, FULL, word),))
    assert (found.notes_marked, found.marks_noted) == (Share(0, 1), Share(0, 0))


def test_chapters_between_paragraphs_that_count_through_are_no_break() -> None:
    made = [
        segment("One", "1", SegmentKind.HEADING), segment("a", "1"), segment("b", "2"),
        segment("Two", "2", SegmentKind.HEADING), segment("c", "3"), segment("e", "5"),
    ]  # fmt: skip
    found = checked(*made)
    assert found.numbers_continue == Share(3, 4)
    assert found.breaks == ("p. 1: 3, then 5",)


def test_a_contents_line_may_name_a_paragraph_before_the_page() -> None:
    contents = [
        segment(text, kind=SegmentKind.CONTENTS_LINE)
        for text in ("The family ..... 1.4 3", "The school 2.10 5", "Events of 2.10.15 ..... 7")
    ]
    headings = [
        segment("The family", "", SegmentKind.HEADING, 3),
        segment("The school", "", SegmentKind.HEADING, 5),
        segment("Events of 2.10.15", "", SegmentKind.HEADING, 7),
    ]
    found = checked(*contents, *headings)
    assert found.contents_titles == found.contents_pages == Share(3, 3)


def test_contents_lines_are_held_against_headings_and_a_constant_shift() -> None:
    contents = [
        segment(text, kind=SegmentKind.CONTENTS_LINE)
        for text in ("1. The family ..... 3", "2. The school ..... 5", "3. Lost ..... 6",
                     "a. Housing 7")
    ]  # fmt: skip
    headings = [
        segment("The family", "1", SegmentKind.HEADING, 5),
        segment("THE SCHOOL", "2", SegmentKind.HEADING, 7),
        segment("Housing", "a", SegmentKind.HEADING, 8),
    ]
    found = checked(*contents, *headings)
    assert found.contents_titles == Share(3, 4)
    assert found.contents_pages == Share(2, 3)


@pytest.mark.parametrize(
    "word", ["house", "NHS", "re-read", "Ms", "McAllister", "rhythm", "O’Neill"]
)
def test_words_look_like_words(word: str) -> None:
    assert looks_like_a_word(word)


@pytest.mark.parametrize("word", ["hsldkf", "theHouse", "x" * 5, "a" * 23])
def test_scrap_does_not_look_like_a_word(word: str) -> None:
    assert not looks_like_a_word(word)


def test_warnings_of_pages_are_counted_and_named_once() -> None:
    pages = (page(1, FULL, warnings=("odd",)), page(2, FULL, warnings=("odd",)), page(3, FULL))
    found = checked(segment("a"), pages=pages)
    assert found.pages_with_warnings == Share(2, 3)
    assert found.warnings == ("odd",)


def test_the_lowest_share_ignores_what_has_few_chances() -> None:
    few = checked(segment("a", "1"), segment("b", "5"))
    assert few.numbers_continue == Share(0, 1)
    assert few.lowest == 1.0

from __future__ import annotations

from collections.abc import Sequence

import pytest

from segment.printing import grid, line, page, paragraph, segmented
from workbench.records import EVIDENCE_ROLES, Line, Page, SegmentKind
from workbench.segment import Segmentation

PROSE = (
    "The review heard that the family had moved three times in two years and that no agency "
    "held the whole of the history, although each held a part of it and could have asked."
)


def body(seed: int = 0) -> list[Line]:
    return paragraph(f"On day {'abcdefgh'[seed % 8]} it rained. {PROSE} {PROSE}", 120 + seed)


def running(made: Segmentation) -> list[str]:
    return [s.text for s in made.segments if s.kind is SegmentKind.RUNNING_MATTER]


@pytest.mark.parametrize("n_pages", [2, 3, 12])
def test_heads_and_feet_are_kept_apart_from_the_text(n_pages: int) -> None:
    pages = [
        page(
            n, [line("Review: Child T", 36, size=9), *body(n), line(f"Page {n} of {n_pages}", 800)]
        )
        for n in range(1, n_pages + 1)
    ]
    made = segmented(*pages)
    assert running(made) == [
        text
        for n in range(1, n_pages + 1)
        for text in ("Review: Child T", f"Page {n} of {n_pages}")
    ]
    kept = [s for s in made.segments if s.kind is SegmentKind.RUNNING_MATTER]
    assert not any(s.section_role in EVIDENCE_ROLES for s in kept)


def test_odd_and_even_heads_and_a_first_page_without_one() -> None:
    pages = [page(1, body(1))]
    for n in range(2, 10):
        head = line("A Board", 36) if n % 2 else line("Serious Case Review: K", 36, 300)
        pages.append(page(n, [head, *body(n), line(str(n), 800, 290)]))
    made = segmented(*pages)
    assert len(running(made)) == 16
    assert all(not s.text.startswith(("A Board", "Serious")) for s in made.segments
               if s.kind is not SegmentKind.RUNNING_MATTER)  # fmt: skip


def test_a_landscape_page_shares_the_heads_of_the_others() -> None:
    pages = [page(n, [line("Joint Review: T", 36), *body(n)]) for n in range(1, 6)]
    wide = paragraph(PROSE, 120, right=760)
    pages.append(page(6, [line("Joint Review: T", 36), *wide], width=842, height=595))
    assert running(segmented(*pages)) == ["Joint Review: T"] * 6


def test_a_heading_that_repeats_in_the_body_is_no_running_matter() -> None:
    pages = [
        page(n, [line("At a glance", 200 + 31 * n, size=14, bold=True), *body(n)[:3]])
        for n in range(1, 9)
    ]
    made = segmented(*pages)
    assert running(made) == []
    assert sum(s.kind is SegmentKind.HEADING for s in made.segments) == 8


def test_two_columns_are_read_one_after_the_other() -> None:
    left = paragraph(f"Left begins. {PROSE} {PROSE}", 100, 60, size=9, right=280)
    right = paragraph(f"right goes on. {PROSE} {PROSE}", 100, 310, size=9, right=530)
    made = segmented(page(1, [*left, *right]))
    text = made.frozen.text
    assert text.index("Left begins.") < text.index("right goes on.")
    assert f"Left begins. {PROSE} {PROSE}" in text
    assert f"right goes on. {PROSE} {PROSE}" in text


def test_notes_in_the_margin_stay_out_of_the_paragraphs() -> None:
    pages = []
    for n in range(1, 4):
        lines = []
        for position in range(3):
            top = 100 + 80 * position
            lines.append(line("Hostel", top + 1, 50, size=7, bold=True))
            text = " ".join(PROSE.split()[3 * n + position :])
            lines += paragraph(f"{3 * n + position}. {text}", top, 130, hang=152)
        pages.append(page(n, lines))
    made = segmented(*pages)
    assert running(made) == ["Hostel"] * 9
    assert sum(s.text in PROSE and s.number != "" for s in made.segments) == 9


def ruled(rows: Sequence[tuple[str, ...]], lefts: list[float], top: float = 100.0) -> Page:
    tops = [top + 22 * n for n in range(len(rows) + 1)]
    lines = [
        line(cell, tops[n] + 5, left + 4, size=9, bold=n == 0)
        for n, row in enumerate(rows)
        for cell, left in zip(row, lefts, strict=False)
        if cell
    ]
    return page(1, lines, grid(lefts, tops))


def test_a_ruled_table_becomes_rows_of_cells() -> None:
    rows = [("Name", "Role"), ("Ms A", "Mother"), ("Mr B", "Stepfather")]
    made = segmented(ruled(rows, [72.0, 200.0, 500.0]))
    assert [s.cells for s in made.segments] == rows
    assert [s.text for s in made.segments] == ["Name | Role", "Ms A | Mother", "Mr B | Stepfather"]
    assert {s.kind for s in made.segments} == {SegmentKind.TABLE_ROW}


def test_a_table_with_dates_is_a_chronology() -> None:
    rows = [
        ("Date", "Event"), ("2 May 2019", "Seen."), ("June 2019", "Moved."), ("2020", "Missing."),
    ]  # fmt: skip
    made = segmented(ruled(rows, [72.0, 200.0, 500.0]))
    assert [s.kind.value for s in made.segments] == ["table_row", *["chronology_entry"] * 3]


def test_an_empty_cell_keeps_its_place() -> None:
    rows = [("Date", "Source", "Event"), ("2 May 2019", "", "Seen."), ("2020", "GP", "Moved.")]
    made = segmented(ruled(rows, [72.0, 200.0, 300.0, 500.0]))
    assert made.segments[1].cells == ("2 May 2019", "", "Seen.")


def test_a_table_goes_on_over_the_page_with_its_kind() -> None:
    lefts, tops = [72.0, 200.0, 500.0], [700.0, 722.0, 744.0, 766.0]
    first = page(
        1,
        [
            line("Date", 705, 76, bold=True), line("Event", 705, 204, bold=True),
            line("2 May 2019", 727, 76), line("Seen.", 727, 204),
            line("3 May 2019", 749, 76), line("Called by", 749, 204),
        ],
        grid(lefts, tops),
    )  # fmt: skip
    second = page(
        2,
        [
            line("Date", 77, 76, bold=True), line("Event", 77, 204, bold=True),
            line("the nurse.", 99, 204), line("4 May 2019", 121, 76), line("Died.", 121, 204),
        ],
        grid(lefts, [72.0, 94.0, 116.0, 138.0]),
    )  # fmt: skip
    made = segmented(first, second)
    entries = [s for s in made.segments if s.kind is SegmentKind.CHRONOLOGY_ENTRY]
    assert [s.cells for s in entries] == [
        ("2 May 2019", "Seen."),
        ("3 May 2019", "Called by the nurse."),
        ("4 May 2019", "Died."),
    ]
    assert (entries[1].page_start, entries[1].page_end) == (1, 2)


def test_prose_in_the_boxes_of_a_form_is_read_as_paragraphs() -> None:
    concern = paragraph(f"{PROSE} {PROSE}", 130, 110, size=10, right=520)
    more = paragraph(f"{PROSE} {PROSE}", 260, 110, size=10, right=520)
    lines = [line("5", 110, 76), line("CORONER’S CONCERNS", 110, 110, bold=True), *concern, *more]
    made = segmented(page(1, lines, grid([72.0, 104.0, 523.0], [104.0, 400.0])))
    assert [(s.kind.value, s.number) for s in made.segments] == [
        ("heading", "5"), ("paragraph", ""), ("paragraph", ""),
    ]  # fmt: skip
    assert {s.section_role.value for s in made.segments} == {"findings"}


def test_columns_that_line_up_make_rows_without_any_rule() -> None:
    rows = [("Child arrangements order", "says where a child lives"), ("MARAC", "a conference"),
            ("Section 47", "an enquiry"), ("ICB", "a health board")]  # fmt: skip
    lines = [
        piece
        for n, (term, meaning) in enumerate(rows)
        for piece in (line(term, 100 + 24 * n), line(meaning, 100 + 24 * n, 320))
    ]
    made = segmented(page(1, lines))
    assert [s.cells for s in made.segments] == rows


def test_a_page_without_words_gives_no_segments() -> None:
    made = segmented(page(1, []))
    assert made.segments == ()
    assert made.frozen.text == ""


def test_the_repeated_head_of_a_table_is_no_running_matter() -> None:
    pages = []
    for n in range(1, 7):
        lines = [line("Review: Child T", 36), line("Date", 80, bold=True)]
        lines.append(line("What happened", 80, 200, bold=True))
        for row in range(8):
            what = f"Seen by {'abcdefghijklmn'[n + row - 1]}{'nopqrs'[n - 1]} at home."
            lines += [line(f"{row + 1} May 2019", 102 + 22 * row)]
            lines += [line(what, 102 + 22 * row, 200)]
        pages.append(page(n, lines))
    made = segmented(*pages)
    assert running(made) == ["Review: Child T"] * 6
    assert sum(s.kind is SegmentKind.CHRONOLOGY_ENTRY for s in made.segments) == 48


def test_a_number_beside_a_box_belongs_to_the_text_in_the_box() -> None:
    asked = "The board should ask each school for its plan before the end of the summer term."
    lines = [
        *paragraph(f"5. {PROSE}", 80, hang=108),
        line("6.", 210, 72),
        *paragraph(asked, 210, 112, right=515),
        *paragraph(f"7. {PROSE}", 300, hang=108),
    ]
    made = segmented(page(1, lines, grid([104.0, 523.0], [200.0, 250.0])))
    assert [(s.number, s.text) for s in made.segments] == [
        ("5", PROSE), ("6", asked), ("7", PROSE),
    ]  # fmt: skip


def test_a_bold_line_above_a_ruled_table_is_its_head() -> None:
    lefts, tops = [72.0, 200.0, 500.0], [122.0, 144.0, 166.0, 188.0]
    head = [line("Name", 105, 76, size=9, bold=True), line("Role", 105, 204, size=9, bold=True)]
    cells = [
        line(text, tops[n] + 5, left, size=9)
        for n, row in enumerate((("Ms A", "Mother"), ("Mr B", "Uncle"), ("Ms C", "Aunt")))
        for text, left in zip(row, (76, 204), strict=True)
    ]
    made = segmented(page(1, [*head, *cells], grid(lefts, tops)))
    assert [s.cells for s in made.segments] == [
        ("Name", "Role"), ("Ms A", "Mother"), ("Mr B", "Uncle"), ("Ms C", "Aunt"),
    ]  # fmt: skip


def test_a_short_page_keeps_the_columns_of_the_others() -> None:
    pages = []
    for n in range(1, 5):
        left = paragraph(f"Left {n}. {PROSE} {PROSE}", 140, 60, size=9, right=280)
        right = paragraph(f"Right {n}. {PROSE} {PROSE}", 140, 310, size=9, right=530)
        pages.append(page(n, [*left, *right]))
    last = [line("The left ends here.", 140, 60, size=9), line("And the right.", 140, 310, size=9)]
    made = segmented(*pages, page(5, last))
    assert made.frozen.text.endswith("The left ends here.\n\nAnd the right.")

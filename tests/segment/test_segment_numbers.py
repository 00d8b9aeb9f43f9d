from __future__ import annotations

import pytest

from segment.printing import line, page, paragraph, segmented
from workbench.records import Line, SegmentKind

PROSE = (
    "The school wrote to the mother in the spring and asked whether she would come to a meeting."
)


def numbered(*openings: str, text: str = PROSE) -> list[Line]:
    """Paragraphs with hanging numbers, one below the other."""
    lines: list[Line] = []
    top = 80.0
    for opening in openings:
        lines += paragraph(f"{opening} {text}", top, hang=108.0)
        top = lines[-1].top + 24
    return lines


@pytest.mark.parametrize(
    ("openings", "numbers"),
    [
        pytest.param(("4.11", "4.12", "4.13"), ("4.11", "4.12", "4.13"), id="section and number"),
        pytest.param(("4.1.1", "4.1.2", "4.2.1"), ("4.1.1", "4.1.2", "4.2.1"), id="three levels"),
        pytest.param(("1.", "2.", "3."), ("1", "2", "3"), id="with a stop"),
        pytest.param(("98", "99", "100"), ("98", "99", "100"), id="bare, through a hundred"),
        pytest.param(("(a)", "(b)", "(c)"), ("(a)", "(b)", "(c)"), id="letters in brackets"),
        pytest.param(("(h)", "(i)", "(j)"), ("(h)", "(i)", "(j)"), id="the letter i, not one"),
        pytest.param(("(i)", "(ii)", "(iii)"), ("(i)", "(ii)", "(iii)"), id="roman"),
        pytest.param(("iv)", "v)", "vi)"), ("iv)", "v)", "vi)"), id="roman with one bracket"),
        pytest.param(("ES1", "ES2", "ES3"), ("ES1", "ES2", "ES3"), id="with a prefix"),
        pytest.param(("1(a)", "1(b)", "1(c)"), ("1(a)", "1(b)", "1(c)"), id="causes of death"),
        pytest.param(("4.9", "4.10", "5.1"), ("4.9", "4.10", "5.1"), id="into the next section"),
    ],
)
def test_paragraph_numbers_are_read_as_printed(
    openings: tuple[str, ...], numbers: tuple[str, ...]
) -> None:
    made = segmented(page(1, numbered(*openings)))
    assert tuple(segment.number for segment in made.segments) == numbers
    assert {segment.text for segment in made.segments} == {PROSE}


@pytest.mark.parametrize(
    "opening",
    [
        pytest.param("2019.", id="a year"),
        pytest.param("4.5 mg", id="a dose"),
        pytest.param("12 people", id="a count"),
        pytest.param("14 May", id="a date"),
        pytest.param("CC2 was", id="a code name"),
        pytest.param("10.30 pm", id="a time"),
    ],
)
def test_a_number_at_the_start_of_a_line_is_no_paragraph_number(opening: str) -> None:
    first = (
        "She was seen at the surgery by the nurse who had known her since the autumn of the year"
    )
    lines = [*paragraph(first, 80), *paragraph(f"{opening} {PROSE}", 94)]
    made = segmented(page(1, lines))
    assert [segment.number for segment in made.segments] == [""]
    assert made.segments[0].text == f"{first} {opening} {PROSE}"


def test_a_wrapped_decimal_does_not_take_the_place_of_the_true_number() -> None:
    lines = numbered("4.3", "4.4")
    top = lines[-1].top
    lines[-1] = line(
        "asked whether she would come to see the doctor, who had found that about", top, 108
    )
    lines.append(line("4.5 mg of the drug were in her blood.", top + 14, 108))
    lines += paragraph(f"4.5 {PROSE}", top + 38, hang=108.0)
    made = segmented(page(1, lines))
    assert [segment.number for segment in made.segments] == ["4.3", "4.4", "4.5"]
    assert made.segments[1].text.endswith("about 4.5 mg of the drug were in her blood.")


def test_a_table_of_dates_gives_no_paragraph_numbers() -> None:
    lines = [
        row
        for position, date in enumerate(("1.2.19", "3.4.19", "5.6.19", "7.8.19"))
        for row in (
            line(date, 80 + 20 * position),
            line("Police called.", 80 + 20 * position, 200),
        )
    ]
    made = segmented(page(1, lines))
    assert [segment.number for segment in made.segments] == [""] * 4
    assert {segment.kind for segment in made.segments} == {SegmentKind.CHRONOLOGY_ENTRY}


def test_a_number_in_the_margin_joins_the_paragraph_of_its_line() -> None:
    lines = []
    for position, number in enumerate(("31.", "32.", "33.")):
        top = 80 + 40 * position
        lines += [line(number, top, 40), *paragraph(PROSE, top, 90)]
    made = segmented(page(1, lines))
    assert [(s.number, s.text) for s in made.segments] == [
        ("31", PROSE), ("32", PROSE), ("33", PROSE),
    ]  # fmt: skip


def test_bullets_lose_their_mark_and_nest_by_indent() -> None:
    lines = [
        line("The panel asked:", 80),
        line("• who knew of the bruise;", 100, 90, tab=108),
        line("o the nurse;", 116, 120, tab=138),
        line("o the school;", 132, 120, tab=138),
        line("• what was done.", 148, 90, tab=108),
    ]
    made = segmented(page(1, lines))
    bullets = [(s.text, s.level) for s in made.segments if s.kind is SegmentKind.BULLET]
    assert bullets == [
        ("who knew of the bruise;", 1), ("the nurse;", 2), ("the school;", 2),
        ("what was done.", 1),
    ]  # fmt: skip


def test_a_paragraph_goes_on_over_the_page_and_keeps_one_number() -> None:
    long = f"{PROSE} {PROSE} She said that she would, and that the younger boy had"
    more = "been unwell. Nobody wrote this down."
    first = paragraph(f"4.1 {long}", 80, hang=108.0)
    second = [*paragraph(more, 80, 108.0), *paragraph(f"4.2 {PROSE}", 104, hang=108.0)]
    made = segmented(page(1, first), page(2, second))
    assert [(s.number, s.page_start, s.page_end) for s in made.segments] == [
        ("4.1", 1, 2), ("4.2", 2, 2),
    ]  # fmt: skip
    assert made.segments[0].text == f"{long} {more}"


@pytest.mark.parametrize("mark", ["•", "◼", "▪", "❖", "➢", "\uf0b7"])
def test_signs_before_a_sentence_are_bullets(mark: str) -> None:
    lines: list[Line] = []
    for row in range(3):
        lines += paragraph(f"{mark} {PROSE}", 80 + 50 * row, hang=90.0)
    made = segmented(page(1, lines))
    assert [segment.kind for segment in made.segments] == [SegmentKind.BULLET] * 3
    assert {segment.text for segment in made.segments} == {PROSE}


@pytest.mark.parametrize("mark", ["£20", "§", "©", "…", "€"])
def test_other_signs_before_a_sentence_are_words_of_it(mark: str) -> None:
    made = segmented(page(1, paragraph(f"{mark} {PROSE}", 80)))
    assert made.segments[0].kind is SegmentKind.PARAGRAPH
    assert made.segments[0].text.startswith(mark)


def test_numbers_close_to_their_sentence_are_parted_from_it() -> None:
    lines: list[Line] = []
    for row, number in enumerate(("27.", "28.", "29.")):
        lines += paragraph(f"{number}{PROSE}", 80 + 50 * row)
    made = segmented(page(1, lines))
    assert [segment.number for segment in made.segments] == ["27", "28", "29"]
    assert {segment.text for segment in made.segments} == {PROSE}


@pytest.mark.parametrize("text", ["10 February 2011", "1 May, at noon"])
def test_a_date_in_large_type_is_no_numbered_heading(text: str) -> None:
    made = segmented(page(1, [line(text, 80, size=16, bold=True), *paragraph(PROSE, 110)]))
    assert made.segments[0].number == ""
    assert made.segments[0].text == text

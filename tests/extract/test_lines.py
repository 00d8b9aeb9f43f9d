"""Lines hold one baseline and never reach over a gutter."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from workbench.extract.page.lines import build_lines
from workbench.records import Edge, Word


def row(text: str, x: float, baseline: float, size: float = 10, space: float = 0.28) -> list[Word]:
    """Words half as wide as high for each letter, set from x."""
    words = []
    for piece in text.split():
        width = 0.5 * size * len(piece)
        top, bottom = baseline - 0.9 * size, baseline + 0.22 * size
        words.append(Word(piece, x, top, x + width, bottom, size))
        x += width + space * size
    return words


def texts(words: list[Word], edges: tuple[Edge, ...] = ()) -> list[str]:
    return [line.text for line in build_lines(words, edges)]


def columns(*sides: list[list[Word]]) -> list[Word]:
    return [word for side in sides for words in side for word in words]


LEFT = [row("the panel heard that it", 50, 100 + 12 * n) for n in range(6)]


def test_a_line_has_the_box_of_its_words_and_the_size_of_most() -> None:
    (line,) = build_lines(row("It was", 50, 100) + row("observed", 82, 100, size=12))
    assert (line.x0, line.x1, line.size_pt) == (50, 130, 12)
    assert line.text == "It was observed"


def test_two_columns_are_two_lines_though_drawn_row_by_row() -> None:
    right = [row("she was not seen", 170, 100 + 12 * n) for n in range(6)]
    woven = [word for pair in zip(LEFT, right, strict=True) for side in pair for word in side]
    gap = right[0][0].x0 - LEFT[0][-1].x1
    assert 9 < gap < 20
    assert texts(woven) == ["the panel heard that it", "she was not seen"] * 6


def test_columns_whose_rows_do_not_align_stay_apart() -> None:
    right = [row("she was not seen", 170, 104 + 13 * n) for n in range(6)]
    found = texts(columns(LEFT, right))
    assert sorted(found) == sorted(["the panel heard that it", "she was not seen"] * 6)


def test_a_wide_gap_in_one_justified_line_is_no_gutter() -> None:
    justified = row("nobody asked", 50, 100) + row("her why", 118, 100)
    gap = justified[2].x0 - justified[1].x1
    assert 9 < gap < 12
    rows = [justified, *(row("the panel heard that it had", 50, 100 + 12 * n) for n in (1, 2, 3))]
    assert texts(columns(rows))[0] == "nobody asked her why"


def test_a_paragraph_number_stays_with_its_text() -> None:
    numbered = row("4.12", 50, 100) + row("The panel heard", 107, 100)
    assert texts(numbered) == ["4.12 The panel heard"]
    assert texts(row("•", 50, 100) + row("The panel heard", 77, 100)) == ["• The panel heard"]


def test_a_date_in_a_column_is_no_paragraph_number() -> None:
    assert texts(row("12.3.16", 50, 100) + row("Police", 110, 100)) == ["12.3.16", "Police"]
    assert texts(row("12.3.6", 50, 100) + row("Police", 110, 100)) == ["12.3.6 Police"]


def test_a_note_in_the_margin_is_parted_from_the_paragraph_number_beside_it() -> None:
    words = row("Danger", 90, 100) + row("118", 134, 100) + row("Mr K was", 161, 100)
    assert texts(words) == ["Danger", "118 Mr K was"]
    assert texts(row("Danger on 118", 90, 100)) == ["Danger on 118"]


def test_words_that_far_apart_are_two_lines() -> None:
    assert texts(row("Appendix", 50, 100) + row("Page", 120, 100)) == ["Appendix", "Page"]


def test_a_rule_parts_two_cells_that_are_close() -> None:
    cells = row("12 May", 50, 100) + row("Seen at home", 85, 100)
    rule = Edge(83, 80, 83, 120)
    assert texts(cells) == ["12 May Seen at home"]
    assert texts(cells, (rule,)) == ["12 May", "Seen at home"]
    assert texts(cells, (Edge(83, 200, 83, 300),)) == ["12 May Seen at home"]


def test_a_raised_mark_stays_in_its_line() -> None:
    mark = Word("7", 105.9, 90.0, 109, 97.0, 6.0)
    words = row("it was known", 50, 100)
    assert texts([*words, mark, *row("then", 112, 100)]) == ["it was known 7 then"]


def test_a_mark_in_a_column_goes_to_its_word_and_not_to_the_next_column() -> None:
    left, right = row("within ten days.", 94, 215.6), row("The housing officer", 200, 210.1)
    mark = Word("5", left[-1].x1 + 0.6, 206.8, left[-1].x1 + 4.4, 212.8, 6.0)
    assert sorted(texts([*left, mark, *right])) == ["The housing officer", "within ten days. 5"]


def test_a_mark_that_opens_a_note_stays_in_its_line() -> None:
    mark = Word("3", 50, 701.0, 53, 706.5, 5.0)
    assert texts([mark, *row("Section 9 of the Act", 60, 709, size=8)]) == [
        "3 Section 9 of the Act"
    ]


def test_a_drop_capital_does_not_gather_the_lines_beside_it() -> None:
    capital = Word("T", 50, 96, 70, 132, 32)
    lines = [row("he panel heard", 72, 108 + 12 * n) for n in range(2)]
    assert texts([capital, *lines[0], *lines[1]]) == ["T", "he panel heard", "he panel heard"]


def test_a_large_row_number_does_not_gather_the_two_lines_of_its_cell() -> None:
    number = Word("5", 20, 96, 30, 118.4, 20)
    cell = [row("Holiday let", 99, 107), row("staff", 99, 119.4)]
    assert texts([number, *cell[0], *cell[1]]) == ["5", "Holiday let", "staff"]


@given(
    st.lists(
        st.tuples(
            st.floats(0, 500), st.floats(0, 800), st.floats(0, 60), st.floats(0.5, 40),
        ),
        max_size=25,
    )
)  # fmt: skip
def test_every_word_is_in_one_line(boxes: list[tuple[float, float, float, float]]) -> None:
    words = [
        Word(f"w{number}", x, top, x + width, top + height, round(height, 1))
        for number, (x, top, width, height) in enumerate(boxes)
    ]
    lines = build_lines(words)
    assert sorted(word for line in lines for word in line.words) == sorted(words)
    assert [(line.top, line.x0) for line in lines] == sorted((line.top, line.x0) for line in lines)
    assert all(
        a.x0 <= b.x0 for line in lines for a, b in zip(line.words, line.words[1:], strict=False)
    )

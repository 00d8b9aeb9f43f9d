"""Headings set like the body (italic ones), and numbers on pages with mirrored margins."""

from __future__ import annotations

import pytest

from segment.printing import line, page, paragraph, segmented
from workbench.records import Line, SegmentKind

PROSE = (
    "The review heard that the family had moved three times in two years and that no agency "
    "held the whole of the history, although each held a part of it and could have asked."
)


def kind_of(text: str, *, above: float = 26, below: float = 20, after: str = PROSE) -> SegmentKind:
    lines = paragraph(f"{PROSE} {PROSE}", 80)
    at = lines[-1].top + above
    lines.append(line(text, at))
    lines += paragraph(after, at + below)
    return next(s.kind for s in segmented(page(1, lines)).segments if s.text.startswith(text))


def test_a_plain_line_that_stands_apart_above_a_paragraph_is_a_heading() -> None:
    assert kind_of("The use of interpreters") is SegmentKind.HEADING


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Lead: Council of the Vale", id="a label with its value"),
        pytest.param("June 2019", id="a date"),
        pytest.param("Yours sincerely", id="a farewell"),
        pytest.param("the use of interpreters", id="no capital"),
        pytest.param("They used no interpreters.", id="a sentence"),
        pytest.param("(Young woman, 16)", id="who said it"),
    ],
)
def test_a_plain_line_that_is_something_else_is_no_heading(text: str) -> None:
    assert kind_of(text) is SegmentKind.PARAGRAPH


def test_white_space_below_it_only_makes_no_heading() -> None:
    assert kind_of("The use of interpreters", above=26, below=44) is SegmentKind.PARAGRAPH


def test_a_short_line_above_a_single_line_is_no_heading() -> None:
    assert kind_of("The use of interpreters", after="They were few.") is SegmentKind.PARAGRAPH


def numbered(first: int, x0: float) -> list[Line]:
    lines: list[Line] = []
    for n in range(3):
        top = lines[-1].top + 26 if lines else 140.0
        lines += paragraph(f"{first + n}. {PROSE}", top, x0, hang=x0 + 26, right=x0 + 430)
    return lines


def test_numbers_on_mirrored_pages_open_paragraphs_on_both() -> None:
    made = segmented(page(1, numbered(1, 72)), page(2, numbered(4, 92)), page(3, numbered(7, 72)))
    assert [s.kind for s in made.segments] == [SegmentKind.PARAGRAPH] * 9


def test_a_list_below_a_numbered_paragraph_stays_a_list_where_margins_are_not_mirrored() -> None:
    lines = numbered(1, 72)
    top = lines[-1].top + 26
    for n, text in enumerate(("the police were told", "the school was told")):
        lines.append(line(f"({n + 1}) {text};", top + 16 * n, 110, tab=130))
    pages = [page(1, lines), page(2, numbered(4, 72))]
    kinds = [s.kind for s in segmented(*pages).segments]
    assert kinds.count(SegmentKind.BULLET) == 2
    assert kinds.count(SegmentKind.PARAGRAPH) == 6

"""Tables ruled only across, beside columns, notes, running heads and tall rows; contents pages."""

from __future__ import annotations

import pytest

from segment.printing import line, page, paragraph, segmented
from workbench.records import Edge, Line, SegmentKind
from workbench.segment import Segmentation

PROSE = (
    "The review heard that the family had moved three times in two years and that no agency "
    "held the whole of the history, although each held a part of it and could have asked."
)
LEFT, RIGHT = 60.0, 530.0


def rules(*tops: float) -> list[Edge]:
    return [Edge(LEFT, top, RIGHT, top) for top in tops]


def row(top: float, *cells: str, bold: bool = False, size: float = 8.0) -> list[Line]:
    lefts = (64.0, 170.0, 330.0)
    return [
        line(text, top, x0, size=size, bold=bold)
        for text, x0 in zip(cells, lefts, strict=False)
        if text
    ]


def columns(top: float) -> list[Line]:
    return [
        *paragraph(f"Left begins. {PROSE} {PROSE}", top, 60, size=9, right=280),
        *paragraph(f"right goes on. {PROSE} {PROSE}", top, 310, size=9, right=530),
    ]


def rows_of(made: Segmentation) -> list[tuple[str, ...]]:
    kinds = (SegmentKind.TABLE_ROW, SegmentKind.CHRONOLOGY_ENTRY)
    return [s.cells for s in made.segments if s.kind in kinds]


def test_short_labels_of_a_chart_above_do_not_hide_the_columns() -> None:
    labels = [line(str(year), 90, 70 + 60 * n, size=7) for n, year in enumerate(range(2011, 2019))]
    labels += [line("23", 60 + 7 * n, 74 + 60 * n, size=7) for n in range(4)]
    made = segmented(page(1, [*labels, *columns(140)]))
    assert f"Left begins. {PROSE} {PROSE}" in made.frozen.text
    assert f"right goes on. {PROSE} {PROSE}" in made.frozen.text


def test_a_table_over_both_columns_is_not_cut_at_the_gutter() -> None:
    table = row(80, "Name", "Relation", "Known to", bold=True)
    table += row(98, "Ann", "Subject", "Housing") + row(116, "Bob", "Brother", "Probation")
    made = segmented(page(1, [*table, *columns(160)], rules(76, 94, 112, 130)))
    assert rows_of(made)[1:] == [("Ann", "Subject", "Housing"), ("Bob", "Brother", "Probation")]
    assert f"Left begins. {PROSE} {PROSE}" in made.frozen.text


def with_notes(*, foot_rule: bool) -> Segmentation:
    body = [*paragraph(PROSE, 80), line("They moved again.", 130, raised="8")]
    table = row(180, "Date", "Agency", "What happened", bold=True, size=9)
    table += row(198, "8 March 2023", "Police", "Called.", size=9)
    table += row(216, "9 March 2023", "School", "Told.", size=9)
    note = [line("8 The log says otherwise.", 250, 64, size=8)]
    edges = rules(176, 194, 212, 230, 240, *((280,) if foot_rule else ()))
    return segmented(page(1, [*body, *table, *note], edges))


@pytest.mark.parametrize("foot_rule", [False, True])
def test_a_chronology_above_the_notes_is_none_of_them(*, foot_rule: bool) -> None:
    made = with_notes(foot_rule=foot_rule)
    notes = [(s.number, s.text) for s in made.segments if s.kind is SegmentKind.FOOTNOTE]
    assert notes == [("8", "The log says otherwise.")]
    assert ("8 March 2023", "Police", "Called.") in rows_of(made)


def test_the_head_that_a_table_repeats_is_no_running_head() -> None:
    pages = []
    for number in range(1, 5):
        lines = row(60, "Date", "Agency", "What happened", bold=True)
        seen = ("once", "twice", "again", "never")[number - 1]
        lines += [line(f"They were {seen} seen there.", 78 + 10 * n, 330, size=8)
                  for n in range(20)]  # fmt: skip
        lines += row(290, f"{number} May 2012", "Police", "Called to the flat.")
        pages.append(page(number, lines, rules(56, 74, 286, 310)))
    made = segmented(*pages)
    assert not any(s.kind is SegmentKind.RUNNING_MATTER for s in made.segments)
    assert ("4 May 2012", "Police", "Called to the flat.") in rows_of(made)


def test_a_running_head_between_two_rules_stays_one() -> None:
    pages = [
        page(n, [line("Review: T", 60, 64, size=8), line("A Board", 60, 480, size=8),
                 *paragraph(f"{'abcd'[n - 1]} {PROSE}", 120)], rules(56, 74, 780))
        for n in range(1, 5)
    ]  # fmt: skip
    made = segmented(*pages)
    assert sum(s.kind is SegmentKind.RUNNING_MATTER for s in made.segments) == 4


def test_one_high_row_below_a_head_is_a_table() -> None:
    lines = row(100, "Date", "Agency", "What happened", bold=True)
    lines += row(118, "5 May 2012", "Police", "Called to the flat, and again.")
    lines += [line("They heard the neighbours out.", 128 + 10 * n, 330, size=8) for n in range(24)]
    made = segmented(page(1, lines, rules(96, 114, 372)))
    assert [cells[:2] for cells in rows_of(made)] == [("Date", "Agency"), ("5 May 2012", "Police")]


def listed(*numbers: int, heading: str = "Contents") -> list[SegmentKind]:
    titles = ("The day", "What was known", "The school", "Letters", "Glossary")
    lines = [line(heading, 80, size=14, bold=True)]
    lines += [
        line(f"{number} {title}", 110 + 16 * n, tab=120)
        for n, (number, title) in enumerate(zip(numbers, titles, strict=True))
    ]
    made = segmented(page(1, lines), page(2, paragraph(PROSE, 80)))
    return [s.kind for s in made.segments if s.page_start == 1][1:]


@pytest.mark.parametrize(
    ("numbers", "heading", "is_contents"),
    [
        ((1, 1, 2, 2, 4), "Contents", True),
        ((1, 2, 3, 4, 5), "Contents", False),
        ((1, 1, 2, 2, 4), "The five points", False),
        ((3, 1, 2, 2, 4), "Contents", False),
    ],
)
def test_contents_with_the_page_first_are_told_from_numbered_headings(
    numbers: tuple[int, ...], heading: str, *, is_contents: bool
) -> None:
    kinds = listed(*numbers, heading=heading)
    assert (kinds == [SegmentKind.CONTENTS_LINE] * 5) == is_contents


def noted(*numbers: int, marks: tuple[str, ...]) -> list[tuple[SegmentKind, str]]:
    lines: list[Line] = []
    for n, mark in enumerate(("", *marks)):
        lines.append(line(f"They moved again for the {'abcde'[n]} time.", 80 + 16 * n, raised=mark))
    lines += [
        line(f"{number} The log says what it says.", 300 + 12 * n, 72, size=8)
        for n, number in enumerate(numbers)
    ]
    made = segmented(page(1, [*lines, *paragraph(PROSE, 180)]))
    return sorted((s.kind, s.number) for s in made.segments if "log says" in s.text)


def test_notes_whose_first_mark_stands_on_the_page_before_are_notes() -> None:
    assert noted(98, 99, 100, marks=("99", "100")) == [
        (SegmentKind.FOOTNOTE, "100"), (SegmentKind.FOOTNOTE, "98"), (SegmentKind.FOOTNOTE, "99"),
    ]  # fmt: skip


@pytest.mark.parametrize("numbers", [(98, 102), (98,)])
def test_small_lines_that_do_not_count_on_to_a_mark_are_no_notes(numbers: tuple[int, ...]) -> None:
    kinds = [kind for kind, _ in noted(*numbers, marks=("102",))]
    assert SegmentKind.FOOTNOTE not in kinds

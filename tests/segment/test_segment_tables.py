from __future__ import annotations

from collections.abc import Sequence

import pytest

from segment.printing import grid, line, page, segmented
from workbench.records import Edge, Line, Page, SegmentKind

LEFTS = (72.0, 160.0, 262.0)
RIGHT = 523.0
LONG = "Mother books late and says that she has a daughter at her mother's, whom nobody has seen"


def across(*tops: float) -> list[Edge]:
    return [Edge(72, top, RIGHT, top) for top in tops]


def row(top: float, *cells: str, bold: bool = False, high: int = 1) -> list[Line]:
    """Cells side by side; the last one is printed over and over on ``high`` lines."""
    lines = [
        line(text, top, left + 4, size=8, bold=bold)
        for text, left in zip(cells, LEFTS, strict=False)
    ]
    lines += [line(f"{LONG} {n}", top + 10 * n, LEFTS[2] + 4, size=8) for n in range(1, high)]
    return lines


def chronology(heights: Sequence[int], *, caption: str = "") -> Page:
    """A head and dated rows with rules only across, rows as high as said."""
    lines = row(110, "Date", "Agency", "What happened", bold=True)
    tops, at = [106.0, 124.0], 128.0
    for number, high in enumerate(heights):
        lines += row(at, f"{number + 1} May 2012", "Police", "Called to the flat.", high=high)
        at += 10 * high + 8
        tops.append(at - 4)
    if caption:
        lines.append(line(caption, 90, size=8, bold=True))
    return page(1, lines, across(*tops))


def kinds(made_page: Page) -> list[SegmentKind]:
    return [segment.kind for segment in segmented(made_page).segments]


@pytest.mark.parametrize("heights", [(1, 1, 1), (1, 9, 1), (2, 18, 1, 25)])
def test_a_chronology_ruled_only_across_has_one_entry_for_each_row(
    heights: tuple[int, ...],
) -> None:
    made = segmented(chronology(heights))
    entries = [s for s in made.segments if s.kind is SegmentKind.CHRONOLOGY_ENTRY]
    assert [entry.cells[0] for entry in entries] == [
        f"{n + 1} May 2012" for n in range(len(heights))
    ]
    assert all(len(entry.cells) == 3 for entry in entries)
    assert made.segments[0].cells == ("Date", "Agency", "What happened")


def test_a_date_in_figures_is_a_cell_and_no_paragraph_number() -> None:
    lines = row(110, "Date", "Agency", "What happened", bold=True)
    for number, top in enumerate((128, 146, 164)):
        lines += row(top, f"2.10.{15 + number}", "Police", "Called to the flat.")
    made = segmented(page(1, lines, across(106, 124, 142, 160, 178)))
    assert [s.number for s in made.segments] == [""] * 4
    assert made.segments[1].cells == ("2.10.15", "Police", "Called to the flat.")


def test_a_row_over_all_columns_does_not_undo_them() -> None:
    lines = row(110, "Name", "Relationship", "Known to", bold=True)
    lines += row(128, "Ann", "Subject", "Housing")
    lines.append(line("All the members of the household of Ann", 146, 76, size=8))
    lines += row(164, "Bob", "Brother", "Probation") + row(182, "Ms T", "Mother", "Her doctor")
    made = segmented(page(1, lines, across(106, 124, 142, 160, 178, 196)))
    assert made.segments[1].cells == ("Ann", "Subject", "Housing")
    assert made.segments[3].cells == ("Bob", "Brother", "Probation")


def test_a_heading_between_two_tables_of_one_width_parts_them() -> None:
    lines = row(110, "Name", "Age", "Known to", bold=True) + row(128, "Ann", "34", "Housing")
    lines.append(line("Chronology of events", 160, size=14, bold=True))
    lines += row(194, "Date", "Agency", "What happened", bold=True)
    lines += row(212, "3 May 2012", "Police", "Called.") + row(230, "4 May 2012", "Police", "Left.")
    made = segmented(page(1, lines, across(106, 124, 142, 190, 208, 226, 244)))
    headings = [s.text for s in made.segments if s.kind is SegmentKind.HEADING]
    assert headings == ["Chronology of events"]
    assert sum(s.kind is SegmentKind.CHRONOLOGY_ENTRY for s in made.segments) == 2


def numbered_boxes(*, headed: bool) -> Page:
    """A grid with numbers on the left; the boxes beside open with a heading, or do not."""
    lines, tops, at = [], [80.0], 84.0
    for number in ("1", "2", "3"):
        lines.append(line(number, at, 76, size=9))
        lines.append(line("WHAT THE BOX IS FOR", at, 104, size=9, bold=headed))
        lines.append(
            line("The inquest was opened in May and heard the school.", at + 14, 104, size=9)
        )
        lines.append(line("It ended in June.", at + 26, 104, size=9))
        at += 46
        tops.append(at - 4)
    return page(1, lines, grid((72, 100, RIGHT), tops))


def test_numbered_boxes_that_open_with_a_heading_are_read_as_prose() -> None:
    made = segmented(numbered_boxes(headed=True))
    headings = [s for s in made.segments if s.kind is SegmentKind.HEADING]
    assert [s.number for s in headings] == ["1", "2", "3"]
    assert SegmentKind.PARAGRAPH in {s.kind for s in made.segments}


def test_numbered_rows_without_headings_are_a_table() -> None:
    assert set(kinds(numbered_boxes(headed=False))) == {SegmentKind.TABLE_ROW}

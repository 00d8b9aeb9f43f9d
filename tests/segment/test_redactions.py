from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from segment.printing import line, page, segmented
from workbench.extract import read_document
from workbench.records import Edge, Page
from workbench.segment import Segmentation, segment_document
from workbench.segment.layout.redactions import with_redactions

DEMO = Path(__file__).parents[2] / "corpora" / "demo"


def blacked(page_: Page, *boxes: Edge) -> Page:
    return replace(page_, filled_boxes=boxes)


def two_parts(gap_from: float, gap_to: float) -> Page:
    """ "She met Mr" and "in the spring", with white space between them, on one baseline."""
    left = line("She met Mr", 80)
    return page(1, [left, line("in the spring.", 80, gap_to)])


LEFT_END = line("She met Mr", 80).x1


def test_a_box_between_two_words_reads_redacted_and_keeps_its_place() -> None:
    box = Edge(LEFT_END + 2, 80, LEFT_END + 60, 91)
    made = segmented(blacked(two_parts(LEFT_END, LEFT_END + 62), box))
    assert made.frozen.text == "She met Mr [redacted] in the spring."
    start = made.frozen.text.index("[redacted]")
    (place,) = made.frozen.boxes(start, start + len("[redacted]"))
    assert (place.page, place.x0, place.x1) == (1, box.x0, box.x1)


def test_what_follows_a_redacted_name_stands_close_to_it() -> None:
    box = Edge(LEFT_END + 2, 80, LEFT_END + 60, 91)
    lines = [line("She met Mr", 80), line("’s brother.", 80, LEFT_END + 60)]
    made = segmented(blacked(page(1, lines), box))
    assert made.frozen.text == "She met Mr [redacted]’s brother."


@pytest.mark.parametrize(
    "box",
    [
        pytest.param(Edge(LEFT_END + 2, 90, LEFT_END + 60, 91), id="a rule under the gap"),
        pytest.param(Edge(LEFT_END + 2, 70, LEFT_END + 60, 120), id="a bar over several lines"),
        pytest.param(Edge(70, 79, 500, 92), id="a band behind the words"),
        pytest.param(Edge(60, 82, 68, 90), id="a square before the first word"),
        pytest.param(Edge(LEFT_END + 2, 83, LEFT_END + 7, 88), id="a dot between the words"),
        pytest.param(Edge(400, 80, 500, 91), id="a box far from the words"),
    ],
)
def test_decoration_is_no_redaction(box: Edge) -> None:
    made = segmented(blacked(two_parts(LEFT_END, LEFT_END + 62), box))
    assert "[redacted]" not in made.frozen.text


def test_a_line_that_is_blacked_out_whole_counts_only_beside_other_redactions() -> None:
    lines = [line("She met Mr and spoke of him to nobody at the surgery for years", 80)]
    end = lines[0].x1
    whole = Edge(72, 94, 400, 105)
    alone = with_redactions(blacked(page(1, lines), whole))
    assert [each.text for each in alone] == [lines[0].text]
    both = with_redactions(blacked(page(1, lines), Edge(end + 2, 80, end + 40, 91), whole))
    assert [each.text for each in both] == [f"{lines[0].text} [redacted]", "[redacted]"]


def test_a_box_drawn_in_pieces_is_one_redaction() -> None:
    boxes = [Edge(LEFT_END + 2 + 10 * n, 80, LEFT_END + 12 + 10 * n, 91) for n in range(4)]
    made = segmented(blacked(two_parts(LEFT_END, LEFT_END + 45), *boxes))
    assert made.frozen.text == "She met Mr [redacted] in the spring."


def demo(name: str) -> tuple[Segmentation, int]:
    extraction = read_document(DEMO / "pdf" / f"{name}.pdf")
    boxes = sum(len(page_.filled_boxes) for page_ in extraction.pages)
    return segment_document(extraction.document, extraction.pages), boxes


def test_every_box_of_the_redacted_report_is_in_its_text() -> None:
    made, boxes = demo("D18_pfd_redacted")
    assert boxes == 30
    assert made.frozen.text.count("[redacted]") == boxes
    truth = json.loads((DEMO / "truth" / "D18_pfd_redacted.json").read_text(encoding="utf-8"))
    bare = " ".join(made.frozen.text.replace("[redacted]", " ").split())
    found = [" ".join(paragraph["text"].split()) in bare for paragraph in truth["paragraphs"]]
    assert sum(found) > 0.9 * len(found)

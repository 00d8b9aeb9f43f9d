from __future__ import annotations

import pytest

from segment.printing import line, of_words, page, paragraph, segmented
from workbench.records import SegmentKind, Word
from workbench.segment.layout.lines import text_lines

BODY = (
    "The school wrote to the mother in the spring and asked whether she would come to a meeting, "
    "and when no answer came it wrote again in June and then telephoned the aunt who had said "
    "that she would help with the younger ones for as long as that was what the mother wished."
)
FIRST = "Claimants should be given the help of a solicitor who is paid by the scheme and who may"


@pytest.mark.parametrize(
    ("second", "pitch", "joined"),
    [
        pytest.param("be chosen by the claimant.", 16.5, True, id="goes on mid-sentence"),
        pytest.param("Be chosen by the claimant.", 18.5, False, id="begins with a capital"),
        pytest.param("be chosen by the claimant.", 24.0, False, id="stands far below"),
    ],
)
def test_a_full_line_goes_on_below_a_wider_pitch(
    second: str, pitch: float, *, joined: bool
) -> None:
    top = 80.0
    lines = []
    for _ in range(3):
        lines += paragraph(BODY, top, pitch=13.0)
        top = lines[-1].top + 30
    lines += [line(FIRST, top), line(second, top + pitch)]
    texts = [segment.text for segment in segmented(page(1, lines)).segments]
    assert (f"{FIRST} {second}" in texts) == joined


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param("“3. Recommendations accepted in part", SegmentKind.PARAGRAPH, id="open"),
        pytest.param("“Nobody asked her”: what was missed", SegmentKind.HEADING, id="closed"),
    ],
)
def test_a_bold_line_inside_of_a_quotation_is_no_heading(text: str, kind: SegmentKind) -> None:
    made = segmented(page(1, [line(text, 80, bold=True), *paragraph(BODY, 104)]))
    assert made.segments[0].kind is kind


@pytest.mark.parametrize(("mark", "kept"), [("1", True), ("*", True), ("Margin", False)])
def test_the_small_mark_that_opens_a_note_stays_with_its_words(mark: str, *, kept: bool) -> None:
    words = line("See the report of the board.", 700, 84, size=9).words
    small = Word(mark, 72, 699, 76, 704, 5.0)
    found = text_lines(page(1, [of_words((small, *words), 9)]))
    assert (len(found) == 1) == kept

from __future__ import annotations

import pytest

from segment.printing import line, page, paragraph, segmented
from workbench.records import SegmentKind

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

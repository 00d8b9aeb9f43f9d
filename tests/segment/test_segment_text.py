from __future__ import annotations

import pytest

from segment.printing import line, page, paragraph, segmented
from workbench.records import Edge, SegmentKind
from workbench.segment.freeze import Vocabulary
from workbench.segment.layout.lines import text_lines


def vocabulary(*printed: str) -> Vocabulary:
    lines = [line(text, 80 + 14 * n) for n, text in enumerate(printed)]
    return Vocabulary.of(text_lines(page(1, lines)))


@pytest.mark.parametrize(
    ("printed", "broken", "keeps"),
    [
        pytest.param(("a multi-agency plan",), ("multi", "agency"), True, id="printed with hyphen"),
        pytest.param(("good safeguarding",), ("safe", "guarding"), False, id="printed as one"),
        pytest.param(
            ("under-", "standing", "understanding"), ("safe", "guarding"), False, id="breaks words"
        ),
        pytest.param(("a plan",), ("step", "father"), True, id="a document that breaks no words"),
        pytest.param(
            ("under-", "standing", "understanding"), ("non", "attendance"), True, id="a prefix"
        ),
        pytest.param(
            ("under-", "standing", "understanding"), ("Baker", "Jones"), True, id="two surnames"
        ),
        pytest.param(
            ("a face-to-face talk", "under-", "standing", "understanding"),
            ("face", "to"), True, id="the first part of three",
        ),
    ],
)  # fmt: skip
def test_the_document_decides_whether_a_hyphen_stays(
    printed: tuple[str, ...], broken: tuple[str, str], keeps: bool
) -> None:
    assert vocabulary(*printed).keeps_hyphen(*broken) is keeps


def test_a_broken_word_is_one_word_with_two_boxes() -> None:
    lines = [
        line("The plan spoke of safeguarding and the board asked that all safe-", 80),
        line("guarding leads should read it and sign.", 94),
    ]
    made = segmented(page(1, lines))
    start = made.frozen.text.rindex("safeguarding leads")
    boxes = made.frozen.boxes(start, start + len("safeguarding"))
    assert [box.top for box in boxes] == [80.0, 94.0]
    assert made.segments[0].text.endswith("that all safeguarding leads should read it and sign.")


BODY = "Abuse of a parent is defined by the Act and the boy had turned sixteen that very week"


def test_a_footnote_is_kept_apart_and_its_raised_mark_leaves_the_text() -> None:
    lines = [
        line(BODY, 80, raised="1"),
        line("so that the duty applied.", 94),
        line("1 The duty is older than the Act.", 700, size=8),
    ]
    made = segmented(page(1, lines, [Edge(72, 690, 180, 690)]))
    assert [(s.kind.value, s.number, s.text) for s in made.segments] == [
        ("paragraph", "", f"{BODY} so that the duty applied."),
        ("footnote", "1", "The duty is older than the Act."),
    ]


def test_a_mark_glued_to_its_word_is_taken_off_only_where_the_note_stands() -> None:
    lines = [
        line(f"{BODY}.2 It was the second visit of CC1 to the flat that year.", 80, size=8.5),
        line("2 The first is not recorded.", 700, size=6),
    ]
    made = segmented(page(1, lines))
    assert made.segments[0].text.endswith(
        "week. It was the second visit of CC1 to the flat that year."
    )


def test_small_print_without_a_mark_above_is_no_footnote() -> None:
    lines = [
        line(BODY, 80),
        line("so the duty applied.", 94),
        line("3 copies printed", 700, size=8),
    ]
    made = segmented(page(1, lines))
    assert SegmentKind.FOOTNOTE not in {s.kind for s in made.segments}


def test_a_quotation_set_in_is_a_quotation_and_a_sentence_in_quotes_is_not() -> None:
    plain = "She told the nurse what she had told the school, and nobody wrote down what she said."
    lines = [
        *paragraph(f"{plain} {plain}", 80),
        line("“They had a meeting about me.”", 130, 110),
        *paragraph(f"“Boyfriend” is the word that was used. {plain}", 160),
    ]
    made = segmented(page(1, lines))
    assert [s.kind.value for s in made.segments] == ["paragraph", "quotation", "paragraph"]

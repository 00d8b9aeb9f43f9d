from __future__ import annotations

from dataclasses import replace

import pytest

from segment.printing import line, of_words, page, paragraph, segmented
from workbench.records import Edge, SegmentKind, Word
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


def test_a_note_that_no_mark_refers_to_keeps_its_first_word() -> None:
    size, top = 8.0, 700.0
    number = Word("154", 72, top - 1, 81, top + 5, 4.4)
    words = [Word(text, 90 + 30 * n, top, 115 + 30 * n, top + size, size)
             for n, text in enumerate(("Annual", "report."))]  # fmt: skip
    made = segmented(page(1, [line(BODY, 80), of_words([number, *words], size)]))
    assert made.frozen.text.endswith("Annual report.")


def test_a_number_glued_to_its_paragraph_is_parted_from_it() -> None:
    lines = [
        *paragraph(f"2.9. {BODY} and the panel could not tell why.", 80),
        *paragraph(f"2.10.Many {BODY.lower()} and nobody asked.", 140),
        *paragraph(f"2.11. {BODY} and the panel could not tell why.", 200),
    ]
    made = segmented(page(1, lines))
    assert [s.number for s in made.segments] == ["2.9", "2.10", "2.11"]
    assert made.segments[1].text.startswith("Many abuse")


def test_a_redaction_at_the_end_of_a_line_ends_no_paragraph() -> None:
    lines = [
        line("Each time a form was filled in and filed, and no one read the four until", 80),
        line("the jury heard that he held the only card.", 94),
        line("and that he asked for receipts from then on until the day of her death.", 108),
    ]
    bare = page(1, lines)
    covered = replace(bare, filled_boxes=(Edge(lines[1].x1 + 3, 94, 520, 105),))
    assert len(segmented(bare).segments) == 2
    assert len(segmented(covered).segments) == 1

"""Records keep their laws and survive being stored."""

from __future__ import annotations

import pytest

from workbench.errors import OffsetError
from workbench.records import (
    Document,
    DocumentStatus,
    FrozenText,
    PlacedWord,
    Reading,
    Reason,
    SectionRole,
    Segment,
    SegmentKind,
)
from workbench.records.codec import dumps, loads

TEXT = "safeguarding was missed"
FROZEN = FrozenText(
    document_id="d1",
    text=TEXT,
    words=(
        PlacedWord(0, 4, 1, 500, 700, 530, 712),  # "safe-" at the end of page 1
        PlacedWord(4, 12, 2, 72, 80, 120, 92),
        PlacedWord(13, 16, 2, 124, 80, 140, 92),
        PlacedWord(17, 23, 2, 72, 95, 110, 107),
    ),
)


def segment(text: str, start_char: int = 0) -> Segment:
    return Segment(
        document_id="d1", ordinal=0, kind=SegmentKind.PARAGRAPH, section_role=SectionRole.FACTS,
        start_char=start_char, end_char=start_char + len(text), text=text, page_start=1, page_end=2,
    )  # fmt: skip


def test_a_broken_word_has_a_box_on_each_page() -> None:
    assert [(box.page, box.x0) for box in FROZEN.boxes(0, 12)] == [(1, 500), (2, 72)]


def test_words_on_one_line_share_a_box_and_another_line_has_its_own() -> None:
    boxes = FROZEN.boxes(5, len(TEXT))
    assert [(box.x0, box.x1, box.top) for box in boxes] == [(72, 140, 80), (72, 110, 95)]


@pytest.mark.parametrize("bounds", [(-1, 3), (3, 3), (0, 99)])
def test_a_range_outside_the_text_is_refused(bounds: tuple[int, int]) -> None:
    with pytest.raises(OffsetError, match="is not a range inside its text of 23 characters"):
        FROZEN.boxes(*bounds)


def test_a_segment_whose_text_does_not_fit_its_offsets_cannot_be_built() -> None:
    with pytest.raises(OffsetError, match="spans 24 characters, but its text has 23"):
        Segment(
            document_id="d1", ordinal=0, kind=SegmentKind.PARAGRAPH,
            section_role=SectionRole.FACTS, start_char=0, end_char=24, text=TEXT,
            page_start=1, page_end=1,
        )  # fmt: skip


def test_warnings_of_a_page_are_those_that_name_it() -> None:
    document = Document(
        document_id="d1", file_name="a.pdf", status=DocumentStatus.OK,
        warnings=("page 1-3, 7: misread", "damaged, and mended", "page 12: page 2: dark boxes"),
    )  # fmt: skip
    assert document.warnings_of(2) == ("misread",)
    assert document.warnings_of(7) == ("misread",)
    assert document.warnings_of(12) == ("page 2: dark boxes",)
    assert document.warnings_of(4) == document.warnings_of(70) == ()


def test_a_reading_survives_being_stored() -> None:
    document = Document(
        document_id="d1", file_name="a.pdf", status=DocumentStatus.NEEDS_OCR,
        reason=Reason(301, "no text layer"), warnings=("page 2 is a picture",),
    )  # fmt: skip
    reading = Reading(document=document, frozen=FROZEN, segments=(segment(TEXT),))
    assert loads(Reading, dumps(reading)) == reading


def test_stored_bytes_of_another_kind_are_refused() -> None:
    with pytest.raises(ValueError, match="hold no"):
        loads(Segment, b'{"document": 1}')

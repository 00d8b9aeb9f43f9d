"""Sentences that date something are events; laws, plans and research are none."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from workbench.records import (
    DateBasis,
    DatedEvent,
    DatePrecision,
    SectionRole,
    Segment,
    SegmentKind,
)
from workbench.segment.chronology.narrative import told_events

DOCUMENT = "d" * 64
ENTRY = DatedEvent(
    document_id=DOCUMENT, segment=0, date="2022-03-04", precision=DatePrecision.DAY,
    basis=DateBasis.PRINTED, printed="4 March 2022", text="Officers call.",
    start_char=0, end_char=9,
)  # fmt: skip


def segments_of(
    *texts: str,
    role: SectionRole = SectionRole.FACTS,
    kind: SegmentKind = SegmentKind.PARAGRAPH,
    paths: Sequence[str] = (),
) -> list[Segment]:
    segments, start = [], 0
    for ordinal, text in enumerate(texts):
        segments.append(
            Segment(
                document_id=DOCUMENT, ordinal=ordinal, kind=kind, section_role=role,
                start_char=start, end_char=start + len(text), text=text, page_start=1, page_end=1,
                section_path=(paths[ordinal] if paths else "What happened",),
            )
        )  # fmt: skip
        start += len(text) + 2
    return segments


def dates(*texts: str, incident: str = "") -> list[tuple[str, str]]:
    return [(e.date, e.basis.value) for e in told_events(segments_of(*texts), (), incident)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("On 4 March 2022 officers called.", [("2022-03-04", "in_text")]),
        ("In May 2003 he was excluded.", [("2003-05", "in_text")]),
        ("She died in 2009.", [("2009", "in_text")]),
        (
            "On 4 March 2022 officers called. They came again on 9 April.",
            [("2022-03-04", "in_text"), ("2022-04-09", "year_above")],
        ),
        (
            "On 4 November 2022 officers called. In February they came again.",
            [("2022-11-04", "in_text"), ("2023-02", "year_above")],
        ),
        ("They came on 9 April.", []),  # of which year, nothing says
        ("They came on 31 February, after a visit in May 2020.", [("2020-05", "in_text")]),
        ("The Care Act 2014 asks for an assessment.", []),
        ("One study (2019) found the same.", []),
        ("The guidance of March 2021 asks for a visit.", []),
        ("You must respond by 23 September 2024.", []),
        ("The police should report by March 2025.", []),
    ],
)
def test_a_sentence_dates_what_happened(text: str, expected: list[tuple[str, str]]) -> None:
    assert dates(text) == expected


def test_a_borrowed_year_never_runs_past_the_incident() -> None:
    text = "The letter was found in January 2024. On 9 December the team discharged him."
    assert dates(text)[-1] == ("2024-12-09", "year_above")
    assert dates(text, incident="2023-02")[-1] == ("2022-12-09", "year_above")


def test_a_new_section_borrows_no_year_from_the_one_before() -> None:
    segments = segments_of("On 4 March 2022 he left.", "On 9 April she rang.", paths=("A", "B"))
    assert [event.date for event in told_events(segments, ())] == ["2022-03-04"]


def test_what_an_entry_dates_already_and_what_was_told_before_is_left_out() -> None:
    segments = segments_of(
        "On 4 March 2022 officers called.", "He left on 5 May 2022.", "As said, on 5 May 2022."
    )
    (event,) = told_events(segments, (ENTRY,))
    assert (event.date, event.segment, event.is_entry) == ("2022-05-05", 1, False)
    assert ENTRY.is_entry


def test_the_words_of_an_event_are_the_sentence_in_the_frozen_text() -> None:
    texts = ("Kit was born at home.", "All was well. On 5 May 2022 the nurse called. She left.")
    (event,) = told_events(segments_of(*texts), ())
    frozen = "\n\n".join(texts)
    assert frozen[event.start_char : event.end_char] == event.text
    assert event.text == "On 5 May 2022 the nurse called."
    assert event.printed == "5 May 2022"


@pytest.mark.parametrize(
    ("role", "kind"),
    [
        (SectionRole.TERMS_OF_REFERENCE, SegmentKind.PARAGRAPH),
        (SectionRole.LITERATURE, SegmentKind.PARAGRAPH),
        (SectionRole.RECOMMENDATIONS, SegmentKind.PARAGRAPH),
        (SectionRole.FACTS, SegmentKind.FOOTNOTE),
        (SectionRole.FACTS, SegmentKind.HEADING),
    ],
)
def test_only_sentences_of_the_facts_are_events(role: SectionRole, kind: SegmentKind) -> None:
    assert told_events(segments_of("In May 2003 he left.", role=role, kind=kind), ()) == ()

"""Laws that hold for every text."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coding.made import frozen_text, make_document, make_segments
from workbench.coding import Coder
from workbench.records import SectionRole, SegmentKind

_PIECES = st.sampled_from(
    ["domestic abuse", "no evidence of", "Kieran", "her son", "was excluded from school", ",", ".",
     "the panel", "but", "alleged", "Mr K’s mother", "drank heavily", "😀", "\n", "|", "  ",
     "risk assessment was not completed", "(", "“", "NHS Trust", "training on", "e.g.", "Ms Y."]
)  # fmt: skip
_TEXTS = st.one_of(
    st.text(min_size=1, max_size=80), st.lists(_PIECES, min_size=1, max_size=14).map(" ".join)
)
_LAW = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@_LAW
@given(texts=st.lists(_TEXTS, min_size=1, max_size=4), role=st.sampled_from(SectionRole))
def test_offsets_give_back_the_text(coder: Coder, texts: list[str], role: SectionRole) -> None:
    segments = make_segments([(text, role, SegmentKind.PARAGRAPH) for text in texts])
    whole = frozen_text(segments)
    people, codings = coder.code(make_document("domestic_homicide_review"), segments)
    for coding in codings:
        assert whole[coding.start_char : coding.end_char] == coding.text
        segment = segments[coding.segment]
        assert segment.start_char <= coding.start_char < coding.end_char <= segment.end_char
        assert 0 <= coding.score <= 1
        assert coding.explanation
    for person in people:
        assert whole[person.start_char : person.end_char] == person.name


@_LAW
@given(first=_TEXTS, second=_TEXTS)
def test_a_document_is_coded_the_same_whatever_was_coded_before(
    coder: Coder, first: str, second: str
) -> None:
    document = make_document("child_safeguarding_practice_review")
    one = make_segments([(first, SectionRole.FACTS, SegmentKind.PARAGRAPH)])
    other = make_segments([(second, SectionRole.FACTS, SegmentKind.PARAGRAPH)])
    before = coder.code(document, one)
    coder.code(document, other)
    assert coder.code(document, one) == before


def test_a_very_long_segment_is_coded(coder: Coder) -> None:
    text = "He was excluded from school and nobody asked him why. " * 2000
    segments = make_segments([(text.strip(), SectionRole.FACTS, SegmentKind.PARAGRAPH)])
    _, codings = coder.code(make_document(""), segments)
    assert {"school_exclusion"} <= {coding.code_id for coding in codings}


def test_no_segments_give_no_people_and_no_codings(coder: Coder) -> None:
    assert coder.code(make_document(""), ()) == ((), ())

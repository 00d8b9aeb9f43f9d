from __future__ import annotations

import pytest

from segment.printing import line, page, paragraph, segmented
from workbench.records import Line, SectionRole, Segment, SegmentKind
from workbench.segment.sections.lexicon import STRONG
from workbench.segment.sections.titles import FORM_BOXES, first_match
from workbench.segment.sections.unheaded import paragraph_roles

STORY = "On 4 May 2019 he was arrested. In June he moved to his aunt and said that he was content."
WEIGHING = (
    "The panel considers that the risk should have been seen and that it could have been asked "
    "whether anyone knew; no agency did, and an opportunity was missed."
)


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        pytest.param("Terms of reference", SectionRole.TERMS_OF_REFERENCE),
        pytest.param("Appendix 2: Glossary of terms", SectionRole.GLOSSARY),
        pytest.param("How this review was carried out", SectionRole.METHODOLOGY),
        pytest.param("Combined chronology", SectionRole.FACTS),
        pytest.param("The circumstances of the homicide", SectionRole.FACTS),
        pytest.param("Analysis of agency involvement", SectionRole.ANALYSIS),
        pytest.param("What research tells us", SectionRole.LITERATURE),
        pytest.param("Findings and lessons", SectionRole.FINDINGS),
        pytest.param("Conclusions", SectionRole.FINDINGS),
        pytest.param("Findings and recommendations", SectionRole.RECOMMENDATIONS),
        pytest.param("A tribute from his family", SectionRole.FRONT_MATTER),
        pytest.param("Areas for improvement", SectionRole.RECOMMENDATIONS),
        pytest.param("What does the council need to improve?", SectionRole.RECOMMENDATIONS),
        pytest.param("Next steps", SectionRole.RECOMMENDATIONS),
        pytest.param("Information about this inspection", SectionRole.METHODOLOGY),
        pytest.param("How services improved after the death", None, id="an improvement told"),
        pytest.param("What the school did to improve matters", None, id="told as well"),
        pytest.param("The next steps that the nurse took", None, id="steps in a story"),
        pytest.param("Monday evening", None, id="a heading that says nothing"),
        pytest.param("Housing", None),
    ],
)
def test_a_heading_tells_what_its_section_is_for(heading: str, role: SectionRole | None) -> None:
    assert first_match(heading, STRONG) is role


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("CORONER’S CONCERNS", SectionRole.FINDINGS),
        ("CIRCUMSTANCES OF THE DEATH", SectionRole.FACTS),
        ("ACTION SHOULD BE TAKEN", SectionRole.RECOMMENDATIONS),
        ("YOUR RESPONSE", SectionRole.APPENDIX),
        ("INVESTIGATION and INQUEST", SectionRole.FACTS),
        ("Coroner’s officer, Ms P", None),
    ],
)
def test_the_boxes_of_a_coroners_form_have_their_roles(
    heading: str, role: SectionRole | None
) -> None:
    assert first_match(heading, FORM_BOXES) is role


def review(*sections: tuple[str, float, str]) -> tuple[Segment, ...]:
    """One page of headings of the given size, each with a paragraph."""
    lines: list[Line] = [line("The review of Child T", 60, size=24, bold=True)]
    top = 110.0
    for heading, size, text in sections:
        lines.append(line(heading, top, size=size, bold=True))
        lines += paragraph(text, top + 24)
        top = lines[-1].top + 34
    return segmented(page(1, lines)).segments


def role_of(segments: tuple[Segment, ...], text: str) -> SectionRole:
    return next(s.section_role for s in segments if s.text == text)


def test_a_silent_heading_inherits_the_role_of_the_section_around_it() -> None:
    segments = review(
        ("Analysis", 16, "The panel met."), ("Housing", 13, STORY), ("Recommendations", 16, "None.")
    )
    assert role_of(segments, STORY) is SectionRole.ANALYSIS
    assert next(s for s in segments if s.text == STORY).section_path == ("Analysis", "Housing")


def test_recommendations_by_agency_stay_recommendations() -> None:
    segments = review(
        ("Chronology", 16, STORY),
        ("Recommendations", 16, "There are two."),
        ("Analysis team of the police", 13, "The force should read its logs."),
    )
    assert role_of(segments, "The force should read its logs.") is SectionRole.RECOMMENDATIONS


@pytest.mark.parametrize(
    ("text", "role"), [(STORY, SectionRole.FACTS), (WEIGHING, SectionRole.ANALYSIS)]
)
def test_content_decides_where_no_heading_does(text: str, role: SectionRole) -> None:
    segments = review(
        ("Terms of reference", 16, "To see why."),
        ("The aunt", 16, text),
        ("Conclusions", 16, "So."),
    )
    assert role_of(segments, text) is role


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("On 4 May 2019 he was killed. He lived with his aunt and went to school.",
         SectionRole.FACTS),
        ("The Partnership commissioned this review under the statutory guidance and its panel met.",
         SectionRole.METHODOLOGY),
    ],
)  # fmt: skip
def test_an_introduction_tells_of_the_death_or_of_the_review(text: str, role: SectionRole) -> None:
    segments = review(("Introduction", 16, text), ("Chronology", 16, STORY))
    assert role_of(segments, text) is role


def test_a_document_without_headings_is_read_paragraph_by_paragraph() -> None:
    course = [
        "To the partners, from the reviewer.",
        "You asked me to consider whether the risk was known and to say how agencies responded.",
        STORY, STORY, WEIGHING, WEIGHING,
        "My conclusions are short. The lessons are old ones.",
        "I recommend that the board must write to each school, which should review its records.",
    ]  # fmt: skip
    assert paragraph_roles(course) == [
        SectionRole.FRONT_MATTER, SectionRole.TERMS_OF_REFERENCE, SectionRole.FACTS,
        SectionRole.FACTS, SectionRole.ANALYSIS, SectionRole.ANALYSIS, SectionRole.FINDINGS,
        SectionRole.RECOMMENDATIONS,
    ]  # fmt: skip


def test_a_heading_that_is_only_a_label_numbers_the_recommendation_below() -> None:
    asked = "The board should write to each school before the end of the summer term."
    segments = review(("Recommendations", 16, "There are two."), ("Recommendation 1", 12, asked))
    found = next(s for s in segments if s.text == asked)
    assert (found.kind, found.number) == (SegmentKind.RECOMMENDATION, "Recommendation 1")


def test_a_recommendation_bears_the_number_in_front_of_it() -> None:
    asked = "The board should write to each school before the end of the summer term."
    segments = review(("Recommendations", 16, f"Recommendation 1: {asked}"))
    found = next(s for s in segments if s.text == asked)
    assert (found.kind, found.number) == (SegmentKind.RECOMMENDATION, "Recommendation 1")


def test_a_recommendation_of_the_court_in_the_facts_is_none_of_the_review() -> None:
    told = "The court said that the board should write to each school on 4 May 2019."
    segments = review(("Chronology", 16, told), ("Conclusions", 16, "So."))
    assert next(s for s in segments if s.text == told).kind is SegmentKind.PARAGRAPH


def test_levels_follow_the_numbers_of_the_headings() -> None:
    segments = review(
        ("1 Introduction", 16, "So it began."),
        ("1.1 Scope", 13, "The scope."),
        ("2 Facts", 16, STORY),
    )
    headings = [(s.number, s.level, s.text) for s in segments if s.kind is SegmentKind.HEADING][1:]
    assert headings == [("1", 1, "Introduction"), ("1.1", 2, "Scope"), ("2", 1, "Facts")]


def stacked(*headings: str) -> list[Line]:
    """Headings of one type: the first two stand on each other, prose follows the others."""
    lines, top = [], 80.0
    for position, heading in enumerate(headings):
        lines.append(line(heading, top, size=14, bold=True))
        top += 24
        if position:
            lines += paragraph(STORY, top)
            top = lines[-1].top + 30
    return lines


def roles_under(*headings: str) -> dict[str, SectionRole]:
    made = segmented(
        page(1, [line("Some Report", 40, size=20, bold=True)]), page(2, stacked(*headings))
    )
    return {
        segment.text: segment.section_role
        for segment in made.segments
        if segment.kind is SegmentKind.HEADING
    }


def test_a_heading_without_text_of_its_own_holds_the_headings_of_its_type() -> None:
    found = roles_under("Areas for improvement", "Housing", "The school", "Chronology")
    assert found["Housing"] is found["The school"] is SectionRole.RECOMMENDATIONS
    assert found["Chronology"] is SectionRole.FACTS


def test_a_heading_with_text_of_its_own_holds_none_of_its_type() -> None:
    found = roles_under("Some Report again", "Areas for improvement", "Housing")
    assert found["Housing"] is not SectionRole.RECOMMENDATIONS


@pytest.mark.parametrize(
    ("opening", "closes"),
    [
        pytest.param("Yours sincerely", True),
        pytest.param("© Crown copyright 2020", True),
        pytest.param("This publication is available at the address below.", True),
        pytest.param("He signed himself yours sincerely in every letter.", False, id="in a story"),
        pytest.param("This report is available evidence of drift.", False, id="an adjective"),
    ],
)
def test_the_close_of_a_letter_and_the_imprint_are_no_evidence(
    opening: str, *, closes: bool
) -> None:
    lines = [line("Analysis", 80, size=14, bold=True), *paragraph(WEIGHING, 104)]
    lines += [line(opening, 190), line("Ada Invented, Director", 220)]
    made = segmented(page(1, [line("Some Report", 40, size=20, bold=True)]), page(2, lines))
    signed = next(segment for segment in made.segments if "Invented" in segment.text)
    weighed = next(segment for segment in made.segments if "panel" in segment.text)
    assert (signed.section_role is SectionRole.FRONT_MATTER) == closes
    assert weighed.section_role is SectionRole.ANALYSIS

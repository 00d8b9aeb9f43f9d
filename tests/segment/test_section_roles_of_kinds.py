"""Roles where one heading is not enough: letters, replies, mixed sections, forms."""

from __future__ import annotations

import pytest

from segment.printing import line, page, paragraph, segmented
from workbench.records import Line, SectionRole, Segment, SegmentKind
from workbench.segment.sections.lexicon import STRONG
from workbench.segment.sections.titles import RECORDS, REPLYING, first_match, is_mixed

STORY = "On 4 May 2019 he was arrested. In June he moved to his aunt and said that he was content."
JUDGED = (
    "Leaders are effective and progress is strong, but plans are weak and drift is not rare. The "
    "records that were read are timely and clear."
)
OCCASION = (
    "This letter tells of a visit on 4 May 2019 that was carried out by two inspectors, who read "
    "the records of the families and met them."
)


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("Definitions", SectionRole.GLOSSARY),
        ("Chapter 2: Definitions and the ethics of help", None),
        ("What does research tell us?", SectionRole.LITERATURE),
        ("Relevant research and reviews", SectionRole.LITERATURE),
        ("Translation of research", None),
        ("Funding and research capacity", None),
        ("What the inspection judgements mean", SectionRole.METHODOLOGY),
        ("Inspection judgement on the board", SectionRole.FINDINGS),
        ("Judgement day", None),
        ("Information about this local authority area", SectionRole.FACTS),
        ("What is the partnership doing that is effective?", SectionRole.FINDINGS),
        ("CHAPTER 3: THE FACTS", SectionRole.FACTS),
    ],
)
def test_near_misses_among_headings(heading: str, role: SectionRole | None) -> None:
    assert first_match(heading, STRONG) is role


@pytest.mark.parametrize(
    ("heading", "is_record"),
    [
        ("Formal minutes", True),
        ("Published written evidence", True),
        ("Witnesses", True),
        ("Evidence of neglect", False),
        ("The witnesses at the flat", False),
    ],
)
def test_the_records_of_a_committee_are_no_evidence(heading: str, *, is_record: bool) -> None:
    assert (first_match(heading, RECORDS) is SectionRole.APPENDIX) == is_record


@pytest.mark.parametrize(
    ("heading", "replies"),
    [
        ("Government response to the committee’s report", True),
        ("The Board’s reply to the findings of the inquiry", True),
        ("The multi-agency response to domestic abuse", False),
        ("Joint inspection of the response to abuse: report", False),
    ],
)
def test_a_title_tells_that_a_document_answers_another(heading: str, *, replies: bool) -> None:
    assert bool(REPLYING.match(heading)) == replies


def test_conclusions_and_recommendations_in_a_heading_are_both_meant() -> None:
    assert is_mixed("Conclusions and recommendations")
    assert not is_mixed("Recommendations")
    assert not is_mixed("Conclusions")


def roles(*lines: Line) -> dict[str, SectionRole]:
    made = segmented(page(1, [line("Some Report", 40, size=20, bold=True)]), page(2, lines))
    return {segment.text: segment.section_role for segment in made.segments}


def under(heading: str, *texts: str) -> list[Line]:
    lines = [line(heading, 80, size=14, bold=True)]
    for text in texts:
        lines += paragraph(text, lines[-1].top + 26)
    return lines


CONCLUDED = (
    "The panel concludes that the school should have asked and that nobody did so in time, though "
    "all of them had met the family."
)
ASKED = (
    "The board should write to each school before the end of the summer term of this year, and to "
    "each of the colleges of the county."
)
SAID = (
    "Police were slow to see what was plain to the neighbours, and then could not say what they "
    "had seen. (Conclusion, Paragraph 12)"
)
RECOMMENDED = (
    "We recommend that records be read on the day that they are made. They matter most on the "
    "first day, when little else is known."
)


def test_a_mixed_section_is_told_apart_by_passage() -> None:
    found = roles(
        *under("Conclusions and recommendations", CONCLUDED, ASKED, SAID, RECOMMENDED, STORY)
    )
    assert found[CONCLUDED] is found[SAID] is found[STORY] is SectionRole.FINDINGS
    assert found[ASKED] is found[RECOMMENDED] is SectionRole.RECOMMENDATIONS


def test_a_section_of_recommendations_alone_is_not_told_apart() -> None:
    assert roles(*under("Recommendations", CONCLUDED))[CONCLUDED] is SectionRole.RECOMMENDATIONS


def letter(*texts: str, salutation: str = "Dear partners") -> dict[str, SectionRole]:
    lines = [line(salutation, 60), line("Visit to Marlshire", 90, size=16, bold=True)]
    for text in texts:
        lines += paragraph(text, lines[-1].top + 26)
    return {segment.text: segment.section_role for segment in segmented(page(1, lines)).segments}


def test_a_letter_opens_with_its_occasion_and_goes_on_with_what_was_found() -> None:
    found = letter(OCCASION, JUDGED, STORY)
    assert found[OCCASION] is SectionRole.METHODOLOGY
    assert found[JUDGED] is found[STORY] is SectionRole.FINDINGS


def test_without_a_salutation_the_opening_is_front_matter() -> None:
    assert letter(OCCASION, JUDGED, salutation="For partners")[JUDGED] is SectionRole.FRONT_MATTER


def test_names_behind_the_farewell_are_front_matter_though_set_as_headings() -> None:
    lines = under("Findings", JUDGED, "Yours sincerely")
    lines += [line("Ada Invented", lines[-1].top + 40, size=14, bold=True)]
    lines += under_at("Analysis", lines[-1].top + 40, STORY * 3)
    found = roles(*lines)
    assert found["Ada Invented"] is SectionRole.FRONT_MATTER
    assert found[STORY * 3] is SectionRole.ANALYSIS


def under_at(heading: str, top: float, text: str) -> list[Line]:
    return [line(heading, top, size=14, bold=True), *paragraph(text, top + 26)]


def test_parts_of_an_introduction_speak_for_themselves() -> None:
    told = " ".join([STORY] * 6)
    lines = under("Introduction and overview", OCCASION)
    lines += under_part("The disorder", told, lines[-1].top + 30)
    found = roles(*lines)
    assert found[told] is SectionRole.FACTS


def under_part(heading: str, text: str, top: float) -> list[Line]:
    return [line(heading, top, size=12.5, bold=True), *paragraph(text, top + 24)]


def form(*recipients: str, lead: str = "This report is being sent to:") -> list[Segment]:
    lines = [line("Report to prevent deaths", 60, size=16, bold=True), line(lead, 100, bold=True)]
    for position, text in enumerate(recipients, start=1):
        lines.append(line(f"{position} {text}", 104 + 20 * position, tab=100, bold=True))
    top = lines[-1].top + 30
    lines.append(line("1 Coroner", top, tab=100, bold=True))
    lines += paragraph("I am the coroner of a place that is not to be found.", top + 20)
    return [s for s in segmented(page(1, lines)).segments if s.number]


@pytest.mark.parametrize("recipients", [("The Board",), ("The Board", "The Trust")])
def test_whom_a_form_is_sent_to_is_a_list(recipients: tuple[str, ...]) -> None:
    *sent, coroner = form(*recipients)
    assert [s.kind for s in sent] == [SegmentKind.BULLET] * len(recipients)
    assert (coroner.kind, coroner.text) == (SegmentKind.HEADING, "Coroner")


def test_a_numbered_heading_that_follows_no_colon_stays_one() -> None:
    assert form("The Board", lead="In this report")[0].kind is SegmentKind.HEADING


def test_causes_of_death_in_bold_are_a_list() -> None:
    lines = under("Investigation", "The medical cause of death was confirmed as:")
    top = lines[-1].top
    lines += [
        line("1(a) Bleeding", top + 30, tab=110, bold=True),
        line("1(b) Fall", top + 60, tab=110, bold=True),
        line("2 Frailty", top + 90, tab=110, bold=True),
    ]
    made = segmented(page(1, [line("Some Report", 40, size=20, bold=True)]), page(2, lines))
    listed = [(s.number, s.text) for s in made.segments if s.kind is SegmentKind.BULLET]
    assert listed == [("1(a)", "Bleeding"), ("1(b)", "Fall"), ("2", "Frailty")]


def test_a_postcode_and_a_town_above_the_salutation_are_no_headings() -> None:
    lines = [line("EASTMARCH", 60), line("EM1 2AB", 76), line("Dear Ms Invented", 110)]
    lines += [line("Visit to Eastmarch", 140, size=16, bold=True), *paragraph(OCCASION, 170)]
    heads = [s.text for s in segmented(page(1, lines)).segments if s.kind is SegmentKind.HEADING]
    assert heads == ["Visit to Eastmarch"]


def test_a_reply_is_analysis_and_what_it_quotes_in_bold_is_not() -> None:
    quoted = "The department should write to each school before the end of the summer term."
    lines = [line("Response to the recommendations", 80, size=14, bold=True)]
    lines += [line(quoted[:50], 110, bold=True), line(quoted[50:], 124, bold=True)]
    lines += paragraph(JUDGED, 160)
    title = line("Government response to the inquiry", 40, size=20, bold=True)
    made = segmented(page(1, [title]), page(2, lines))
    found = {s.text: s.section_role for s in made.segments}
    assert found[JUDGED] is SectionRole.ANALYSIS
    assert found[quoted] is SectionRole.RECOMMENDATIONS


@pytest.mark.parametrize(
    ("size", "role"),
    [
        pytest.param(14.0, SectionRole.FINDINGS, id="one of many of its size"),
        pytest.param(22.0, SectionRole.FRONT_MATTER, id="the title of the document"),
    ],
)
def test_a_telling_heading_at_the_top_is_the_title_only_when_it_is_the_largest(
    size: float, role: SectionRole
) -> None:
    lines = [line("Summary of findings", 60, size=size, bold=True), *paragraph(JUDGED, 100)]
    lines += under_at("What the school did", lines[-1].top + 40, STORY)
    found = {s.text: s.section_role for s in segmented(page(1, lines)).segments}
    assert found[JUDGED] is role


def test_other_matters_and_recommendations_below_mixed_ones_are_told_apart_too() -> None:
    lines = under("Conclusions and recommendations", CONCLUDED)
    lines += under_part("Other matters and recommendations", CONCLUDED + STORY, lines[-1].top + 40)
    assert roles(*lines)[CONCLUDED + STORY] is SectionRole.FINDINGS

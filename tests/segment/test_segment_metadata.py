from __future__ import annotations

import pytest

from segment.printing import line, page, segmented
from workbench.records import Line, MetadataField, MetadataSource
from workbench.segment import Segmentation


def values(made: Segmentation, field: MetadataField) -> list[str]:
    return [each.value for each in made.metadata if each.field is field]


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Domestic Homicide Review: overview report", "domestic_homicide_review"),
        ("Domestic Abuse Related Death Review", "domestic_homicide_review"),
        ("Local Child Safeguarding Practice Review", "child_safeguarding_practice_review"),
        ("Serious Case Review", "serious_case_review"),
        ("Safeguarding Adults Review: Bea", "safeguarding_adults_review"),
        ("Independent investigation into the care and treatment of Mr Q",
         "mental_health_homicide_review"),
        ("Offensive Weapons Homicide Review", "offensive_weapons_homicide_review"),
        ("Regulation 28 Report to Prevent Future Deaths", "prevention_of_future_deaths_report"),
        ("Thematic Child Safeguarding Practice Review", "thematic_review"),
        ("Joint Domestic Homicide Review and Safeguarding Adults Review", "joint_review"),
        ("Joint targeted area inspection of Aldermoss", "other_report"),
        ("Inspection of Aldermoss local authority children’s services", "other_report"),
        ("Annual report of the library", ""),
    ],
)  # fmt: skip
def test_the_kind_of_review_is_read_from_its_first_page(title: str, kind: str) -> None:
    made = segmented(page(1, [line(title, 200, size=22, bold=True), line("May 2021", 300)]))
    assert made.document.review_type == kind
    assert made.document.title == title


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        ([("Serious Case Review", 26, True), ("Kit and Wren", 22, True)],
         "Serious Case Review: Kit and Wren"),
        ([("Aldermoss Safeguarding Children Board", 13, False), ("Serious Case Review", 26, True),
          ("Kit and Wren", 22, True), ("Overview report", 14, False),
          ("Published in May 2021", 11, False)],
         "Serious Case Review: Kit and Wren. Overview report"),
        ([("Local Child Safeguarding Practice Review", 24, True), ("Maya", 54, True),
          ("Learning from the life and death of a girl", 16, True),
          ("Independent reviewer: Ada Quill", 12, True)],
         "Local Child Safeguarding Practice Review: Maya. "
         "Learning from the life and death of a girl"),
        ([("Learning from Maya", 24, True), ("Local Child Safeguarding Practice Review", 20, True)],
         "Learning from Maya: Local Child Safeguarding Practice Review"),
        ([("Domestic Homicide Review", 26, True),
          ("concerning the death of “Noreen” in November 2022", 15, False)],
         "Domestic Homicide Review concerning the death of “Noreen” in November 2022"),
        ([("SERIOUS CASE REVIEW", 26, True), ("Child H", 20, True)],
         "Serious Case Review: Child H"),
        # What only stands near the title is no part of it.
        ([("Domestic Homicide Review", 26, True), ("A killing at the junction", 11, False)],
         "Domestic Homicide Review"),
        ([("Serious Case Review", 26, True), ("RESTRICTED", 22, True), ("01 May 2021", 22, True)],
         "Serious Case Review"),
    ],
)  # fmt: skip
def test_a_title_is_put_together_from_the_lines_of_the_cover(
    lines: list[tuple[str, float, bool]], title: str
) -> None:
    printed = [
        line(text, 120 + 60 * i, size=size, bold=bold) for i, (text, size, bold) in enumerate(lines)
    ]
    made = segmented(page(1, printed))
    assert made.document.title == title
    (named,) = [each for each in made.metadata if each.field is MetadataField.TITLE]
    assert named.source is MetadataSource.PAGE
    assert title.split(":")[0].split(" concerning")[0].casefold() in (
        made.frozen.text[named.start_char : named.end_char].casefold()
    )


def letter(subject: Line) -> Segmentation:
    return segmented(
        page(
            1,
            [
                line("01 December 2017", 90, size=12),
                line("Ada Quill, Director of Children’s Services", 120, size=12),
                line("Dear local partnership", 160, size=12),
                subject,
                line("Between 2 and 6 May 2017 inspectors from four inspectorates went to see how",
                     240, size=12),
                line("children are helped in the area, and this letter says what they found there.",
                     255, size=12),
            ],
        )
    )  # fmt: skip


def test_the_title_of_a_letter_is_its_subject_and_never_its_date() -> None:
    subject = "Joint targeted area inspection of the response to neglect in Aldermoss"
    made = letter(line(subject, 200, size=12, bold=True))
    assert made.document.title == subject
    assert values(made, MetadataField.REPORT_DATE) == ["2017-12-01"]
    assert values(made, MetadataField.AREA) == ["Aldermoss"]


def test_the_publisher_is_the_board_and_gives_the_area() -> None:
    lines = [
        line("Prepared for the Aldermoss and Vale Safeguarding Children Board by Dr A. Quill", 90),
        line("Serious Case Review", 200, size=26, bold=True),
        line("Accepted on 3 March 2016", 400),
        line("Published on 6 July 2016", 420),
    ]
    made = segmented(page(1, lines))
    assert made.document.publisher == "Aldermoss and Vale Safeguarding Children Board"
    assert values(made, MetadataField.AREA) == ["Aldermoss and Vale"]
    assert values(made, MetadataField.AUTHOR) == ["Dr A. Quill"]
    assert values(made, MetadataField.REPORT_DATE) == ["2016-07-06"]


@pytest.mark.parametrize(
    ("sentence", "month"),
    [
        ("Wren died on 8 March 2015 at the age of one.", "2015-03"),
        ("On Thursday 14 November 2024 Wren was killed in the park.", "2024-11"),
        ("Wren was killed in the spring of 2019.", None),
        ("Her grandmother died on 3 May 2012.", None),
        ("An inquest into why Wren died was opened on 3 May 2012.", None),
        ("When Martin died no clinician was seeing him, as the team had discharged him some "
         "weeks after the meeting of 9 December 2022.", None),
    ],
)  # fmt: skip
def test_the_incident_is_dated_to_the_month_only_where_its_sentence_says_so(
    sentence: str, month: str | None
) -> None:
    lines = [line("Serious Case Review", 80, size=26, bold=True), line(sentence, 200)]
    found = values(segmented(page(1, lines)), MetadataField.INCIDENT_DATE)
    assert found == ([month] if month else [])


@pytest.mark.parametrize(
    ("sentence", "period"),
    [
        ("The period under review is 1 September 2011 to 8 March 2015.", "2011-09-01/2015-03-08"),
        ("The review covers the period from September 2021, when she moved, to 14 March 2024.",
         "2021-09/2024-03-14"),
        ("The review covers the period from September 2021 to the day of her death.", None),
        ("He lived there between 2010 and 2013.", None),
    ],
)  # fmt: skip
def test_the_period_needs_its_beginning_and_its_end(sentence: str, period: str | None) -> None:
    lines = [line("Serious Case Review", 80, size=26, bold=True), line(sentence, 200)]
    found = values(segmented(page(1, lines)), MetadataField.PERIOD)
    assert found == ([period] if period else [])


@pytest.mark.parametrize(
    ("title", "names"),
    [
        ("Serious Case Review: Kit and Wren", ["Kit", "Wren"]),
        ("Serious Case Review: Child H", ["Child H"]),
        ("Domestic Homicide Review: the deaths of “Eileen” and “Raymond”", ["Eileen", "Raymond"]),
        ("Independent investigation into the care and treatment of Mr K", ["Mr K"]),
        ("Serious Case Review: Overview report", []),
    ],
)
def test_the_subjects_are_the_pseudonyms_of_the_title(title: str, names: list[str]) -> None:
    made = segmented(page(1, [line(title, 100, size=18, bold=True)]))
    assert values(made, MetadataField.SUBJECT) == names


def test_a_coroners_report_is_named_after_the_person_who_died() -> None:
    lines = [
        line("REGULATION 28 REPORT TO PREVENT FUTURE DEATHS", 80, size=13, bold=True),
        line("I am Ada Quill, Senior Coroner for the coroner area of Aldermoss.", 140),
        line(
            "On 3 May 2023 I opened an investigation into the death of Mr Ivo Marl Tern, who", 180
        ),
        line("was 34.", 195),
    ]
    made = segmented(page(1, lines))
    assert made.document.title == "Regulation 28 Report to Prevent Future Deaths: Ivo Marl Tern"
    assert values(made, MetadataField.AUTHOR) == ["Ada Quill"]
    assert values(made, MetadataField.AREA) == ["Aldermoss"]
    assert values(made, MetadataField.INCIDENT_DATE) == []


def test_nothing_is_claimed_where_nothing_is_found() -> None:
    made = segmented(page(1, []))
    document = made.document
    assert (document.title, document.review_type, document.publisher) == ("", "", "")
    assert made.metadata == ()


def test_every_value_says_where_it_was_read() -> None:
    made = letter(line("Focused visit to Aldermoss children’s services", 200, size=12, bold=True))
    assert made.metadata
    for each in made.metadata:
        assert 0 < each.confidence < 1
        assert made.frozen.text[each.start_char : each.end_char].strip()

from __future__ import annotations

import pytest

from segment.printing import line, page, segmented


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
        ("REGULATION 28 REPORT TO PREVENT FUTURE DEATHS", "prevention_of_future_deaths_report"),
        ("Thematic Child Safeguarding Practice Review", "thematic_review"),
        ("Joint Domestic Homicide Review and Safeguarding Adults Review", "joint_review"),
        ("Annual report of the library", ""),
    ],
)  # fmt: skip
def test_the_kind_of_review_is_read_from_its_first_page(title: str, kind: str) -> None:
    made = segmented(page(1, [line(title, 200, size=22, bold=True), line("May 2021", 300)]))
    assert made.document.review_type == kind
    assert made.document.title == title


def test_the_title_is_the_largest_text_and_the_publisher_the_board() -> None:
    lines = [
        line("Aldermoss Safeguarding Children Board", 90, size=13),
        line("Serious Case Review", 200, size=26, bold=True),
        line("Kit and Wren", 240, size=22, bold=True),
        line("Published in May 2021", 400),
    ]
    document = segmented(page(1, lines)).document
    assert document.title == "Serious Case Review Kit and Wren"
    assert document.publisher == "Aldermoss Safeguarding Children Board"


def test_nothing_is_claimed_where_nothing_is_found() -> None:
    document = segmented(page(1, [])).document
    assert (document.title, document.review_type, document.publisher) == ("", "", "")

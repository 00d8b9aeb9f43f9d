"""Agencies are found by name and kind; literature, training and lists of members are no contact."""

from __future__ import annotations

from dataclasses import replace

import pytest
from case_making import person, reading

from workbench.cases.journey.agencies import agencies_of
from workbench.cases.journey.kinds import agency_kinds
from workbench.records import (
    DateBasis,
    DatedEvent,
    DatePrecision,
    Person,
    Reading,
    SectionRole,
    SegmentKind,
)
from workbench.records.journey import AgencyMention

KINDS = agency_kinds()
FACTS, METHOD = SectionRole.FACTS, SectionRole.METHODOLOGY


def told(*texts: str, role: SectionRole = FACTS, people: tuple[Person, ...] = ()) -> Reading:
    return reading("d", [(role, text) for text in texts], people=people)


def named(found: Reading) -> list[tuple[str, str]]:
    return [(a.name, a.kind) for a in agencies_of(found, KINDS).agencies if a.is_named]


def mentions(*texts: str, role: SectionRole = FACTS) -> tuple[AgencyMention, ...]:
    return agencies_of(told(*texts, role=role), KINDS).mentions


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Officers of North Fenwater Police came.", ("North Fenwater Police", "police")),
        ("The Marl and Vale Hospitals NHS Trust wrote.",
         ("Marl and Vale Hospitals NHS Trust", "acute_hospital")),
        ("She joined Rowan Lane Surgery in May.", ("Rowan Lane Surgery", "primary_care")),
        ("He was moved to HMP Scarholme.", ("HMP Scarholme", "prison")),
        ("In June Marl Homes offered a flat.", ("Marl Homes", "housing")),
        ("The Department for Work and Pensions stopped it.",
         ("Department for Work and Pensions", "benefits")),
        ("The Chief Constable of Westermoor Constabulary agreed.",
         ("Westermoor Constabulary", "police")),
        ("Lantern (specialist domestic abuse service) called.", ("Lantern", "voluntary")),
        ("Upturn Carrowby, the drug service, refused.", ("Upturn Carrowby", "substance_misuse")),
        ("He lived in a hostel called Fenwick House.", ("Fenwick House", "housing")),
    ],
)  # fmt: skip
def test_a_name_is_known_by_its_ending_or_by_what_is_said_of_it(
    text: str, expected: tuple[str, str]
) -> None:
    assert named(told(text)) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "The police came.",  # a kind, no name
        "Match police notices to children already known.",  # a verb begins the sentence
        "It was on the Police National Computer.",
        "On 14 January, the hostel gave him notice.",  # a month is no hostel
        "Kit, the school bully, left.",  # a person of the review
        "Police and courts were asked.",
    ],
)
def test_what_is_no_name_is_not_listed_as_one(text: str) -> None:
    assert named(told(text, people=(person("Kit", "d"),))) == []


def test_two_names_joined_by_and_are_two_agencies() -> None:
    found = named(told("Marl Constabulary and Vale Children’s Services met."))
    assert found == [
        ("Marl Constabulary", "police"), ("Vale Children’s Services", "childrens_social_care"),
    ]  # fmt: skip


def test_short_forms_are_the_agency_where_only_one_can_be_meant() -> None:
    one = told("Marl Mental Health Trust saw him. The Trust discharged him.")
    found = agencies_of(one, KINDS)
    assert len(found.agencies) == 1
    assert {mention.agency_id for mention in found.mentions} == {"A1"}


def test_a_place_is_not_the_agency_that_is_named_after_it() -> None:
    found = agencies_of(
        told("Marl Police came.", "She landed at Marl Airport.", "Marl is flat."), KINDS
    )
    assert [mention.segment for mention in found.mentions] == [0]
    named_so = told("Tamarisk Housing Association wrote.", "Tamarisk was told by a neighbour.")
    assert [mention.segment for mention in agencies_of(named_so, KINDS).mentions] == [0, 1]


def test_the_trust_is_nobody_where_two_trusts_may_be_meant() -> None:
    two = told(
        "Marl Mental Health Trust saw him.", "Vale Hospitals NHS Trust saw him.",
        "The Trust discharged him.",
    )  # fmt: skip
    found = agencies_of(two, KINDS)
    assert len(found.agencies) == 2
    assert [mention.segment for mention in found.mentions] == [0, 1]


def test_general_words_are_the_only_agency_of_their_kind() -> None:
    found = agencies_of(told("Marl Constabulary came.", "The police arrested him."), KINDS)
    assert [mention.agency_id for mention in found.mentions] == ["A1", "A1"]
    several = told("Marl Constabulary came.", "Vale Constabulary rang.", "Police arrested him.")
    assert [m.agency_id for m in agencies_of(several, KINDS).mentions] == ["A1", "A2", ""]


@pytest.mark.parametrize(
    ("text", "contact"),
    [
        ("Police attended the flat.", True),
        ("Her GP prescribed sertraline.", True),
        ("A health visitor saw the children.", True),
        ("She told her social worker about it.", True),
        ("The police had no contact with her.", False),
        ("The GP was not told.", False),
        ("Nobody told the school.", False),
        ("The police told nobody what they knew.", False),
        ("Neither the GP nor the school was sent the letter.", False),
        ("The police should visit in such cases.", False),
        ("Police officers attended training on stalking.", False),
        ("National guidance tells police to record it.", False),
        ("Research found that hospitals report less.", False),
        ("The school could have called the police.", False),
        ("The police wrote a management review.", False),
    ],
)
def test_a_contact_is_something_done_with_the_people(text: str, contact: bool) -> None:
    found = mentions(text)
    assert found
    assert any(mention.is_contact for mention in found) is contact


@pytest.mark.parametrize(
    "role",
    [SectionRole.LITERATURE, SectionRole.TERMS_OF_REFERENCE, METHOD, SectionRole.RECOMMENDATIONS,
     SectionRole.GLOSSARY, SectionRole.FRONT_MATTER],
)  # fmt: skip
def test_what_stands_outside_the_evidence_is_no_contact(role: SectionRole) -> None:
    text = "Police attended in most cases. Marl Constabulary saw them."
    assert mentions(text, role=role) == ()
    assert named(told(text, role=role)) == [("Marl Constabulary", "police")]


def test_an_agency_without_a_name_is_listed_from_its_second_contact_on() -> None:
    assert agencies_of(told("The school called."), KINDS).agencies == ()
    (school,) = agencies_of(told("The school called.", "Her school rang."), KINDS).agencies
    assert (school.name, school.kind, school.is_named) == ("school", "education", False)
    assert "school" in school.aliases


def test_social_workers_are_of_the_only_social_care_named_or_of_childrens_in_their_reviews() -> (
    None
):
    text = "A social worker visited."
    adult = told("Marl Adult Social Care met her.", text)
    assert agencies_of(adult, KINDS).mentions[-1].kind == "adult_social_care"
    unclear = told(text)
    assert agencies_of(unclear, KINDS).mentions[0].kind == "social_care"
    child = reading("d", [(FACTS, text)], review_type="serious_case_review")
    assert agencies_of(child, KINDS).mentions[0].kind == "childrens_social_care"


def entry_of(cells: tuple[str, ...], agency: str, role: SectionRole = FACTS) -> Reading:
    made = reading("d", [(role, " | ".join(cells))])
    (segment,) = made.segments
    segment = replace(segment, kind=SegmentKind.CHRONOLOGY_ENTRY, cells=cells)
    event = DatedEvent(
        document_id=segment.document_id, segment=0, date="2021-03-04", precision=DatePrecision.DAY,
        basis=DateBasis.PRINTED, printed=cells[0], text=cells[-1], agency=agency,
        start_char=0, end_char=segment.end_char,
    )  # fmt: skip
    return replace(made, segments=(segment,), events=(event,))


def test_the_column_of_a_chronology_tells_who_was_in_touch() -> None:
    cells = ("4 March 2021", "Police; GP", "Noreen reports shouting.")
    found = agencies_of(entry_of(cells, cells[1]), KINDS).mentions
    assert [(mention.kind, mention.is_contact) for mention in found] == [
        ("police", True), ("primary_care", True),
    ]  # fmt: skip
    unheard = ("4 March 2021", "Housing", "Tenancy ends. The landlord is not told.")
    assert not any(m.is_contact for m in agencies_of(entry_of(unheard, "Housing"), KINDS).mentions)


def test_a_chronology_in_an_annex_counts_and_one_from_research_does_not() -> None:
    cells = ("4 March 2021", "Police", "Call at the flat.")
    assert agencies_of(entry_of(cells, "Police", SectionRole.APPENDIX), KINDS).mentions
    assert not agencies_of(entry_of(cells, "Police", SectionRole.LITERATURE), KINDS).mentions

"""Agencies are found by name and kind; literature, training and lists of members are no contact."""

from __future__ import annotations

from dataclasses import replace

import pytest
from case_making import person, reading

from workbench.cases.journey.agencies import agencies_of
from workbench.cases.journey.events import events_of
from workbench.cases.journey.kinds import agency_kinds
from workbench.records import (
    DateBasis,
    DatedEvent,
    DatePrecision,
    Person,
    Reading,
    Recommendation,
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


@pytest.mark.parametrize(
    ("text", "kind", "contact"),
    [
        # A clause that denies says nothing of the others.
        ("The police came, but the GP was not told.", "police", True),
        ("The police came, but the GP was not told.", "primary_care", False),
        ("The school kept him in, which a policy should have ruled out.", "education", True),
        # People of the case in the sentence are enough.
        ("The surgery kept her secret.", "primary_care", True),
        ("The surgery was a short walk away.", "primary_care", False),
        # Advice to turn to somebody is no contact with them.
        ("The GP advised her to ring the police.", "police", False),
        ("The GP advised her to ring the police.", "primary_care", True),
        ("The police have never suspected him.", "police", False),
        ("Two officers attended within nine minutes.", "police", True),
        ("Housing officers attended.", "police", None),
    ],
)
def test_each_agency_of_a_sentence_is_judged_by_its_own_clause(
    text: str, kind: str, contact: bool | None
) -> None:
    of_kind = [mention.is_contact for mention in mentions(text) if mention.kind == kind]
    assert of_kind == ([] if contact is None else [contact])


def test_what_belongs_to_an_agency_is_not_the_agency() -> None:
    found = mentions("Lantern Women’s Aid met her.",
                     "The constable left Lantern’s card with her.")  # fmt: skip
    assert [(m.kind, m.is_contact) for m in found] == [
        ("voluntary", True), ("police", True), ("voluntary", False),
    ]  # fmt: skip


GLOSSARY = SectionRole.GLOSSARY


@pytest.mark.parametrize(
    ("entry", "kind"),
    [
        ("CSC – Children’s Social Care", "childrens_social_care"),
        ("HTT: Home treatment team, which offers care at home", "mental_health"),
        ("Hearthside: the charity commissioned to support victims of domestic abuse", "voluntary"),
        ("Clearwater: the Council’s contracted alcohol service", "substance_misuse"),
        ("DASH: a checklist used by police and domestic abuse services", None),
        ("Depot: an injection given by a clinic", None),
        ("Safe visit: a visit by the fire service", None),
    ],
)
def test_a_short_form_of_the_glossary_is_the_agency(entry: str, kind: str | None) -> None:
    term = entry.replace(":", " –").split(" –")[0]
    found = agencies_of(
        reading("d", [(FACTS, f"{term} saw her at home."), (GLOSSARY, entry)]), KINDS
    )
    assert [m.kind for m in found.mentions] == ([kind] if kind else [])


def test_initials_in_brackets_stand_for_the_words_before_them() -> None:
    text = ("Children’s social care (CSC) was asked.", "CSC closed the case on her.")
    assert [m.kind for m in mentions(*text)] == ["childrens_social_care"] * 3
    assert mentions("CSC closed the case on her.") == ()


def test_an_addressee_in_general_words_is_an_agency_of_the_document() -> None:
    made = reading("d", [(FACTS, "Nothing."), (SectionRole.RECOMMENDATIONS, "Police; Marl Homes")])
    segment = made.segments[1]
    asked = Recommendation(
        document_id=segment.document_id, segment=1, start_char=segment.start_char,
        end_char=segment.end_char, text=segment.text, addressee=segment.text,
        addressee_start=segment.start_char, addressee_end=segment.end_char,
    )  # fmt: skip
    found = agencies_of(replace(made, recommendations=(asked,)), KINDS).agencies
    assert [(a.name, a.is_named) for a in found] == [("police", False), ("Marl Homes", True)]
    assert found[0].start_char == segment.start_char


def test_an_event_names_what_its_column_names_though_nobody_knows_it() -> None:
    cells = ("4 March 2021", "Review conference; Noreen; Police", "Plan ended.")
    made = replace(entry_of(cells, cells[1]), people=(person("Noreen", "d"),))
    found = agencies_of(made, KINDS)
    (event,) = events_of(made, found.agencies, found.mentions)
    assert event.agencies == ("police", "Review conference")
    assert event.kinds == ("police",)


def test_a_column_may_cut_a_name_short() -> None:
    cells = ("4 March 2021", "Marl General", "Born at term.")
    made = reading("d", [(FACTS, "Marl General Hospital saw her."), (FACTS, " | ".join(cells))])
    segment = replace(made.segments[1], kind=SegmentKind.CHRONOLOGY_ENTRY, cells=cells)
    event = DatedEvent(
        document_id=segment.document_id, segment=1, date="2021-03-04", precision=DatePrecision.DAY,
        basis=DateBasis.PRINTED, printed=cells[0], text=cells[-1], agency=cells[1],
        start_char=segment.start_char, end_char=segment.end_char,
    )  # fmt: skip
    whole = replace(made, segments=(made.segments[0], segment), events=(event,))
    assert [m.agency_id for m in agencies_of(whole, KINDS).mentions] == ["A1", "A1"]

"""Who is who, and whose a factor is."""

from __future__ import annotations

import pytest

from coding.made import Read, make_document, make_segments
from workbench.coding import Coder
from workbench.coding.people.finding.descriptions import ETHNICITY
from workbench.records import Coding, Person, SectionRole, SegmentKind

STORY = (
    "Nora, who was 66, was killed by her son, Colm, on 4 May 2021. Nora was White Irish.",
    "Colm was convicted of her manslaughter. He said nothing.",
    "Colm’s sister, Bridie, rang the police. Bridie told the nurse that Nora was tired.",
    "Nora had lived with Colm since 2015. Bridie lived in another town. Colm asked for help.",
)


def by_name(people: tuple[Person, ...]) -> dict[str, Person]:
    return {person.name: person for person in people}


def subject(codings: tuple[Coding, ...], code: str) -> str:
    return "+".join(sorted({c.subject_role.value for c in codings if c.code_id == code}))


def test_the_main_people_are_found_with_their_roles(read: Read) -> None:
    people, _ = read(*STORY)
    found = by_name(people)
    assert found["Nora"].role == "victim"
    assert found["Colm"].role == "perpetrator"
    assert found["Bridie"].role == "sibling"
    assert found["Colm"].relation == "son of Nora"
    assert (found["Nora"].age_years, found["Nora"].sex) == (66, "female")
    assert found["Colm"].sex == "male"
    assert found["Nora"].ethnicity == "White Irish"


def test_a_relative_without_a_name_is_a_person_too(read: Read) -> None:
    people, codings = read(
        "Tansy was killed on 2 May 2022. Tansy was 17. Tansy had a dog. Tansy was kind.",
        "Tansy’s mother rang the school. Later Tansy’s mother was treated for depression.",
        review_type="child_safeguarding_practice_review",
    )
    mother = by_name(people)["Tansy’s mother"]
    assert (mother.role, mother.relation) == ("parent_carer", "mother of Tansy")
    illness = [c for c in codings if c.code_id == "mental_health_own"]
    assert [c.person_id for c in illness] == [mother.person_id]


def test_a_subject_child_is_nobodys_parent(read: Read) -> None:
    people, _ = read(
        "Tansy was killed on 2 May 2022. Tansy was 17. Tansy had a dog. Tansy was kind.",
        "Mr D came with Tansy, Mr D’s mother and a friend.",
        review_type="child_safeguarding_practice_review",
    )
    assert by_name(people)["Tansy"].relation == ""


def test_a_people_table_gives_roles_and_relations(read: Read) -> None:
    rows = (
        "Name used | Relationship | Age",
        "Adult B | The victim | 41",
        "Mr K | Perpetrator; her husband | 44",
        "Ms Y | Mother of Adult B | 70",
        "Child A | Daughter of Adult B | 6",
    )
    people, _ = read(*rows, kind=SegmentKind.TABLE_ROW)
    roles = {person.name: person.role.value for person in people}
    assert roles == {
        "Adult B": "victim",
        "Mr K": "perpetrator",
        "Ms Y": "parent_carer",
        "Child A": "index_child",
    }


def test_places_and_organisations_are_no_people(read: Read) -> None:
    people, _ = read(
        "She moved to Wexdale in May. In Wexdale she met the Council. Wexdale had no refuge.",
        "Marchford Police attended. Marchford Police closed the log. Marchford Police wrote.",
    )
    assert people == ()


def test_the_title_page_names_the_subject_child(coder: Coder) -> None:
    rows = [
        ("Local Child Safeguarding Practice Review", SectionRole.FRONT_MATTER, SegmentKind.HEADING),
        ("Tansy", SectionRole.FRONT_MATTER, SegmentKind.HEADING),
        ("Tansy was 15. Tansy lived with her mother. Tansy had a dog. Tansy went out.",
         SectionRole.FACTS, SegmentKind.PARAGRAPH),
        ("She was permanently excluded.", SectionRole.FACTS, SegmentKind.PARAGRAPH),
    ]  # fmt: skip
    document = make_document("child_safeguarding_practice_review")
    people, codings = coder.code(document, make_segments(rows))
    assert by_name(people)["Tansy"].role == "index_child"
    assert subject(codings, "school_exclusion") == "index_child"


@pytest.mark.parametrize(
    ("text", "code", "expected"),
    [
        pytest.param("Colm smoked cannabis daily.", "drug_misuse", "perpetrator", id="by name"),
        pytest.param("Nora was homeless.", "housing_instability", "victim", id="by name, victim"),
        pytest.param("Colm came home. He was homeless.", "housing_instability", "perpetrator",
                     id="a pronoun means the subject before it"),
        pytest.param("Bridie rang Nora. She had been treated for depression.", "mental_health_own",
                     "sibling", id="she means the subject, not the object"),
        pytest.param("His mother was frightened; her son was homeless.", "housing_instability",
                     "perpetrator", id="kinship resolves to the person"),
        pytest.param("Nora disclosed domestic abuse to a nurse.", "ipa_pattern",
                     "victim", id="abuse belongs to who suffered it"),
        pytest.param("Information was not shared with Nora’s GP.", "ap_information_sharing",
                     "agency", id="practice belongs to agencies"),
        pytest.param("Research shows that depression is common.", "mental_health_own",
                     "not_applicable", id="a topic belongs to nobody"),
    ],
)  # fmt: skip
def test_the_subject_is_the_one_who_carries_the_factor(
    read: Read, text: str, code: str, expected: str
) -> None:
    _, codings = read(*STORY, text)
    assert subject(tuple(c for c in codings if c.segment == len(STORY)), code) == expected


def test_a_mothers_drinking_is_not_the_victims(read: Read) -> None:
    people, codings = read(
        "Ida died on 3 March 2020. Ida was killed by Tom. Tom was convicted of her murder.",
        "Ida’s mother, Ms P, lived nearby. Ms P was kind.",
        "Ms P drank heavily for years.",
    )
    assert by_name(people)["Ms P"].role == "parent_carer"
    drinking = [c for c in codings if c.code_id == "alcohol_misuse"]
    assert [c.subject_role.value for c in drinking] == ["parent_carer"]
    adversity = [c for c in codings if c.code_id == "ace_household_substance"]
    assert {c.subject_role.value for c in adversity} == {"victim"}
    assert {c.temporality.value for c in adversity} == {"childhood"}


def test_a_childs_adversity_names_the_child_and_not_the_parent(read: Read) -> None:
    _, codings = read(
        "Kit’s father, Mr D, was sent to prison when Kit was four.",
        "Kit was found dead in 2019. Kit was loved. Kit had a cat.",
        review_type="serious_case_review",
    )
    assert subject(codings, "ace_household_offending") == "index_child"


def test_a_coroner_speaks_of_the_deceased(read: Read) -> None:
    text = "She had been treated for depression and took an overdose."
    _, codings = read(text, review_type="prevention_of_future_deaths_report")
    assert subject(codings, "mental_health_own") == "deceased"
    assert subject(codings, "self_harm_suicidality") == "deceased"


def test_an_inspection_speaks_of_groups(read: Read) -> None:
    text = "Children experience neglect and domestic abuse."
    _, codings = read(text, review_type="inspection")
    people_codes = [c for c in codings if not c.code_id.startswith("ap_")]
    assert people_codes
    assert {(c.assertion.value, c.subject_role.value) for c in people_codes} == {
        ("general", "patient_or_group")
    }


@pytest.mark.parametrize(
    ("words", "ethnicity"),
    [
        pytest.param("White British and in Year 9", "White British", id="the sentence goes on"),
        pytest.param("White and Black Caribbean", "White and Black Caribbean", id="of both"),
        pytest.param("White British or Irish", "White British or Irish", id="or"),
    ],
)
def test_an_ethnicity_ends_with_its_last_word(words: str, ethnicity: str) -> None:
    found = ETHNICITY.search(f"Nora was {words}.")
    assert found
    assert found.group(1) == ethnicity

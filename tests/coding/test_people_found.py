"""Who the people of a document are, in the manners of writing that reviews have."""

from __future__ import annotations

import pytest

from coding.made import Read
from workbench.records import Person, SegmentKind


def roles(people: tuple[Person, ...]) -> dict[str, str]:
    return {person.name: person.role.value for person in people}


@pytest.mark.parametrize(
    ("text", "review_type", "expected"),
    [
        pytest.param(
            "Maren was 34 when she was killed by her husband, Tobias. He was convicted of murder.",
            "domestic_homicide_review", {"Maren": "victim", "Tobias": "perpetrator"},
            id="first names, once or twice",
        ),
        pytest.param(
            "AB was 46. She was killed by her ex-partner, CD, who was 51. CD pleaded guilty to "
            "murder. The GP, the NHS and MARAC knew of AB’s bruises.",
            "domestic_homicide_review", {"AB": "victim", "CD": "perpetrator"},
            id="initials, and acronyms that are none",
        ),
        pytest.param(
            "Kofi was stabbed to death. Male A, 19, and Male B, 20, were convicted of murder.",
            "offensive_weapons_homicide_review",
            {"Kofi": "victim", "Male A": "perpetrator", "Male B": "perpetrator"},
            id="two told of together",
        ),
        pytest.param(
            "Isla, aged six, was killed by her father. Father then took his own life. Mother had "
            "left in June. Mother wept.",
            "serious_case_review",
            {"Isla": "index_child", "Father": "perpetrator", "Mother": "parent_carer"},
            id="kinship as a name",
        ),
        pytest.param(
            "An inquest was held into the death of Dale John RUDDOCK. Mr Ruddock lived with his "
            "partner, Carla Weems. His mother, Pauline Ruddock, found Dale.",
            "prevention_of_future_deaths_report",
            {"Dale John RUDDOCK": "deceased", "Carla Weems": "household_member",
             "Pauline Ruddock": "parent_carer"},
            id="full names and their short forms",
        ),
        pytest.param(
            "Mr Trent stabbed Arthur Blyth on the ward. Arthur Blyth was unlawfully killed.",
            "prevention_of_future_deaths_report",
            {"Arthur Blyth": "victim", "Mr Trent": "perpetrator"},
            id="who was killed is a victim",
        ),
        pytest.param(
            "Ryan Voss stabbed himself in the chest. Ryan Voss was 22.",
            "prevention_of_future_deaths_report", {"Ryan Voss": "deceased"},
            id="who killed himself is no perpetrator",
        ),
        pytest.param(
            "Edith, 86, died in 2020. Her son, Paul, was convicted of wilful neglect. Another "
            "man, Adult J, had died in the same way.",
            "safeguarding_adults_review",
            {"Edith": "deceased", "Paul": "perpetrator", "Adult J": "not_applicable"},
            id="who neglected, and another case",
        ),
    ],
)  # fmt: skip
def test_people_are_found_with_their_roles(
    read: Read, text: str, review_type: str, expected: dict[str, str]
) -> None:
    people, _ = read(text, review_type=review_type)
    assert roles(people) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Wexdale had no refuge. In Wexdale she met the Council. She left Wexdale.",
                     id="a place"),
        pytest.param("Fairlead (the drug service) saw him. Fairlead had a list. Fairlead wrote.",
                     id="a service that is explained"),
        pytest.param("Marchford Police attended. Marchford Police closed the log.", id="a force"),
        pytest.param("He had Dravet’s syndrome. Dravet’s syndrome was diagnosed.", id="an eponym"),
        pytest.param("However, nobody asked. Officers were told. Nothing was done.", id="words"),
        pytest.param("I am Jane Hollis, Senior Coroner. Jane Hollis wrote.", id="a coroner"),
        pytest.param("Laurel Women’s Project rang. She went to Laurel Women’s Project. Laurel "
                     "Women’s Project had a bed.", id="a project"),
        pytest.param("He was searched at Milton Lanes. They met at Milton Lanes. It was a lanes "
                     "town and a milton. Nobody in Milton Lanes was safe. Lanes’s shops were shut. "
                     "Lanes was dark.", id="a part of the name of a place"),
        pytest.param("Appendix B was lost. Section C was not read. Ward D was full.", id="letters"),
    ],
)  # fmt: skip
def test_what_is_no_person_is_not_found(read: Read, text: str) -> None:
    assert read(text)[0] == ()


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(("Name | Age | Who they are", "Samira | 29 | The woman who died.",
                      "Yusuf | 33 | Her former husband, convicted of her murder.",
                      "Child A | 6 | Their son."), id="with a head"),
        pytest.param(("Pseudonym | Relationship | Age", "Samira | Victim | 29",
                      "Yusuf | Perpetrator; husband of Samira | 33",
                      "Child A | Son of Samira | 6"), id="role words"),
    ],
)  # fmt: skip
def test_a_table_of_people_tells_roles_ages_and_kin(read: Read, rows: tuple[str, ...]) -> None:
    people, _ = read(*rows, kind=SegmentKind.TABLE_ROW)
    found = [(p.name, p.role.value, p.age_years) for p in people]
    assert found == [("Samira", "victim", 29), ("Yusuf", "perpetrator", 33),
                     ("Child A", "index_child", 6)]  # fmt: skip
    assert people[1].relation == "husband of Samira"


def test_a_table_of_panel_members_gives_no_people(read: Read) -> None:
    rows = ("Name | Job title | Agency", "Ann Marsh | Head of Safeguarding | Council")
    assert read(*rows, kind=SegmentKind.TABLE_ROW)[0] == ()


@pytest.mark.parametrize(
    ("text", "age"),
    [
        pytest.param("Maren, aged 34, was killed by Tobias.", 34, id="aged"),
        pytest.param("Maren (34) was killed by Tobias.", 34, id="in brackets"),
        pytest.param("Maren, who was then thirty-one, was killed by Tobias.", 31, id="in words"),
        pytest.param("Maren was eleven weeks old. Maren was killed by Tobias.", 0, id="weeks"),
        pytest.param("Maren was found dead at home. She was 68. She was killed by Tobias.", 68,
                     id="by a pronoun"),
        pytest.param("Maren was killed by Tobias. Maren, 5 May 2020, wrote.", None,
                     id="a date is no age"),
    ],
)  # fmt: skip
def test_ages_are_read(read: Read, text: str, age: int | None) -> None:
    people, _ = read(text)
    assert [p.age_years for p in people if p.name == "Maren"] == [age]


@pytest.mark.parametrize(
    ("text", "code", "expected"),
    [
        pytest.param("Police recorded domestic abuse of Maren by Tobias.", "ipa_pattern",
                     {"Maren"}, id="of one by another"),
        pytest.param("Tobias hit her twice.", "ipa_pattern", {"Maren"}, id="an object"),
        pytest.param("There was no evidence of drug misuse by Maren.", "drug_misuse", {"Maren"},
                     id="by, after a noun"),
        pytest.param("Tobias was often drunk at home.", "alcohol_misuse", {"Tobias"}, id="actor"),
        pytest.param("Maren told the nurse that Tobias had depression.", "mental_health_own",
                     {"Tobias"}, id="the nearest subject"),
        pytest.param("Tobias’s long depression was known to Maren.", "mental_health_own",
                     {"Tobias"}, id="an owner"),
        pytest.param("Cannabis was found in his room.", "drug_misuse", {"Tobias"},
                     id="a possessive in the clause"),
    ],
)  # fmt: skip
def test_a_coding_names_the_person(read: Read, text: str, code: str, expected: set[str]) -> None:
    people, codings = read(
        "Maren was 34 when she was killed by her husband, Tobias. He was convicted of murder.",
        "Tobias had worked as a fitter.",
        text,
    )
    names = {person.person_id: person.name for person in people}
    found = {names.get(c.person_id, "") for c in codings if c.code_id == code and c.segment == 2}
    assert found == expected


def test_no_child_no_adversity_of_a_child(read: Read) -> None:
    _, codings = read(
        "Maren was killed by her husband, Tobias. Tobias was convicted of murder.",
        "There was no evidence of drug misuse by Maren.",
    )
    assert not [c for c in codings if c.code_id == "ace_household_substance"]


def test_each_child_of_a_review_is_a_person_of_its_own(read: Read) -> None:
    people, codings = read(
        "Kit was three and Wren was two when Wren was found dead. Kit’s mother, Ms M, rang.",
        "The children were often hungry and dirty at nursery. Kit cried. Wren slept. Kit ate.",
        review_type="serious_case_review",
    )
    names = {person.person_id: person.name for person in people}
    hungry = {names.get(c.person_id) for c in codings if c.code_id == "ace_physical_neglect"}
    assert hungry == {"Kit", "Wren"}


KILLED = "Maren, 34, was killed by Tobias. Tobias was convicted of murder. "


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Maren’s boyfriend rang. Her boyfriend was angry.", set(),
                     id="he is the one who did it"),
        pytest.param("Maren’s brother rang. Maren’s half-brother, Niall, is nine.", {"Niall"},
                     id="a half-brother is a brother"),
        pytest.param("Maren’s brother rang. Maren’s stepfather, Niall, is fifty.",
                     {"Maren’s brother", "Niall"}, id="but no stepfather"),
        pytest.param("Maren’s grandmother rang. Then Nan went to see Nan’s GP.", {"Nan"},
                     id="a nan is a grandmother"),
        pytest.param("Maren’s mother rang. Maren’s grandmother wrote.",
                     {"Maren’s mother", "Maren’s grandmother"}, id="two without a name"),
    ],
)  # fmt: skip
def test_kin_without_a_name_are_not_those_who_have_one(
    read: Read, text: str, expected: set[str]
) -> None:
    people, _ = read(KILLED + text)
    assert {person.name for person in people} - {"Maren", "Tobias"} == expected


def test_a_relative_who_killed_is_not_the_partner(read: Read) -> None:
    text = "Maren, 34, was killed by her brother, Tobias. Tobias was convicted of murder. "
    people, _ = read(text + "Maren’s boyfriend rang. Her boyfriend was afraid.")
    assert {person.name for person in people} == {"Maren", "Tobias", "Maren’s boyfriend"}

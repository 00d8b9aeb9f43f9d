"""People told without a plain name, ages of another time, whose kin they are; and near misses."""

from __future__ import annotations

import pytest

from coding.made import Read
from workbench.records import Person, SegmentKind

KILLED = "Maren was 34 when she was killed by her husband, Tobias. He was convicted of murder."


def by_name(people: tuple[Person, ...]) -> dict[str, Person]:
    return {form: person for person in people for form in (person.name, *person.aliases)}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param(("Person | Relationship | Age", "Isla | Subject of the review | 6",
                      "Mother | Mother of Isla; in bed when Mother’s sister rang | 37",
                      "The manager | Witness | Not asked"),
                     {"Isla": 6, "Mother": 37, "The manager": None}, id="kin as names, a post"),
        pytest.param(("Name | Age | Outcome", "Isla | 14 | Killed", "Oskar | 17 | Injured"),
                     {"Isla": 14, "Oskar": 17}, id="ages beside outcomes"),
        pytest.param(("Name | Age | Who", "Isla | 6 | Subject of the review",
                      "PGM | Died in 2014 aged 58 | Paternal grandmother"),
                     {"Isla": 6, "PGM": 58}, id="age at death"),
    ],
)  # fmt: skip
def test_tables_of_people_give_kin_and_ages(
    read: Read, rows: tuple[str, ...], expected: dict[str, int | None]
) -> None:
    people, _ = read(*rows, kind=SegmentKind.TABLE_ROW, review_type="serious_case_review")
    assert {name: by_name(people)[name].age_years for name in expected} == expected


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(("Agency | Outcome", "Mother | None"), id="no names"),
        pytest.param(("Name | Outcome | Agency", "The manager | Trained | Council"),
                     id="an action plan"),
    ],
)  # fmt: skip
def test_other_tables_give_no_people(read: Read, rows: tuple[str, ...]) -> None:
    assert read(*rows, kind=SegmentKind.TABLE_ROW)[0] == ()


def test_a_bus_stand_tells_no_sex(read: Read) -> None:
    rows = ("Name | Age | Where", "Oskar | 17 | Copper Row, stand F", "Isla | 14 | Park")
    people, _ = read(*rows, kind=SegmentKind.TABLE_ROW, review_type="thematic_review")
    assert by_name(people)["Oskar"].sex == ""


@pytest.mark.parametrize(
    ("text", "age"),
    [
        pytest.param("Sadia, now 41, wrote to us.", 41, id="now"),
        pytest.param("Sadia was also 14.", 14, id="also"),
        pytest.param("He left when Sadia was seven. Sadia is 17.", 17, id="when she was"),
        pytest.param("Sadia, who was five at the time, cried. Sadia, 44, lives in Wexdale.", 44,
                     id="at the time"),
        pytest.param("Sadia, a woman of 52 with a brain injury, lived there.", 52, id="a woman of"),
        pytest.param("Sadia died at home on 4 March 2009 at the age of fifteen.", 15, id="died at"),
        pytest.param("Sadia said that he left at the age of fifteen.", None, id="another's"),
    ],
)  # fmt: skip
def test_the_age_is_that_of_the_review(read: Read, text: str, age: int | None) -> None:
    people, _ = read(KILLED, "Maren’s sister, Sadia, told us of it.", text)
    assert by_name(people)["Sadia"].age_years == age


@pytest.mark.parametrize(
    ("text", "name", "relation"),
    [
        pytest.param("Her daughters, Ada, Bea and Cleo, wrote. Then Bea said so. Then Bea asked.",
                     "Bea", "daughter of Maren",
                     id="a list of daughters"),
        pytest.param("Her daughters, Ada and Bea, wept. Then Ada and Bea left. Their sister Cleo "
                     "stayed. Cleo’s own childhood was told.", "Cleo", "sister of Ada",
                     id="their sister"),
        pytest.param("Sadia was his girlfriend in 2017. Then Sadia left. He rang Sadia’s mother.",
                     "Sadia", "girlfriend of Tobias",
                     id="was his"),
        pytest.param("This review into the death of Maren, the victim, tells of her son, Colm, who "
                     "was nine when Maren was found dead. The victim, Maren, was kind. "
                     "Gerard, the father, drank. Then Gerard died. Gerard’s death was sudden.",
                     "Gerard", "father of Colm", id="a father is the child's"),
        pytest.param("Her son, Colm, was nine. According to Ada, her mother was ill. Ada wrote. "
                     "Ada was told.", "Ada", "", id="according to"),
    ],
)  # fmt: skip
def test_kinship_is_that_of_the_right_one(read: Read, text: str, name: str, relation: str) -> None:
    people, _ = read(KILLED, "Tobias was 36.", text)
    assert by_name(people)[name].relation == relation


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        pytest.param("Maren told a form tutor, Mr A, of it.", "Mr A", "agency", id="a tutor"),
        pytest.param("FCA1 met them once. A note by FCA1 was lost.", "FCA1", "agency", id="a code"),
        pytest.param("PCSO Lund had met her in the street.", "PCSO Lund", "agency", id="a rank"),
        pytest.param("Carer C rang. They told Carer C.", "Carer C", "agency", id="a carer"),
        pytest.param("Mrs Oonagh Pellew told the coroner of it.", "Mrs Oonagh Pellew",
                     "not_applicable", id="who told a coroner"),
        pytest.param("Two friends of hers knew a man called Dean, who had her card.", "Dean",
                     "not_applicable", id="a man called"),
        pytest.param("Maren’s aunt wrote to us.", "Maren’s aunt", "not_applicable", id="an aunt"),
    ],
)  # fmt: skip
def test_people_without_a_part_are_told(read: Read, text: str, name: str, role: str) -> None:
    people, _ = read(KILLED, text)
    assert by_name(people)[name].role.value == role


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("“I told Miss. But I was afraid,” she said.", id="a teacher in a quotation"),
        pytest.param("“He told Mum that Mum was mad. Mum was sad.”", id="a quotation"),
        pytest.param("The file EHC1 was lost. Form EHC1 again.", id="a form"),
        pytest.param("PC records were searched.", id="no surname"),
        pytest.param("Of supposed friends, Farrant and Oyelowo (2019) found many.", id="a study"),
        pytest.param("Mrs Oonagh Pellew, Assistant Coroner, Aldersea. I am told it.",
                     id="a coroner"),
        pytest.param("Analysis: friendship, and what was mistaken for it", id="a heading"),
    ],
)  # fmt: skip
def test_these_are_no_people(read: Read, text: str) -> None:
    people, _ = read(KILLED, text)
    assert {person.name for person in people} == {"Maren", "Tobias"}


def test_those_who_did_it_need_no_name(read: Read) -> None:
    text = "Isla, aged 14, was stabbed in the thigh by a boy of 16 who had arrived with two others."
    people, _ = read(text, "Isla was 14. Isla was robbed by a man of 40 once.",
                     review_type="thematic_review")  # fmt: skip
    found = [(p.name, p.role.value, p.age_years, p.sex) for p in people]
    assert found == [("Isla", "index_child", 14, ""), ("a boy of 16", "perpetrator", 16, "male")]


def test_one_person_under_two_names_and_two_under_one_surname(read: Read) -> None:
    people, _ = read(
        "Tyrell was killed by Young Person X, called YPX here. YPX was convicted of murder.",
        "Mr Ford left in 2012. Ms Ford worked. Ms Ford said so. The Ford family moved.",
        review_type="offensive_weapons_homicide_review",
    )
    names = {person.name: person.aliases for person in people}
    assert names["Young Person X"] == ("YPX",)
    assert {"Mr Ford", "Ms Ford"} <= names.keys()
    assert "Ford" not in names


def test_his_mother_is_whoever_is_meant_where_it_stands(read: Read) -> None:
    people, codings = read(
        KILLED,
        "Maren’s mother knew. Her mother rang. Her mother wept.",
        "Tobias’s mother had seen it. His mother went home.",
        "Tobias was young. His mother was often drunk.",
    )
    names = {person.person_id: person.name for person in people}
    drunk = {names.get(c.person_id) for c in codings if c.code_id == "alcohol_misuse"}
    assert drunk == {"Tobias’s mother"}


def test_a_child_is_killed_by_its_father_who_pleads_guilty(read: Read) -> None:
    people, _ = read(
        "Isla, aged six, was found dead at home. Father pleaded guilty to two counts of murder.",
        "Mother had left in June. Mother wept. Father was seen by Father’s doctor.",
        review_type="serious_case_review",
    )
    roles = {person.name: person.role.value for person in people}
    assert (roles["Father"], roles["Mother"]) == ("perpetrator", "parent_carer")

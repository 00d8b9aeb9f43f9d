"""What the whole document knows of a factor: the home's children, small children, outsiders."""

from __future__ import annotations

from dataclasses import replace

import pytest

from coding.made import Read, make_coding
from workbench.coding.settling import leave_out_strangers, share_home
from workbench.records import (
    Assertion,
    Coding,
    Person,
    SectionRole,
    SegmentKind,
    SubjectRole,
    Temporality,
)

COUPLE = (
    "Maren was 34 when she was killed by her husband, Tobias. He was convicted of murder.",
    "Maren’s mother, Mrs Holt, rang. Tobias’s sister, Sadia, and his father, Iqbal, wrote to us.",
    "Their daughters, Nell and Una, were seven and nine.",
)
HOMICIDE, CHILD = "domestic_homicide_review", "child_safeguarding_practice_review"


def bearers(read: Read, front: tuple[str, ...], texts: tuple[str, ...], code: str,
            review_type: str) -> set[tuple[str, str]]:  # fmt: skip
    """Who bears a code in the last text, and whether it is affirmed."""
    people, codings = read(*front, *texts, review_type=review_type)
    names = {person.person_id: person.name for person in people}
    last = len(front) + len(texts) - 1
    return {
        (names.get(c.person_id, c.subject_role.value), c.assertion.value)
        for c in codings
        if c.code_id == code and c.segment == last
    }


@pytest.mark.parametrize(
    ("texts", "code", "expected"),
    [
        pytest.param(("Tobias was in debt.", "Tobias had rent arrears and was in debt.",
                      "A household in debt and a mother with no relief are what we found."),
                     "poverty_debt", {("Tobias", "affirmed")}, id="a mother in a list"),
        pytest.param(("Tobias was in debt.", "Tobias had rent arrears and was in debt.",
                      "By then Mrs Holt was in debt."),
                     "poverty_debt", {("Mrs Holt", "affirmed")}, id="a subject by name"),
        pytest.param(("He had been convicted of an assault on a former partner.",),
                     "ipa_pattern", {("not_applicable", "general")}, id="some former partner"),
        pytest.param(("Tobias had assaulted his partner.",),
                     "ipa_pattern", {("Maren", "affirmed")}, id="the partner of the case"),
        pytest.param(("Nell and Una told us that their father decided what their mother wore.",),
                     "coercive_control", {("Maren", "affirmed")}, id="the mother of daughters"),
        pytest.param(("After the trial a newspaper called her “the runaway”.",),
                     "media_narrative", {("Maren", "affirmed")}, id="whom a newspaper called so"),
        pytest.param(("A newspaper called the estate a ghetto when Tobias was arrested.",),
                     "media_narrative", {("place", "affirmed")}, id="a place in a newspaper"),
    ],
)  # fmt: skip
def test_whose_it_is_in_a_review_of_a_couple(
    read: Read, texts: tuple[str, ...], code: str, expected: set[tuple[str, str]]
) -> None:
    assert bearers(read, COUPLE, texts, code, HOMICIDE) == expected


def family(age: int) -> tuple[str, ...]:
    return (
        f"Rowan, aged {age}, was killed by Mr T. Mr T was convicted of murder.",
        "Rowan’s mother, Ms D, told us of her life. Rowan’s sister, Elsie, lived with them.",
    )


@pytest.mark.parametrize(
    ("age", "text", "code", "expected"),
    [
        pytest.param(3, "Rowan was hungry and dirty, and there was no food in the home.",
                     "ace_physical_neglect", {("Rowan", "affirmed")}, id="but goes hungry"),
        pytest.param(3, "Ms D was violent to nobody. Her father drank and beat her mother.",
                     "ace_domestic_abuse", {("Ms D", "affirmed")}, id="whose mother"),
        pytest.param(3, "Both children had seen violence at home.",
                     "ace_domestic_abuse", {("Rowan", "affirmed"), ("Elsie", "affirmed")},
                     id="both children"),
        pytest.param(3, "Ms D told us that as a girl she lived with violence at home.",
                     "ace_domestic_abuse", {("Ms D", "affirmed")}, id="a mother as a girl"),
        pytest.param(3, "Ms D had never used drugs.", "ace_household_substance", set(),
                     id="what one parent never did"),
        pytest.param(3, "Ms D was dependent on heroin.", "ace_household_substance",
                     {("Rowan", "affirmed")}, id="what a parent did"),
    ],
)  # fmt: skip
def test_whose_it_is_in_a_review_of_a_child(
    read: Read, age: int, text: str, code: str, expected: set[tuple[str, str]]
) -> None:
    assert bearers(read, family(age), (text,), code, CHILD) == expected


@pytest.mark.parametrize(
    ("age", "row", "code", "expected"),
    [
        pytest.param(3, "Needles in a changing bag.", "drug_misuse", "parent_carer",
                     id="a small child uses no needles"),
        pytest.param(15, "Needles in a school bag.", "drug_misuse", "index_child",
                     id="a young person may"),
        pytest.param(3, "No food in the home.", "ace_physical_neglect", "index_child",
                     id="a small child goes hungry"),
    ],
)  # fmt: skip
def test_a_row_without_a_name_is_not_of_one_too_young(
    read: Read, age: int, row: str, code: str, expected: str
) -> None:
    _, codings = read(
        "Name | Age | Who they are", f"Rowan | {age} | The child who died.",
        f"10 June 2013 | Council | {row}", kind=SegmentKind.TABLE_ROW, review_type=CHILD,
    )  # fmt: skip
    assert {c.subject_role.value for c in codings if c.code_id == code} == {expected}


def test_two_passages_make_an_adversity_one_of_the_home(read: Read) -> None:
    text = "Ms D was dependent on heroin."
    once = bearers(read, family(3), (text,), "ace_household_substance", CHILD)
    twice = bearers(read, family(3), (text, text), "ace_household_substance", CHILD)
    assert once == {("Rowan", "affirmed")}
    assert twice == {("Rowan", "affirmed"), ("Elsie", "affirmed")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Niall, who is 13, was excluded from school.", "Niall", id="who"),
        pytest.param("Niall visited on Sundays; exclusion from school followed.", "Tobias",
                     id="another clause"),
    ],
)  # fmt: skip
def test_the_one_before_a_relative_clause_bears_what_it_tells(
    read: Read, text: str, expected: str
) -> None:
    often = ("Tobias was excluded from school.", "Tobias was permanently excluded.")
    front = (*COUPLE, "Tobias’s half-brother, Niall, is 13.")
    assert {name for name, _ in bearers(read, front, (*often, text), "school_exclusion",
                                        HOMICIDE)} == {expected}  # fmt: skip


def test_a_row_is_about_whom_it_begins_with_whatever_the_document_tells(read: Read) -> None:
    rows = ("Name | Age | Who they are", "Maren | 34 | The woman who was killed.",
            "Tobias | 36 | Her husband, convicted of murder.", "Sadia | 30 | His sister.",
            "Tobias | 15 | Excluded from school.", "Tobias | 16 | Permanently excluded again.",
            "Sadia | 14 | Moved home twice. | Excluded from school.")  # fmt: skip
    people, codings = read(*rows, kind=SegmentKind.TABLE_ROW)
    names = {person.person_id: person.name for person in people}
    assert {names.get(c.person_id) for c in codings
            if c.code_id == "school_exclusion" and c.segment == 6} == {"Sadia"}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "code", "expected"),
    [
        pytest.param("No one ever raised a hand to Tobias.", "ace_physical_abuse", {"negated"},
                     id="no hand was raised"),
        pytest.param("His father raised a hand to Tobias and hit him with a belt.",
                     "ace_physical_abuse", {"affirmed"}, id="a hand was raised"),
        pytest.param("As a boy Tobias was always fed.", "ace_physical_neglect", {"negated"},
                     id="always fed"),
        pytest.param("No drugs were found in the flat.", "drug_misuse", {"negated"},
                     id="no drugs found"),
        pytest.param("Tobias was cautioned for common assault.", "prior_victimisation", set(),
                     id="who is cautioned was not assaulted"),
        pytest.param("Tobias was assaulted outside a bar.", "prior_victimisation", {"affirmed"},
                     id="who was assaulted"),
        pytest.param("He gave up his search for work twenty times.", "discrimination_racism",
                     set(), id="a search for work"),
    ],
)  # fmt: skip
def test_what_words_rule_out_or_do_not_say(
    read: Read, text: str, code: str, expected: set[str]
) -> None:
    assert {said for _, said in bearers(read, COUPLE, (text,), code, HOMICIDE)} == expected


def coding(start: int, person_id: str = "P1", **values: object) -> Coding:
    childhood = {"subject_role": SubjectRole.INDEX_CHILD, "temporality": Temporality.CHILDHOOD}
    chosen = {"code_id": "ace_domestic_abuse"} | childhood | values
    return make_coding(start, person_id=person_id, **chosen)


SISTER = Person(
    document_id="d" * 64, person_id="P2", name="Elsie", role=SubjectRole.SIBLING, sex="female"
)
SHARED = frozenset({"ace_domestic_abuse"})


def test_a_shared_adversity_says_by_whom_it_is_shared() -> None:
    first, second = coding(0), coding(10)
    shared = share_home((first, second), {"P1": (SISTER,)}, SHARED)
    assert [(c.start_char, c.person_id) for c in shared] == [
        (0, "P1"), (0, "P2"), (10, "P1"), (10, "P2"),
    ]  # fmt: skip
    assert shared[1].subject_role is SubjectRole.SIBLING
    assert shared[1].explanation == "word; shared by Elsie -> sibling"


@pytest.mark.parametrize(
    "codings",
    [
        pytest.param((coding(0),), id="one passage"),
        pytest.param((coding(0), coding(10, assertion=Assertion.NEGATED)), id="one is denied"),
        pytest.param((coding(0), coding(10, section_role=SectionRole.GLOSSARY)), id="no evidence"),
        pytest.param(tuple(coding(n, code_id="ace_physical_abuse") for n in (0, 10)),
                     id="not of the home"),
        pytest.param((coding(0), coding(10, "P3")), id="of two children, one of another home"),
        pytest.param(
            (coding(0), coding(0, "P2", subject_role=SubjectRole.SIBLING),
             coding(10), coding(10, "P2", subject_role=SubjectRole.SIBLING)),
            id="the same words tell of her anyway",
        ),
    ],
)  # fmt: skip
def test_what_is_of_one_child_alone_is_not_shared(codings: tuple[Coding, ...]) -> None:
    assert share_home(codings, {"P1": (SISTER,)}, SHARED) == codings


def friend(start: int, **values: object) -> Coding:
    made = coding(start, "", code_id="alcohol_misuse", subject_role=SubjectRole.PEER)
    return replace(made, **values)  # type: ignore[arg-type]


def test_what_one_passage_tells_of_a_stranger_is_said_of_nobody() -> None:
    (left,) = leave_out_strangers((friend(0),))
    assert left.assertion is Assertion.GENERAL
    assert left.subject_role is SubjectRole.NOT_APPLICABLE
    assert left.explanation.endswith("nobody whom the review names")


def test_a_passage_alone_knows_no_strangers(read: Read) -> None:
    text = "Her friend was drunk every day and dependent on alcohol."
    said = [{c.assertion.value for c in read(*texts)[1] if c.code_id == "alcohol_misuse"}
            for texts in ((text,), (*COUPLE, text))]  # fmt: skip
    assert said == [{"affirmed"}, {"general"}]


@pytest.mark.parametrize(
    "codings",
    [
        pytest.param((friend(0), friend(10)), id="two passages"),
        pytest.param((friend(0, person_id="P7"),), id="a friend who is known"),
        pytest.param((friend(0, subject_role=SubjectRole.PARENT_CARER),), id="a parent"),
        pytest.param((friend(0, assertion=Assertion.NEGATED),), id="nothing affirmed"),
    ],
)
def test_what_is_told_of_people_of_the_case_stays(codings: tuple[Coding, ...]) -> None:
    assert leave_out_strangers(codings) == codings

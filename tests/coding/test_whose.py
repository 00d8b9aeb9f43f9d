"""Whose factor it is: the bereaved, owners, objects of other clauses, the whole document."""

from __future__ import annotations

import pytest

from coding.made import Read, make_coding
from workbench.coding.settling import place_of, settle
from workbench.records import (
    Assertion,
    Coding,
    SectionRole,
    SegmentKind,
    SubjectRole,
)

KILLED = "Maren was 34 when she was killed by her husband, Tobias. He was convicted of murder."
KIN = "Maren’s mother, Mrs Holt, rang. Tobias’s sister, Sadia, and his father, Iqbal, wrote to us."


def bearers(read: Read, text: str, code: str, review_type: str) -> set[str]:
    people, codings = read(KILLED, KIN, "Tobias had worked as a fitter.", text,
                           review_type=review_type)  # fmt: skip
    names = {person.person_id: person.name for person in people}
    return {
        names.get(c.person_id, c.subject_role.value)
        for c in codings
        if c.code_id == code and c.segment == 3
    }


@pytest.mark.parametrize(
    ("text", "code", "expected"),
    [
        pytest.param("His grandmother died of cancer in May.", "bereavement", {"Tobias"},
                     id="his loss, not hers"),
        pytest.param("Iqbal died of cancer in May. He had smoked.", "bereavement",
                     {"Tobias", "Sadia"}, id="the loss of the children"),
        pytest.param("Maren grieved after Sadia’s death.", "bereavement", {"Maren"},
                     id="who grieves"),
        pytest.param("Tobias was living on his mother’s sofa.", "housing_instability", {"Tobias"},
                     id="a sofa is a place"),
        pytest.param("Tobias said that the beating had left him in debt.", "poverty_debt",
                     {"Tobias"}, id="an object of another clause"),
        pytest.param("Tobias’s path matters. He was excluded from school in Year 10.",
                     "school_exclusion", {"Tobias"}, id="whose affair a sentence begins with"),
        pytest.param("He had been convicted of an assault on a former partner.",
                     "prior_violent_offending", {"Tobias"}, id="no subject after a preposition"),
        pytest.param("Mrs Holt reported it. He was missing seven times; Mrs Holt counted eleven. "
                     "Return home interviews were late.", "missing_episodes", {"Tobias"},
                     id="a parent who counts is not missing"),
        pytest.param("Iqbal drank, and Tobias, aged eleven, told a teacher that his father had "
                     "beaten him with a cable.", "ace_physical_abuse", {"Tobias"},
                     id="whose father"),
        pytest.param("Sadia interpreted for Maren, who spoke no English.", "migration_language",
                     {"Maren"}, id="who interprets needs no interpreter"),
        pytest.param("Sadia said that Iqbal had called her brother stupid and hit him.",
                     "ace_physical_abuse", set(), id="nothing is made up"),
    ],
)  # fmt: skip
def test_a_factor_is_of_the_one_who_bears_it(
    read: Read, text: str, code: str, expected: set[str]
) -> None:
    assert bearers(read, text, code, "domestic_homicide_review") == expected


@pytest.mark.parametrize(
    ("text", "code", "expected"),
    [
        pytest.param("Maren’s sister is dead to her.", "bereavement", set(), id="a phrase"),
        pytest.param("Tobias lived with his mother on a sofa.", "housing_instability", set(),
                     id="no words of the code"),
        pytest.param("Mrs Holt was missing for two days and was reported to the police.",
                     "missing_episodes", {"Mrs Holt"}, id="a parent who was missing"),
        pytest.param("Sadia needed an interpreter when Maren met them.", "migration_language",
                     {"Sadia"}, id="who needs an interpreter"),
        pytest.param("Tobias left him in debt.", "poverty_debt", {"Iqbal"}, id="an own clause"),
    ],
)  # fmt: skip
def test_what_only_looks_alike_stays(read: Read, text: str, code: str, expected: set[str]) -> None:
    assert bearers(read, text, code, "domestic_homicide_review") == expected


def coding(start: int, role: SubjectRole, person_id: str, **values: object) -> Coding:
    return make_coding(start, subject_role=role, person_id=person_id, **values)


VICTIM, DOER = (SubjectRole.VICTIM, "P1"), (SubjectRole.PERPETRATOR, "P2")


def test_a_guess_follows_the_rest_of_the_document() -> None:
    codings = [coding(0, *VICTIM), coding(10, *VICTIM), coding(20, *DOER), coding(30, *DOER)]
    settled = settle(codings, {place_of(codings[3])})
    assert [c.person_id for c in settled] == ["P1", "P1", "P2", "P1"]
    assert settled[3].subject_role is SubjectRole.VICTIM
    assert "like 2 of 3 passages" in settled[3].explanation


def test_two_guesses_about_one_passage_that_come_to_one_person_are_one() -> None:
    codings = [coding(0, *VICTIM), coding(10, *VICTIM), coding(20, *VICTIM), coding(30, *DOER),
               coding(30, SubjectRole.SIBLING, "P3")]  # fmt: skip
    settled = settle(codings, {place_of(each) for each in codings[3:]})
    assert [(c.start_char, c.person_id) for c in settled] == [
        (0, "P1"), (10, "P1"), (20, "P1"), (30, "P1"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "codings",
    [
        pytest.param([coding(0, *VICTIM), coding(30, *DOER)], id="one passage is too few"),
        pytest.param([*(coding(n, *VICTIM) for n in (0, 10)), *(coding(n, SubjectRole.SIBLING, p)
                     for n, p in ((20, "P3"), (21, "P4"), (22, "P5"))), coding(30, *DOER)],
                     id="no half names one"),
        pytest.param([*(coding(n, *VICTIM, section_role=SectionRole.GLOSSARY) for n in (0, 10)),
                      coding(30, *DOER)], id="no evidence"),
        pytest.param([*(coding(n, *VICTIM, code_id="poverty_debt") for n in (0, 10)),
                      coding(30, *DOER)], id="another code"),
        pytest.param([*(coding(n, *VICTIM) for n in (0, 10)),
                      coding(30, *DOER, assertion=Assertion.GENERAL)], id="a topic"),
    ],
)  # fmt: skip
def test_a_guess_stays_where_the_document_does_not_know(codings: list[Coding]) -> None:
    assert settle(codings, {place_of(codings[-1])}) == tuple(codings)


def test_a_row_that_names_nobody_is_of_whom_the_review_tells(read: Read) -> None:
    people, codings = read(
        "Maren had no recourse to public funds. Tobias signed for her.",
        "Because Maren spoke no English, Maren needed an interpreter.",
        KILLED,
    )
    _, in_table = read("5 May 2020 | Told that there is no recourse to public funds | Council",
                       kind=SegmentKind.TABLE_ROW)  # fmt: skip
    victim = next(p.person_id for p in people if p.name == "Maren")
    mine = [c for c in codings if c.code_id == "migration_language"]
    assert {c.person_id for c in mine} == {victim}
    assert [c.person_id for c in in_table if c.code_id == "migration_language"] == [""]


def test_an_investigation_of_care_is_about_the_patient(read: Read) -> None:
    people, codings = read(
        "Mr K, aged 31, stabbed Martin, aged 45. Mr K was convicted of manslaughter.",
        "Being a victim of childhood rape appears in no adult assessment. He was a drug user.",
        review_type="mental_health_homicide_review",
    )
    patient = next(p.person_id for p in people if p.name == "Mr K")
    assert {c.person_id for c in codings if c.code_id == "drug_misuse"} == {patient}


CHILDREN = ("Ilka was 15 when she was stabbed. Ilka lived with her mother.",
            "Bram was 16 when he was stabbed. Bram lived with his father.")  # fmt: skip


@pytest.mark.parametrize(
    ("text", "code", "expected"),
    [
        pytest.param("Ilka and Bram were both permanently excluded.", "school_exclusion",
                     {"Ilka", "Bram"}, id="two names in a list"),
        pytest.param("Bram went missing with Ilka.", "missing_episodes", {"Bram"},
                     id="with somebody is no list"),
        pytest.param("Ilka, and later Bram, said that Ilka was excluded from school.",
                     "school_exclusion", {"Ilka"}, id="words between them"),
        pytest.param("Bram told Ilka that he was depressed.", "mental_health_own", {"Bram"},
                     id="a pronoun is one person"),
    ],
)  # fmt: skip
def test_what_a_list_of_the_children_did_each_of_them_did(
    read: Read, text: str, code: str, expected: set[str]
) -> None:
    people, codings = read(*CHILDREN, text, review_type="thematic_review")
    names = {person.person_id: person.name for person in people}
    assert {names[c.person_id] for c in codings if c.code_id == code and c.segment == 2} == expected

"""Whether a passage says that a factor was there."""

from __future__ import annotations

import pytest

from coding.made import Read
from workbench.records import SectionRole, SegmentKind


def assertion(read: Read, text: str, code: str, **where: object) -> str:
    _, codings = read(text, **where)
    found = sorted({c.assertion.value for c in codings if c.code_id == code})
    return "+".join(found)


@pytest.mark.parametrize(
    ("text", "code", "expected"),
    [
        pytest.param("He was homeless for a year.", "housing_instability", "affirmed", id="plain"),
        pytest.param("There was no evidence of domestic abuse, drug misuse or homelessness.",
                     "housing_instability", "negated", id="list, last item"),
        pytest.param("There was no evidence of domestic abuse, drug misuse or homelessness.",
                     "ipa_pattern", "negated", id="list, first item"),
        pytest.param("There was no evidence of domestic abuse, but he was homeless.",
                     "housing_instability", "affirmed", id="but ends the scope"),
        pytest.param("There was no evidence of domestic abuse. He was homeless.",
                     "housing_instability", "affirmed", id="a full stop ends the scope"),
        pytest.param("There was no history of self-harm.",
                     "self_harm_suicidality", "negated", id="no history of"),
        pytest.param("She denied any suicidal thoughts.",
                     "self_harm_suicidality", "negated", id="denied"),
        pytest.param("He did not deny his suicidal thoughts.",
                     "self_harm_suicidality", "affirmed", id="did not deny"),
        pytest.param("Domestic abuse was ruled out.", "ipa_pattern", "negated", id="ruled out"),
        pytest.param("Domestic abuse could not be ruled out.",
                     "ipa_pattern", "affirmed", id="not ruled out"),
        pytest.param("She did not disclose any domestic abuse.",
                     "ipa_pattern", "negated", id="did not disclose any"),
        pytest.param("She did not disclose the domestic abuse to her sister.",
                     "ipa_pattern", "affirmed", id="did not disclose what there was"),
        pytest.param("Not only was he homeless, he drank heavily.",
                     "housing_instability", "affirmed", id="not only"),
        pytest.param("He had taken no medicine since May, smoked cannabis daily and slept rough.",
                     "drug_misuse", "affirmed", id="no stops at a comma without or"),
        pytest.param("It was alleged that he had been drinking heavily.",
                     "alcohol_misuse", "suspected", id="alleged"),
        pytest.param("He may have been groomed to sell drugs.",
                     "criminal_exploitation", "suspected", id="may have been"),
        pytest.param("A GP queried whether he had depression.",
                     "mental_health_own", "suspected", id="queried whether"),
        pytest.param("The note reads “?depression, for review”.",
                     "mental_health_own", "suspected", id="a query before the word"),
        pytest.param("A neighbour said that he drank heavily. Accounts differ.",
                     "alcohol_misuse", "suspected", id="an account that is not adopted"),
        pytest.param("He drank heavily. Accounts of his death differ. Accounts differ.",
                     "alcohol_misuse", "affirmed", id="nobody’s account"),
        pytest.param("A neighbour said that he drank heavily. He was kind. He sang. He left. "
                     "Accounts differ.", "alcohol_misuse", "affirmed", id="too far away"),
        pytest.param("It was not proved that he drank heavily.",
                     "alcohol_misuse", "suspected", id="not proved"),
        pytest.param("If she had become homeless, a duty would have arisen.",
                     "housing_instability", "hypothetical", id="if"),
        pytest.param("Staff attended training on domestic abuse.",
                     "ipa_pattern", "general", id="training on"),
        pytest.param("The domestic abuse policy dates from 2016.",
                     "ipa_pattern", "general", id="a policy is named after it"),
        pytest.param("Research shows that domestic abuse is common.",
                     "ipa_pattern", "general", id="research"),
        pytest.param("It is recommended that domestic abuse be asked about.",
                     "ipa_pattern", "recommendation", id="recommended"),
    ],
)  # fmt: skip
def test_the_words_around_decide(read: Read, text: str, code: str, expected: str) -> None:
    assert assertion(read, text, code) == expected


@pytest.mark.parametrize(
    ("section", "kind", "expected"),
    [
        (SectionRole.FACTS, SegmentKind.PARAGRAPH, "affirmed"),
        (SectionRole.ANALYSIS, SegmentKind.PARAGRAPH, "affirmed"),
        (SectionRole.FINDINGS, SegmentKind.BULLET, "affirmed"),
        (SectionRole.TERMS_OF_REFERENCE, SegmentKind.BULLET, "general"),
        (SectionRole.LITERATURE, SegmentKind.PARAGRAPH, "general"),
        (SectionRole.GLOSSARY, SegmentKind.TABLE_ROW, "general"),
        (SectionRole.METHODOLOGY, SegmentKind.PARAGRAPH, "general"),
        (SectionRole.FRONT_MATTER, SegmentKind.PARAGRAPH, "general"),
        (SectionRole.RECOMMENDATIONS, SegmentKind.PARAGRAPH, "recommendation"),
        (SectionRole.FINDINGS, SegmentKind.RECOMMENDATION, "recommendation"),
    ],
)
def test_the_section_decides_before_the_words(
    read: Read, section: SectionRole, kind: SegmentKind, expected: str
) -> None:
    text = "He was homeless and information was not shared."
    for code in ("housing_instability", "ap_information_sharing"):
        assert assertion(read, text, code, section=section, kind=kind) == expected


@pytest.mark.parametrize("kind", [SegmentKind.HEADING, SegmentKind.CONTENTS_LINE,
                                  SegmentKind.RUNNING_MATTER, SegmentKind.CAPTION])  # fmt: skip
def test_headings_and_the_like_are_not_coded(read: Read, kind: SegmentKind) -> None:
    assert read("Domestic abuse and homelessness", kind=kind)[1] == ()


def test_the_statutory_criterion_is_general(read: Read) -> None:
    text = (
        "A review is held where the death of a person has, or appears to have, resulted from "
        "violence, abuse or neglect by a relative or by a partner."
    )
    _, codings = read(text)
    assert "affirmed" not in {c.assertion.value for c in codings}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Information was not shared with the GP.", id="not shared"),
        pytest.param("No risk assessment was completed.", id="no assessment"),
        pytest.param("Nobody asked him why he was afraid.", id="nobody asked"),
        pytest.param("He was never offered an appointment and was not followed up.", id="never"),
    ],
)
def test_a_negative_is_the_failing_of_a_practice_code(read: Read, text: str) -> None:
    _, codings = read(text)
    practice = {c.assertion.value for c in codings if c.code_id.startswith("ap_")}
    assert practice == {"affirmed"}


def test_a_denied_failing_is_negated(read: Read) -> None:
    text = "We found no evidence that information was not shared."
    assert assertion(read, text, "ap_information_sharing") == "negated"


def test_a_suspect_by_name_makes_nothing_suspected(read: Read) -> None:
    _, codings = read("Suspect 1 was homeless.", "Suspect 1 left.")
    assert {c.assertion.value for c in codings if c.code_id == "housing_instability"} == {
        "affirmed"
    }


def test_a_group_is_nobody_of_the_case(read: Read) -> None:
    text = "Young people in the borough carry knives for protection."
    assert assertion(read, text, "weapon_carrying") == "general"

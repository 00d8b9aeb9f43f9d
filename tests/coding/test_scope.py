"""How far a trigger reaches: clauses, lists, acts, words inside a pattern, single people."""

from __future__ import annotations

import pytest

from coding.made import Read


def assertions(read: Read, text: str, code: str, review_type: str) -> str:
    _, codings = read(text, review_type=review_type)
    return "+".join(sorted({c.assertion.value for c in codings if c.code_id == code}))


@pytest.mark.parametrize(
    ("text", "code", "expected"),
    [
        pytest.param("He carried a knife and had been excluded from school.",
                     "weapon_carrying", "affirmed", id="excluded from is no trigger"),
        pytest.param("He carried a knife and had been excluded from school.",
                     "school_exclusion", "affirmed", id="nor does it deny itself"),
        pytest.param("Domestic abuse and homelessness were excluded.",
                     "ipa_pattern", "negated", id="were excluded, of a list"),
        pytest.param("He drank heavily and was ruled out of the team.",
                     "alcohol_misuse", "affirmed", id="and begins another statement"),
        pytest.param("He will not have the injection and he drinks heavily.",
                     "alcohol_misuse", "affirmed", id="and he"),
        pytest.param("He was not in debt or homeless.",
                     "housing_instability", "negated", id="or goes on with the list"),
        pytest.param("Nobody asked about his heavy drinking.",
                     "alcohol_misuse", "affirmed", id="the asking is denied"),
        pytest.param("The surgery did not consider her depression.",
                     "mental_health_own", "affirmed", id="the considering is denied"),
        pytest.param("She was not depressed.", "mental_health_own", "negated", id="plainly not"),
        pytest.param("Her husband was never violent.",
                     "ipa_pattern", "negated", id="a negative inside the pattern"),
        pytest.param("Her husband did not work and was violent.",
                     "ipa_pattern", "affirmed", id="a negative inside, of another verb"),
        pytest.param("Nothing from the years before her journey points to any mental illness.",
                     "mental_health_own", "negated", id="nothing ... any"),
        pytest.param("Nothing was done in the years before her mental illness was treated.",
                     "mental_health_own", "affirmed", id="nothing, without any"),
        pytest.param("A worker reports that he may have a knife.",
                     "weapon_carrying", "suspected", id="a trigger that shares a word"),
        pytest.param("She likely had depression.",
                     "mental_health_own", "suspected", id="likely"),
        pytest.param("He was assessed as at low risk of suicide.",
                     "self_harm_suicidality", "suspected", id="a risk alone"),
        pytest.param("He had tried to kill himself and the risk of suicide was high.",
                     "self_harm_suicidality", "affirmed+suspected", id="an act and a risk"),
        pytest.param("There was no risk of suicide.",
                     "self_harm_suicidality", "negated", id="no risk"),
    ],
)  # fmt: skip
def test_scope(read: Read, text: str, code: str, expected: str) -> None:
    assert assertions(read, text, code, "domestic_homicide_review") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Children who carry a knife are helped.", "general", id="a group"),
        pytest.param("She helped him to stop carrying a knife.", "affirmed", id="one child"),
        pytest.param("Workers saw why Child A was carrying a knife.", "affirmed", id="Child A"),
        pytest.param("Children are suspected of carrying a knife.", "general", id="a suspicion"),
    ],
)
def test_an_inspection_tells_of_single_children(read: Read, text: str, expected: str) -> None:
    assert assertions(read, text, "weapon_carrying", "inspection") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Heavy drinking is common in amateur sport.", "general", id="a general truth"),
        pytest.param("Heavy drinking was recorded in March.", "affirmed", id="what happened"),
        pytest.param("He is drinking heavily.", "affirmed", id="somebody"),
    ],
)
def test_a_coroner_speaks_of_dangers_in_general(read: Read, text: str, expected: str) -> None:
    kind = "prevention_of_future_deaths_report"
    assert assertions(read, text, "alcohol_misuse", kind) == expected


def test_a_failing_throughout_the_country_is_a_failing_still(read: Read) -> None:
    text = "There were no beds available nationally."
    assert assertions(read, text, "service_access", "serious_case_review") == "affirmed"

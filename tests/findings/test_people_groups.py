"""People by sex, age and ethnicity: nobody is dropped, small groups are not compared."""

from __future__ import annotations

from typing import Any

import pytest
from finding_making import CODEBOOK, VICTIM, changed
from people_making import ALCOHOL, HAS_ALCOHOL, case_of_people, corpus_of_people

from workbench.findings.people import people_findings, people_problems
from workbench.findings.significance import fisher_exact
from workbench.records import Finding, Person, PersonGrouping

WOMEN_DRINK = f"people-group-victim-sex-female__{ALCOHOL}"


def with_sex(sex: str, n: int, n_with: int, first: str) -> list[Any]:
    return [
        case_of_people(f"{first}{k:02d}", [HAS_ALCOHOL if k < n_with else {}], sex=[sex])
        for k in range(n)
    ]


def found_of(made: list[Any]) -> dict[str, Finding]:
    cases, codings = corpus_of_people(*made)
    findings = people_findings(cases, CODEBOOK)
    assert people_problems(findings, cases, codings) == ()
    return {finding.finding_id: finding for finding in findings}


@pytest.mark.parametrize(
    ("age", "band"),
    [
        (None, ""), (0, "under 10"), (9, "under 10"), (10, "10-15"), (15, "10-15"), (16, "16-17"),
        (17, "16-17"), (18, "18-24"), (24, "18-24"), (25, "25-44"), (45, "45-64"),
        (64, "45-64"), (65, "65 and over"), (101, "65 and over"),
    ],
)  # fmt: skip
def test_an_age_has_one_band(age: int | None, band: str) -> None:
    who = Person(document_id="d" * 64, person_id="P1", name="A", role=VICTIM, age_years=age)
    assert who.group(PersonGrouping.AGE_BAND) == band


@pytest.mark.parametrize(
    ("printed", "group"),
    [
        pytest.param("White British", "white british", id="as printed"),
        pytest.param("white-British", "white british", id="case and hyphens"),
        pytest.param("White/Black Caribbean", "white black caribbean", id="stroke"),
        pytest.param("White Irish", "white irish", id="another group"),
        pytest.param("", "", id="not stated"),
        pytest.param("Unknown", "", id="said to be unknown"),
        pytest.param("Unknown Asian", "unknown asian", id="not wholly unknown"),
    ],
)
def test_an_ethnicity_is_what_is_printed_but_for_case_and_punctuation(
    printed: str, group: str
) -> None:
    who = Person(document_id="d" * 64, person_id="P1", name="A", role=VICTIM, ethnicity=printed)
    assert who.group(PersonGrouping.ETHNICITY) == group


def test_people_of_whom_it_is_not_stated_are_a_group_of_their_own() -> None:
    found = found_of([*with_sex("female", 6, 3, "f"), *with_sex("", 2, 0, "n")])
    sizes = {f.label: f.numerator for f in found.values() if f.measure == "people_group"}
    assert sizes == {"Sex (victim): female": 6, "Sex (victim): not stated": 2}
    assert not [f for f in found.values() if f.measure == "in_people_group"]


def test_groups_of_a_grouping_share_the_people_out() -> None:
    made = [*with_sex("female", 6, 3, "f"), *with_sex("male", 5, 1, "m"), *with_sex("", 1, 0, "n")]
    groups = [f for f in found_of(made).values() if f.measure == "people_group"]
    assert sum(f.numerator for f in groups) == 12
    assert {f.denominator for f in groups} == {12}


def test_a_factor_is_compared_with_the_others_of_whom_it_is_stated() -> None:
    made = [*with_sex("female", 9, 9, "f"), *with_sex("male", 8, 0, "m"), *with_sex("", 7, 7, "n")]
    women = found_of(made)[WOMEN_DRINK]
    figures = dict(women.statistics)
    assert (women.numerator, women.denominator) == (9, 9)
    assert (figures["n_other_people"], figures["n_other_people_with"]) == (8, 0)
    assert women.p_value == pytest.approx(fisher_exact(9, 9, 9, 17).p_value)
    assert women.p_value is not None
    # Three comparisons: women's and men's ask one question, and have the two least p.
    assert women.q_value == pytest.approx(women.p_value * 3 / 2)
    assert figures["difference_people"] == 1.0
    assert figures["exploratory"] == 1.0
    assert "Exploratory" in women.note


def test_people_of_one_review_are_one_in_the_test() -> None:
    """Eight men of one review who drink are one observation: no discovery comes of them."""
    men = case_of_people("m", [HAS_ALCOHOL] * 8, sex=["male"] * 8)
    women = found_of([*with_sex("female", 9, 0, "f"), men])[WOMEN_DRINK]
    assert dict(women.statistics)["n_tested"] == 10
    assert women.p_value is None
    assert women.q_value is None


def test_few_people_are_described_and_not_compared() -> None:
    found = found_of([*with_sex("female", 4, 2, "f"), *with_sex("male", 9, 3, "m")])
    assert "people-group-victim-sex-female" in found
    assert not [name for name in found if "__" in name]


def test_a_role_of_which_nothing_is_stated_has_no_groups() -> None:
    found = found_of(with_sex("", 7, 3, "n"))
    assert not [f for f in found.values() if f.measure == "people_group"]


def test_large_groups_are_not_called_exploratory() -> None:
    found = found_of([*with_sex("female", 20, 15, "f"), *with_sex("male", 20, 5, "m")])
    assert dict(found[WOMEN_DRINK].statistics)["exploratory"] == 0.0
    assert "Exploratory" not in found[WOMEN_DRINK].note


def test_a_group_that_lost_somebody_is_told() -> None:
    made = [*with_sex("female", 9, 9, "f"), *with_sex("male", 8, 0, "m")]
    cases, codings = corpus_of_people(*made)
    found = {f.finding_id: f for f in people_findings(cases, CODEBOOK)}
    wrong = changed(found["people-group-victim-sex-male"], numerator=7)
    assert people_problems([wrong], cases, codings)
    wrong = changed(found[WOMEN_DRINK], denominator=8)
    assert people_problems([wrong], cases, codings)

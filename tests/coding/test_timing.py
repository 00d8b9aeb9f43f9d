"""When a factor was there."""

from __future__ import annotations

import pytest

from coding.made import Read

INCIDENT = "Nora was killed by her son, Colm, on 4 May 2021. Nora died at home. Colm was arrested."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Colm was homeless when he was 12.", "childhood", id="by age"),
        pytest.param("As a child Colm was homeless.", "childhood", id="as a child"),
        pytest.param("In 2009 Colm was homeless.", "past", id="by year, long before"),
        pytest.param("In March 2021 Colm was homeless.", "current_at_incident", id="that year"),
        pytest.param("In 2023 Colm was homeless.", "post_incident", id="by year, after"),
        pytest.param("Since the death Colm has been homeless.", "post_incident", id="since"),
        pytest.param("At the time of the killing Colm was homeless.", "index_incident", id="then"),
        pytest.param("Colm was homeless at 12.30 on 7 June 2009.", "past", id="12.30 is no age"),
    ],
)
def test_years_ages_and_phrases_tell_the_time(read: Read, text: str, expected: str) -> None:
    _, codings = read(INCIDENT, text)
    found = {c.temporality.value for c in codings if c.code_id == "housing_instability"}
    assert found == {expected}


def test_what_is_general_has_no_time(read: Read) -> None:
    _, codings = read("Research shows that homelessness is common.")
    assert {c.temporality.value for c in codings} == {"unclear"}

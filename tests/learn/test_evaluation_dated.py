"""Addressees and dates are held against the truth without excuses."""

from __future__ import annotations

from dataclasses import replace

import pytest
from evaluation_examples import make_truth
from evaluation_systems import perfect_reading

from workbench.learn.evaluation.dated import detail_sections, is_addressee
from workbench.learn.evaluation.pooling import Bootstrap, EvaluationSettings
from workbench.learn.matching.comparison import compare
from workbench.learn.truth_records import TruthEvent, TruthRecommendation
from workbench.records import DatePrecision, Reading

TRUTH = make_truth(
    recommendations=(
        TruthRecommendation(
            number="1", text="the board should hold one list", addressee="Marl Safeguarding Board"
        ),
        TruthRecommendation(number="2", text="the police should share it", addressee="Marl Police"),
    ),
    chronology=(
        TruthEvent(date="2019-05", precision="month", event="Wren moves to the harbour"),
        TruthEvent(date="2020-02-01", precision="day", event="Kit is seen by the nurse"),
    ),
)
READING = perfect_reading(TRUTH)


def figures(reading: Reading) -> dict[str, float | None]:
    sections = detail_sections([compare(TRUTH, reading)], Bootstrap(["X"], EvaluationSettings()))
    return {measure.key: measure.value for section in sections for measure in section.measures}


def test_what_is_right_counts_and_what_is_missing_does_not() -> None:
    assert set(figures(READING).values()) == {1.0}
    first, second = READING.recommendations
    half = replace(READING, recommendations=(first, replace(second, addressee="")))
    assert figures(half)["addressees.right"] == 0.5
    assert figures(half)["addressees.precision"] == 1.0
    short = replace(READING, recommendations=(replace(first, addressee="the Board"), second))
    assert figures(short)["addressees.exact"] == 0.5
    assert figures(short)["addressees.right"] == 1.0


def test_a_date_that_is_more_exact_than_printed_is_wrong() -> None:
    first, second = READING.events
    made_up = replace(first, date="2019-05-01", precision=DatePrecision.DAY)
    found = figures(replace(READING, events=(made_up, second)))
    assert found["events.date"] == 0.5
    assert found["events.day_month"] == 1.0


def test_an_entry_without_a_date_is_seen() -> None:
    first, second = READING.events
    unread = replace(first, date="", precision=DatePrecision.UNKNOWN)
    assert figures(replace(READING, events=(unread, second)))["events.date.read"] == 0.5


@pytest.mark.parametrize(
    ("wanted", "given", "right"),
    [
        ("Marl Safeguarding Board", "Marl Safeguarding Board", True),
        ("Marl Safeguarding Board", "The Board", True),
        ("Marl Police; Vale Police", "Vale Police", True),
        ("Marl Council", "Marl Council, Education", True),
        ("Marl Council", "Vale Council", False),
        ("Marl Council", "", False),
        ("Marl Police", "Chief Constable", False),
    ],
)
def test_a_short_name_is_right_and_another_body_is_not(
    wanted: str, given: str, right: bool
) -> None:
    assert is_addressee(wanted, given) is right

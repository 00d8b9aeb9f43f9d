"""When an incident was: dates, hours and school days that words settle, and those they do not."""

from __future__ import annotations

from datetime import date

import pytest
from case_making import codebook
from hypothesis import given
from hypothesis import strategies as st
from incident_making import review, values

from workbench.cases.incident.read import incident_facts
from workbench.cases.incident.telling.clock import BANDS, band_of, clock_times
from workbench.cases.incident.telling.dates import dates_in
from workbench.records import FactBasis, IncidentFact, IncidentField, Reading, Standing

CODEBOOK = codebook()


def fact(of: Reading, field: IncidentField) -> IncidentFact:
    return next(each for each in incident_facts(of, CODEBOOK) if each.field is field)


def test_date_weekday_and_band_come_from_the_sentence_of_the_harm() -> None:
    told = values(review("At 6.12pm on Tuesday 7 February 2023 Joss stabbed Mara."))
    assert told["date"] == "2023-02-07"
    assert (told["weekday"], told["day_type"], told["time_band"]) == ("tuesday", "weekday", "16-19")


def test_a_weekday_that_is_not_printed_is_reckoned_and_says_so() -> None:
    found = fact(review("Mara was stabbed on 19 November 2022."), IncidentField.WEEKDAY)
    assert (found.value, found.basis, found.text) == (
        "saturday", FactBasis.COMPUTED, "19 November 2022",
    )  # fmt: skip


def test_a_weekday_that_contradicts_its_date_is_shown_beside() -> None:
    facts = incident_facts(review("On Monday 19 November 2022 Mara was stabbed."), CODEBOOK)
    days = {fact.value: fact.standing for fact in facts if fact.field is IncidentField.WEEKDAY}
    assert days == {"monday": Standing.VALUE, "saturday": Standing.DIFFERS}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Mara was killed. The inquest concluded on 23 May 2025.", id="inquest"),
        pytest.param("Mara was killed. Joss was convicted of murder on 2 May 2023.", id="trial"),
        pytest.param("Mara was killed. The review was completed in March 2022.", id="review"),
        pytest.param("Mara, born on 4 May 1980, was killed.", id="birth"),
    ],
)
def test_dates_of_inquiries_and_trials_are_not_the_date(text: str) -> None:
    assert "date" not in values(review(text))


def test_a_month_gives_no_weekday() -> None:
    told = values(review("In August 2022 Mara was stabbed."))
    assert told["date"] == "2022-08"
    assert "weekday" not in told


@pytest.mark.parametrize(
    ("sentence", "calendar"),
    [
        ("Mara was stabbed on her way home from school.", "term"),
        ("Mara was stabbed during the summer holidays.", "school_holiday"),
        ("Mara was stabbed during half-term.", "school_holiday"),
        ("Mara was stabbed in August 2022.", None),  # never reckoned from the month
    ],
)
def test_term_or_holiday_only_where_it_is_said(sentence: str, calendar: str | None) -> None:
    assert values(review(sentence)).get("school_calendar") == calendar


@pytest.mark.parametrize(
    ("words", "band"),
    [
        ("at 4.30pm", "16-19"), ("at 05.52", "00-06"), ("at 2300 hours", "19-24"),
        ("at half past five in the morning", "00-06"), ("shortly before midnight", "19-24"),
        ("at midnight", "00-06"), ("a little before nine o'clock in the morning", "06-09"),
        ("in the early hours", "00-06"), ("at noon", "09-16"), ("at tea-time", "16-19"),
        ("at 8.30 that evening", "19-24"), ("at 11.30 on the night", "19-24"),
        ("at four in the afternoon", "16-19"), ("at 7 on Saturday morning", "06-09"),
        ("quarter to seven in the evening", "16-19"), ("between 7 and 8pm", "19-24"),
        ("between 5pm and 8pm", None), ("from about 10.30pm until 1am", None),
        ("the 30 in the evening class", None), ("at 30 that evening", None),
        ("in the evening", None), ("at eight o'clock", None), ("£10.30", None), ("12.5 mg", None),
        ("at 25.10", None), ("paragraph 4.30", None),
    ],
)  # fmt: skip
def test_an_hour_has_a_band_only_when_it_is_certain(words: str, band: str | None) -> None:
    assert [each.band for each in clock_times(words)] == ([band] if band else [])


@given(st.integers(min_value=0, max_value=24 * 60 - 1))
def test_every_minute_of_the_day_has_one_band(minute: int) -> None:
    first, last = next((a, b) for a, b, name in BANDS if name == band_of(minute))
    assert first * 60 <= minute < last * 60


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2049, 12, 31)))
def test_a_printed_date_is_read_as_it_is(day: date) -> None:
    printed = f"On {day.day} {day:%B} {day.year} and {day.day:02d}/{day.month:02d}/{day.year}."
    assert [each.value for each in dates_in(printed)] == [day.isoformat()] * 2


def test_a_day_that_no_calendar_has_is_no_date() -> None:
    assert dates_in("31 February 2020") == ()

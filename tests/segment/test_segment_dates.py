"""Dates are read as printed, no more exact, and what is no date is none."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.records import DatePrecision
from workbench.segment.chronology.dates import MONTHS, dates_in, leading_date

P = DatePrecision


@pytest.mark.parametrize(
    ("printed", "iso", "precision"),
    [
        ("26 December 2019", "2019-12-26", P.DAY),
        ("On Thursday 14th of November, 2024", "2024-11-14", P.DAY),
        ("November 3, 2021", "2021-11-03", P.DAY),
        ("2.10.05", "2005-10-02", P.DAY),
        ("30/7/2015", "2015-07-30", P.DAY),
        ("1.2.87", "1987-02-01", P.DAY),
        ("2021-05-30", "2021-05-30", P.DAY),
        ("16 Sept 2023", "2023-09-16", P.DAY),
        ("9 Feb 2024*", "2024-02-09", P.DAY),
        ("29 February 2024", "2024-02-29", P.DAY),
        ("[June 1988]", "1988-06", P.MONTH),
        ("Sept. 2011", "2011-09", P.MONTH),
        ("October 2021 Aged 11", "2021-10", P.MONTH),
        ("Spring 2019", "2019-21", P.SEASON),
        ("the summer of 2019", "2019-22", P.SEASON),
        ("Winter 2019/20", "2019-24", P.SEASON),
        ("early 2019", "2019", P.PART_OF_YEAR),
        ("Mid-2019", "2019", P.PART_OF_YEAR),
        ("the end of 2019", "2019", P.PART_OF_YEAR),
        ("1998", "1998", P.YEAR),
        ("2002 to 2005", "2002/2005", P.RANGE),
        ("2002–03", "2002/2003", P.RANGE),
        ("11 to 17 October 2022", "2022-10-11/2022-10-17", P.RANGE),
        ("27 October and 1 November 2022", "2022-10-27/2022-11-01", P.RANGE),
        ("18 & 25 Feb 2015", "2015-02-18/2015-02-25", P.RANGE),
        ("March 2011 to June 2012 Aged 1 to 2", "2011-03/2012-06", P.RANGE),
        ("January to March 2020", "2020-01/2020-03", P.RANGE),
        ("between 2 May 2019 and 6 June 2020", "2019-05-02/2020-06-06", P.RANGE),
    ],
)
def test_a_printed_date_keeps_its_precision(printed: str, iso: str, precision: P) -> None:
    found = leading_date(printed)
    assert found is not None
    assert (found.date, found.precision) == (iso, precision)


@pytest.mark.parametrize(
    "text",
    [
        "31 February 2020",
        "29 February 2023",
        "12/13/2019",
        "10 March",
        "March",
        "May be seen in 2019",
        "2000 hours",
        "2019 people were asked",
        "2,019",
        "12345",
        "20190",
        "Section 47",
        "1899",
        "later that day",
        "Aged 11",
        "Date not known",
        "",
    ],
)
def test_what_is_no_whole_date_is_none(text: str) -> None:
    assert leading_date(text) is None


@pytest.mark.parametrize(
    ("printed", "iso"),
    [
        ("about May 2019", "2019-05"),
        ("Around 2019", "2019"),
        ("c. 2019", "2019"),
        ("early May 2019", "2019-05"),
    ],
)
def test_an_approximate_date_says_so(printed: str, iso: str) -> None:
    found = leading_date(printed)
    assert found is not None
    assert (found.date, found.is_approximate) == (iso, True)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("He was seen on 3 May 2019 and, in June 2020, again.", ["2019-05-03", "2020-06"]),
        ("Working Together 2018 was followed.", ["2018"]),
        ("He may march on.", []),
        ("Case 2019/0017 cost £2019.", []),
    ],
)
def test_dates_are_found_in_prose(text: str, found: list[str]) -> None:
    assert [each.date for each in dates_in(text)] == found


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2049, 12, 31)))
def test_every_day_is_read_in_every_form(day: date) -> None:
    name = MONTHS[day.month - 1].capitalize()
    for printed in (
        f"{day.day} {name} {day.year}",
        f"{name} {day.day}, {day.year}",
        f"{day.day}.{day.month}.{day.year}",
        f"{day.day:02d}/{day.month:02d}/{day.year}",
        day.isoformat(),
    ):
        found = leading_date(printed)
        assert found is not None, printed
        assert (found.date, found.precision) == (day.isoformat(), P.DAY)
        assert printed[found.start : found.end] == printed


@given(st.text())
def test_no_text_breaks_the_reader_and_places_are_inside(text: str) -> None:
    end = 0
    for found in dates_in(text):
        assert end <= found.start < found.end <= len(text)
        end = found.end
    leading_date(text)

"""Printed dates to ISO 8601 with the precision they are printed in, and no more.

Seasons are written as in EDTF (ISO 8601-2:2019, level 1): 21 spring, 22 summer, 23 autumn,
24 winter. Dates in figures are read as day, month, year; two figures of a year from 50 on
belong to the 1900s. What is no date of the calendar is no date here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from workbench.records import DatePrecision

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "winter": 24}
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_YEAR = r"(?:19|20)\d\d"
#: A number that counts something is no year ("2000 hours").
_NO_COUNT = (
    r"(?![\d,.]*\d)(?!\s*(?:hours|hrs|mg|ml|mcg|pounds|people|words|times|metres|miles|pages|%))"
)
_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?"
_ABOUT = re.compile(
    r"(?:about|around|circa|c\.|approximately|approx\.?|in or (?:about|around)|some ?time in)\s*",
    re.IGNORECASE,
)
_LEAD = re.compile(r"\s*[\[(]?\s*(?:(?:on|in|from|between|during|since)\s+)?", re.IGNORECASE)
_PART = (
    r"(?P<part>early|mid|late|(?:the )?(?:beginning|start|middle|end) of|(?:the )?(?:first|second)"
    r" half of)[\s-]+(?:in\s+)?"
)
_FORMS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_WEEKDAY}(?P<day>{_DAY})\s+(?:of\s+)?(?P<month>{_MONTH}),?\s+(?P<year>{_YEAR}){_NO_COUNT}",
        rf"(?P<month>{_MONTH})\s+(?P<day>{_DAY}),?\s+(?P<year>{_YEAR}){_NO_COUNT}",
        rf"(?P<iso>{_YEAR}-\d\d-\d\d)(?!\d)",
        r"(?P<day>\d{1,2})(?P<mark>[./-])(?P<month>\d{1,2})(?P=mark)"
        r"(?P<year>(?:19|20)\d\d|\d\d)(?!\d)",
        rf"(?:{_PART})?(?P<month>{_MONTH}),?\s+(?P<year>{_YEAR}){_NO_COUNT}",
        rf"(?:{_PART})?(?:the )?(?P<season>spring|summer|autumn|winter)(?:\s+of)?\s+"
        rf"(?P<year>{_YEAR})(?:/\d\d)?{_NO_COUNT}",
        rf"(?:{_PART})?(?P<year>{_YEAR}){_NO_COUNT}(?![-/.]\d)",
    )
)
#: The first date of a range may lack what the second one says.
_FIRST = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_WEEKDAY}(?P<day>{_DAY})\s+(?:of\s+)?(?P<month>{_MONTH})",
        rf"(?P<month>{_MONTH})(?!\s+\d)",
        rf"{_WEEKDAY}(?P<day>{_DAY})",
    )
)
_JOINT = re.compile(r"\s*(?:to|until|and|&|[-\u2010-\u2014])\s*", re.IGNORECASE)
_SHORT_YEARS = re.compile(
    rf"(?P<first>{_YEAR})\s*[-/\u2010-\u2014]\s*(?P<last>\d\d)(?!\d)(?![-/.]\d)"
)
_START = re.compile(rf"(?<![\w.,/£$-])(?=\d|{_MONTH}|early|mid|late|spring|summer|autumn|winter"
                    r"|mon|tue|wed|thu|fri|sat|sun)", re.IGNORECASE)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedDate:
    """A date, how exact it is, and where its words stand in the text given."""

    date: str
    precision: DatePrecision
    start: int
    end: int
    is_approximate: bool = False

    @property
    def month(self) -> str:
        """Cut to the month, as ``2019-05``; "" when it is not that exact."""
        exact = self.precision in (DatePrecision.DAY, DatePrecision.MONTH)
        return self.date[:7] if exact else ""


def leading_date(text: str) -> PrintedDate | None:
    """The date or range that a text begins with, None when it begins with none."""
    start = _end_of(_LEAD, text, 0)
    after = _end_of(_ABOUT, text, start)
    found = _date_at(text, after)
    if found is None:
        return None
    return replace(found, start=start, is_approximate=found.is_approximate or after > start)


def dates_in(text: str) -> Iterator[PrintedDate]:
    """Every date and range of a text, in order; the longest reading of each place."""
    at = 0
    while match := _START.search(text, at):
        found = _date_at(text, match.start())
        if found is None:
            at = match.start() + 1
            continue
        yield found
        at = found.end


def _end_of(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    return match.end() if match else at


def _date_at(text: str, at: int) -> PrintedDate | None:
    if match := _SHORT_YEARS.match(text, at):
        first, last = match["first"], match["first"][:2] + match["last"]
        if last > first:
            return _range(match.start(), match.end(), first, last)
    first_date = _single(text, at)
    if first_date is None:
        return _shortened_range(text, at)
    joint = _JOINT.match(text, first_date.end)
    if joint is None or joint.end() == first_date.end:
        return first_date
    last_date = _single(text, _end_of(_ABOUT, text, joint.end()))
    if last_date is None or _sorting(last_date.date) <= _sorting(first_date.date):
        return first_date
    return _range(at, last_date.end, first_date.date, last_date.date)


def _shortened_range(text: str, at: int) -> PrintedDate | None:
    """A range whose first date borrows its month or year ("11 to 17 October 2022")."""
    for form in _FIRST:
        match = form.match(text, at)
        joint = _JOINT.match(text, match.end()) if match else None
        if match is None or joint is None:
            continue
        last = _single(text, joint.end())
        if last is None or last.precision not in (DatePrecision.DAY, DatePrecision.MONTH):
            continue
        groups = match.groupdict()
        if (groups.get("day") is None) != (last.precision is DatePrecision.MONTH):
            continue
        year = last.date[:4]
        month = _month_number(groups["month"]) if groups.get("month") else int(last.date[5:7])
        first = _iso(year, month, groups.get("day"))
        if first and first < last.date:
            return _range(at, last.end, first, last.date)
    return None


def _range(start: int, end: int, first: str, last: str) -> PrintedDate:
    return PrintedDate(date=f"{first}/{last}", precision=DatePrecision.RANGE, start=start, end=end)


def _single(text: str, at: int) -> PrintedDate | None:
    for form in _FORMS:
        match = form.match(text, at)
        found = _read(match) if match else None
        if match and found:
            iso, precision, vague = found
            return PrintedDate(
                date=iso, precision=precision, start=at, end=match.end(), is_approximate=vague
            )
    return None


def _read(match: re.Match[str]) -> tuple[str, DatePrecision, bool] | None:
    groups = match.groupdict()
    vague = groups.get("part") is not None
    if groups.get("iso"):
        year, month, day = groups["iso"].split("-")
        iso = _iso(year, int(month), day)
        return (iso, DatePrecision.DAY, False) if iso else None
    year = groups["year"]
    if len(year) == 2:
        year = f"{19 if int(year) >= 50 else 20}{year}"
    if groups.get("season"):
        return f"{year}-{SEASONS[groups['season'].lower()]}", DatePrecision.SEASON, vague
    if not groups.get("month"):
        return year, DatePrecision.PART_OF_YEAR if vague else DatePrecision.YEAR, False
    iso = _iso(year, _month_number(groups["month"]), groups.get("day"))
    precision = DatePrecision.DAY if groups.get("day") else DatePrecision.MONTH
    return (iso, precision, vague) if iso else None


def _month_number(printed: str) -> int:
    if printed.isdigit():
        return int(printed)
    return next(i for i, name in enumerate(MONTHS, 1) if name.startswith(printed.lower()[:3]))


def _iso(year: str, month: int, day: str | None) -> str:
    """The date, "" when the calendar has none such."""
    number = int(re.sub(r"\D", "", day)) if day else 1
    try:
        checked = date(int(year), month, number)
    except ValueError:
        return ""
    return checked.isoformat() if day else f"{year}-{month:02d}"


def _sorting(iso: str) -> str:
    """A key that orders dates of any precision; the last of a range counts."""
    return (iso.rsplit("/", 1)[-1] + "-99-99")[:10]

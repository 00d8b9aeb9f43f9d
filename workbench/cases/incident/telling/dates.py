"""Dates and times of day as reviews print them, no more exact than printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
)  # fmt: skip
_MONTH = (
    r"(?P<month>January|February|March|April|May|June|July|August|September|October|November"
    r"|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?"
)
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_FORMS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}\b",
        rf"\b{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+{_YEAR}\b",
        r"(?<![\d/.])(?P<day>\d{1,2})[/.](?P<month>\d{1,2})[/.](?P<year>(?:19|20)\d\d)\b",
        rf"\b{_MONTH},?\s+{_YEAR}\b",
    )
)
#: A date whose year was printed before: only for agreement with a day that is known.
_NO_YEAR = re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH}\b(?!,?\s+\d{{4}})")
_WEEKDAY = re.compile(rf"\b(?P<weekday>{'|'.join(WEEKDAYS)})\b", re.IGNORECASE)
_A_DAY = re.compile(r"\d(?:st|nd|rd|th)?\s+(?:of\s+)?$")
_LONE_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A printed date: ISO 8601 to the day or the month, and where its words stand."""

    value: str
    start: int
    end: int

    @property
    def day(self) -> date | None:
        """The day of the calendar; None when only the month is printed."""
        return date.fromisoformat(self.value) if len(self.value) == 10 else None


def dates_in(text: str) -> tuple[Dated, ...]:
    """The dates of a text with month and year, in order; what is no day of the calendar is left."""
    found: list[Dated] = []
    for form in _FORMS:
        for match in form.finditer(text):
            if any(match.start() < other.end and other.start < match.end() for other in found):
                continue
            if match.groupdict().get("day") is None and _A_DAY.search(text[: match.start()]):
                continue  # "31 February 2020": no day of the calendar, and no month either
            value = _iso(match["year"], match["month"], match.groupdict().get("day"))
            if value:
                found.append(Dated(value=value, start=match.start(), end=match.end()))
    return tuple(sorted(found, key=lambda each: each.start))


def days_without_year(text: str, year: int) -> frozenset[str]:
    """The days that a text names without their year ("14 March"), as days of the given year."""
    found = (_iso(str(year), match["month"], match["day"]) for match in _NO_YEAR.finditer(text))
    return frozenset(day for day in found if day)


def years_in(text: str) -> frozenset[int]:
    """Every year that is printed in figures."""
    return frozenset(int(year) for year in _LONE_YEAR.findall(text))


def weekdays_in(text: str) -> Iterator[tuple[str, int, int]]:
    """Names of weekdays: the name, where it begins and ends."""
    for match in _WEEKDAY.finditer(text):
        yield match["weekday"].lower(), match.start(), match.end()


def _iso(year: str, month: str, day: str | None) -> str:
    number = int(month) if month.isdigit() else _MONTHS.index(month[:3].lower()) + 1
    if not 1 <= number <= 12:
        return ""
    if day is None:
        return f"{year}-{number:02d}"
    try:
        return date(int(year), number, int(day)).isoformat()
    except ValueError:
        return ""

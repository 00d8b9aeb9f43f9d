"""A school calendar as the user gives it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from workbench.errors import CalendarError
from workbench.findings.given import read_rows
from workbench.findings.rates.calendar import Period, calendar_problems
from workbench.records import CalendarPeriod

COLUMNS = ("area", "kind", "name", "first", "last")
KINDS = ("term", "school_holiday")
_AN_EXAMPLE = "2023-10-23"


def read_calendar(path: Path) -> tuple[CalendarPeriod, ...]:
    """The periods of a CSV file with the columns area, kind, name, first and last.

    ``area`` may be empty: the period then holds for every area without a calendar of its own.
    Both days are included. Periods of one area may not overlap; days in none are neither term
    nor holiday.

    Raises:
        CalendarError: The file has problems; all of them are listed with their lines.
    """
    columns, rows = read_rows(path, CalendarError)
    if sorted(columns) != sorted(COLUMNS):
        needed, found = ", ".join(COLUMNS), ", ".join(columns)
        raise CalendarError(path, [f"needs the columns {needed}; has {found}"])
    problems: list[str] = []
    periods: list[CalendarPeriod] = []
    for line, row in enumerate(rows, start=2):
        cells = {name: (row[name] or "").strip() for name in COLUMNS}
        wrong = list(_problems_of(cells))
        problems += [f"line {line}: {problem}" for problem in wrong]
        if not wrong:
            periods.append(_period(cells))
    problems += _overlaps(periods)
    if not rows:
        problems.append("has no line but its head")
    if problems:
        raise CalendarError(path, problems)
    return tuple(periods)


def _problems_of(cells: Mapping[str, str]) -> Iterator[str]:
    if cells["kind"] not in KINDS:
        yield f"kind is {cells['kind']!r}: term or school_holiday is needed"
    if not cells["name"]:
        yield "the period has no name"
    days = {}
    for name in ("first", "last"):
        try:
            days[name] = date.fromisoformat(cells[name])
        except ValueError:
            yield f"{name} is {cells[name]!r}: a day such as {_AN_EXAMPLE} is needed"
    if len(days) == 2 and days["last"] < days["first"]:
        yield f"{cells['name']} ends on {days['last']}, before it begins on {days['first']}"


def _period(cells: Mapping[str, str]) -> CalendarPeriod:
    return CalendarPeriod(
        area=cells["area"], kind=cells["kind"], name=cells["name"],
        first=date.fromisoformat(cells["first"]), last=date.fromisoformat(cells["last"]),
    )  # fmt: skip


def _overlaps(periods: Sequence[CalendarPeriod]) -> Iterator[str]:
    by_area: dict[str, list[Period]] = {}
    for period in periods:
        named = Period(period.name, period.first, period.last)
        by_area.setdefault(period.area.casefold(), []).append(named)
    for area, of_area in sorted(by_area.items()):
        where = f"area {area}: " if area else ""
        yield from (f"{where}{problem}" for problem in calendar_problems(of_area))

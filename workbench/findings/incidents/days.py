"""Incidents in term and holidays against the number of such days, by the calendar that is given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from math import isfinite

from workbench.findings.rates.calendar import Period, by_calendar
from workbench.findings.table import CaseTable
from workbench.records import (
    CalendarPeriod,
    FactBasis,
    Finding,
    IncidentFact,
    IncidentField,
    Standing,
)

PARENT = "incident-school-days"
NOTE = (
    "Cases dated to a day of the calendar, whatever their text says. The ratio compares cases for "
    "each such day with those for each other day of the calendar (exact bounds)."
)


def school_day_findings(
    table: CaseTable,
    incidents: Mapping[str, Sequence[IncidentFact]],
    calendar: Sequence[CalendarPeriod],
) -> Iterator[Finding]:
    """Term and holiday by cases for each day; one set of findings for each area of the calendar.

    An area's calendar is compared with the incidents that it placed. Of several subjects of a
    case each day counts, and the case once.
    """
    for number, area in enumerate(sorted({period.area for period in calendar})):
        periods = [period for period in calendar if period.area == area]
        placed = list(_placed(table, incidents, periods))
        if placed:
            yield from _of_area(table, (number, area), periods, placed)


def _placed(
    table: CaseTable,
    incidents: Mapping[str, Sequence[IncidentFact]],
    periods: Sequence[CalendarPeriod],
) -> Iterator[tuple[int, date, IncidentFact]]:
    """The place of each case, the day and the fact that these periods gave."""
    names = {f"{period.name} ({period.area or 'all areas'})" for period in periods}
    for place, case in enumerate(table.cases):
        facts = incidents.get(case.case_id, ())
        for fact in facts:
            by_calendar_given = (
                fact.field is IncidentField.SCHOOL_CALENDAR
                and fact.basis is FactBasis.CALENDAR
                and fact.explanation in names
            )
            day = _day_of(facts, fact.person_id)
            if by_calendar_given and day is not None:
                yield place, day, fact


def _day_of(facts: Sequence[IncidentFact], person_id: str) -> date | None:
    for fact in facts:
        is_day = fact.field is IncidentField.DATE and len(fact.value) == 10
        if is_day and fact.standing is Standing.VALUE and fact.person_id == person_id:
            return date.fromisoformat(fact.value)
    return None


def _of_area(
    table: CaseTable,
    name: tuple[int, str],
    periods: Sequence[CalendarPeriod],
    placed: Sequence[tuple[int, date, IncidentFact]],
) -> Iterator[Finding]:
    number, area = name
    parent = f"{PARENT}-{number + 1}"
    where = area or "areas without a calendar of their own"
    code_ids = (IncidentField.SCHOOL_CALENDAR.code_id,)
    everywhere = sorted({place for place, _, _ in placed})
    yield Finding(
        finding_id=parent, measure="school_days_stated", code_ids=code_ids,
        label=f"Dated to a day of the calendar: {where}", note=NOTE,
        coding_ids=tuple(dict.fromkeys(fact.coding_id for _, _, fact in placed)),
        **table.share(everywhere).fields,
    )  # fmt: skip
    first, last = min(p.first for p in periods), max(p.last for p in periods)
    named = [Period(period.kind, period.first, period.last) for period in periods]
    for part in by_calendar([day for _, day, _ in placed], named, first, last):
        inside = [each for each in placed if each[2].value == part.name]
        if not inside:
            continue
        statistics = (
            ("days", part.exposure), ("rate_ratio", part.ratio),
            ("rate_ratio_low", part.ratio_low), ("rate_ratio_high", part.ratio_high),
        )  # fmt: skip
        yield Finding(
            finding_id=f"{parent}__{part.name.replace('_', '-')}", measure="school_days",
            label=f"{where}: {part.name.replace('_', ' ')}", code_ids=code_ids, note=NOTE,
            coding_ids=tuple(dict.fromkeys(fact.coding_id for _, _, fact in inside)),
            statistics=tuple(pair for pair in statistics if isfinite(pair[1])),
            **table.share(sorted({place for place, _, _ in inside}), len(everywhere)).fields,
        )  # fmt: skip

"""Term or holiday by a calendar that the user gives; without one nothing is reckoned."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from workbench.records import CalendarPeriod, FactBasis, IncidentFact, IncidentField, Standing

#: How sure a calendar is: of the day, not that it is the right area's.
_SCORE = 0.9


def calendar_facts(
    facts: Sequence[IncidentFact], areas: Sequence[str], calendar: Sequence[CalendarPeriod]
) -> list[IncidentFact]:
    """Term or holiday of each incident that is dated to the day, by the calendar.

    A day in no period of its area's calendar stays without: gaps are not guessed to be holidays.
    Where the text says it too, the text counts, and the calendar agrees or differs beside it.

    Args:
        facts: Of one case.
        areas: That its documents are about, for incidents without an area of their own.
        calendar: Periods that do not overlap within an area.
    """
    if not calendar:
        return []
    return list(_by_calendar(facts, areas, calendar))


def _by_calendar(
    facts: Sequence[IncidentFact], areas: Sequence[str], calendar: Sequence[CalendarPeriod]
) -> Iterator[IncidentFact]:
    for dated in facts:
        counts = dated.field is IncidentField.DATE and dated.standing is Standing.VALUE
        if not counts or len(dated.value) != 10:
            continue
        own = [fact for fact in facts if fact.person_id == dated.person_id]
        named = [f.value for f in own if f.field is IncidentField.AREA
                 and f.standing is Standing.VALUE]  # fmt: skip
        period = period_of(date.fromisoformat(dated.value), [*named, *areas], calendar)
        if period is None:
            continue
        said = [fact.value for fact in own if fact.field is IncidentField.SCHOOL_CALENDAR
                and fact.standing is Standing.VALUE]  # fmt: skip
        standing = Standing.VALUE
        if said:
            standing = Standing.AGREES if period.kind in said else Standing.DIFFERS
        where = period.area or "all areas"
        yield replace(
            dated,
            field=IncidentField.SCHOOL_CALENDAR,
            value=period.kind,
            basis=FactBasis.CALENDAR,
            standing=standing,
            score=_SCORE,
            explanation=f"{period.name} ({where})",
        )


def period_of(
    day: date, areas: Sequence[str], calendar: Sequence[CalendarPeriod]
) -> CalendarPeriod | None:
    """The period of the first of the areas that has a calendar, else of the one for all areas."""
    known = {period.area.casefold() for period in calendar}
    area = next((name.casefold() for name in areas if name.casefold() in known), "")
    return next(
        (
            period
            for period in calendar
            if period.area.casefold() == area and period.first <= day <= period.last
        ),
        None,
    )

"""When it happens: hours of the day and days of a calendar, against how long each of them is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from workbench.findings.rates.poisson import rate, rate_ratio


class Period(NamedTuple):
    """A named stretch of the calendar, both days included: a school term, a holiday."""

    name: str
    first: date
    last: date


class Exposed(NamedTuple):
    """Events in one part of the time, against its length."""

    name: str
    n_events: int
    exposure: float  # hours or days
    rate: float  # events for each 100 hours or days
    low: float
    high: float
    ratio: float  # to the rate of all other parts; NaN without events
    ratio_low: float
    ratio_high: float


#: Rates are for so many hours or days.
PER = 100.0


def calendar_problems(periods: Sequence[Period]) -> list[str]:
    """What is wrong with a calendar, one sentence each: turned round, or overlapping."""
    problems = [
        f"{period.name}: ends on {period.last}, before it begins on {period.first}"
        for period in periods
        if period.last < period.first
    ]
    in_order = sorted(periods, key=lambda period: (period.first, period.last))
    problems += [
        f"{earlier.name} ({earlier.first} to {earlier.last}) and {later.name} "
        f"({later.first} to {later.last}) overlap"
        for earlier, later in pairwise(in_order)
        if later.first <= earlier.last and later.first <= later.last
    ]
    return problems


def by_calendar(
    days: Sequence[date], periods: Sequence[Period], first: date, last: date
) -> tuple[Exposed, ...]:
    """Events of each kind of day between two dates, against the number of such days.

    Args:
        days: When the events were; those outside the two dates are left out.
        periods: The calendar, for instance school terms and holidays; several may share a name.
            Days of no period are "other days".
        first: The first day that is looked at.
        last: The last one, included.

    Raises:
        ValueError: The calendar has problems (all of them are named), or no day is looked at.
    """
    problems = calendar_problems(periods)
    if problems or last < first:
        raise ValueError("; ".join(problems) or f"no day lies from {first} to {last}")
    names = [
        _name_of(first + timedelta(days=number), periods)
        for number in range((last - first).days + 1)
    ]
    exposure = {name: float(names.count(name)) for name in dict.fromkeys(names)}
    inside = [day for day in days if first <= day <= last]
    counts = {name: 0 for name in exposure}
    for day in inside:
        counts[_name_of(day, periods)] += 1
    return by_exposure(counts, exposure)


def _name_of(day: date, periods: Sequence[Period]) -> str:
    return next(
        (period.name for period in periods if period.first <= day <= period.last), "other days"
    )


def by_exposure(counts: Mapping[str, int], exposure: Mapping[str, float]) -> tuple[Exposed, ...]:
    """Events of each part of the time against its length, and against all other parts.

    Three hours with six events are busier than twelve with eight: bands of unlike length are
    compared by their rates.

    Args:
        counts: Events by part, such as ``{"16-19": 6}``.
        exposure: Hours (or days) that each part has.

    Raises:
        ValueError: A part has events and no exposure, or an exposure of 0.
    """
    missing = sorted(set(counts) - set(exposure))
    if missing:
        raise ValueError(f"no exposure is given for {', '.join(missing)}")
    n_all, whole = sum(counts.values()), sum(exposure.values())
    made = []
    for name, length in exposure.items():
        n = counts.get(name, 0)
        found = rate(n, length, per=PER)
        ratio = (float("nan"),) * 3
        if n_all and whole > length:
            ratio = rate_ratio((n, length), (n_all - n, whole - length))
        made.append(Exposed(name, n, length, *found, *ratio))
    return tuple(made)

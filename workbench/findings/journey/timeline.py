"""When agencies first knew, how long nobody did, and how near the end somebody still did (T8)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from workbench.findings.journey.table import JourneyTable
from workbench.findings.table import REVIEWS_ONLY
from workbench.records import Finding
from workbench.records.journey import Journey, JourneyEvent, date_bounds

DATED = (
    "Of the cases in which the review dates a contact. A case counts for a span only where the "
    "dates, as exact as they are printed, leave no doubt. " + REVIEWS_ONLY
)
RECORDED = (
    "Time without a recorded contact, between two recorded ones: what the review dates, not what "
    "happened. At least so long, as exact as the dates are printed. Of the cases with two dated "
    "contacts or more in those two years. " + REVIEWS_ONLY
)


class Span(NamedTuple):
    """A stretch of days, both ends included; ``last`` None: open."""

    key: str
    label: str
    first: int
    last: int | None


#: Days from the contact to the incident.
BEFORE_INCIDENT = (
    Span("over-5-years", "more than 5 years before", 1827, None),
    Span("1-to-5-years", "1 to 5 years before", 366, 1826),
    Span("6-to-12-months", "6 to 12 months before", 184, 365),
    Span("1-to-6-months", "1 to 6 months before", 32, 183),
    Span("last-month", "in the last 31 days", 0, 31),
)
#: Years of age of the only subject at the contact.
AGES = (
    Span("before-birth", "before birth", -100, -1),
    Span("under-1", "under 1", 0, 0),
    Span("1-to-4", "aged 1 to 4", 1, 4),
    Span("5-to-10", "aged 5 to 10", 5, 10),
    Span("11-to-15", "aged 11 to 15", 11, 15),
    Span("16-to-17", "aged 16 or 17", 16, 17),
    Span("adult", "aged 18 or over", 18, None),
)
#: Least days of a time without contact, and most days from the last contact to the incident.
GAPS, LAST = (90, 180, 365), (7, 31, 92)


def timeline_findings(table: JourneyTable) -> Iterator[Finding]:
    """First contacts by kind and span, by kind and age; gaps; last contacts."""
    yield from _first_contacts(table, "first_contact", BEFORE_INCIDENT)
    yield from _first_contacts(table, "first_contact_age", AGES)
    yield from _gaps(table)
    yield from _last_contacts(table)


def _first_contacts(table: JourneyTable, measure: str, spans: Sequence[Span]) -> Iterator[Finding]:
    bounds_of = before_incident if measure == "first_contact" else age_at
    for kind, label in table.labels.items():
        placed: dict[int, tuple[int, int]] = {}
        firsts: dict[int, JourneyEvent] = {}
        for place, journey in enumerate(table.journeys):
            first = first_contact(journey, kind)
            bounds = bounds_of(journey, first) if first else None
            if first and bounds:
                placed[place], firsts[place] = bounds, first
        for span in spans if placed else ():
            places = [place for place, bounds in placed.items() if within(span, bounds)]
            if places:
                unsure = sum(not any(within(s, b) for s in spans) for b in placed.values())
                yield Finding(
                    finding_id=f"{measure.replace('_', '-')}-{kind}-{span.key}",
                    measure=measure,
                    label=f"{label}: first dated contact {span.label}",
                    coding_ids=_ids(firsts[place] for place in places),
                    statistics=(("n_unsure", float(unsure)),),
                    note=DATED,
                    **table.share(places, len(placed)),
                )


def _gaps(table: JourneyTable) -> Iterator[Finding]:
    recent = {place: recent_contacts(journey) for place, journey in enumerate(table.journeys)}
    base = [place for place, contacts in recent.items() if len(contacts) > 1]
    longest = {}
    for place in base:
        since = table.journeys[place].recent_from
        longest[place] = table.journeys[place].longest_gap(since or date.max)
    for n_days in GAPS if base else ():
        gaps = {place: gap for place, gap in longest.items() if gap and gap.n_days >= n_days}
        yield Finding(
            finding_id=f"contact-gap-{n_days}",
            measure="contact_gap",
            label=f"At least {n_days} days without a recorded contact, in the two years before",
            coding_ids=_ids(event for gap in gaps.values() for event in (gap.before, gap.after)),
            statistics=(("n_days", float(n_days)),),
            note=RECORDED,
            **table.share(sorted(gaps), len(base)),
        )


def recent_contacts(journey: Journey) -> list[JourneyEvent]:
    """The dated contacts that may lie in the two years before the incident."""
    since = journey.recent_from or date.max
    return [event for event in journey.dated_contacts if event.days and event.days[1] >= since]


def _last_contacts(table: JourneyTable) -> Iterator[Finding]:
    base = [p for p, journey in enumerate(table.journeys) if last_contact(journey)]
    for n_days in LAST if base else ():
        found: dict[int, JourneyEvent] = {}
        for place in base:
            last = last_contact(table.journeys[place])
            bounds = before_incident(table.journeys[place], last) if last else None
            if last and bounds and bounds[1] <= n_days:
                found[place] = last
        yield Finding(
            finding_id=f"last-contact-{n_days}",
            measure="last_contact",
            label=f"Last dated contact no more than {n_days} days before the incident",
            coding_ids=_ids(found.values()),
            statistics=(("n_days", float(n_days)),),
            note=DATED,
            **table.share(sorted(found), len(base)),
        )


def first_contact(journey: Journey, kind: str) -> JourneyEvent | None:
    """The first dated contact with a kind of agency, before or at the incident."""
    return next((event for event in journey.dated_contacts if kind in event.kinds), None)


def last_contact(journey: Journey) -> JourneyEvent | None:
    """The last dated contact before the incident is over; None where its date is not known.

    Of the contacts the one that can have been last; the event of the incident itself, where
    agencies came to it, is none.
    """
    incident = date_bounds(journey.incident_date)
    if incident is None:
        return None
    before = [e for e in journey.dated_contacts if e.days and e.days[1] < _begin(journey)]
    return max(before, key=lambda event: event.days or (date.min, date.min), default=None)


def _begin(journey: Journey) -> date:
    bounds = date_bounds(journey.incident_date)
    return bounds[0] if bounds else date.min


def before_incident(journey: Journey, event: JourneyEvent) -> tuple[int, int] | None:
    """The least and the most days from the event to the incident."""
    incident = date_bounds(journey.incident_date)
    if incident is None or event.days is None:
        return None
    least, most = (incident[0] - event.days[1]).days, (incident[1] - event.days[0]).days
    return max(0, least), most


def age_at(journey: Journey, event: JourneyEvent) -> tuple[int, int] | None:
    """The least and the most whole years of age of the only subject at the event."""
    birth = date_bounds(journey.birth_date)
    if birth is None or event.days is None:
        return None
    return years_between(birth[1], event.days[0]), years_between(birth[0], event.days[1])


def years_between(first: date, last: date) -> int:
    """Whole years from one day to another; -1 where the second comes first."""
    if last < first:
        return -1
    return last.year - first.year - ((last.month, last.day) < (first.month, first.day))


def within(span: Span, bounds: tuple[int, int]) -> bool:
    """Whether both bounds lie in the span."""
    return bounds[0] >= span.first and (span.last is None or bounds[1] <= span.last)


def _ids(events: Iterable[JourneyEvent]) -> tuple[str, ...]:
    found = (id_ for event in events for id_ in event.mention_ids)
    return tuple(dict.fromkeys(found))

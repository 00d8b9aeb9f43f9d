"""Contacts over time: when agencies first knew, how long none did, the timelines (T8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from workbench.publish.charts.timeline import Dot, Timeline, timeline_chart
from workbench.publish.names import stem
from workbench.publish.registers.evidence import shown_sequences
from workbench.publish.registers.words import WordsOf
from workbench.publish.site.render import Site
from workbench.records import Case, Finding
from workbench.records.journey import Gap, Journey, JourneyEvent, date_bounds

SPANS = (
    ("over-5-years", "More than 5 years before"),
    ("1-to-5-years", "1 to 5 years"),
    ("6-to-12-months", "6 to 12 months"),
    ("1-to-6-months", "1 to 6 months"),
    ("last-month", "Last 31 days"),
)
AGES = (
    ("before-birth", "Before birth"),
    ("under-1", "Under 1"),
    ("1-to-4", "1 to 4"),
    ("5-to-10", "5 to 10"),
    ("11-to-15", "11 to 15"),
    ("16-to-17", "16 or 17"),
    ("adult", "18 or over"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanRow:
    """One kind of agency: first contacts by span, and how many left doubt."""

    label: str
    cells: Sequence[Finding | None]
    any_cell: Finding
    n_unsure: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRow:
    """One case in the list of journeys."""

    case: Case
    href: str
    n_events: int
    n_contacts: int
    incident: str
    first: str
    last: str
    gap: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRow:
    """One dated event of a case."""

    event: JourneyEvent
    people: Sequence[str]
    page: int
    href: str
    is_contact: bool
    is_counted: bool  # a contact before the incident is over
    in_gap: str  # "begins", "ends", "" for neither end of the longest gap


def write_journeys(site: Site) -> None:
    """Write ``journeys.html``, ``sequences.html`` and ``journeys/<case_id>.html``."""
    words = WordsOf(site.catalogue.publication)
    rows = [
        _write_case(site, words, case, site.catalogue.publication.journeys[case.case_id])
        for case in site.catalogue.publication.cases
        if case.case_id in site.catalogue.publication.journeys
    ]
    site.write(
        "journeys.html",
        "registers/journeys.html",
        rows=rows,
        spans=SPANS,
        ages=AGES,
        by_span=_span_rows(site, "first_contact", [key for key, _ in SPANS]),
        by_age=_span_rows(site, "first_contact_age", [key for key, _ in AGES]),
        gaps=site.catalogue.of_measure("contact_gap"),
        last=site.catalogue.of_measure("last_contact"),
    )
    sequences = shown_sequences(site)
    site.write(
        "sequences.html",
        "registers/sequences.html",
        section="journeys.html",
        tested=[finding for finding in sequences if finding.q_value is not None],
        untested=[finding for finding in sequences if finding.q_value is None],
        n_all=len(site.catalogue.of_measure("sequence")),
    )


def _span_rows(site: Site, measure: str, keys: Sequence[str]) -> list[SpanRow]:
    prefix = f"{measure.replace('_', '-')}-"
    found = {finding.finding_id: finding for finding in site.catalogue.of_measure(measure)}
    rows = []
    for kind, label in site.catalogue.publication.agency_labels.items():
        cells = [found.get(f"{prefix}{kind}-{key}") for key in keys]
        given = [cell for cell in cells if cell is not None]
        if given:
            unsure = int(dict(given[0].statistics)["n_unsure"])
            rows.append(SpanRow(label=label, cells=cells, any_cell=given[0], n_unsure=unsure))
    return rows


def _write_case(site: Site, words: WordsOf, case: Case, journey: Journey) -> CaseRow:
    gap = _gap_of(journey)
    path = f"journeys/{stem(case.case_id)}.html"
    names = {
        (person.document_id, person.person_id): person.name
        for document_id in case.document_ids
        for person in site.catalogue.publication.readings[document_id].people
    }
    contacts = journey.dated_contacts
    events = []
    for event in journey.events:
        page, href = words.place_of_event(event)
        ends = {} if gap is None else {gap.after.event_id: "ends", gap.before.event_id: "begins"}
        events.append(
            EventRow(
                event=event,
                people=[names[event.document_id, p] for p in event.person_ids
                        if (event.document_id, p) in names],
                page=page, href=href, is_contact=bool(event.kinds),
                is_counted=event in contacts,
                in_gap=ends.get(event.event_id, ""),
            )
        )  # fmt: skip
    site.write(
        path,
        "registers/journey.html",
        section="journeys.html",
        case=case,
        journey=journey,
        events=events,
        gap=gap,
        n_contacts=len(contacts),
        chart=Markup(_chart(site, words, journey)),
        agencies=[agency for agency in journey.agencies if agency.is_named],
        subject_known=bool(journey.birth_date),
    )
    return CaseRow(
        case=case, href=path, n_events=len(journey.events), n_contacts=len(contacts),
        incident=journey.incident_date,
        first=contacts[0].date if contacts else "",
        last=contacts[-1].date if contacts else "",
        gap=f"{gap.n_days:,}" if gap else "",
    )  # fmt: skip


def _chart(site: Site, words: WordsOf, journey: Journey) -> str:
    """The contacts by kind of agency along the years; empty with fewer than two."""
    labels = site.catalogue.publication.agency_labels
    contacts = [event for event in journey.events if event.kinds and event.days]
    if len(contacts) < 2:
        return ""
    kinds = [kind for kind in labels if any(kind in event.kinds for event in contacts)]
    dots = [
        Dot(
            row=kinds.index(kind), first=event.days[0], last=event.days[1],
            href=f"../{words.place_of_event(event)[1]}",
        )
        for event in contacts
        if event.days
        for kind in event.kinds
    ]  # fmt: skip
    timeline = Timeline(
        rows=[labels[kind] for kind in kinds],
        dots=dots,
        incident=date_bounds(journey.incident_date),
        gap=_gap_days(journey),
    )
    return timeline_chart(timeline, name="timeline", title="Dated contacts by kind of agency")


def _gap_of(journey: Journey) -> Gap | None:
    """The longest time without a recorded contact: in the two years before, if they are known."""
    return journey.longest_gap(journey.recent_from or date.min)


def _gap_days(journey: Journey) -> tuple[date, date] | None:
    """The first and last day of the longest time without a recorded contact."""
    gap = _gap_of(journey)
    if gap is None or gap.before.days is None or gap.after.days is None:
        return None
    return gap.before.days[1], gap.after.days[0]

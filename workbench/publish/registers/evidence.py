"""Evidence pages of findings on agencies and time: the passages, and the contacts behind them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from workbench.publish.denominators.listed import Base, listed_path
from workbench.publish.labels import STATISTICS
from workbench.publish.names import stem
from workbench.publish.registers.words import Words, WordsOf
from workbench.publish.site.render import Site
from workbench.records import Case, Finding
from workbench.records.journey import Journey, date_bounds

#: Measures whose passages may be contacts; their pages are written here.
JOURNEY_MEASURES = frozenset(
    {
        "agency_in_touch", "agency_factor", "agency_failing", "agency_good", "first_contact",
        "first_contact_age", "contact_gap", "last_contact", "sequence",
    }
)  # fmt: skip
#: Sequences with a page, beside those that were tested: the most frequent.
MOST_SEQUENCES = 60
_BACK = {
    "first_contact": ("journeys.html", "Contacts over time"),
    "first_contact_age": ("journeys.html", "Contacts over time"),
    "contact_gap": ("journeys.html", "Contacts over time"),
    "last_contact": ("journeys.html", "Contacts over time"),
    "sequence": ("sequences.html", "What came before what"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePart:
    """What is counted of one case."""

    case: Case
    passages: Sequence[Markup]
    words: Sequence[Words]


def shown_sequences(site: Site) -> list[Finding]:
    """The sequences that have a page: tested ones by q, then the most frequent of the others."""
    found = site.catalogue.of_measure("sequence")
    tested = [finding for finding in found if finding.q_value is not None]
    others = [finding for finding in found if finding.q_value is None]
    tested.sort(key=lambda f: (f.q_value or 0.0, -f.numerator, f.finding_id))
    others.sort(key=lambda f: (-f.denominator, -f.numerator, f.finding_id))
    return tested + others[:MOST_SEQUENCES]


def write_journey_evidence(site: Site) -> None:
    """Write ``evidence/<finding_id>.html`` for each finding on journeys that a page shows."""
    words_of = WordsOf(site.catalogue.publication)
    sequences = {finding.finding_id for finding in shown_sequences(site)}
    written: set[str] = set()
    for finding in site.catalogue.of_measure(*JOURNEY_MEASURES):
        if finding.measure == "sequence" and finding.finding_id not in sequences:
            continue
        base = _base_of(site, finding)
        listed = listed_path(base)
        if listed and listed not in written:
            written.add(listed)
            site.write(listed, "denominator.html", section="cases.html", base=base, unit="cases")
        href, label = _BACK.get(finding.measure, ("agencies.html", "Agencies"))
        site.write(
            f"evidence/{stem(finding.finding_id)}.html",
            "registers/evidence.html",
            section=href if href != "sequences.html" else "journeys.html",
            finding=finding,
            parts=_parts(site, finding, words_of),
            base=() if listed else base,
            listed=listed,
            statistics=_statistics(finding),
            back_href=href,
            back_label=label,
        )


def _parts(site: Site, finding: Finding, words_of: WordsOf) -> list[CasePart]:
    coded = site.catalogue.group_by_case(finding.coding_ids)
    contacts = words_of.by_case(finding.coding_ids)
    return [
        CasePart(
            case=site.catalogue.cases[case_id],
            passages=site.passages_html(coded.get(case_id, ())),
            words=contacts.get(case_id, ()),
        )
        for case_id in finding.case_ids
    ]


def _statistics(finding: Finding) -> list[tuple[str, str]]:
    named = [name for name in ("p_value", "q_value") if getattr(finding, name) is not None]
    named += [name for name, _ in finding.statistics]
    return [(name, STATISTICS.get(name, name.replace("_", " ").capitalize())) for name in named]


def _base_of(site: Site, finding: Finding) -> list[Base]:
    """The cases that the denominator counts: those that could have been counted."""
    journeys = site.catalogue.publication.journeys
    return [
        Base(key=case.case_id, name=case.title, href=f"cases/{stem(case.case_id)}.html")
        for case in site.catalogue.publication.cases
        if _is_base(finding, journeys.get(case.case_id), site, case)
    ]


def _is_base(finding: Finding, journey: Journey | None, site: Site, case: Case) -> bool:
    if finding.measure.startswith("agency_"):
        return True
    if journey is None:
        return False
    if finding.measure == "sequence":
        return case.case_id in finding.case_ids or _is_reverse(finding, journey, site, case)
    contacts = journey.dated_contacts
    incident = date_bounds(journey.incident_date)
    if finding.measure == "first_contact_age":
        return bool(journey.birth_date) and _has_kind(finding, journey)
    if incident is None:
        return False
    if finding.measure == "first_contact":
        return _has_kind(finding, journey)
    if finding.measure == "contact_gap":
        since = journey.recent_from or incident[0]
        return sum(1 for event in contacts if event.days and event.days[1] >= since) > 1
    return any(event.days and event.days[1] < incident[0] for event in contacts)


def _has_kind(finding: Finding, journey: Journey) -> bool:
    prefix = f"{finding.measure.replace('_', '-')}-"
    rest = finding.finding_id.removeprefix(prefix)
    return any(
        rest.startswith(f"{kind}-") for event in journey.dated_contacts for kind in event.kinds
    )


def _is_reverse(finding: Finding, journey: Journey, site: Site, case: Case) -> bool:
    """Whether the case dates the second surely before the first."""
    one, other = finding.finding_id.removeprefix("sequence-").split("-then-")
    first, second = _days(one, journey, case), _days(other, journey, case)
    if not first or not second:
        return False
    return min(last for _, last in second) < min(start for start, _ in first)


def _days(name: str, journey: Journey, case: Case) -> list[tuple[int, int]]:
    used = {id_ for state in case.states if state.code_id == name for id_ in state.codings_for}
    kind = name.removeprefix("contact_") if name.startswith("contact_") else ""
    return [
        (event.days[0].toordinal(), event.days[1].toordinal())
        for event in journey.events
        if event.days and (kind in event.kinds if kind else used.intersection(event.coding_ids))
    ]

"""The findings of the journeys counted again, from the journeys and cases alone.

Nothing here is shared with the code that makes the findings, but for the limits of the spans.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import isclose

from workbench.findings.journey.timeline import AGES, BEFORE_INCIDENT
from workbench.records import Assertion, Case, CaseIndex, Coding, Finding, State, Valence
from workbench.records.journey import RECENT_DAYS, Journey, JourneyEvent, date_bounds


@dataclass(frozen=True, slots=True)
class _File:
    """One case with its journey and the codings of its documents."""

    case: Case
    journey: Journey
    codings: Mapping[str, Coding]


#: Of one case: whether the numerator counts it, whether the denominator does.
Counted = tuple[bool, bool]


def journey_problems(
    findings: Sequence[Finding],
    cases: Sequence[Case],
    journeys: Sequence[Journey],
    codings: Mapping[str, Coding],
) -> tuple[str, ...]:
    """One sentence for each finding of a journey that does not hold; empty when all do.

    Findings of other measures are passed over. Checked: numerator and denominator recount, the
    listed cases are those counted, the estimate fits, every passage is there and of a listed case.
    """
    files = _files(cases, journeys, codings)
    problems: list[str] = []
    for finding in findings:
        if finding.measure in MEASURES:
            problems += _problems(finding, files)
    return tuple(problems)


def _files(
    cases: Sequence[Case], journeys: Sequence[Journey], codings: Mapping[str, Coding]
) -> list[_File]:
    by_case = {journey.case_id: journey for journey in journeys}
    index = CaseIndex(cases)
    of_case: dict[str, dict[str, Coding]] = {case.case_id: {} for case in cases}
    for coding_id, coding in codings.items():
        if case := index.of_coding(coding):
            of_case[case.case_id][coding_id] = coding
    return [
        _File(case, by_case[case.case_id], of_case[case.case_id])
        for case in cases
        if case.case_id in by_case
    ]


def _problems(finding: Finding, files: Sequence[_File]) -> Iterator[str]:
    name = finding.finding_id
    counted = {file.case.case_id: _COUNTS[finding.measure](finding, file) for file in files}
    numerator = {case_id for case_id, (of_it, _) in counted.items() if of_it}
    denominator = sum(is_base for _, is_base in counted.values())
    if numerator != set(finding.case_ids) or len(numerator) != finding.numerator:
        yield f"{name}: says {finding.numerator}, but the journeys give {len(numerator)}"
    if denominator != finding.denominator:
        yield f"{name}: is out of {finding.denominator}, but the journeys give {denominator}"
    if not isclose(finding.estimate * finding.denominator, finding.numerator, abs_tol=1e-9):
        yield f"{name}: {finding.numerator} of {finding.denominator} is not {finding.estimate}"
    known = {
        passage
        for file in files
        if file.case.case_id in finding.case_ids
        for passage in (*file.codings, *(m.mention_id for m in file.journey.mentions))
    }
    for passage in finding.coding_ids:
        if passage not in known:
            yield f"{name}: rests on {passage}, which no case that it lists has"


def _in_touch(finding: Finding, file: _File) -> Counted:
    kind = finding.finding_id.removeprefix("agency-in-touch-")
    return any(m.is_contact and m.kind == kind for m in file.journey.mentions), True


def _with_factor(finding: Finding, file: _File) -> Counted:
    (code_id,) = finding.code_ids
    prefix = f"{finding.measure.replace('_', '-')}-"
    kind = finding.finding_id.removeprefix(prefix).removesuffix(f"-{code_id}")
    good, contact = finding.measure == "agency_good", finding.measure == "agency_factor"
    used = {
        coding_id
        for state in file.case.states
        if state.code_id == code_id and state.state is State.PRESENT
        for coding_id in state.codings_for
    }
    for coding_id, coding in file.codings.items():
        is_wanted = _is_praise(coding, code_id) if good else coding_id in used
        if is_wanted and any(
            m.kind == kind and m.document_id == coding.document_id
            and m.sentence_start <= coding.start_char < m.sentence_end
            and (m.is_contact or not contact)
            for m in file.journey.mentions
        ):  # fmt: skip
            return True, True
    return False, True


def _is_praise(coding: Coding, code_id: str) -> bool:
    return (
        coding.code_id == code_id
        and coding.valence is Valence.POSITIVE
        and coding.assertion is Assertion.AFFIRMED
        and coding.counts_as_evidence
    )


def _contacts(journey: Journey, kind: str = "") -> list[JourneyEvent]:
    """Dated contacts that are over when the incident is, in order."""
    incident = date_bounds(journey.incident_date)
    return [
        event
        for event in journey.events
        if event.kinds and (not kind or kind in event.kinds) and event.days
        and (incident is None or event.days[1] <= incident[1])
    ]  # fmt: skip


def _first(finding: Finding, file: _File) -> Counted:
    by_age = finding.measure == "first_contact_age"
    prefix = "first-contact-age-" if by_age else "first-contact-"
    rest = finding.finding_id.removeprefix(prefix)
    span = next(s for s in (AGES if by_age else BEFORE_INCIDENT) if rest.endswith(f"-{s.key}"))
    contacts = _contacts(file.journey, rest.removesuffix(f"-{span.key}"))
    against = date_bounds(file.journey.birth_date if by_age else file.journey.incident_date)
    days = contacts[0].days if contacts else None
    if not days or not against:
        return False, False
    if by_age:
        low, high = _years(against[1], days[0]), _years(against[0], days[1])
    else:
        low, high = max(0, (against[0] - days[1]).days), (against[1] - days[0]).days
    return span.first <= low and (span.last is None or high <= span.last), True


def _years(birth: date, day: date) -> int:
    if day < birth:
        return -1
    had_birthday = (day.month, day.day) >= (birth.month, birth.day)
    return day.year - birth.year - (not had_birthday)


def _gap(finding: Finding, file: _File) -> Counted:
    incident = date_bounds(file.journey.incident_date)
    if incident is None:
        return False, False
    since = incident[0].toordinal() - RECENT_DAYS
    days = [e.days for e in _contacts(file.journey) if e.days and e.days[1].toordinal() >= since]
    longest, until = 0, None
    for first, last in days:
        longest = max(longest, (first - until).days if until else 0)
        until = last if until is None else max(until, last)
    return len(days) > 1 and longest >= dict(finding.statistics)["n_days"], len(days) > 1


def _last(finding: Finding, file: _File) -> Counted:
    incident = date_bounds(file.journey.incident_date)
    if incident is None:
        return False, False
    days = [e.days for e in _contacts(file.journey) if e.days and e.days[1] < incident[0]]
    if not days:
        return False, False
    near = (incident[1] - max(days)[0]).days <= dict(finding.statistics)["n_days"]
    return near, True


def _sequence(finding: Finding, file: _File) -> Counted:
    one, other = finding.finding_id.removeprefix("sequence-").split("-then-")
    first, second = _days_of(one, file), _days_of(other, file)
    if not first or not second:
        return False, False
    before = min(last for _, last in first) < min(start for start, _ in second)
    after = min(last for _, last in second) < min(start for start, _ in first)
    return before, before or after


def _days_of(name: str, file: _File) -> list[tuple[date, date]]:
    """The days of all events that date a factor or a contact."""
    kind = name.removeprefix("contact_") if name.startswith("contact_") else ""
    used = {
        coding_id
        for state in file.case.states
        if state.code_id == name
        for coding_id in state.codings_for
    }
    return [
        event.days
        for event in file.journey.events
        if event.days and (kind in event.kinds if kind else used.intersection(event.coding_ids))
    ]


_COUNTS: Mapping[str, Callable[[Finding, _File], Counted]] = {
    "agency_in_touch": _in_touch,
    "agency_factor": _with_factor,
    "agency_failing": _with_factor,
    "agency_good": _with_factor,
    "first_contact": _first,
    "first_contact_age": _first,
    "contact_gap": _gap,
    "last_contact": _last,
    "sequence": _sequence,
}
#: What is counted here; ``workbench.findings.recount`` knows all other measures.
MEASURES = frozenset(_COUNTS)

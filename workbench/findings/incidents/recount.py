"""Findings on incidents counted again, fact by fact, without the code that makes them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from math import isclose

from workbench.records import Case, FactBasis, Finding, IncidentFact, IncidentField, Standing

#: What is counted here.
MEASURES = frozenset(
    {
        "incident_stated", "incident", "incident_grid", "incident_after_school",
        "school_days_stated", "school_days",
    }
)  # fmt: skip
_SCHOOL_DAYS = "incident-school-days"
_PARENT, _SEPARATOR = "incident-", "__"
_WORKING_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
_KINDS_OF_DAY = {"weekday": _WORKING_DAYS, "weekend": ("saturday", "sunday")}
_WHEN = (IncidentField.TIME_BAND, IncidentField.WEEKDAY)
_AFTER_SCHOOL = {
    IncidentField.TIME_BAND: "16-19",
    IncidentField.DAY_TYPE: "weekday",
    IncidentField.SCHOOL_CALENDAR: "term",
}
#: What one subject's incident is said to be.
Told = Mapping[IncidentField, str]


def incident_problems(
    findings: Sequence[Finding],
    cases: Sequence[Case],
    incidents: Mapping[str, Sequence[IncidentFact]],
) -> tuple[str, ...]:
    """One sentence for each finding on incidents that does not hold; empty when all do.

    Checked: which cases are counted, out of how many, that the estimate is their share, that each
    listed case has a passage, and that each passage is a fact of a listed case that the case does
    not contradict.

    Args:
        findings: All findings; those of other measures are passed over.
        cases: Each once.
        incidents: Case id -> facts.
    """
    made = {finding.finding_id: finding for finding in findings if finding.measure in MEASURES}
    problems: list[str] = []
    for finding in made.values():
        problems += _problems(finding, made, cases, incidents)
    return tuple(problems)


def _problems(
    finding: Finding,
    made: Mapping[str, Finding],
    cases: Sequence[Case],
    incidents: Mapping[str, Sequence[IncidentFact]],
) -> Iterator[str]:
    name = finding.finding_id
    if name.startswith(_SCHOOL_DAYS):
        counted = _on_school_days(finding, incidents)
    else:
        wanted = _wanted(name)
        if wanted is None:
            yield f"{name}: nothing here counts it"
            return
        counted = {
            case.case_id
            for case in cases
            if any(wanted(told) for told in _told(incidents.get(case.case_id, ()), name))
        }
    if counted != set(finding.case_ids) or len(counted) != finding.numerator:
        yield f"{name}: says {finding.numerator}, but the facts give {len(counted)} cases"
    parent = made.get(name.partition(_SEPARATOR)[0])
    whole = len(cases) if _SEPARATOR not in name else parent.numerator if parent else -1
    if finding.denominator != whole:
        yield f"{name}: is out of {finding.denominator}, not of {whole}"
    elif not isclose(finding.estimate * finding.denominator, finding.numerator, abs_tol=1e-9):
        yield f"{name}: {finding.numerator} of {finding.denominator} is not {finding.estimate}"
    yield from _passage_problems(finding, incidents)


def _on_school_days(finding: Finding, incidents: Mapping[str, Sequence[IncidentFact]]) -> set[str]:
    """The cases whose day the calendar of the finding's area has put into term or holiday."""
    inside = finding.finding_id.partition(_SEPARATOR)[2].replace("-", "_")
    area = finding.label.rpartition(": ")[0 if inside else 2]
    shown = "all areas" if area == "areas without a calendar of their own" else area
    return {
        case_id
        for case_id, facts in incidents.items()
        for fact in facts
        if fact.basis is FactBasis.CALENDAR
        and fact.explanation.endswith(f"({shown})")
        and fact.value in ((inside,) if inside else ("term", "school_holiday"))
    }


def _passage_problems(
    finding: Finding, incidents: Mapping[str, Sequence[IncidentFact]]
) -> Iterator[str]:
    of_case = {
        case_id: {
            fact.coding_id
            for fact in incidents.get(case_id, ())
            if fact.standing is not Standing.DIFFERS
        }
        for case_id in finding.case_ids
    }
    for case_id, known in of_case.items():
        if not known.intersection(finding.coding_ids):
            yield f"{finding.finding_id}: counts the case {case_id} without a passage"
    allowed = set().union(*of_case.values())
    for coding_id in finding.coding_ids:
        if coding_id not in allowed:
            yield (
                f"{finding.finding_id}: rests on the passage {coding_id}, which no listed case has"
            )


def _told(facts: Sequence[IncidentFact], name: str) -> Iterator[Told]:
    """What is said of each subject; value by value where only one field is asked for."""
    values = [fact for fact in facts if fact.standing is Standing.VALUE]
    if not name.startswith(("incident-when", "incident-after-school")):
        yield from ({fact.field: fact.value} for fact in values)
        return
    for person_id in {fact.person_id for fact in values}:
        yield {fact.field: fact.value for fact in values if fact.person_id == person_id}


def _wanted(name: str) -> Callable[[Told], bool] | None:
    """What must be told for a case to count; None for a name that is not known."""
    parent, _, inside = name.removeprefix(_PARENT).partition(_SEPARATOR)
    if parent == "when":
        return _of_grid(inside)
    if parent == "after-school":
        if inside:
            return lambda told: all(told.get(f) == value for f, value in _AFTER_SCHOOL.items())
        return lambda told: set(_AFTER_SCHOOL) <= set(told)
    if parent not in set(IncidentField):
        return None
    field = IncidentField(parent)
    if inside:
        return lambda told: told.get(field, "").replace("_", "-") == inside
    return lambda told: field in told


def _of_grid(inside: str) -> Callable[[Told], bool]:
    band, day = _WHEN
    if not inside:
        return lambda told: band in told and day in told
    kind, _, hours = inside.partition("-")
    days = _KINDS_OF_DAY.get(kind, (kind,))
    return lambda told: told.get(band) == hours and told.get(day) in days

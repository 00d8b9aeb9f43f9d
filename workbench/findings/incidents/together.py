"""What is said together: hours with days, and the hours after school; each subject by itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from workbench.findings.table import CaseTable
from workbench.records import Finding, IncidentFact, IncidentField, Standing

SEPARATOR = "__"
#: Hours that each band of the codebook has, in a day.
HOURS = {"00-06": 6.0, "06-09": 3.0, "09-16": 7.0, "16-19": 3.0, "19-24": 5.0}
_KINDS_OF_DAY = {
    "weekday": ("monday", "tuesday", "wednesday", "thursday", "friday"),
    "weekend": ("saturday", "sunday"),
}
WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NOTE = (
    "Of the cases whose review says it, not of all incidents: what is left unsaid may be of "
    "another kind."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """What a case says of one subject's incident, in fields that are all said."""

    place: int
    values: Mapping[IncidentField, str]
    coding_ids: tuple[str, ...]


def _told(
    table: CaseTable,
    incidents: Mapping[str, Sequence[IncidentFact]],
    wanted: Sequence[IncidentField],
) -> list[_Told]:
    """Every subject of every case of whom all the wanted fields are said."""
    told = []
    for place, case in enumerate(table.cases):
        by_person: dict[str, dict[IncidentField, IncidentFact]] = {}
        for fact in incidents.get(case.case_id, ()):
            if fact.field in wanted and fact.standing is Standing.VALUE:
                by_person.setdefault(fact.person_id, {})[fact.field] = fact
        for facts in by_person.values():
            if set(facts) == set(wanted):
                told.append(
                    _Told(
                        place=place,
                        values={field: fact.value for field, fact in facts.items()},
                        coding_ids=tuple(fact.coding_id for fact in facts.values()),
                    )
                )
    return told


def _of_told(table: CaseTable, told: Sequence[_Told], n: int | None = None) -> dict[str, Any]:
    """The fields of a finding that counts the cases of these, each once."""
    places = sorted({each.place for each in told})
    coding_ids = tuple(dict.fromkeys(key for each in told for key in each.coding_ids))
    return {"coding_ids": coding_ids, **table.share(places, n).fields}


def grid_findings(
    table: CaseTable, incidents: Mapping[str, Sequence[IncidentFact]]
) -> Iterator[Finding]:
    """Day of the week, and kind of day, by time band; of the cases that say both."""
    band, day = IncidentField.TIME_BAND, IncidentField.WEEKDAY
    told = _told(table, incidents, (band, day))
    if not told:
        return
    parent, code_ids = "incident-when", (band.code_id,)
    n = len({each.place for each in told})
    yield Finding(
        finding_id=parent, measure="incident_stated", code_ids=code_ids,
        label="Time of day and day of the week are both stated",
        note="Cases whose review says both, of all cases.", **_of_told(table, told),
    )  # fmt: skip
    for name, days in (*_KINDS_OF_DAY.items(), *((each, (each,)) for each in WEEK)):
        for hours in HOURS:
            inside = [e for e in told if e.values[band] == hours and e.values[day] in days]
            if inside:
                yield Finding(
                    finding_id=f"{parent}{SEPARATOR}{name}-{hours}", measure="incident_grid",
                    code_ids=code_ids, label=f"{name.capitalize()}, {hours}", note=NOTE,
                    **_of_told(table, inside, n),
                )  # fmt: skip


def after_school_findings(
    table: CaseTable, incidents: Mapping[str, Sequence[IncidentFact]]
) -> Iterator[Finding]:
    """Weekdays in term from 16 to 19, of the cases that say band, kind of day and calendar."""
    window = {
        IncidentField.TIME_BAND: "16-19", IncidentField.DAY_TYPE: "weekday",
        IncidentField.SCHOOL_CALENDAR: "term",
    }  # fmt: skip
    told = _told(table, incidents, tuple(window))
    if not told:
        return
    parent, code_ids = "incident-after-school", (IncidentField.TIME_BAND.code_id,)
    yield Finding(
        finding_id=parent, measure="incident_stated", code_ids=code_ids,
        label="Time of day, kind of day and term or holiday are all stated",
        note="Cases that say all three, of all cases.", **_of_told(table, told),
    )  # fmt: skip
    inside = [each for each in told if each.values == window]
    if inside:
        yield Finding(
            finding_id=f"{parent}{SEPARATOR}inside", measure="incident_after_school",
            code_ids=code_ids, label="After school: 16-19 on a weekday in term", note=NOTE,
            **_of_told(table, inside, len({each.place for each in told})),
        )  # fmt: skip

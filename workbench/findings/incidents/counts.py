"""How many cases say what of their incident, with Wilson intervals of those that say it.

A case that is silent is in no denominator here: beside each field stands how many cases say
anything of it. A case with several subjects or pairs may count under several values, once each.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any

from workbench.codebook import Codebook
from workbench.findings.incidents.days import school_day_findings
from workbench.findings.incidents.together import (
    HOURS,
    NOTE,
    SEPARATOR,
    WEEK,
    after_school_findings,
    grid_findings,
)
from workbench.findings.rates.calendar import by_exposure
from workbench.findings.table import CaseTable, FindingsSettings
from workbench.records import (
    CalendarPeriod,
    Case,
    Finding,
    IncidentFact,
    IncidentField,
    Standing,
)

#: Days of a week that each kind has.
DAYS = {"weekday": 5.0, "weekend": 2.0}
COUNTED = (
    IncidentField.METHOD,
    IncidentField.PLACE,
    IncidentField.RELATIONSHIP,
    IncidentField.TIME_BAND,
    IncidentField.DAY_TYPE,
    IncidentField.WEEKDAY,
    IncidentField.SCHOOL_CALENDAR,
)
TITLES = {
    IncidentField.METHOD: "Method",
    IncidentField.PLACE: "Place",
    IncidentField.RELATIONSHIP: "Relationship of perpetrator to victim",
    IncidentField.TIME_BAND: "Time of day",
    IncidentField.DAY_TYPE: "Kind of day",
    IncidentField.WEEKDAY: "Day of the week",
    IncidentField.SCHOOL_CALENDAR: "School calendar",
}
_READABLE = {
    "hitting_kicking_no_weapon": "hitting or kicking, no weapon",
    "strangulation_asphyxiation": "strangulation or asphyxiation",
    "poisoning_overdose": "poisoning or overdose",
    "burning_arson": "burning or arson",
    "neglect_omission": "neglect or omission",
    "shaking_head_injury": "shaking or head injury of an infant",
    "victim_home": "home of the victim",
    "perpetrator_home": "home of the perpetrator",
    "shared_home": "home of both",
    "step_parent_or_parents_partner": "step-parent or parent's partner",
}
SEVERAL_NOTE = " A case with several victims or perpetrators may count under several values."
HOURS_NOTE = (
    " The ratio compares cases for each hour of the band with those for each hour of the rest of "
    "the day (exact bounds): bands are of unlike length."
)
DAYS_NOTE = " The ratio compares cases for each such day of a week with those for each other day."


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """What cases say: field -> value -> place of the case -> ids of the passages."""

    by_field: Mapping[IncidentField, Mapping[str, Mapping[int, tuple[str, ...]]]]

    def places(self, field: IncidentField, value: str) -> list[int]:
        return sorted(self.by_field.get(field, {}).get(value, {}))

    def stated(self, field: IncidentField) -> list[int]:
        return sorted({place for of in self.by_field.get(field, {}).values() for place in of})

    def passages(self, field: IncidentField, value: str, places: Sequence[int]) -> tuple[str, ...]:
        found = self.by_field.get(field, {}).get(value, {})
        return tuple(dict.fromkeys(each for place in places for each in found.get(place, ())))


def incident_findings(
    cases: Sequence[Case],
    incidents: Mapping[str, Sequence[IncidentFact]],
    codebook: Codebook,
    settings: FindingsSettings | None = None,
    calendar: Sequence[CalendarPeriod] = (),
) -> tuple[Finding, ...]:
    """Counts of what cases say of their incidents.

    For each field one finding ``incident_stated`` (cases that say anything, of all cases) and for
    each value one ``incident`` (of those). Time bands and kinds of day carry the ratio to the
    rest of the day or week; ``incident_grid`` counts kind of day by band, where both are said;
    ``incident_after_school`` the hours from 16 to 19 on weekdays in term, where all three are.

    Args:
        cases: Each once.
        incidents: Case id -> facts; only those that are the case's value count.
        codebook: It has the values, and their order.
        settings: For the level of the intervals.
        calendar: School terms and holidays, against whose days incidents are counted.

    Returns:
        Findings by field; empty when no case says anything.
    """
    table = CaseTable.of(cases, {}, codebook, settings or FindingsSettings())
    said = _said(table, incidents)
    findings: list[Finding] = []
    known = {code.code_id for code in codebook.codes}
    for field in (each for each in COUNTED if each.code_id in known):
        findings += _of_field(table, said, field, codebook)
    findings += grid_findings(table, incidents)
    findings += after_school_findings(table, incidents)
    findings += school_day_findings(table, incidents, calendar)
    return tuple(findings)


def _said(table: CaseTable, incidents: Mapping[str, Sequence[IncidentFact]]) -> _Said:
    by_field: dict[IncidentField, dict[str, dict[int, tuple[str, ...]]]] = {}
    for place, case in enumerate(table.cases):
        facts = incidents.get(case.case_id, ())
        values = {(f.field, f.value) for f in facts if f.standing is Standing.VALUE}
        for field, value in sorted(values):
            passages = tuple(
                fact.coding_id for fact in facts
                if (fact.field, fact.value) == (field, value)
                and fact.standing is not Standing.DIFFERS
            )  # fmt: skip
            by_field.setdefault(field, {}).setdefault(value, {})[place] = passages
    return _Said(by_field=by_field)


def values_of(field: IncidentField, codebook: Codebook) -> tuple[str, ...]:
    """The values of a field in the order of the codebook, without ``not_stated``."""
    if field is IncidentField.WEEKDAY:
        return WEEK
    code = codebook.code(field.code_id)
    named = [value.partition("=") for value in code.values]
    options = [
        option if separator else name
        for name, separator, option in named
        if not separator or name == field.value
    ]
    return tuple(option for option in options if option != "not_stated")


def _of_field(
    table: CaseTable, said: _Said, field: IncidentField, codebook: Codebook
) -> Iterator[Finding]:
    stated = said.stated(field)
    if not stated:
        return
    parent = f"incident-{field.value}"
    values = values_of(field, codebook)
    yield Finding(
        finding_id=parent,
        measure="incident_stated",
        label=f"{TITLES[field]} is stated",
        code_ids=(field.code_id,),
        coding_ids=tuple(
            dict.fromkeys(key for value in values for key in said.passages(field, value, stated))
        ),
        note="Cases whose review says it, of all cases; the others are silent.",
        **table.share(stated).fields,
    )
    ratios = _ratios(said, field, len(stated))
    for value in values:
        places = said.places(field, value)
        if places:
            yield Finding(
                finding_id=f"{parent}{SEPARATOR}{_slug(value)}",
                measure="incident",
                label=f"{TITLES[field]}: {_words(value)}",
                code_ids=(field.code_id,),
                coding_ids=said.passages(field, value, places),
                statistics=ratios.get(value, ()),
                note=NOTE + _more_note(field),
                **table.share(places, len(stated)).fields,
            )


def _more_note(field: IncidentField) -> str:
    notes = {
        IncidentField.TIME_BAND: HOURS_NOTE, IncidentField.DAY_TYPE: DAYS_NOTE,
        IncidentField.WEEKDAY: "", IncidentField.SCHOOL_CALENDAR: "",
    }  # fmt: skip
    return notes.get(field, SEVERAL_NOTE)


def _ratios(
    said: _Said, field: IncidentField, n_stated: int
) -> dict[str, tuple[tuple[str, float], ...]]:
    """Value -> rate ratio to the rest of the day or week, where each case has one value."""
    lengths = {IncidentField.TIME_BAND: HOURS, IncidentField.DAY_TYPE: DAYS}.get(field)
    if lengths is None:
        return {}
    counts = {value: len(said.places(field, value)) for value in lengths}
    if sum(counts.values()) != n_stated:
        # Several victims at several times: their cases are in two bands and no rate is given.
        return {}
    unit = "hours" if field is IncidentField.TIME_BAND else "days"
    made = {}
    for part in by_exposure(counts, lengths):
        named: list[tuple[str, Any]] = [
            (unit, part.exposure), ("rate_ratio", part.ratio),
            ("rate_ratio_low", part.ratio_low), ("rate_ratio_high", part.ratio_high),
        ]  # fmt: skip
        made[part.name] = tuple(pair for pair in named if isfinite(pair[1]))
    return made


def _words(value: str) -> str:
    """The value for readers; names that the codebook packs together are taken apart."""
    return _READABLE.get(value, value.replace("_", " "))


def _slug(value: str) -> str:
    return value.replace("_", "-")

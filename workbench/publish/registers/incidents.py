"""The page of incidents: how, where and when, who to whom, of the cases that say it (T9)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from workbench.publish.charts import prevalence_chart
from workbench.publish.charts.calendar import calendar_chart
from workbench.publish.charts.prevalence import Bar
from workbench.publish.names import coding_anchor, page_path, stem
from workbench.publish.site.catalogue import Catalogue
from workbench.publish.site.render import Site
from workbench.records import Case, Finding, IncidentFact, IncidentField, Standing

BANDS = ("00-06", "06-09", "09-16", "16-19", "19-24")
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
#: Fields with a table of their own on the page, and the anchor of each.
SHOWN = (
    ("place", "Place", "incident_place"),
    ("method", "Method", "incident_method"),
    ("relationship", "Relationship of perpetrator to victim", "incident_relationship"),
    ("time_band", "Time of day", "incident_time"),
    ("day_type", "Weekday or weekend", ""),
    ("school_calendar", "Term or holiday", ""),
)
FIELD_TITLES = {
    IncidentField.METHOD: "Method",
    IncidentField.PLACE: "Place",
    IncidentField.AREA: "Area",
    IncidentField.DATE: "Month",
    IncidentField.TIME_BAND: "Time of day",
    IncidentField.WEEKDAY: "Day of the week",
    IncidentField.DAY_TYPE: "Weekday or weekend",
    IncidentField.SCHOOL_CALENDAR: "Term or holiday",
    IncidentField.RELATIONSHIP: "Perpetrator to victim",
}
STANDINGS = {
    Standing.VALUE: "",
    Standing.AGREES: "also here",
    Standing.DIFFERS: "another value; not counted",
}
BASES = {
    "stated": "stated",
    "computed": "follows from the words",
    "calendar": "by the calendar given",
    "human": "a person's decision",
    "coded": "coded by others, in a table",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldBlock:
    """One field: how many cases state it, and its values by how many have them."""

    key: str
    title: str
    anchor: str
    stated: Finding | None
    n_silent: int
    values: Sequence[Finding]
    chart: Markup
    with_ratio: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FactRow:
    """One fact for readers."""

    fact: IncidentFact
    title: str
    value: str
    basis: str
    standing: str
    person: str
    page: int
    href: str


def write_incidents(site: Site) -> None:
    """Write ``incidents.html``."""
    catalogue = site.catalogue
    grid = {finding.finding_id: finding for finding in catalogue.of_measure("incident_grid")}
    site.write(
        "incidents.html",
        "incidents.html",
        blocks=[_block(catalogue, *shown) for shown in SHOWN],
        both=catalogue.findings.get("incident-when"),
        grid=_grid_rows(grid),
        grid_chart=_grid_chart(grid),
        bands=BANDS,
        after_stated=catalogue.findings.get("incident-after-school"),
        after=catalogue.findings.get("incident-after-school__inside"),
        school_days=[
            (
                each,
                [
                    f
                    for f in catalogue.of_measure("school_days")
                    if f.finding_id.startswith(f"{each.finding_id}__")
                ],
            )
            for each in catalogue.of_measure("school_days_stated")
        ],
        cases=_case_rows(catalogue),
        fields=[FIELD_TITLES[field] for field in IncidentField],
        area_cases=[
            finding
            for finding in catalogue.of_measure("concentration", "rate")
            if finding.finding_id.startswith("placed-area-of-incident")
        ],
    )


def _block(catalogue: Catalogue, key: str, title: str, code_id: str) -> FieldBlock:
    parent = f"incident-{key}"
    stated = catalogue.findings.get(parent)
    values = [
        finding
        for finding in catalogue.of_measure("incident")
        if finding.finding_id.startswith(f"{parent}__")
    ]
    in_time = key in ("time_band", "day_type")
    ordered = values if in_time else sorted(values, key=lambda each: -each.numerator)
    chart = ""
    if ordered:
        bars = [
            Bar(
                value_of(finding).capitalize(), finding.estimate, finding.low or 0.0,
                finding.high or 0.0, f"{finding.numerator} of {finding.denominator}",
                f"evidence/{stem(finding.finding_id)}.html#numerator",
            )
            for finding in ordered
        ]  # fmt: skip
        chart = prevalence_chart(
            bars, name=f"incident-{key}", title=f"{title}: cases that state it"
        )
    return FieldBlock(
        key=key, title=title, anchor=stem(code_id) if code_id else f"field-{key}", stated=stated,
        n_silent=len(catalogue.publication.cases) - (stated.numerator if stated else 0),
        values=ordered, chart=Markup(chart),
        with_ratio=any("rate_ratio" in dict(each.statistics) for each in values),
    )  # fmt: skip


def value_of(finding: Finding) -> str:
    """What the finding counts, without the name of its field."""
    return finding.label.partition(": ")[2] or finding.label


def _grid_rows(grid: dict[str, Finding]) -> list[tuple[str, list[Finding | None]]]:
    return [
        (day.capitalize(), [grid.get(f"incident-when__{day}-{band}") for band in BANDS])
        for day in (*DAYS, "weekday", "weekend")
    ]


def _grid_chart(grid: dict[str, Finding]) -> Markup:
    cells = {
        (row, column): (
            found.numerator, f"evidence/{stem(found.finding_id)}.html#numerator",
        )
        for row, day in enumerate(DAYS)
        for column, band in enumerate(BANDS)
        if (found := grid.get(f"incident-when__{day}-{band}"))
    }  # fmt: skip
    if not cells:
        return Markup("")
    return Markup(
        calendar_chart(
            [day.capitalize() for day in DAYS],
            [f"{band} h" for band in BANDS],
            cells,
            name="incident-grid",
            title="Cases by day of the week and time of day",
        )
    )


def _case_rows(catalogue: Catalogue) -> list[tuple[Case, list[list[FactRow]]]]:
    """Every case with the values of each field; a list is empty where the case is silent."""
    rows = []
    for case in catalogue.publication.cases:
        values = [row for row in fact_rows(catalogue, case) if row.fact.standing is Standing.VALUE]
        rows.append(
            (case, [[row for row in values if row.fact.field is field] for field in IncidentField])
        )
    return rows


def fact_rows(catalogue: Catalogue, case: Case) -> list[FactRow]:
    """The facts of a case with links to their words, those that it states first in each field."""
    names = {person.person_id: person.name for person in case.people}
    rows = []
    for fact in catalogue.publication.incidents.get(case.case_id, ()):
        reading = catalogue.publication.readings[fact.document_id]
        boxes = reading.frozen.boxes(fact.start_char, fact.end_char)
        page = boxes[0].page if boxes else 1
        rows.append(
            FactRow(
                fact=fact,
                title=FIELD_TITLES[fact.field],
                value=shown_value(fact),
                basis=BASES[fact.basis],
                standing=STANDINGS[fact.standing],
                person=names.get(fact.person_id, fact.person_id),
                page=page,
                href=f"{page_path(fact.document_id, page)}#{coding_anchor(fact.coding_id)}",
            )
        )
    return rows


def shown_value(fact: IncidentFact) -> str:
    """The value for readers; a date by its month, an area as printed."""
    if fact.field in (IncidentField.AREA, IncidentField.DATE):
        return fact.exported_value
    return fact.value.replace("_", " ")

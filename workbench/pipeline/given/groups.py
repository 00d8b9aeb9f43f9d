"""Groups of cases that findings are compared by: kind of review, period, and those of tables."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from workbench.findings import FindingsSettings, read_populations
from workbench.pipeline.given.calendar import CALENDAR
from workbench.pipeline.given.labels import LABELLED_CASES
from workbench.pipeline.given.tables import IMPORTS, MAP_NAME, table_groups
from workbench.pipeline.versions import file_hash
from workbench.records import Case, MetadataField, Reading
from workbench.store.objects import ObjectStore

#: Columns: see ``workbench.findings.rates.populations``.
POPULATIONS = Path("annotations/populations.csv")
YEARS_IN_PERIOD = 5
#: The grouping of cases by the area of their incident.
AREAS = "area_of_incident"
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")


def given_hashes(root: Path) -> list[str]:
    """One line for each file of the user that changes the counts, if it is there."""
    paths = [
        root / LABELLED_CASES,
        root / POPULATIONS,
        root / CALENDAR,
        *sorted((root / IMPORTS).glob(f"*/{MAP_NAME}")),
    ]
    return [
        f"{path.relative_to(root).as_posix()} {file_hash(path)}" for path in paths if path.is_file()
    ]


def case_groups(
    root: Path, objects: ObjectStore, cases: Sequence[Case], readings: Mapping[str, Reading]
) -> dict[str, dict[str, str]]:
    """Grouping -> case id -> group.

    The kind of review; the period of five years in which the leading document was published
    (or completed); and the groups that the maps of imported tables define.
    """
    groups: dict[str, dict[str, str]] = {"kind_of_review": {}, "period": {}}
    of_tables = table_groups(root, objects)
    for case in cases:
        leading = case.document_ids[0]
        groups["kind_of_review"][case.case_id] = case.review_type.replace("_", " ")
        groups["period"][case.case_id] = _period(readings.get(leading))
        for name, labels in of_tables.items():
            if leading in labels:
                groups.setdefault(name, {})[case.case_id] = labels[leading]
    return groups


def findings_settings(root: Path, groups: Mapping[str, Mapping[str, str]]) -> FindingsSettings:
    """The usual settings, with the populations that the user gives, if any.

    Raises:
        PopulationsError: The file has problems, all of them listed.
    """
    path = root / POPULATIONS
    if not path.is_file():
        return FindingsSettings()
    return FindingsSettings(populations=read_populations(path, groups))


def _period(reading: Reading | None) -> str:
    """Such as "2016 to 2020"; empty when the document gives no date."""
    dates = [
        each.value
        for each in (reading.metadata if reading else ())
        if each.field is MetadataField.REPORT_DATE
    ]
    found = _YEAR.search(dates[0]) if dates else None
    if found is None:
        return ""
    first = (int(found.group()) - 1) // YEARS_IN_PERIOD * YEARS_IN_PERIOD + 1
    return f"{first} to {first + YEARS_IN_PERIOD - 1}"

"""What the user gives beside documents: labels, populations, tables of cases others coded."""

from __future__ import annotations

from workbench.pipeline.given.calendar import calendar_of
from workbench.pipeline.given.checking import AREAS, check_given
from workbench.pipeline.given.groups import case_groups, findings_settings, given_hashes
from workbench.pipeline.given.labels import labelled_cases
from workbench.pipeline.given.tables import import_case_tables, table_reads

__all__ = [
    "AREAS",
    "calendar_of",
    "case_groups",
    "check_given",
    "findings_settings",
    "given_hashes",
    "import_case_tables",
    "labelled_cases",
    "table_reads",
]

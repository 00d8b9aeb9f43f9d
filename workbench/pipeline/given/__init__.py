"""What the user gives beside documents: labels, populations, tables of cases others coded."""

from __future__ import annotations

from workbench.pipeline.given.given import Given, read_given
from workbench.pipeline.given.groups import AREAS, case_groups, given_hashes
from workbench.pipeline.given.tables import import_case_tables, table_reads

__all__ = [
    "AREAS",
    "Given",
    "case_groups",
    "given_hashes",
    "import_case_tables",
    "read_given",
    "table_reads",
]

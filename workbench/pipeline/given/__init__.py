"""What the user gives beside documents: labelled cases, and tables of cases that others coded."""

from __future__ import annotations

from workbench.pipeline.given.groups import case_groups, given_hashes
from workbench.pipeline.given.labels import labelled_cases
from workbench.pipeline.given.tables import import_case_tables, table_reads

__all__ = [
    "case_groups",
    "given_hashes",
    "import_case_tables",
    "labelled_cases",
    "table_reads",
]

"""Tables of cases that others coded: a row becomes a reading whose cells are its passages.

``load_case_map`` reads the file that says what the columns mean, ``read_case_tables`` the tables
with it. A number that counts such a case leads back to the cell: table, line and column.
"""

from __future__ import annotations

from workbench.cases.tables.mapping import load_case_map
from workbench.cases.tables.model import CaseMap
from workbench.cases.tables.readings import TabledCase, table_cases
from workbench.cases.tables.rows import CaseTables, read_case_tables

__all__ = [
    "CaseMap",
    "CaseTables",
    "TabledCase",
    "load_case_map",
    "read_case_tables",
    "table_cases",
]

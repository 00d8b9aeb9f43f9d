"""The groups that cases of tables fall into: by the text of a column, or by the first tag set."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from workbench.cases.tables.model import CaseMap, Grouping, Meaning
from workbench.cases.tables.rows import CaseTables


def groups_of(key: str, tables: CaseTables, case_map: CaseMap) -> Iterator[tuple[str, str]]:
    """The groupings of the map in which the tables say a group of the case, and that group."""
    for grouping in case_map.groupings:
        label = _label(key, tables, case_map, grouping)
        if label:
            yield grouping.name, label


def _label(key: str, tables: CaseTables, case_map: CaseMap, grouping: Grouping) -> str:
    """The group of a case; empty when the table does not say."""
    for label, place in grouping.first:
        row = tables.rows[place.table].get(key)
        if row and _meaning(row.cells[place.column], case_map.values) is Meaning.PRESENT:
            return label
    if grouping.column is None:
        return grouping.otherwise
    row = tables.rows[grouping.column.table].get(key)
    text = row.cells[grouping.column.column] if row else ""
    found = re.search(grouping.pattern, text) if grouping.pattern else None
    if grouping.pattern:
        return found.group() if found else grouping.otherwise
    return text or grouping.otherwise


def _meaning(value: str, values: Mapping[str, Meaning]) -> Meaning:
    return values.get(value, Meaning.NOT_MENTIONED)

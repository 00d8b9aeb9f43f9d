"""The rows of case tables, read with their map; every problem of all tables at once."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from workbench.cases.tables.attributes import value_of
from workbench.cases.tables.model import CaseMap, TableMap
from workbench.errors import CaseTableError
from workbench.records import IncidentField

_SHOWN_NAMES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row: its line in the file (the heading is line 1) and its cells by column."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseTables:
    """The tables of one import: rows by table, then by the name of the case."""

    columns: Mapping[str, tuple[str, ...]]  # of each table, in the order of the file
    rows: Mapping[str, Mapping[str, Row]]
    n_without_case: Mapping[str, int]  # rows of a table whose case the table of cases lacks


def read_case_tables(paths: Sequence[Path], case_map: CaseMap, map_path: Path) -> CaseTables:
    """The rows of the tables that the map names, found among the paths by their file names.

    Raises:
        CaseTableError: A table is missing, no CSV file in UTF-8, or has columns, values or keys
            that the map does not allow; all problems of all tables are listed.
    """
    by_name = {path.name: path for path in paths}
    problems = [
        f"{table.file_name}: is named in the map, but was not given"
        for table in case_map.tables
        if table.file_name not in by_name
    ]
    named = {table.file_name for table in case_map.tables}
    problems += [f"{name}: is not named in the map" for name in sorted(set(by_name) - named)]
    columns: dict[str, tuple[str, ...]] = {}
    rows: dict[str, dict[str, Row]] = {}
    for table in case_map.tables:
        if table.file_name not in by_name:
            continue
        try:
            columns[table.name], found = _read(by_name[table.file_name])
        except (UnicodeDecodeError, csv.Error) as error:
            problems.append(f"{table.file_name}: is no CSV file in UTF-8 ({error})")
            continue
        problems += _table_problems(table, columns[table.name], found)
        rows[table.name] = {row.cells.get(table.key, ""): row for row in found}
    problems += _attribute_problems(case_map, columns, rows)
    if not problems:
        problems += _only_problems(case_map, columns)
    if not problems:
        rows[case_map.cases] = _chosen(rows[case_map.cases], case_map)
        problems += _join_problems(case_map, rows)
    if problems:
        raise CaseTableError(map_path, problems)
    names = set(rows[case_map.cases])
    without = {name: len(set(found) - names) for name, found in rows.items()}
    return CaseTables(columns=columns, rows=rows, n_without_case=without)


def _only_problems(case_map: CaseMap, columns: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    for column in case_map.only:
        if column not in columns[case_map.cases]:
            yield f"cases: only: the table {case_map.cases} has no column {column!r}"


def _attribute_problems(
    case_map: CaseMap,
    columns: Mapping[str, tuple[str, ...]],
    rows: Mapping[str, Mapping[str, Row]],
) -> Iterator[str]:
    tables = {table.name: table for table in case_map.tables}
    for attribute in case_map.incident:
        for place in attribute.columns:
            if place.table not in tables or place.column not in tables[place.table].columns:
                yield (
                    f"incident: {attribute.field}: the map describes no column "
                    f"{place.table}.{place.column}"
                )
        place = attribute.column
        if place.column in columns.get(place.table, ()):
            unknown = [
                row for row in rows[place.table].values()
                if value_of(attribute, row.cells[place.column]) is None
            ]  # fmt: skip
            dates = ["a date such as 'May 2019' or '2019'"] * (
                attribute.field is IncidentField.DATE
            )
            known = ", ".join([*map(repr, attribute.values), *dates])
            yield from _unknown_values(tables[place.table].file_name, place.column, unknown, known)


def _chosen(rows: Mapping[str, Row], case_map: CaseMap) -> dict[str, Row]:
    return {
        name: row
        for name, row in rows.items()
        if all(row.cells[column] == value for column, value in case_map.only.items())
    }


def _read(path: Path) -> tuple[tuple[str, ...], list[Row]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file, strict=True)
        heading = tuple(name.strip() for name in next(reader, []))
        rows = []
        for cells in reader:
            line = reader.line_num
            if len(cells) != len(heading):
                raise csv.Error(f"line {line} has {len(cells)} cells, not {len(heading)}")
            stripped = [cell.strip() for cell in cells]
            rows.append(Row(line=line, cells=dict(zip(heading, stripped, strict=True))))
    return heading, rows


def _table_problems(table: TableMap, columns: Sequence[str], rows: Sequence[Row]) -> Iterator[str]:
    where = table.file_name
    for name, n in Counter(columns).items():
        if n > 1:
            yield f"{where}: column {name!r} stands {n} times"
    for name in sorted(set(columns) - table.columns):
        yield f"{where}: column {name!r} is not in the map; map it, or list it under 'kept'"
    for name in sorted(table.columns - set(columns)):
        yield f"{where}: column {name!r} of the map is not in the table"
    if not rows:
        yield f"{where}: has no rows"
    if table.key in columns:
        yield from _key_problems(table, rows)
    for coded in table.coded:
        if coded.column in columns:
            unknown = [row for row in rows if row.cells[coded.column] not in coded.values]
            known = ", ".join(map(repr, coded.values))
            yield from _unknown_values(where, coded.column, unknown, known)


def _key_problems(table: TableMap, rows: Sequence[Row]) -> Iterator[str]:
    where = f"{table.file_name}: column {table.key!r}"
    uses = Counter(row.cells[table.key] for row in rows)
    if uses[""]:
        first = next(row.line for row in rows if not row.cells[table.key])
        yield f"{where} is empty in {uses['']} rows, first in line {first}"
    for name, n in uses.items():
        if name and n > 1:
            yield f"{where} has {name!r} in {n} rows; a table has one row for a case"


def _unknown_values(where: str, column: str, rows: Sequence[Row], known: str) -> Iterator[str]:
    first: dict[str, int] = {}
    for row in rows:
        first.setdefault(row.cells[column], row.line)
    counts = Counter(row.cells[column] for row in rows)
    for value, line in first.items():
        yield (
            f"{where}: column {column!r} has {value!r} in {counts[value]} rows, first in line "
            f"{line}; the map knows {known}"
        )


def _join_problems(case_map: CaseMap, rows: Mapping[str, Mapping[str, Row]]) -> Iterator[str]:
    cases = rows[case_map.cases]
    if not cases:
        yield f"cases: only: no row of {case_map.cases} has these values"
    for table in case_map.tables:
        missing = [name for name in cases if name not in rows[table.name]]
        if missing and not table.optional:
            shown = ", ".join(missing[:_SHOWN_NAMES])
            more = f" and {len(missing) - _SHOWN_NAMES} more" if len(missing) > _SHOWN_NAMES else ""
            yield (
                f"{table.file_name}: has no row for {shown}{more}; say 'optional: true' in the "
                "map if that is as it should be"
            )
    for grouping in case_map.groupings:
        places = [place for _, place in grouping.first]
        places += [grouping.column] if grouping.column else []
        for place in places:
            table = next(each for each in case_map.tables if each.name == place.table)
            if place.column not in table.columns:
                yield f"groups: {grouping.name}: {table.file_name} has no column {place.column!r}"

"""The file that says what the columns of case tables mean (form: case-table-map/1)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from workbench.cases.tables.attributes import attribute_problems, attributes_of
from workbench.cases.tables.model import (
    CaseMap,
    CodedColumn,
    Grouping,
    Meaning,
    PersonColumns,
    Place,
    TableMap,
)
from workbench.codebook import Codebook
from workbench.errors import CaseTableError
from workbench.records import SubjectRole

SCHEMA = "case-table-map/1"
_NAME = re.compile(r"[a-z][a-z0-9-]*")
_KEYS: Mapping[str, frozenset[str]] = {
    "": frozenset(
        {
            "schema",
            "name",
            "source",
            "review_type",
            "cases",
            "values",
            "tables",
            "groups",
            "incident",
        }
    ),
    "cases": frozenset({"table", "title", "only"}),
    "table": frozenset({"file", "key", "optional", "person", "codes", "kept"}),
    "person": frozenset({"role", "name", "age", "sex", "ethnicity", "relation"}),
    "code": frozenset({"code", "role", "values"}),
    "group": frozenset({"column", "pattern", "first", "otherwise"}),
}
_Plain = Mapping[str, Any]


def load_case_map(path: Path, codebook: Codebook) -> CaseMap:
    """The map of a YAML file, checked against the codebook.

    Raises:
        CaseTableError: The file is missing, no YAML, or has problems; all of them are listed.
    """
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise CaseTableError(path, [f"cannot be read ({error.strerror})"]) from error
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        raise CaseTableError(path, [f"is no YAML ({error})"]) from error
    problems = list(_problems(data, codebook)) if isinstance(data, dict) else ["is no mapping"]
    if problems:
        raise CaseTableError(path, problems)
    return _map(data)


def _problems(data: _Plain, codebook: Codebook) -> Iterator[str]:
    if data.get("schema") != SCHEMA:
        yield f"schema is {data.get('schema')!r}, not {SCHEMA!r}"
    yield from _unknown("", data, "the file")
    if not _NAME.fullmatch(str(data.get("name", ""))):
        yield "name must be lower-case letters, digits and hyphens"
    tables = data.get("tables")
    if not isinstance(tables, dict) or not tables:
        yield "tables: none is described"
        return
    cases = data.get("cases")
    if not isinstance(cases, dict) or cases.get("table") not in tables:
        yield "cases: table must name one of the tables"
    else:
        yield from _unknown("cases", cases, "cases")
        yield from _only_problems(cases.get("only", {}))
        if tables[cases["table"]].get("optional"):
            yield f"tables: {cases['table']} names the cases and cannot be optional"
    yield from _value_problems(data.get("values"), "values")
    for name, table in tables.items():
        yield from _table_problems(name, table, data, codebook)
    for name, group in (data.get("groups") or {}).items():
        yield from _group_problems(name, group, tables)
    yield from attribute_problems(data.get("incident") or {}, codebook)


def _only_problems(only: object) -> Iterator[str]:
    if not isinstance(only, dict) or not all(isinstance(each, str) for each in only.values()):
        yield "cases: only must give columns with one value each, in quotation marks"


def _unknown(kind: str, data: _Plain, where: str) -> Iterator[str]:
    for key in data:
        if key not in _KEYS[kind]:
            yield f"{where}: {key!r} is not known; known are {', '.join(sorted(_KEYS[kind]))}"


def _value_problems(values: object, where: str) -> Iterator[str]:
    if values is None:
        return
    if not isinstance(values, dict):
        yield f"{where}: must say of each value what it means"
        return
    for value, meaning in values.items():
        if not isinstance(value, str):
            yield f"{where}: {value!r} must stand in quotation marks, as the table has it"
        if meaning not in list(Meaning):
            yield f"{where}: {value!r} means {meaning!r}; known are {', '.join(Meaning)}"


def _table_problems(name: str, table: object, data: _Plain, codebook: Codebook) -> Iterator[str]:
    where = f"tables: {name}"
    if not isinstance(table, dict):
        yield f"{where}: is no mapping"
        return
    yield from _unknown("table", table, where)
    for key in ("file", "key"):
        if not isinstance(table.get(key), str):
            yield f"{where}: {key} is missing"
    person = table.get("person") or {}
    yield from _unknown("person", person, f"{where}: person")
    if person and person.get("role") not in list(SubjectRole):
        yield f"{where}: person: {person.get('role')!r} is no role"
    for column, coded in (table.get("codes") or {}).items():
        yield from _code_problems(f"{where}: {column}", coded, data, codebook)


def _code_problems(where: str, coded: object, data: _Plain, codebook: Codebook) -> Iterator[str]:
    if not isinstance(coded, dict):
        yield f"{where}: must name a code and a role"
        return
    yield from _unknown("code", coded, where)
    if coded.get("code") not in {code.code_id for code in codebook.factors}:
        yield f"{where}: the codebook has no factor {coded.get('code')!r}"
    if coded.get("role") not in list(SubjectRole):
        yield f"{where}: {coded.get('role')!r} is no role"
    yield from _value_problems(coded.get("values"), where)
    if not coded.get("values") and not data.get("values"):
        yield f"{where}: nothing says what its values mean"


def _group_problems(name: str, group: object, tables: _Plain) -> Iterator[str]:
    where = f"groups: {name}"
    if not isinstance(group, dict) or ("column" in group) == ("first" in group):
        yield f"{where}: needs either a column or a list of first tags"
        return
    yield from _unknown("group", group, where)
    columns = [group.get("column", "")] if "column" in group else []
    columns += [each.get("column", "") for each in group.get("first", ())]
    for column in columns:
        table, dot, _ = str(column).partition(".")
        if not dot or table not in tables:
            yield f"{where}: {column!r} is not a column given as table.column"
    try:
        re.compile(group.get("pattern", ""))
    except re.error as error:
        yield f"{where}: pattern {group['pattern']!r} is no regular expression ({error})"


def _map(data: _Plain) -> CaseMap:
    values = _meanings(data.get("values"))
    return CaseMap(
        name=data["name"],
        source=data.get("source", ""),
        review_type=data.get("review_type", ""),
        cases=data["cases"]["table"],
        only=dict(data["cases"].get("only", {})),
        title=data["cases"].get("title", "{key}"),
        values=values,
        tables=tuple(_table(name, table, values) for name, table in data["tables"].items()),
        groupings=tuple(
            _grouping(name, group) for name, group in (data.get("groups") or {}).items()
        ),
        incident=attributes_of(data.get("incident")),
    )


def _meanings(values: _Plain | None) -> dict[str, Meaning]:
    return {value: Meaning(meaning) for value, meaning in (values or {}).items()}


def _table(name: str, table: _Plain, values: Mapping[str, Meaning]) -> TableMap:
    person = dict(table.get("person") or {})
    return TableMap(
        name=name,
        file_name=table["file"],
        key=table["key"],
        optional=bool(table.get("optional", False)),
        person=PersonColumns(role=SubjectRole(person.pop("role")), **person) if person else None,
        coded=tuple(
            CodedColumn(
                column=column,
                code_id=coded["code"],
                role=SubjectRole(coded["role"]),
                values=_meanings(coded.get("values")) or values,
            )
            for column, coded in (table.get("codes") or {}).items()
        ),
        kept=tuple(table.get("kept") or ()),
    )


def _grouping(name: str, group: _Plain) -> Grouping:
    first: Sequence[_Plain] = group.get("first", ())
    return Grouping(
        name=name,
        column=Place.of(group["column"]) if "column" in group else None,
        pattern=group.get("pattern", ""),
        first=tuple((each["label"], Place.of(each["column"])) for each in first),
        otherwise=group.get("otherwise", ""),
    )

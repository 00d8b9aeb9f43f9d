"""Columns that tell of the incident: method, place, area, date, hours, relationship."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from workbench.cases.incident.telling.dates import WEEKDAYS, dates_in
from workbench.cases.tables.model import AttributeColumn, Place
from workbench.codebook import Codebook
from workbench.records import NOT_STATED, FactBasis, IncidentFact, IncidentField, Standing

#: Weekdays follow from dates.
FIELDS = tuple(field for field in IncidentField if field is not IncidentField.WEEKDAY)
_FREE = (IncidentField.AREA, IncidentField.DATE)
KEYS = frozenset({"column", "values", "where", "unless"})
_WEEKEND = WEEKDAYS[5:]
_ISO = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")

_Plain = Mapping[str, Any]


def attribute_problems(data: object, codebook: Codebook) -> Iterator[str]:
    """What is wrong with the part of a map on the incident, beside its columns."""
    if not isinstance(data, dict):
        yield "incident: must give columns for each attribute"
        return
    for name, columns in data.items():
        if name not in FIELDS:
            yield f"incident: {name!r} is not known; known are {', '.join(FIELDS)}"
        elif not isinstance(columns, list) or not all(isinstance(each, dict) for each in columns):
            yield f"incident: {name}: must be a list of columns"
        else:
            for each in columns:
                yield from _column_problems(IncidentField(name), each, codebook)


def _column_problems(field: IncidentField, data: _Plain, codebook: Codebook) -> Iterator[str]:
    where = f"incident: {field}: {data.get('column')}"
    if not isinstance(data.get("column"), str):
        yield f"{where}: column must be given as table.column"
    for key in sorted(set(data) - KEYS):
        yield f"{where}: {key!r} is not known; known are {', '.join(sorted(KEYS))}"
    conditions = [*(data.get("where") or {}).items(), *(data.get("unless") or {}).items()]
    for column, value in conditions:
        if not isinstance(value, str):
            yield f"{where}: the value of {column} must stand in quotation marks"
    values = data.get("values") or {}
    if not values and field not in _FREE:
        yield f"{where}: nothing says what its values mean"
    allowed = options_of(field, codebook)
    for value, meaning in values.items():
        if not isinstance(value, str):
            yield f"{where}: {value!r} must stand in quotation marks, as the table has it"
        if field is IncidentField.AREA and isinstance(meaning, str):
            continue
        if meaning not in allowed:
            yield f"{where}: {value!r} means {meaning!r}; known are {', '.join(allowed)}"


def options_of(field: IncidentField, codebook: Codebook) -> tuple[str, ...]:
    """The values of the codebook that an attribute may have, ``not_stated`` among them."""
    found = [NOT_STATED]
    for value in next((c.values for c in codebook.codes if c.code_id == field.code_id), ()):
        name, separator, option = value.partition("=")
        if field.is_coded and (not separator or name == field.value):
            found.append(option if separator else value)
    return tuple(dict.fromkeys(found))


def attributes_of(data: _Plain | None) -> tuple[AttributeColumn, ...]:
    """The columns of a map that has no problems, in its order."""
    return tuple(
        AttributeColumn(
            field=IncidentField(name),
            column=Place.of(each["column"]),
            values=dict(each.get("values") or {}),
            where=tuple((Place.of(k), v) for k, v in (each.get("where") or {}).items()),
            unless=tuple((Place.of(k), v) for k, v in (each.get("unless") or {}).items()),
        )
        for name, columns in (data or {}).items()
        for each in columns
    )


def value_of(attribute: AttributeColumn, cell: str) -> str | None:
    """What a cell says: a value, ``not_stated``, or None when the map does not know it."""
    if cell in attribute.values:
        return attribute.values[cell]
    if attribute.field is IncidentField.AREA:
        return cell or NOT_STATED
    return _date_of(cell) if attribute.field is IncidentField.DATE else None


def _date_of(cell: str) -> str | None:
    """The date of "14 May 2019", "May 2019", "2019", "2019-05-14", as exact as printed."""
    if not cell:
        return NOT_STATED
    printed = dates_in(cell)
    if len(printed) == 1 and printed[0].end - printed[0].start == len(cell):
        return printed[0].value
    if not _ISO.fullmatch(cell):
        return None
    try:
        return date.fromisoformat(cell).isoformat() if len(cell) == 10 else cell
    except ValueError:
        return None


def stated_facts(
    attributes: tuple[AttributeColumn, ...],
    cell_at: Callable[[Place], str | None],
    fact_at: Callable[[AttributeColumn, str], IncidentFact],
) -> Iterator[IncidentFact]:
    """The facts of one case: of each attribute the first column that states a value counts.

    Args:
        attributes: Of the map, in its order.
        cell_at: The cell of the case in a column; None where it has no row.
        fact_at: A value as a fact on the words of its cell.
    """
    counted: dict[IncidentField, str] = {}
    for attribute in attributes:
        cell = cell_at(attribute.column)
        value = value_of(attribute, cell) if cell is not None else NOT_STATED
        holds = all(cell_at(place) == wanted for place, wanted in attribute.where) and not any(
            cell_at(place) == wanted for place, wanted in attribute.unless
        )
        if value is None or value == NOT_STATED or not holds:
            continue
        fact = fact_at(attribute, value)
        if attribute.field not in counted:
            counted[attribute.field] = value
            yield fact
            yield from _days(fact)
        else:
            same = counted[attribute.field] == value
            yield replace(fact, standing=Standing.AGREES if same else Standing.DIFFERS)


def _days(fact: IncidentFact) -> Iterator[IncidentFact]:
    """The weekday of a date that is given to the day."""
    if fact.field is IncidentField.DATE and len(fact.value) == 10:
        name = WEEKDAYS[date.fromisoformat(fact.value).weekday()]
        kind = "weekend" if name in _WEEKEND else "weekday"
        for field, value in ((IncidentField.WEEKDAY, name), (IncidentField.DAY_TYPE, kind)):
            yield replace(fact, field=field, value=value, basis=FactBasis.COMPUTED)

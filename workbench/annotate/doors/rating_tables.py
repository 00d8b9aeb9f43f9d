"""Tables of ratings: a row for each unit, a column for each coder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from workbench.annotate.agreement.records import RatingTable
from workbench.annotate.doors.coder_tables import read_day
from workbench.annotate.doors.lines import Row, csv_rows
from workbench.errors import CoderTableError


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingColumns:
    """Which columns of a table are what."""

    coders: tuple[str, ...]  # one column a coder
    unit: str = ""  # "": each row is a unit of its own
    document: str = ""  # "": each unit is a document of its own
    date: str = ""


def read_ratings(path: Path, columns: RatingColumns) -> RatingTable:
    """A table with a row for each unit and a column for each coder; empty cells are no rating.

    Raises:
        InputError: The file cannot be read.
        CoderTableError: A column is not there, or a row has problems; all are listed.
    """
    wanted = [*columns.coders, *filter(None, (columns.unit, columns.document, columns.date))]
    rows, problems = [], []
    known: set[str] | None = None
    for row in csv_rows(path):
        if row.problem:
            problems.append(f"line {row.number}: {row.problem}")
            continue
        if known is None:
            known = set(row.values)
            problems += [f"has no column {name!r}; there are: {', '.join(sorted(known))}"
                         for name in wanted if name.casefold() not in known]  # fmt: skip
        rows.append(row)
    if len(columns.coders) < 2:
        problems.append("needs two columns of ratings or more, one for each coder")
    if not rows:
        problems.append("holds no row")
    if problems:
        raise CoderTableError(path, problems)
    days = [read_day(_cell(row, columns.date), row.number, problems) for row in rows]
    units = [_cell(row, columns.unit) or f"line {row.number}" for row in rows]
    twice = sorted({unit for unit in units if units.count(unit) > 1})
    problems += [f"unit {unit!r} has more than one row" for unit in twice]
    if problems:
        raise CoderTableError(path, problems)
    return RatingTable(
        coders=columns.coders,
        unit_ids=tuple(units),
        document_ids=tuple(
            _cell(row, columns.document) or unit for row, unit in zip(rows, units, strict=True)
        ),
        values=tuple(tuple(_cell(row, name) for name in columns.coders) for row in rows),
        dates=tuple(days),
    )


def _cell(row: Row, name: str) -> str:
    return str(row.values.get(name.casefold(), "")) if name else ""

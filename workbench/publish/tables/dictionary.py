"""The data dictionary: every column of every table."""

from __future__ import annotations

from workbench.publish.tables.columns import TABLES
from workbench.publish.tables.csv_files import Cell

HEADER = ("table", "column", "meaning", "unit", "range")
_OWN = (
    ("table", "Name of the table: the file is <table>.csv"),
    ("column", "Name of the column"),
    ("meaning", "What a cell says"),
    ("unit", "What a number counts, or the kind of text"),
    ("range", "Values that can occur"),
)


def dictionary_rows() -> tuple[tuple[str, ...], list[list[Cell]]]:
    """The header and one row for each column of each table, itself included."""
    rows: list[list[Cell]] = [
        [table, column.name, column.meaning, column.unit, column.allowed]
        for table, columns in TABLES.items()
        for column in columns
    ]
    rows += [["data_dictionary", name, meaning, "text", "any"] for name, meaning in _OWN]
    return HEADER, rows

"""The tables that go with the report: CSV files, a workbook and their dictionary."""

from __future__ import annotations

from pathlib import Path

from workbench.publish.site.catalogue import Catalogue
from workbench.publish.tables.columns import TABLES, rows_of
from workbench.publish.tables.csv_files import write_csv
from workbench.publish.tables.dictionary import dictionary_rows
from workbench.publish.tables.workbook import write_workbook

__all__ = ["write_tables"]


def write_tables(catalogue: Catalogue, folder: Path) -> None:
    """Write the CSV files of ``TABLES``, the dictionary and the workbook."""
    rows = {name: rows_of(name, catalogue) for name in TABLES}
    for name, columns in TABLES.items():
        write_csv(folder / f"{name}.csv", [column.name for column in columns], rows[name])
    header, dictionary = dictionary_rows()
    write_csv(folder / "data_dictionary.csv", header, dictionary)
    write_workbook(folder / "findings.xlsx", catalogue, rows)

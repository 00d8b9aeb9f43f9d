"""The rows of a CSV file."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from workbench.errors import CalendarError, LabelsError, PopulationsError


def read_rows(
    path: Path, error: type[CalendarError | LabelsError | PopulationsError]
) -> tuple[Sequence[str], list[dict[str, Any]]]:
    """The columns, and each row by them; a cell that a short row lacks is None.

    Args:
        path: CSV in UTF-8, with or without a byte order mark.
        error: What to raise where it is not.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as table:
            reader = csv.DictReader(table)
            rows = list(reader)
            columns = reader.fieldnames or []
    except (UnicodeDecodeError, csv.Error) as wrong:
        raise error(path, [f"is no CSV file in UTF-8 ({wrong})"]) from wrong
    return columns, rows

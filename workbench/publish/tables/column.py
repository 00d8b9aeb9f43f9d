"""A column of a table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from workbench.publish.tables.csv_files import Cell

LIST_SEPARATOR = " "


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its name, how to get it from a row's record, and its entry in the dictionary."""

    name: str
    meaning: str
    unit: str = "text"
    allowed: str = "any"
    value: Callable[[Any], Cell]

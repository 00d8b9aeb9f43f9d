"""Rows of CSV and objects of JSON lines, each with its number."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from workbench.errors import InputError

#: A larger file is no table that people made by hand.
MAX_BYTES = 256 * 1024 * 1024


class Row(NamedTuple):
    """One row, or the reason why it holds none."""

    number: int  # line of the file, from 1
    values: Mapping[str, Any]
    problem: str = ""


def csv_rows(path: Path) -> Iterator[Row]:
    """The rows of a CSV file with a heading; names of columns in small letters, cells stripped.

    Raises:
        InputError: The file cannot be read, or has no heading.
    """
    _check_size(path)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            names = [name.strip().casefold() for name in next(reader, [])]
            if not any(names):
                raise InputError(f"{path}: is empty. The first line must name the columns.")
            for row in reader:
                if not any(cell.strip() for cell in row):
                    continue
                if len(row) > len(names):
                    problem = f"has {len(row)} cells, but there are {len(names)} columns"
                    yield Row(reader.line_num, {}, problem)
                    continue
                cells = [cell.strip() for cell in row] + [""] * (len(names) - len(row))
                yield Row(reader.line_num, dict(zip(names, cells, strict=True)))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{path}: cannot be read as CSV ({error}). Save it as UTF-8.") from error


def json_rows(path: Path) -> Iterator[Row]:
    """The objects of a file of JSON lines.

    Raises:
        InputError: The file cannot be read.
    """
    _check_size(path)
    try:
        with path.open(encoding="utf-8-sig") as file:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    yield _parsed(number, line)
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read as text ({error}). Save it as UTF-8.") from error


def _parsed(number: int, line: str) -> Row:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        return Row(number, {}, f"is no JSON ({error})")
    if not isinstance(value, dict):
        return Row(number, {}, "holds no JSON object")
    return Row(number, value)


def _check_size(path: Path) -> None:
    try:
        size = path.stat().st_size
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}).") from error
    if size > MAX_BYTES:
        raise InputError(f"{path}: is larger than {MAX_BYTES // 1024**2} MiB. Split it.")

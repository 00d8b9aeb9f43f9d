"""Rows of the first sheet of a spreadsheet (.xlsx), as a CSV file would have them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from xml.etree.ElementTree import Element

from workbench.annotate.doors.lines import Row
from workbench.annotate.doors.safe import Archive, open_archive, parse_xml
from workbench.annotate.doors.safe.tree import local_name
from workbench.errors import InputError

MAX_COLUMNS = 512
_REFERENCE = re.compile(r"([A-Z]{1,3})\d+")
#: Formats of Office Open XML that are dates (ECMA-376, part 1, 18.8.30), and marks of own ones.
_DATE_FORMATS = frozenset({*range(14, 23), 45, 46, 47})
_DATE_MARKS = re.compile(r"[ymdhs]", re.IGNORECASE)
#: Days are counted from here; so that 1900 may be a leap year, which it was not.
_DAY_0 = datetime(1899, 12, 30)


def sheet_rows(path: Path) -> Iterator[Row]:
    """The rows of the first sheet; the first one names the columns.

    Formulas are not computed: the value that was stored with them is taken.

    Raises:
        InputError: It is no spreadsheet, or has no row.
    """
    with open_archive(path) as archive:
        names = set(archive.names)
        sheet = _first_sheet(archive, names)
        strings = _strings(archive, names)
        dates = _date_styles(archive, names)
        root = parse_xml(archive.read_text_bytes(sheet), f"{path}: {sheet}")
    columns: list[str] = []
    for number, row in enumerate(_elements(root, "row"), start=1):
        cells = _cells(row, strings, dates)
        line = int(row.get("r") or number)
        if not columns:
            columns = [
                cells.get(at, "").strip().casefold() for at in range(max(cells, default=-1) + 1)
            ]
            continue
        if any(cell.strip() for cell in cells.values()):
            values = {name: cells.get(at, "").strip() for at, name in enumerate(columns) if name}
            yield Row(line, values)
    if not any(columns):
        raise InputError(f"{path}: its first sheet is empty. The first row must name the columns.")


def _first_sheet(archive: Archive, names: set[str]) -> str:
    sheets = sorted(
        (name for name in names if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name)),
        key=lambda name: int(re.sub(r"\D", "", name)),
    )
    if not sheets:
        raise InputError(f"{archive.path}: is no spreadsheet in the format .xlsx. Save it as that.")
    return sheets[0]


def _strings(archive: Archive, names: set[str]) -> list[str]:
    name = "xl/sharedStrings.xml"
    if name not in names:
        return []
    root = parse_xml(archive.read_text_bytes(name), f"{archive.path}: {name}")
    return [_text(item) for item in _elements(root, "si")]


def _date_styles(archive: Archive, names: set[str]) -> frozenset[int]:
    """Places of the cell styles that show a number as a date."""
    name = "xl/styles.xml"
    if name not in names:
        return frozenset()
    root = parse_xml(archive.read_text_bytes(name), f"{archive.path}: {name}")
    own = {
        int(each.get("numFmtId") or -1)
        for each in _elements(root, "numFmt")
        if _DATE_MARKS.search(re.sub(r'"[^"]*"|\[[^\]]*\]', "", each.get("formatCode") or ""))
    }
    formats = next(_elements(root, "cellXfs"), None)
    styles = list(_elements(formats, "xf")) if formats is not None else []
    return frozenset(
        at
        for at, each in enumerate(styles)
        if int(each.get("numFmtId") or 0) in _DATE_FORMATS | own
    )


def _cells(row: Element, strings: list[str], dates: frozenset[int]) -> dict[int, str]:
    cells: dict[int, str] = {}
    for place, cell in enumerate(_elements(row, "c")):
        match = _REFERENCE.fullmatch(cell.get("r") or "")
        at = _column(match.group(1)) if match else place
        if at < MAX_COLUMNS:
            cells[at] = _value(cell, strings, dates)
    return cells


def _value(cell: Element, strings: list[str], dates: frozenset[int]) -> str:
    kind, inline = cell.get("t") or "n", next(_elements(cell, "is"), None)
    if inline is not None:
        return _text(inline)
    value = next(_elements(cell, "v"), None)
    text = (value.text or "") if value is not None else ""
    if kind == "s":
        return strings[int(text)] if text.isdecimal() and int(text) < len(strings) else ""
    if kind == "n" and text and int(cell.get("s") or 0) in dates:
        return _date(text)
    # Spreadsheets store 3 as 3.0 now and then.
    return text.removesuffix(".0") if kind == "n" else text


def _date(text: str) -> str:
    try:
        moment = _DAY_0 + timedelta(days=float(text))
    except (ValueError, OverflowError):
        return text
    return moment.date().isoformat() if not moment.time().second else moment.isoformat()


def _text(item: Element) -> str:
    """The runs of a text; phonetic readings are no part of it."""
    parts = []
    for child in item:
        if local_name(child) == "t":
            parts.append(child.text or "")
        elif local_name(child) == "r":
            parts += [each.text or "" for each in child if local_name(each) == "t"]
    return "".join(parts)


def _elements(root: Element, name: str) -> Iterator[Element]:
    return (each for each in root.iter() if local_name(each) == name)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1

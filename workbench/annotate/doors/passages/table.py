"""Coded passages in a table: CSV or XLSX, a row for each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from workbench.annotate.doors.lines import Row, csv_rows
from workbench.annotate.doors.passages.records import ForeignPassage
from workbench.annotate.doors.passages.sheets import sheet_rows
from workbench.errors import CoderTableError, InputError

#: Field -> names of the column, as programs export them.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "document": ("document", "document name", "file_name", "file", "filename", "source"),
    "code": ("code", "code_id", "codes", "code name", "label", "theme", "codename"),
    "quote": ("quote", "quotation", "quotation content", "segment", "text", "passage", "coded text",
              "seltext"),
    "coder": ("coder", "created by", "author", "user", "owner", "rater"),
    "page": ("page", "page number"),
    "paragraph": ("paragraph", "paragraph number", "number"),
    "assertion": ("assertion",),
    "subject_role": ("subject_role", "role"),
    "temporality": ("temporality",),
    "valence": ("valence",),
    "coded_at": ("date", "coded_at", "created", "creation date"),
    "comment": ("comment", "memo", "note", "reason"),
}  # fmt: skip
_NEEDED = ("document", "code", "quote")


def read_table(path: Path) -> tuple[ForeignPassage, ...]:
    """The coded passages of a table, in its order.

    Columns are found by their usual names (``COLUMNS``); document, code and quote are needed.

    Raises:
        InputError: The file cannot be read.
        CoderTableError: Columns are missing, or rows have no code, document or quote. All
            problems are listed.
    """
    problems: list[str] = []
    passages = list(_passages(path, problems))
    if not passages and not problems:
        problems.append("holds no row")
    if problems:
        raise CoderTableError(path, problems)
    return tuple(passages)


def _passages(path: Path, problems: list[str]) -> Iterator[ForeignPassage]:
    first = True
    for row in _rows(path):
        if row.problem:
            problems.append(f"line {row.number}: {row.problem}")
            continue
        if first:
            missing = [name for name in _NEEDED if not _has(row, name)]
            if missing:
                known = ", ".join(row.values)
                problems.append(f"has no column {', '.join(missing)}; there are: {known}")
                return
            first = False
        values = {name: _cell(row, name) for name in COLUMNS}
        empty = [name for name in _NEEDED if not values[name]]
        page = values["page"]
        if page and not page.isdecimal():
            empty.append(f"page that is a number ({page!r} is none)")
        if empty:
            problems.append(f"line {row.number}: has no {', '.join(empty)}")
            continue
        yield ForeignPassage(
            where=f"line {row.number}",
            document=values["document"],
            code=values["code"],
            quote=values["quote"],
            coder=values["coder"],
            page=int(page) if page else 0,
            paragraph=values["paragraph"],
            assertion=values["assertion"],
            subject_role=values["subject_role"],
            temporality=values["temporality"],
            valence=values["valence"],
            coded_at=values["coded_at"],
            comment=values["comment"],
        )


def _rows(path: Path) -> Iterator[Row]:
    suffix = path.suffix.casefold()
    if suffix == ".csv":
        return csv_rows(path)
    if suffix == ".xlsx":
        return sheet_rows(path)
    raise InputError(f"{path}: must end in .csv or .xlsx.")


def _has(row: Row, name: str) -> bool:
    return any(alias in row.values for alias in COLUMNS[name])


def _cell(row: Row, name: str) -> str:
    return next((row.values[alias] for alias in COLUMNS[name] if row.values.get(alias)), "")

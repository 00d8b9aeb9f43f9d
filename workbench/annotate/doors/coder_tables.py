"""Tables of codings: a row for each coding in CSV, a line for each unit in JSON."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from workbench.annotate.agreement.records import CodedUnit, Mark
from workbench.annotate.doors.lines import Row, csv_rows, json_rows
from workbench.errors import CoderTableError, InputError

#: Column of the table -> other names under which it is found.
ALIASES: Mapping[str, tuple[str, ...]] = {
    "coder": ("coder", "rater", "annotator", "completed_by"),
    "document": ("document", "document_id", "doc", "file_name", "file"),
    "unit": ("unit", "unit_id", "id", "segment", "segment_id", "passage"),
    "case": ("case", "case_id"),
    "code": ("code", "code_id", "label"),
    "start_char": ("start_char", "start"),
    "end_char": ("end_char", "end"),
    "length": ("length", "n_chars"),
    "assertion": ("assertion",),
    "subject_role": ("subject_role", "role"),
    "date": ("date", "coded_on"),
}


@dataclass(slots=True)
class _Unit:
    """A unit of one coder while its rows are read."""

    line: int
    case_id: str = ""
    text: str = ""
    n_chars: int = 0
    coded_on: date | None = None
    marks: list[Mark] = field(default_factory=list)
    says_nothing: int = 0  # the line that says that nothing was found, 0 for none


_Units = dict[tuple[str, str, str], _Unit]  # coder, document, unit


def read_codings(paths: Sequence[Path]) -> tuple[CodedUnit, ...]:
    """What coders did with each unit, from one file or several.

    A CSV file has a row for each coding, with the columns ``unit`` and ``code``, and where they
    are known ``coder``, ``document``, ``case``, ``start_char``, ``end_char`` (in the unit),
    ``length`` (of the unit, in characters), ``assertion``, ``subject_role`` and ``date``. A row
    without a code says: this unit was shown, and nothing was found. A file of JSON lines has a
    line for each unit, as gold files have: ``id``, ``doc``, ``text``, ``codings``; an empty list
    says that nothing was found. Without ``coder`` the coder is the file's name without its ending.

    Raises:
        InputError: A file cannot be read, or is of another kind.
        CoderTableError: A file has problems; all of them are listed.
    """
    units: _Units = {}
    for path in paths:
        problems: list[str] = []
        if path.suffix.casefold() == ".csv":
            _read_csv(path, units, problems)
        elif path.suffix.casefold() in {".jsonl", ".ndjson"}:
            _read_json(path, units, problems)
        else:
            raise InputError(
                f"{path}: must end in .csv or .jsonl, so that it is known how to read."
            )
        if problems:
            raise CoderTableError(path, problems)
    problems = [*_contradictions(units), *_look_alikes(units)]
    if problems:
        raise CoderTableError(paths[-1], problems)
    return tuple(
        CodedUnit(
            coder=coder,
            document_id=document,
            unit_id=unit,
            case_id=found.case_id,
            marks=tuple(found.marks),
            coded_on=found.coded_on,
            n_chars=found.n_chars or len(found.text),
        )
        for (coder, document, unit), found in sorted(units.items(), key=lambda item: item[0])
    )


def _read_csv(path: Path, units: _Units, problems: list[str]) -> None:
    n_rows = 0
    for row in csv_rows(path):
        n_rows += 1
        if row.problem:
            problems.append(f"line {row.number}: {row.problem}")
            continue
        if n_rows == 1:
            missing = [name for name in ("unit", "code") if _named(row.values, name) is None]
            if missing:
                problems.append(
                    f"has no column {' and no column '.join(missing)}; there are: "
                    f"{', '.join(row.values) or 'none'}"
                )
                return
        _add_coding(row, path.stem, units, problems)
    if not n_rows:
        problems.append("holds no row; a unit without any code needs one too, with an empty code")


def _add_coding(row: Row, stem: str, units: _Units, problems: list[str]) -> None:
    found = {name: _named(row.values, name) or "" for name in ALIASES}
    if not found["unit"]:
        problems.append(f"line {row.number}: has no unit")
        return
    document = found["document"] or found["unit"]
    key = (found["coder"] or stem, document, found["unit"])
    unit = units.setdefault(key, _Unit(row.number))
    unit.case_id = unit.case_id or found["case"]
    day = read_day(found["date"], row.number, problems)
    unit.coded_on = max(filter(None, (unit.coded_on, day)), default=None)
    unit.n_chars = max(unit.n_chars, _whole(found["length"], "length", row.number, problems))
    if not found["code"]:
        unit.says_nothing = row.number
        return
    start, end = (
        _whole(found[name], name, row.number, problems, missing=-1)
        for name in ("start_char", "end_char")
    )
    mark = Mark(
        code_id=found["code"], start_char=start, end_char=end, assertion=found["assertion"],
        subject_role=found["subject_role"],
    )  # fmt: skip
    _add_mark(mark, unit, row.number, problems)


def _read_json(path: Path, units: _Units, problems: list[str]) -> None:
    n_rows = 0
    for row in json_rows(path):
        n_rows += 1
        codings = row.values.get("codings")
        problem = row.problem or ("" if isinstance(codings, list) else "has no list 'codings'")
        found = {name: _named(row.values, name) for name in ("coder", "document", "unit", "case")}
        problem = problem or ("" if found["unit"] else "has no 'id'")
        document = found["document"] or found["unit"] or ""
        key = (found["coder"] or path.stem, document, found["unit"] or "")
        if not problem and key in units:
            problem = f"{key[0]} has unit {key[2]!r} twice (see line {units[key].line})"
        if problem:
            problems.append(f"line {row.number}: {problem}")
            continue
        text = row.values.get("text")
        unit = units[key] = _Unit(
            row.number, found["case"] or "", text if isinstance(text, str) else "",
            coded_on=read_day(_named(row.values, "date") or "", row.number, problems),
        )  # fmt: skip
        for coding in codings or []:
            _add_json_mark(coding, unit, row.number, problems)
    if not n_rows:
        problems.append("holds no line")


def _add_json_mark(coding: object, unit: _Unit, line: int, problems: list[str]) -> None:
    if not isinstance(coding, dict) or not _named(coding, "code"):
        problems.append(f"line {line}: a coding has no 'code'")
        return
    start, end = coding.get("start_char"), coding.get("end_char")
    quote = coding.get("quote")
    if not isinstance(start, int) and isinstance(quote, str) and quote:
        start = unit.text.find(quote)
        if unit.text and start < 0:
            problems.append(f"line {line}: the quote {quote[:40]!r} does not occur in the text")
            return
    if isinstance(start, int) and not isinstance(end, int) and isinstance(quote, str):
        end = start + len(quote)
    has_span = isinstance(start, int) and isinstance(end, int) and start >= 0
    mark = Mark(
        code_id=_named(coding, "code") or "",
        start_char=start if has_span and isinstance(start, int) else -1,
        end_char=end if has_span and isinstance(end, int) else -1,
        assertion=_named(coding, "assertion") or "",
        subject_role=_named(coding, "subject_role") or "",
    )
    _add_mark(mark, unit, line, problems)


def _add_mark(mark: Mark, unit: _Unit, line: int, problems: list[str]) -> None:
    length = unit.n_chars or len(unit.text)
    if (mark.start_char, mark.end_char) != (-1, -1) and not mark.has_span:
        problems.append(
            f"line {line}: start {mark.start_char} and end {mark.end_char} are no passage"
        )
    elif length and mark.end_char > length:
        problems.append(
            f"line {line}: ends at {mark.end_char}, but the unit has {length} characters"
        )
    unit.marks.append(mark)


def _contradictions(units: _Units) -> Iterator[str]:
    texts: dict[tuple[str, str], str] = {}
    for (coder, document, name), unit in units.items():
        if unit.says_nothing and unit.marks:
            yield (
                f"{coder}, unit {name!r}: line {unit.says_nothing} says that nothing was found, "
                "but there are codes as well"
            )
        if unit.text and texts.setdefault((document, name), unit.text) != unit.text:
            yield f"{coder}, unit {name!r}: its text is not the one that another coder had"


def _look_alikes(units: _Units) -> Iterator[str]:
    for kind, names in (
        ("codes", {mark.code_id for unit in units.values() for mark in unit.marks}),
        ("coders", {coder for coder, _, _ in units}),
    ):
        alike: dict[str, list[str]] = defaultdict(list)
        for name in sorted(names):
            alike[" ".join(name.replace("_", " ").casefold().split())].append(name)
        yield from (
            f"the {kind} {' and '.join(map(repr, found))} are probably the same; name them alike"
            for found in alike.values()
            if len(found) > 1
        )


def _named(values: Mapping[str, Any], name: str) -> str | None:
    """The value of a column under any of its names; None where there is no such column."""
    for alias in ALIASES[name]:
        value = values.get(alias)
        if value is not None:
            return str(value).strip()
    return None


def read_day(text: str, line: int, problems: list[str]) -> date | None:
    """The date of a cell, None for an empty one; a problem is noted."""
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        problems.append(f"line {line}: {text!r} is no date such as 2026-02-28")
        return None


def _whole(text: str, name: str, line: int, problems: list[str], *, missing: int = 0) -> int:
    if not text:
        return missing
    if not text.isdecimal():
        problems.append(f"line {line}: {name} {text!r} is no whole number")
        return missing
    return int(text)

"""Disagreements as a table that an adjudicator fills in."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from workbench.annotate.adjudication.records import Disagreement, Verdict
from workbench.annotate.adjudication.values import ValueDispute
from workbench.annotate.doors.lines import csv_rows
from workbench.errors import DecisionsError

#: Columns that the adjudicator fills in.
ANSWERS = ("verdict", "reason", "quote", "assertion", "subject_role")
SHEET_COLUMNS = (
    "disagreement", "file_name", "paragraph", "page", "section_role", "text", "code", "definition",
    "include", "exclude", "coders", *ANSWERS,
)  # fmt: skip
#: A spreadsheet would take a cell that begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class _Writer(Protocol):
    """What the csv module gives to write rows with."""

    def writerow(self, row: Sequence[str], /) -> object:
        """Write one row."""


def sheet_csv(disagreements: Sequence[Disagreement], values: Sequence[ValueDispute] = ()) -> str:
    """A row for each disagreement: the words, the rule, what each coder said, and empty answers.

    Args:
        disagreements: On codes of segments.
        values: On values of the incident; their rows come last.
    """
    target = io.StringIO(newline="")
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(SHEET_COLUMNS)
    for each in disagreements:
        _write(writer, each, each.code.code_id, each.code.definition, sorted(each.marks))
    for value in values:
        rule = f"{value.code.definition} Values: {', '.join(value.options)}."
        _write(writer, value, value.attribute, rule, sorted(value.chosen))
    return target.getvalue()


def _write(
    writer: _Writer,
    each: Disagreement | ValueDispute,
    code: str,
    definition: str,
    coders: Sequence[str],
) -> None:
    said = [f"{coder}: {each.said(coder)}" for coder in coders]
    cells = [
        each.disagreement_id, each.file_name, each.segment.number or str(each.segment.ordinal),
        str(each.segment.page_start), str(each.segment.section_role), each.segment.text,
        code, definition, each.code.include, each.code.exclude, "\n".join(said),
    ]  # fmt: skip
    writer.writerow([_safe(cell) for cell in cells] + [""] * len(ANSWERS))


def read_verdicts(path: Path) -> tuple[Verdict, ...]:
    """The answered rows of such a table; rows without a verdict are left for later.

    Raises:
        InputError: The file cannot be read.
        DecisionsError: It has other columns, or a row twice.
    """
    verdicts: list[Verdict] = []
    problems: list[str] = []
    seen: dict[str, int] = {}
    for row in csv_rows(path):
        missing = [name for name in ("disagreement", "verdict", "reason") if name not in row.values]
        if row.problem or missing:
            problems.append(
                f"line {row.number}: {row.problem or 'has no column ' + ', '.join(missing)}"
            )
            if missing:
                break
            continue
        name = row.values["disagreement"]
        if not row.values["verdict"]:
            continue
        if seen.setdefault(name, row.number) != row.number:
            problems.append(f"line {row.number}: settles {name} again, as line {seen[name]} does")
        verdicts.append(
            Verdict(
                disagreement_id=name,
                line=row.number,
                **{answer: row.values.get(answer, "") for answer in ANSWERS},
            )
        )
    if problems:
        raise DecisionsError(path, problems)
    return tuple(verdicts)


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell

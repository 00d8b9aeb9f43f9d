"""The table of populations that rates need; the workbench never guesses one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from math import isfinite
from pathlib import Path

from workbench.errors import PopulationsError
from workbench.findings.given import read_rows
from workbench.findings.table import Population

#: What offices print where a number is too small to be given: a mark, a bound or a band.
SUPPRESSED = re.compile(
    r"\*+|\.{2,}|[-–—~]|:|[\[(]?[cuxzw][\])]?|(?:<|≤|<=|under |fewer than )\s*\d+"
    r"|\d+\s*(?:-|–|to)\s*\d+|suppressed|redacted|n/?a",
    re.IGNORECASE,
)
COLUMNS = ("grouping", "group", "population")


def read_populations(path: Path, groups: Mapping[str, Mapping[str, str]]) -> tuple[Population, ...]:
    """The populations of a CSV file with the columns grouping, group and population.

    Args:
        path: The file.
        groups: Grouping -> case id -> group. Every group of a named grouping that has cases needs
            a population; groups without cases may have one (their rate is 0).

    Raises:
        PopulationsError: The file has problems; all of them are listed with their lines.
    """
    columns, rows = read_rows(path, PopulationsError)
    if sorted(columns) != sorted(COLUMNS):
        needed, found = ", ".join(COLUMNS), ", ".join(columns)
        raise PopulationsError(path, [f"needs the columns {needed}; has {found}"])
    found_rows: dict[tuple[str, str], Population] = {}
    problems: list[str] = []
    for line, row in enumerate(rows, start=2):
        key = ((row["grouping"] or "").strip(), (row["group"] or "").strip())
        wrong = list(_problems_of(key, row["population"] or "", groups))
        if key in found_rows:
            wrong.append(f"{key[0]} {key[1]} is given twice")
        problems += [f"line {line}: {problem}" for problem in wrong]
        if not wrong:
            found_rows[key] = Population(*key, float(row["population"]))
    problems += _missing(found_rows, groups)
    if problems:
        raise PopulationsError(path, problems)
    return tuple(found_rows.values())


def _problems_of(
    key: tuple[str, str], text: str, groups: Mapping[str, Mapping[str, str]]
) -> Iterator[str]:
    if key[0] not in groups:
        yield f"there is no grouping {key[0]!r}; there are {', '.join(sorted(groups)) or 'none'}"
    if not key[1]:
        yield "the group has no name"
    if SUPPRESSED.fullmatch(text.strip()):
        yield (
            f"population is {text!r}: a suppressed number. No rate can be made from it; give the "
            "number, or leave the grouping out"
        )
        return
    try:
        n = float(text)
    except ValueError:
        n = float("nan")
    if not isfinite(n) or n <= 0:
        yield f"population is {text!r}: a number above 0 is needed"


def _missing(
    given: Mapping[tuple[str, str], Population], groups: Mapping[str, Mapping[str, str]]
) -> Iterator[str]:
    for grouping in sorted({name for name, _ in given}):
        wanted = {label for label in groups.get(grouping, {}).values() if label}
        without = sorted(wanted - {group for name, group in given if name == grouping})
        if without:
            yield f"{grouping}: no population for {', '.join(without)}, which has cases"

"""CSV that a spreadsheet cannot be made to execute.

UTF-8 with a byte-order mark (spreadsheets on Windows read it right; pandas and readr skip it),
comma, CRLF. A text that starts, after any spaces, with ``= + - @``, a tab, a line break or an
apostrophe gets one apostrophe in front; ``unescape`` takes it off again. Numbers are not text and
stay as they are.

Source: OWASP, CSV Injection.
"""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path

from workbench.publish.site.render import usable

Cell = str | int | float | None
_STARTS = frozenset("=+-@'")
#: Invisible characters that a spreadsheet may drop before it looks at the first one.
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff"


def escape(text: str) -> str:
    """The text as a cell that no spreadsheet takes for a formula."""
    if text[:1] in ("\t", "\r", "\n"):
        return f"'{text}"
    visible = text.lstrip().lstrip(_INVISIBLE).lstrip()
    # Full-width signs count: some locales read them as the plain ones.
    first = unicodedata.normalize("NFKC", visible[:1])
    return f"'{text}" if first[:1] in _STARTS and first else text


def unescape(cell: str) -> str:
    """The text that ``escape`` was given."""
    return cell[1:] if cell.startswith("'") else cell


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Write one table."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(header)
        writer.writerows([_cell(cell) for cell in row] for row in rows)


def read_csv(path: Path) -> list[dict[str, str]]:
    """The rows of a table that ``write_csv`` wrote, as text without the protecting apostrophes."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return [
            {name: unescape(cell) for name, cell in row.items()} for row in csv.DictReader(stream)
        ]


def _cell(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return escape(usable(cell))
    return repr(cell)

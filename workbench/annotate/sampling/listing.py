"""A sample as a table for people."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import NamedTuple

from workbench.annotate.sampling.records import Sample

#: A spreadsheet would take a cell that begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Place(NamedTuple):
    """Where people find a unit."""

    file_name: str
    page: str  # from 1, where it begins; "" for a whole document
    paragraph: str  # its number as printed; "" for none


def sample_csv(sample: Sample, places: Mapping[str, Place]) -> str:
    """One row for each unit before a coder (or for each unit, when nobody has it yet).

    Args:
        sample: The sample.
        places: Unit -> where people find it.
    """
    target = io.StringIO(newline="")
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(
        ("sample", "coder", "position", "shown", "unit", "file_name", "page", "paragraph",
         "document", "segment", "stratum", "inclusion_probability")
    )  # fmt: skip
    units = {unit.unit_id: unit for unit in sample.units}
    rows = [(a.coder, str(a.position), str(a.shown), a.unit_id) for a in sample.assignments]
    for coder, position, shown, unit_id in rows or [("", "", "", key) for key in units]:
        unit = units[unit_id]
        segment = str(unit.segment) if unit.segment >= 0 else ""
        writer.writerow(
            (sample.name, coder, position, shown, unit_id, *map(_safe, places[unit_id]),
             unit.document_id, segment, unit.stratum, f"{unit.inclusion_probability:.10g}")
        )  # fmt: skip
    return target.getvalue()


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell

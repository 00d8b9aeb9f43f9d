"""Bodies that a document lists in general words: in columns of agencies, as addressees."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from workbench.cases.journey.kinds import General, Kinds
from workbench.cases.journey.naming.names import agency_cells, is_common, split_names
from workbench.records import Reading


class Listed(NamedTuple):
    """One body without a name of its own, and where it is listed."""

    general: General  # places in characters of ``words``
    words: str
    start: int  # of the words in the document


def listed_bodies(reading: Reading, kinds: Kinds) -> Iterator[Listed]:
    """Those that a list names with nothing but general words: "Ambulance service"."""
    cells = [(cell, start) for cell, start, _, _ in agency_cells(reading)]
    cells += [
        (asked.addressee, asked.addressee_start)
        for asked in reading.recommendations
        if asked.addressee_end
    ]
    for cell, start in cells:
        for part in split_names(cell, kinds):
            general = next(kinds.general_words(part), None)
            if general and is_common(part, kinds) and cell.find(part) >= 0:
                yield Listed(general, part, start + cell.find(part))

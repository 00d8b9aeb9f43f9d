"""What coders did as ratings: of segments, of cases, and of the characters of the text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from workbench.annotate.agreement.records import CodedUnit, Mark
from workbench.annotate.statistics.tallies import MISSING, Ratings

NO, YES = 0, 1
Key = tuple[str, str]  # document, unit


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Grid:
    """Units by coders; the order of everything is that of names."""

    coders: tuple[str, ...]
    codes: tuple[str, ...]  # used by anybody
    keys: tuple[Key, ...]
    document_ids: tuple[str, ...]
    documents: NDArray[np.int64]  # (n_units,): place in document_ids
    case_ids: tuple[str, ...]  # of each unit
    seen: NDArray[np.bool_]  # (n_units, n_coders)
    marks: tuple[tuple[tuple[Mark, ...], ...], ...]  # by unit, then coder
    dates: tuple[date | None, ...]  # the last of each unit
    n_chars: NDArray[np.int64]  # (n_units,)

    by_code: Mapping[str, NDArray[np.bool_]]  # code -> who marked what, (n_units, n_coders)

    def marked(self, code_id: str) -> NDArray[np.bool_]:
        """Who marked what with the code, shape (n_units, n_coders)."""
        return self.by_code[code_id]


def make_grid(units: Sequence[CodedUnit], *, only_affirmed: bool = False) -> Grid:
    """The grid of what two coders or more have coded.

    Units of one coder are left out: nothing can be compared there, and prevalence should be that
    of the units whose agreement stands beside it.

    Raises:
        ValueError: One coder has one unit twice.
    """
    coders = tuple(sorted({unit.coder for unit in units}))
    by_key: dict[Key, dict[str, CodedUnit]] = {}
    for unit in units:
        row = by_key.setdefault((unit.document_id, unit.unit_id), {})
        if unit.coder in row:
            raise ValueError(f"{unit.coder} has unit {unit.unit_id!r} of {unit.document_id} twice")
        row[unit.coder] = unit
    keys = tuple(sorted(key for key, row in by_key.items() if len(row) > 1))
    document_ids = tuple(sorted({document for document, _ in keys}))
    place = {document: at for at, document in enumerate(document_ids)}
    marks = tuple(
        tuple(_counted(by_key[key].get(coder), only_affirmed) for coder in coders) for key in keys
    )
    rows = [by_key[key] for key in keys]
    by_code = _by_code(marks, (len(keys), len(coders)))
    return Grid(
        coders=coders,
        codes=tuple(sorted(by_code)),
        keys=keys,
        document_ids=document_ids,
        documents=np.array([place[document] for document, _ in keys], dtype=np.int64),
        case_ids=tuple(
            next((each.case_id for each in row.values() if each.case_id), document)
            for (document, _), row in zip(keys, rows, strict=True)
        ),
        seen=np.array([[coder in row for coder in coders] for row in rows], dtype=bool).reshape(
            len(rows), len(coders)
        ),
        marks=marks,
        by_code=by_code,
        dates=tuple(_last_date(row.values()) for row in rows),
        n_chars=np.array(
            [max(each.n_chars for each in row.values()) for row in rows], dtype=np.int64
        ),
    )


def _by_code(
    marks: Sequence[Sequence[Sequence[Mark]]], shape: tuple[int, int]
) -> dict[str, NDArray[np.bool_]]:
    found: dict[str, NDArray[np.bool_]] = {}
    for at, row in enumerate(marks):
        for coder, given in enumerate(row):
            for mark in given:
                if mark.code_id not in found:
                    found[mark.code_id] = np.zeros(shape, dtype=bool)
                found[mark.code_id][at, coder] = True
    return found


def segment_ratings(grid: Grid, code_id: str) -> Ratings:
    """Whether each coder marked each unit with a code, shape (n_units, n_coders)."""
    return np.where(grid.seen, grid.marked(code_id).astype(np.int64), MISSING)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Cases:
    """The cases of a grid, and which units belong to each."""

    case_ids: tuple[str, ...]
    members: tuple[NDArray[np.int64], ...]  # places in the grid
    seen: NDArray[np.bool_]  # (n_cases, n_coders): by a coder who saw all its units
    documents: NDArray[np.int64]  # (n_cases,): the case itself, since cases are drawn whole


def make_cases(grid: Grid) -> Cases:
    """The cases of a grid.

    A coder who saw only a part of a case's units is not compared on it: what they would have
    found in the rest is not known.
    """
    case_ids = tuple(sorted(set(grid.case_ids)))
    of_unit = np.array(grid.case_ids, dtype=object)
    members = tuple(np.flatnonzero(of_unit == case_id) for case_id in case_ids)
    return Cases(
        case_ids=case_ids,
        members=members,
        seen=np.array([grid.seen[places].all(axis=0) for places in members], dtype=bool),
        documents=np.arange(len(case_ids)),
    )


def case_ratings(grid: Grid, cases: Cases, code_id: str) -> Ratings:
    """Whether each coder marked anything in each case with a code, shape (n_cases, n_coders)."""
    marked = grid.marked(code_id)
    found = np.array([marked[places].any(axis=0) for places in cases.members], dtype=bool)
    return np.where(cases.seen, found.astype(np.int64), MISSING)


def character_ratings(
    grid: Grid, code_id: str | None
) -> tuple[Ratings, NDArray[np.int64], NDArray[np.float64]]:
    """Whether each coder marked each character: ratings, documents and weights of stretches.

    A stretch is a run of characters that every coder treats alike, and weighs its length.

    Args:
        grid: What the coders did, offsets counted in each unit's own text.
        code_id: The code; None for any.
    """
    ratings: list[list[int]] = []
    documents: list[int] = []
    weights: list[float] = []
    for at, row in enumerate(grid.marks):
        for start, end in _stretches(row, code_id, int(grid.n_chars[at])):
            documents.append(int(grid.documents[at]))
            weights.append(float(end - start))
            ratings.append(
                [
                    int(any(_covers(mark, code_id, start) for mark in given)) if seen else MISSING
                    for given, seen in zip(row, grid.seen[at], strict=True)
                ]
            )
    shape = (len(ratings), len(grid.coders))
    return (
        np.array(ratings, dtype=np.int64).reshape(shape),
        np.array(documents, dtype=np.int64),
        np.array(weights),
    )


def _stretches(
    row: Sequence[Sequence[Mark]], code_id: str | None, n_chars: int
) -> Iterator[tuple[int, int]]:
    bounds = {0, n_chars}
    for given in row:
        for mark in given:
            if code_id in (None, mark.code_id):
                bounds |= {mark.start_char, mark.end_char}
    yield from pairwise(sorted(bounds))


def _covers(mark: Mark, code_id: str | None, at: int) -> bool:
    return code_id in (None, mark.code_id) and mark.start_char <= at < mark.end_char


def _counted(unit: CodedUnit | None, only_affirmed: bool) -> tuple[Mark, ...]:
    if unit is None:
        return ()
    return tuple(
        mark for mark in unit.marks if not only_affirmed or mark.assertion in ("", "affirmed")
    )


def _last_date(units: Iterable[CodedUnit]) -> date | None:
    return max((unit.coded_on for unit in units if unit.coded_on), default=None)

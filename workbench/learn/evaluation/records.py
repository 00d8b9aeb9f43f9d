"""The record tree of an evaluation: sections of measures and tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

Cell = str | int | float | None


class Tally(NamedTuple):
    """What one document (or case) adds to a measure: the measure is sum(part) / sum(whole)."""

    part: float
    whole: float
    n: int  # support: how many things of the truth (or of the system) were judged


def share(part: float, whole: int) -> Tally:
    """The tally of a plain share: so many of so many."""
    return Tally(part, whole, whole)


def precision_recall_f1(name: str, hits: int, false: int, missed: int) -> dict[str, Tally]:
    """The tallies ``<name>.precision``, ``.recall`` and ``.f1``.

    F1 = 2 hits / (2 hits + false + missed), so that sums over documents give the micro average.
    """
    return {
        f"{name}.precision": share(hits, hits + false),
        f"{name}.recall": share(hits, hits + missed),
        f"{name}.f1": Tally(2 * hits, 2 * hits + false + missed, hits + missed),
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitValue:
    """A measure for one document or case; ``value`` is nothing when there was nothing to judge."""

    unit_id: str
    value: float | None
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A number with its support, its interval and the same number for each unit.

    ``value`` is nothing, not 0, where the measure is undefined: precision without predictions.
    ``low`` and ``high`` bound the 95 % bootstrap interval; nothing with fewer than two cases.
    """

    key: str  # "codings.affirmed.recall"
    label: str  # for people
    value: float | None
    low: float | None
    high: float | None
    n: int
    units: tuple[UnitValue, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A breakdown: its first column names the row."""

    key: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One part of the work that was measured."""

    key: str
    title: str
    explanation: str  # one plain sentence or two: what was compared with what
    measures: tuple[Measure, ...]
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluatedDocument:
    """A document of the corpus and whether its content was measured."""

    truth_id: str
    case_id: str
    kind: str
    lead: bool
    n_paragraphs: int
    n_codings: int
    status: str  # how the system's reading ended; "no reading" when there is none
    content_measured: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """What the system got right on a corpus with truth."""

    documents: tuple[EvaluatedDocument, ...]
    sections: tuple[Section, ...]
    n_resamples: int
    seed: int

    def section(self, key: str) -> Section:
        """The section of that key.

        Raises:
            KeyError: There is none.
        """
        for section in self.sections:
            if section.key == key:
                return section
        raise KeyError(key)

    def measure(self, key: str) -> Measure:
        """The measure of that key.

        Raises:
            KeyError: No section has it.
        """
        for section in self.sections:
            for measure in section.measures:
                if measure.key == key:
                    return measure
        raise KeyError(key)

    def table(self, key: str) -> Table:
        """The table of that key.

        Raises:
            KeyError: No section has it.
        """
        for section in self.sections:
            for table in section.tables:
                if table.key == key:
                    return table
        raise KeyError(key)

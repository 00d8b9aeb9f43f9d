"""What the columns of case tables mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from workbench.records import IncidentField, SubjectRole


class Meaning(StrEnum):
    """What a value says of a factor. A tag that is not set is not mentioned, never ruled out."""

    PRESENT = "present"
    RULED_OUT = "ruled_out"
    SUSPECTED = "suspected"
    NOT_MENTIONED = "not_mentioned"


class Place(NamedTuple):
    """A column of a table."""

    table: str
    column: str

    @classmethod
    def of(cls, text: str) -> Place:
        """The column that a map names as ``table.column``."""
        table, _, column = text.partition(".")
        return cls(table, column)


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedColumn:
    """A column that tells of one factor for one role."""

    column: str
    code_id: str
    role: SubjectRole
    values: Mapping[str, Meaning]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonColumns:
    """A table whose rows are people: their role and the columns that describe them."""

    role: SubjectRole
    name: str = ""
    age: str = ""
    sex: str = ""
    ethnicity: str = ""
    relation: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that are named."""
        named = (self.name, self.age, self.sex, self.ethnicity, self.relation)
        return tuple(column for column in named if column)


@dataclass(frozen=True, slots=True, kw_only=True)
class TableMap:
    """One table: its file, the column that names the case, and its other columns."""

    name: str
    file_name: str
    key: str
    optional: bool  # a case may have no row here
    person: PersonColumns | None
    coded: tuple[CodedColumn, ...]
    kept: tuple[str, ...]  # shown with the case, not counted

    @property
    def columns(self) -> frozenset[str]:
        """Every column that the map speaks of."""
        people = self.person.columns if self.person else ()
        return frozenset((self.key, *people, *(each.column for each in self.coded), *self.kept))


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouping:
    """How cases fall into groups: by the text of a column, or by the first tag that is set."""

    name: str
    column: Place | None = None
    pattern: str = ""  # of the text, the part that matches
    first: tuple[tuple[str, Place], ...] = ()  # label, column
    otherwise: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributeColumn:
    """A column that tells of the incident."""

    field: IncidentField
    column: Place
    values: Mapping[str, str]  # what a cell says -> value of the codebook, or "not_stated"
    where: tuple[tuple[Place, str], ...] = ()  # only of cases with these cells
    unless: tuple[tuple[Place, str], ...] = ()  # of no case with one of these cells

    @property
    def columns(self) -> tuple[Place, ...]:
        """Every column that is looked at."""
        return (self.column, *(place for place, _ in (*self.where, *self.unless)))


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseMap:
    """What a set of case tables means."""

    name: str
    source: str  # who made the tables, and their licence
    review_type: str
    cases: str  # the table with one row for each case
    only: Mapping[str, str]  # take only its rows with these values, by column
    title: str  # "{key}" stands for the name of the case
    values: Mapping[str, Meaning]  # of every coded column that has none of its own
    tables: tuple[TableMap, ...]
    groupings: tuple[Grouping, ...]
    incident: tuple[AttributeColumn, ...] = ()  # of one attribute, the first that states it counts

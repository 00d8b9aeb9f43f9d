"""Rows of case tables as readings: each cell is words of a text, each tag a passage of it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from workbench.cases.tables.attributes import stated_facts
from workbench.cases.tables.groups import groups_of
from workbench.cases.tables.model import (
    AttributeColumn,
    CaseMap,
    CodedColumn,
    Meaning,
    Place,
    TableMap,
)
from workbench.cases.tables.rows import CaseTables, Row
from workbench.codebook import Codebook
from workbench.records import (
    Assertion,
    Coding,
    Document,
    DocumentStatus,
    FactBasis,
    FrozenText,
    IncidentFact,
    Person,
    PlacedWord,
    Reading,
    SectionRole,
    Segment,
    SegmentKind,
    Standing,
    Temporality,
    Valence,
)

#: ``Document.producer`` of a case that comes from tables, and not from a report.
CASE_TABLE = "case table"
# A plain sheet on A4 with one cell on a line, in points.
_LEFT_PT, _TOP_PT, _LINE_PT, _CHARACTER_PT, _LINES = 40.0, 40.0, 12.0, 5.2, 62
_ASSERTIONS = {
    Meaning.PRESENT: Assertion.AFFIRMED,
    Meaning.RULED_OUT: Assertion.NEGATED,
    Meaning.SUSPECTED: Assertion.SUSPECTED,
}
_AGE = re.compile(r"\d{1,3}")


@dataclass(frozen=True, slots=True, kw_only=True)
class TabledCase:
    """One case of the tables: its reading, the groups it falls into, and facts of its incident."""

    key: str
    reading: Reading
    groups: tuple[tuple[str, str], ...]  # grouping, group
    facts: tuple[IncidentFact, ...] = ()


def table_cases(
    tables: CaseTables, case_map: CaseMap, codebook: Codebook
) -> tuple[TabledCase, ...]:
    """One reading for each case of the tables, by the name of the case.

    The text of a reading holds the case's rows, one segment each, every cell as "column: value".
    A cell whose value tells of a factor has a coding on exactly its words, one that tells of the
    incident a fact.
    """
    with_valence = {code.code_id for code in codebook.codes if code.has_valence}
    made = []
    for key in sorted(tables.rows[case_map.cases]):
        writer = _Writer(key, tables, case_map, with_valence)
        made.append(
            TabledCase(
                key=key,
                reading=writer.reading(),
                groups=tuple(groups_of(key, tables, case_map)),
                facts=tuple(writer.facts()),
            )
        )
    return tuple(made)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cell:
    """Where a cell stands in the text, and where it came from."""

    value: str
    document_id: str
    segment: int
    start_char: int
    text: str
    origin: str


@dataclass(slots=True)
class _Writer:
    """Writes the text of one case down, cell by cell."""

    key: str
    tables: CaseTables
    case_map: CaseMap
    with_valence: set[str]
    _parts: list[str] = field(default_factory=list)
    _words: list[PlacedWord] = field(default_factory=list)
    _segments: list[Segment] = field(default_factory=list)
    _people: list[Person] = field(default_factory=list)
    _codings: list[Coding] = field(default_factory=list)
    _cells: dict[Place, _Cell] = field(default_factory=dict)
    _length: int = 0
    _n_lines: int = 0

    def reading(self) -> Reading:
        rows = [
            (table, self.tables.rows[table.name][self.key])
            for table in self.case_map.tables
            if self.key in self.tables.rows[table.name]
        ]
        document_id = self._document_id(rows)
        for table, row in rows:
            self._write_row(document_id, table, row)
        pages = self._words[-1].page
        return Reading(
            document=Document(
                document_id=document_id,
                file_name=f"{self.case_map.name}: {self.key}",
                status=DocumentStatus.OK,
                n_pages=pages,
                title=self.case_map.title.replace("{key}", self.key),
                review_type=self.case_map.review_type,
                publisher=self.case_map.source,
                producer=CASE_TABLE,
            ),
            frozen=FrozenText(
                document_id=document_id, text="".join(self._parts), words=tuple(self._words)
            ),
            segments=tuple(self._segments),
            people=tuple(self._people),
            codings=tuple(self._codings),
        )

    def facts(self) -> Iterator[IncidentFact]:
        """Facts of the incident, once the reading is written."""

        def cell_at(place: Place) -> str | None:
            return self._cells[place].value if place in self._cells else None

        yield from stated_facts(self.case_map.incident, cell_at, self._fact)

    def _fact(self, attribute: AttributeColumn, value: str) -> IncidentFact:
        cell = self._cells[attribute.column]
        return IncidentFact(
            field=attribute.field,
            value=value,
            basis=FactBasis.CODED,
            standing=Standing.VALUE,
            score=1.0,
            document_id=cell.document_id,
            segment=cell.segment,
            start_char=cell.start_char,
            end_char=cell.start_char + len(cell.text),
            text=cell.text,
            explanation=cell.origin,
        )

    def _document_id(self, rows: list[tuple[TableMap, Row]]) -> str:
        text = "\n".join(
            f"{table.name}\t{column}\t{value}"
            for table, row in rows
            for column, value in row.cells.items()
        )
        return hashlib.sha256(f"{self.case_map.name}\t{self.key}\n{text}".encode()).hexdigest()

    def _write_row(self, document_id: str, table: TableMap, row: Row) -> None:
        if self._parts:
            self._write("\n\n")
        start, first_page = self._length, self._page()
        person_id = self._write_person(document_id, table, row)
        coded = {each.column: each for each in table.coded}
        cells: list[str] = []
        for column in self.tables.columns[table.name]:
            if cells:
                self._write(" | ")
            cell = f"{column}: {row.cells[column] or '(empty)'}"
            cells.append(cell)
            self._cells[Place(table.name, column)] = _Cell(
                value=row.cells[column], document_id=document_id, segment=len(self._segments),
                start_char=self._length, text=cell,
                origin=f"{table.file_name}, line {row.line}, column {column}",
            )  # fmt: skip
            if column in coded:
                self._code(document_id, table, row, coded[column], person_id)
            self._place(cell)
        self._segments.append(
            Segment(
                document_id=document_id,
                ordinal=len(self._segments),
                kind=SegmentKind.TABLE_ROW,
                section_role=SectionRole.FACTS,
                start_char=start,
                end_char=self._length,
                text=" | ".join(cells),
                page_start=first_page,
                page_end=self._words[-1].page,
                number=f"line {row.line}",
                section_path=(table.file_name,),
                cells=tuple(cells),
            )
        )

    def _write(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    def _page(self) -> int:
        return self._n_lines // _LINES + 1

    def _place(self, cell: str) -> None:
        page, line = self._page(), self._n_lines % _LINES
        top = _TOP_PT + line * _LINE_PT
        right = _LEFT_PT + min(len(cell), 98) * _CHARACTER_PT
        end = self._length + len(cell)
        bottom = top + _LINE_PT - 2
        self._words.append(PlacedWord(self._length, end, page, _LEFT_PT, top, right, bottom))
        self._write(cell)
        self._n_lines += 1

    def _write_person(self, document_id: str, table: TableMap, row: Row) -> str:
        if table.person is None:
            return ""
        about = table.person
        age = row.cells.get(about.age, "")
        person = Person(
            document_id=document_id,
            person_id=f"P{len(self._people) + 1}",
            name=row.cells.get(about.name, "") or f"{self.key} {about.role}",
            role=about.role,
            relation=row.cells.get(about.relation, ""),
            # Bands ("25-34") stay in the text: a record holds years.
            age_years=int(age) if _AGE.fullmatch(age) else None,
            sex=row.cells.get(about.sex, "").lower(),
            ethnicity=row.cells.get(about.ethnicity, ""),
        )
        self._people.append(person)
        return person.person_id

    def _code(
        self, document_id: str, table: TableMap, row: Row, coded: CodedColumn, person_id: str
    ) -> None:
        value = row.cells[coded.column]
        meaning = coded.values[value]
        if meaning is Meaning.NOT_MENTIONED:
            return
        text = f"{coded.column}: {value or '(empty)'}"
        valence = Valence.NEGATIVE if coded.code_id in self.with_valence else Valence.NOT_APPLICABLE
        own = table.person is not None and table.person.role is coded.role
        self._codings.append(
            Coding(
                document_id=document_id,
                segment=len(self._segments),
                start_char=self._length,
                end_char=self._length + len(text),
                text=text,
                code_id=coded.code_id,
                assertion=_ASSERTIONS[meaning],
                subject_role=coded.role,
                section_role=SectionRole.FACTS,
                temporality=Temporality.UNCLEAR,
                valence=valence,
                score=1.0,
                source=f"table:{self.case_map.name}",
                person_id=person_id if own else "",
                explanation=f"{table.file_name}, line {row.line}, column {coded.column}: {value}",
            )
        )

"""The tables of what documents recommend, date and say of themselves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from workbench.publish.names import page_path, segment_anchor
from workbench.publish.registers.words import place_of
from workbench.publish.site.catalogue import Catalogue
from workbench.publish.tables.column import LIST_SEPARATOR, Column
from workbench.publish.tables.journeys import REGISTER, RegisterCells, Registered
from workbench.records import (
    DateBasis,
    DatedEvent,
    DatePrecision,
    MetadataField,
    MetadataSource,
    Metadatum,
    Reading,
    Recommendation,
)
from workbench.records.journey import JourneyEvent

Detail = Recommendation | DatedEvent | Metadatum


@dataclass(frozen=True, slots=True, kw_only=True)
class DetailRow:
    """A record with the document and the case that it belongs to."""

    record: Detail
    reading: Reading
    case_id: str
    registered: RegisterCells
    event: JourneyEvent | None = None  # of a dated event: its agencies and people
    people: tuple[str, ...] = ()  # their names

    @property
    def page(self) -> int | None:
        """Where its words begin, None where it has none."""
        if not self.record.end_char:
            return None
        boxes = self.reading.frozen.boxes(self.record.start_char, self.record.end_char)
        return boxes[0].page if boxes else None

    @property
    def link(self) -> str:
        """Its words on their page in the report, "" where it stands on none."""
        page = self.page
        if page is None:
            return ""
        if isinstance(self.record, DatedEvent):
            return place_of(self.reading, self.record.start_char, self.record.end_char)[1]
        marked = isinstance(self.record, Recommendation)
        anchor = f"#{segment_anchor(self.record.segment)}" if marked else ""  # type: ignore[union-attr]
        return f"{page_path(self.record.document_id, page)}{anchor}"


_WHERE: tuple[Column, ...] = (
    Column(name="case_id", meaning="Case that the document belongs to; empty for none", unit="id",
           value=lambda row: row.case_id),
    Column(name="document_id", meaning="SHA-256 of the document's file", unit="id",
           allowed="64 hexadecimal digits", value=lambda row: row.record.document_id),
    Column(name="file_name", meaning="Name of the document's file",
           value=lambda row: row.reading.document.file_name),
    Column(name="page", meaning="Page on which the words begin, as a PDF viewer counts",
           unit="page", allowed="from 1; empty where no page says it",
           value=lambda row: row.page),
)  # fmt: skip
_PLACE: tuple[Column, ...] = (
    Column(name="start_char", meaning="First character in the document's frozen text",
           unit="characters", allowed="from 0", value=lambda row: row.record.start_char),
    Column(name="end_char", meaning="Character after the last one; 0 where no page says it",
           unit="characters", allowed="from 0", value=lambda row: row.record.end_char),
    Column(name="link", meaning="The page in this report", unit="path",
           value=lambda row: row.link),
)  # fmt: skip
RECOMMENDATIONS: tuple[Column, ...] = (
    *_WHERE,
    Column(name="number", meaning="Number as printed; empty where none is printed",
           value=lambda row: row.record.number),
    Column(name="addressee", meaning="To whom it is made, as the review names them; empty where "
           "it does not say", value=lambda row: row.record.addressee),
    Column(name="timescale", meaning="By when, as printed; empty where not stated",
           value=lambda row: row.record.timescale),
    Column(name="text", meaning="The recommendation, exactly as in the document",
           value=lambda row: row.record.text),
    *REGISTER,
    *_PLACE,
)  # fmt: skip
CHRONOLOGY: tuple[Column, ...] = (
    *_WHERE,
    Column(name="date", meaning="Date, no more exact than printed: ISO 8601, for seasons EDTF "
           "(2019-21 is spring 2019); a range has a slash", unit="date",
           allowed="empty where it cannot be read", value=lambda row: row.record.date),
    Column(name="precision", meaning="How exact the date is printed", unit="category",
           allowed=", ".join(DatePrecision), value=lambda row: str(row.record.precision)),
    Column(name="basis", meaning="What the date rests on", unit="category",
           allowed=", ".join(DateBasis), value=lambda row: str(row.record.basis)),
    Column(name="is_approximate", meaning="1 where it is printed with about, circa and the like",
           unit="flag", allowed="0, 1", value=lambda row: int(row.record.is_approximate)),
    Column(name="printed", meaning="The date as printed", value=lambda row: row.record.printed),
    Column(name="agency", meaning="Agency or source that the entry names in a column of its own",
           value=lambda row: row.record.agency),
    Column(name="agency_kinds", meaning="Kinds of agency that were in touch, with spaces between",
           unit="category", value=lambda row: LIST_SEPARATOR.join(row.event.kinds)
           if row.event else ""),
    Column(name="agencies", meaning="Agencies that it names, joined with a bar",
           value=lambda row: " | ".join(row.event.agencies) if row.event else ""),
    Column(name="people", meaning="People of the review that it names, joined with a bar",
           value=lambda row: " | ".join(row.people)),
    Column(name="text", meaning="What happened, cells joined with a bar",
           value=lambda row: row.record.text),
    *_PLACE,
)  # fmt: skip
METADATA: tuple[Column, ...] = (
    *_WHERE,
    Column(name="field", meaning="What is known", unit="category",
           allowed=", ".join(MetadataField), value=lambda row: str(row.record.field)),
    Column(name="value", meaning="The value; dates ISO 8601, cut to their precision",
           value=lambda row: row.record.value),
    Column(name="source", meaning="Where it was read, or that the user has corrected it",
           unit="category", allowed=", ".join(MetadataSource),
           value=lambda row: str(row.record.source)),
    Column(name="confidence", meaning="How sure the rule is that found it; 1 for the user",
           unit="score", allowed="0 to 1", value=lambda row: row.record.confidence),
    *_PLACE,
)  # fmt: skip


def recommendation_rows(catalogue: Catalogue) -> list[DetailRow]:
    """Every recommendation, by document."""
    return _rows(catalogue, lambda reading: reading.recommendations)


def chronology_rows(catalogue: Catalogue) -> list[DetailRow]:
    """Every entry of a chronology, by document."""
    return _rows(catalogue, lambda reading: reading.events)


def metadata_rows(catalogue: Catalogue) -> list[DetailRow]:
    """All that is known of each document as a whole."""
    return _rows(catalogue, lambda reading: reading.metadata)


def _rows(catalogue: Catalogue, records: Callable[[Reading], Sequence[Detail]]) -> list[DetailRow]:
    publication = catalogue.publication
    register = Registered(catalogue)
    events = {
        (event.document_id, event.start_char, event.end_char, event.date): event
        for journey in publication.journeys.values()
        for event in journey.events
    }
    rows = []
    for document_id, reading in sorted(publication.readings.items()):
        names = {person.person_id: person.name for person in reading.people}
        for record in records(reading):
            entry = None
            if isinstance(record, Recommendation):
                entry = register.entry(document_id, record.segment)
            event = None
            if isinstance(record, DatedEvent):
                event = events.get((document_id, record.start_char, record.end_char, record.date))
            n = register.n_reviews(entry) if entry else 0
            rows.append(
                DetailRow(
                    record=record, reading=reading,
                    case_id=LIST_SEPARATOR.join(_case_ids(catalogue, document_id, record)),
                    registered=RegisterCells(entry=entry, n_reviews=n, reading=reading),
                    event=event,
                    people=tuple(names[key] for key in event.person_ids) if event else (),
                )
            )  # fmt: skip
    return rows


def _case_ids(catalogue: Catalogue, document_id: str, record: Detail) -> list[str]:
    """The case of an event; else all cases of the document: a recommendation answers them all."""
    if isinstance(record, DatedEvent):
        case = catalogue.case_telling(document_id, record.segment)
        return [case.case_id] if case else []
    return [case.case_id for case in catalogue.cases_of(document_id)]

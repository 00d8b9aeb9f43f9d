"""The tables of agencies and contacts, and what the register knows of recommendations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from workbench.publish.registers.words import place_of
from workbench.publish.site.catalogue import Catalogue
from workbench.publish.tables.column import LIST_SEPARATOR, Column
from workbench.records import Reading
from workbench.records.journey import Agency, AgencyMention, JourneyEvent
from workbench.records.register import LinkBasis, RegisterEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyRow:
    """One agency of one document."""

    case_id: str
    agency: Agency
    label: str
    file_name: str
    n_mentions: int
    n_contacts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactRow:
    """One place where a review tells of a contact."""

    case_id: str
    mention: AgencyMention
    name: str  # of the agency; "" where only its kind is known
    event: JourneyEvent | None  # that dates it
    reading: Reading

    @property
    def place(self) -> tuple[int, str]:
        """Page and link of its sentence."""
        return place_of(self.reading, self.mention.sentence_start, self.mention.sentence_end)

    @property
    def text(self) -> str:
        """The sentence or entry."""
        return self.reading.frozen.text[
            self.mention.sentence_start : self.mention.sentence_end
        ].rstrip()


AGENCIES: tuple[Column, ...] = (
    Column(name="case_id", meaning="Case", unit="id", value=lambda row: row.case_id),
    Column(name="document_id", meaning="SHA-256 of the document's file", unit="id",
           allowed="64 hexadecimal digits", value=lambda row: row.agency.document_id),
    Column(name="file_name", meaning="Name of the document's file",
           value=lambda row: row.file_name),
    Column(name="agency_id", meaning="Name of the agency, unique in the document", unit="id",
           value=lambda row: row.agency.agency_id),
    Column(name="kind", meaning="Kind of agency", unit="category",
           allowed="see agencies.yaml of the workbench", value=lambda row: row.agency.kind),
    Column(name="name", meaning="Name as the review prints it in full, or general words where it "
           "has none", value=lambda row: row.agency.name),
    Column(name="is_named", meaning="1 where it has a name of its own", unit="flag",
           allowed="0, 1", value=lambda row: int(row.agency.is_named)),
    Column(name="aliases", meaning="Other forms, joined with a bar",
           value=lambda row: " | ".join(row.agency.aliases)),
    Column(name="n_mentions", meaning="Places in the evidence sections and chronologies that "
           "name it", unit="mentions", allowed="from 0", value=lambda row: row.n_mentions),
    Column(name="n_contacts", meaning="Of those, places that tell of a contact",
           unit="mentions", allowed="from 0", value=lambda row: row.n_contacts),
)  # fmt: skip
CONTACTS: tuple[Column, ...] = (
    Column(name="contact_id", meaning="Stable name; evidence.csv lists it beside findings",
           unit="id", value=lambda row: row.mention.mention_id),
    Column(name="case_id", meaning="Case", unit="id", value=lambda row: row.case_id),
    Column(name="document_id", meaning="SHA-256 of the document's file", unit="id",
           allowed="64 hexadecimal digits", value=lambda row: row.mention.document_id),
    Column(name="kind", meaning="Kind of agency", unit="category",
           allowed="see agencies.yaml of the workbench", value=lambda row: row.mention.kind),
    Column(name="agency", meaning="Name of the agency; empty where only its kind is known",
           value=lambda row: row.name),
    Column(name="date", meaning="Date of the contact, as in chronology.csv; empty where not dated",
           unit="date", value=lambda row: row.event.date if row.event else ""),
    Column(name="is_contact", meaning="1 where the words tell of a contact, 0 where the agency is "
           "only named", unit="flag", allowed="0, 1",
           value=lambda row: int(row.mention.is_contact)),
    Column(name="text", meaning="The sentence or the entry of the chronology",
           value=lambda row: row.text),
    Column(name="start_char", meaning="First character of the agency in the document's frozen text",
           unit="characters", allowed="from 0", value=lambda row: row.mention.start_char),
    Column(name="end_char", meaning="Character after the last one", unit="characters",
           allowed="from 1", value=lambda row: row.mention.end_char),
    Column(name="page", meaning="Page on which the sentence begins", unit="page",
           allowed="from 1; empty where no page shows it", value=lambda row: row.place[0] or None),
    Column(name="link", meaning="The words in this report", unit="path",
           value=lambda row: row.place[1]),
)  # fmt: skip


def agency_rows(catalogue: Catalogue) -> list[AgencyRow]:
    """Every agency of every document, in the order of the cases."""
    publication = catalogue.publication
    rows = []
    for case in publication.cases:
        journey = publication.journeys.get(case.case_id)
        for agency in journey.agencies if journey else ():
            mentions = [
                m
                for m in (journey.mentions if journey else ())
                if (m.document_id, m.agency_id) == (agency.document_id, agency.agency_id)
            ]
            rows.append(
                AgencyRow(
                    case_id=case.case_id, agency=agency,
                    label=publication.agency_labels.get(agency.kind, agency.kind),
                    file_name=catalogue.documents[agency.document_id].file_name,
                    n_mentions=len(mentions), n_contacts=sum(m.is_contact for m in mentions),
                )
            )  # fmt: skip
    return rows


def contact_rows(catalogue: Catalogue) -> list[ContactRow]:
    """Every place that names an agency in what a review tells of its case."""
    publication = catalogue.publication
    rows = []
    for case in publication.cases:
        journey = publication.journeys.get(case.case_id)
        if journey is None:
            continue
        names = {(a.document_id, a.agency_id): a.name for a in journey.agencies}
        dated = {id_: event for event in reversed(journey.events) for id_ in event.mention_ids}
        rows += [
            ContactRow(
                case_id=case.case_id, mention=mention,
                name=names.get((mention.document_id, mention.agency_id), ""),
                event=dated.get(mention.mention_id),
                reading=publication.readings[mention.document_id],
            )
            for mention in journey.mentions
        ]  # fmt: skip
    return rows


class Registered:
    """What the register knows of a recommendation, by its document and segment."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._entries = {
            (e.recommendation.document_id, e.recommendation.segment): e
            for e in catalogue.publication.register
        }
        reviews: dict[str, set[str]] = defaultdict(set)
        for entry in self._entries.values():
            reviews[entry.group].add(entry.review_id)
        self._reviews: Mapping[str, set[str]] = reviews

    def entry(self, document_id: str, segment: int) -> RegisterEntry | None:
        """The entry; None for a copy in another document of the case."""
        return self._entries.get((document_id, segment))

    def n_reviews(self, entry: RegisterEntry) -> int:
        """Reviews that ask the same, its own included."""
        return len(self._reviews[entry.group]) if entry.group else 1


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterCells:
    """What stands in the register's columns of ``recommendations.csv``."""

    entry: RegisterEntry | None
    n_reviews: int
    reading: Reading

    @property
    def finding_place(self) -> tuple[int, str]:
        """Page and link of the passage that it answers."""
        link = self.entry.link if self.entry else None
        return place_of(self.reading, link.start_char, link.end_char) if link else (0, "")

    @property
    def finding_number(self) -> str:
        """Paragraph number of the passage that it answers."""
        link = self.entry.link if self.entry else None
        if link is None:
            return ""
        return next((s.number for s in self.reading.segments if s.ordinal == link.segment), "")


REGISTER: tuple[Column, ...] = (
    Column(name="addressee_kinds", meaning="Kinds of agency that it is made to, with spaces "
           "between", unit="category", allowed="empty where no word tells",
           value=lambda row: LIST_SEPARATOR.join(_of(row, "addressee_kinds"))),
    Column(name="themes", meaning="Codes that its words are about, with spaces between", unit="id",
           value=lambda row: LIST_SEPARATOR.join(_of(row, "code_ids"))),
    Column(name="repetition_group", meaning="Shared by recommendations of several reviews that "
           "ask much the same; empty for one that stands alone", unit="id",
           value=lambda row: row.registered.entry.group if row.registered.entry else ""),
    Column(name="n_reviews", meaning="Reviews that ask much the same, its own included",
           unit="reviews", allowed="from 1; empty for a copy in another document of the case",
           value=lambda row: row.registered.n_reviews or None),
    Column(name="finding_paragraph", meaning="Number of the paragraph that it answers",
           value=lambda row: row.registered.finding_number),
    Column(name="finding_page", meaning="Page of that paragraph", unit="page",
           allowed="from 1; empty where nothing was found",
           value=lambda row: row.registered.finding_place[0] or None),
    Column(name="finding_basis", meaning="Why it is said to answer it", unit="category",
           allowed=", ".join(LinkBasis), value=lambda row: _basis(row)),
    Column(name="finding_score", meaning="1 where printed, else the share of its words that the "
           "paragraph has, rare words weighing more", unit="share", allowed="0 to 1",
           value=lambda row: row.registered.entry.link.score
           if row.registered.entry and row.registered.entry.link else None),
    Column(name="finding_link", meaning="The words of that paragraph in this report", unit="path",
           value=lambda row: row.registered.finding_place[1]),
)  # fmt: skip


class HasRegister(Protocol):
    """A row of the table of recommendations."""

    @property
    def registered(self) -> RegisterCells:
        """What the register knows of it."""


def _of(row: HasRegister, field: str) -> tuple[str, ...]:
    found: tuple[str, ...] = getattr(row.registered.entry, field, ())
    return found


def _basis(row: HasRegister) -> str:
    entry = row.registered.entry
    return str(entry.link.basis if entry and entry.link else LinkBasis.NONE)

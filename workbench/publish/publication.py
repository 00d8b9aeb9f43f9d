"""What a report is made of: everything the stages found, and where it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from workbench.codebook import Codebook
from workbench.records import Case, Document, Finding, IncidentFact, Reading
from workbench.records.journey import Journey
from workbench.records.register import RegisterEntry

#: ``Document.producer`` of a case that comes from tables, as ``workbench.cases.tables`` has it.
CASE_TABLE = "case table"


class CodedBy(NamedTuple):
    """Who coded the passages of a report: how many of them, by what."""

    n_machine: int
    n_tables: int  # by the people who made tables that were imported
    n_people: int  # decided by people in the workbench

    @property
    def only_tables(self) -> bool:
        """Whether all passages are cells of tables, which ask for what they have columns for."""
        return bool(self.n_tables) and not self.n_machine and not self.n_people

    @property
    def in_words(self) -> str:
        """One sentence for the foot of a page, without its full stop."""
        if not self.n_tables and not self.n_people:
            return "Coded by machine; not reviewed by a person unless a passage says so"
        parts = (
            (self.n_machine, "coded by machine and not reviewed"),
            (self.n_tables, "taken from tables that people coded"),
            (self.n_people, "decided by reviewers"),
        )
        said = [f"{n:,} {what}" for n, what in parts if n]
        return f"Passages: {', '.join(said)}"


class PageImage(NamedTuple):
    """The picture of one page and the size of the page it shows.

    The size carries the boxes of the words (points) over to the picture, whatever its pixels.
    """

    path: Path
    width_pt: float
    height_pt: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """One measured property of the coder, with what it was measured on."""

    what: str  # "Codings found, exact code and overlapping words"
    value: str  # "precision 0.81, recall 0.62, F1 0.70"
    measured_on: str  # "24 fictional reviews, 6,012 codings"
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeQuality:
    """How well the coder finds one factor in one kind of text that it had not seen."""

    precision: float | None  # share of its suggestions that are right, 0 to 1; None: made none
    recall: float | None  # share of what is there that it finds, 0 to 1
    support: int  # segments that have the factor
    measured_on: str  # "24 fictional reviews, each left out in its turn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """What has to be the same for the report to come out the same. No clock, no machine."""

    workbench_version: str
    coder_version: str
    codebook_id: str
    codebook_version: str
    codebook_hash: str
    run_key: str
    settings: tuple[tuple[str, str], ...] = ()  # name with unit, value
    notes: tuple[str, ...] = ()  # what the reader should know of the coder
    model_data: tuple[str, ...] = ()  # sentences on what the model was made from and measured on


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """One report before it is written.

    ``documents`` holds every file that was given, also the unread ones; ``readings`` only those
    with text. ``page_images`` is keyed by document id and page number (from 1); a page without
    a picture is shown as an empty sheet with its highlights.
    """

    title: str
    cases: tuple[Case, ...]
    findings: tuple[Finding, ...]
    readings: Mapping[str, Reading]
    documents: tuple[Document, ...]
    codebook: Codebook
    page_images: Mapping[tuple[str, int], PageImage]
    provenance: Provenance
    quality: tuple[Quality, ...] = field(default=())
    code_quality: Mapping[str, tuple[CodeQuality, ...]] = field(default_factory=dict)
    #: Case id -> what it says of its incident; the words of each fact are among the passages.
    incidents: Mapping[str, tuple[IncidentFact, ...]] = field(default_factory=dict)
    #: Case id -> agencies, contacts and dated events.
    journeys: Mapping[str, Journey] = field(default_factory=dict)
    register: tuple[RegisterEntry, ...] = ()
    agency_labels: Mapping[str, str] = field(default_factory=dict)  # kind of agency -> label

    @property
    def coded_by(self) -> CodedBy:
        """Who coded the passages, by the sources that they name."""
        sources = [
            coding.source for reading in self.readings.values() for coding in reading.codings
        ]
        n_tables = sum(source.startswith("table:") for source in sources)
        n_people = sum(source.startswith(("human:", "incident:human")) for source in sources)
        return CodedBy(len(sources) - n_tables - n_people, n_tables, n_people)

    @property
    def tables_from(self) -> tuple[str, ...]:
        """Who made the tables whose cases are in the report, as their maps say."""
        made = (
            document.publisher
            for document in self.documents
            if document.producer == CASE_TABLE and document.publisher
        )
        return tuple(sorted(set(made)))

    @property
    def untold(self) -> tuple[str, ...]:
        """Factors that no passage is about, in the order of the codebook."""
        told = {coding.code_id for reading in self.readings.values() for coding in reading.codings}
        factors = (code.code_id for code in self.codebook.factors)
        return tuple(code_id for code_id in factors if code_id not in told)

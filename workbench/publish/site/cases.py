"""The list of cases with a page for each, and the list of files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from workbench.publish.denominators.people import Whom
from workbench.publish.labels import ROLES
from workbench.publish.names import short_id, stem
from workbench.publish.registers.incidents import fact_rows
from workbench.publish.registers.people import person_row
from workbench.publish.registers.words import place_of
from workbench.publish.site.render import Site
from workbench.records import (
    Case,
    CaseState,
    Code,
    Coding,
    DatedEvent,
    Document,
    DocumentStatus,
    State,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorRow:
    """One factor of a case: for whom, and the passages that say so."""

    code: Code
    roles: Sequence[str]
    passages: Sequence[Markup]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRow:
    """One dated entry of the case's chronology."""

    event: DatedEvent
    page: int
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRow:
    """One case in the list."""

    case: Case
    href: str
    n_present: int
    n_ruled_out: int
    n_counted: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseDocument:
    """A document of a case."""

    document_id: str
    name: str
    href: str
    n_pages: int
    leads: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRow:
    """One file in the list; ``href`` is empty when it was not read."""

    document: Document
    href: str
    cases: Sequence[Case]
    n_codings: int


def write_cases(site: Site) -> None:
    """Write ``cases.html`` and ``cases/<case_id>.html`` for each case."""
    rows = [_write_case(site, case) for case in site.catalogue.publication.cases]
    site.write("cases.html", "cases.html", rows=rows)


def _write_case(site: Site, case: Case) -> CaseRow:
    present = _rows(site, case, State.PRESENT, lambda state: state.codings_for)
    ruled_out = _rows(site, case, State.RULED_OUT, lambda state: state.codings_against)
    spoken_of = {row.code.code_id for row in (*present, *ruled_out)}
    suspected = [
        row for row in _rows(site, case, None, lambda state: state.codings_suspected)
        if row.code.code_id not in spoken_of
    ]  # fmt: skip
    factors = site.catalogue.publication.codebook.factors
    n_counted = sum(len(row.passages) for row in (*present, *ruled_out))
    path = f"cases/{stem(case.case_id)}.html"
    site.write(
        path,
        "case.html",
        section="cases.html",
        case=case,
        documents=[_case_document(site, case, document_id) for document_id in case.document_ids],
        present=present,
        ruled_out=ruled_out,
        suspected=suspected,
        not_mentioned=[code for code in factors if code.code_id not in spoken_of],
        n_counted=n_counted,
        n_shared=_n_shared(site, case),
        events=_events(site, case),
        facts=fact_rows(site.catalogue, case),
        subjects=[person_row(site.catalogue, Whom(case, record)) for record in case.subjects],
        aces=[
            finding
            for finding in site.catalogue.of_measure("aces_of_case")
            if finding.case_ids == (case.case_id,)
        ],
    )
    return CaseRow(
        case=case, href=path, n_present=len(present), n_ruled_out=len(ruled_out),
        n_counted=n_counted,
    )  # fmt: skip


def _n_shared(site: Site, case: Case) -> int:
    """Passages of the case's review that would count, but speak of several of its people."""
    if case.part is None:
        return 0
    readings = site.catalogue.publication.readings
    own = [readings[key].codings for key in case.document_ids if key in readings]
    passages = {coding.coding_id: coding for codings in own for coding in codings}
    return sum(
        site.catalogue.reason_not_counted(coding) == "shared" for coding in passages.values()
    )


def _rows(
    site: Site, case: Case, wanted: State | None, passages: Callable[[CaseState], Sequence[str]]
) -> list[FactorRow]:
    """Factors whose state for any role is the wanted one (None: whatever it is)."""
    rows = []
    for code in site.catalogue.publication.codebook.factors:
        states = [
            state for state in case.states
            if state.code_id == code.code_id and passages(state)
            and wanted in (None, state.state) and wanted in (None, case.state(code.code_id))
        ]  # fmt: skip
        found = site.catalogue.group_by_case(
            coding_id for state in states for coding_id in passages(state)
        )
        codings: list[Coding] = found.get(case.case_id, [])
        if codings:
            rows.append(
                FactorRow(
                    code=code,
                    roles=[ROLES[state.subject_role].lower() for state in states],
                    passages=site.passages_html(codings),
                )
            )
    return rows


def _events(site: Site, case: Case) -> list[EventRow]:
    """The chronology of the first document that has one, as printed; never two of one case."""
    readings = site.catalogue.publication.readings
    for document_id in case.document_ids:
        reading = readings.get(document_id)
        entries = [
            event
            for event in (reading.events if reading else ())
            if event.is_entry and case.tells(document_id, event.segment)
        ]
        if reading is None or not entries:
            continue
        rows = []
        for event in entries:
            boxes = reading.frozen.boxes(event.start_char, event.end_char)
            page = boxes[0].page if boxes else 1
            href = place_of(reading, event.start_char, event.end_char)[1]
            rows.append(EventRow(event=event, page=page, href=href))
        return rows
    return []


def _case_document(site: Site, case: Case, document_id: str) -> CaseDocument:
    document = site.catalogue.documents[document_id]
    return CaseDocument(
        document_id=document_id,
        name=document.title or document.file_name,
        href=f"pages/{short_id(document_id)}/index.html",
        n_pages=document.n_pages,
        leads=document_id == case.document_ids[0],
    )


def write_documents(site: Site) -> None:
    """Write ``documents.html``: every file that was given, read or not."""
    publication = site.catalogue.publication
    rows = []
    for document in publication.documents:
        reading = publication.readings.get(document.document_id)
        rows.append(
            DocumentRow(
                document=document,
                href=f"pages/{short_id(document.document_id)}/index.html" if reading else "",
                cases=site.catalogue.cases_of(document.document_id),
                n_codings=len({coding.coding_id for coding in reading.codings}) if reading else 0,
            )
        )
    parts = [
        (status.value, [row for row in rows if row.document.status == status])
        for status in DocumentStatus
    ]
    site.write("documents.html", "documents.html", rows=rows,
               parts=[part for part in parts if part[1]])  # fmt: skip

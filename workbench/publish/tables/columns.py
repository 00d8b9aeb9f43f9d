"""Every column of every table: its value and what it means, side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from workbench.publish.names import stem
from workbench.publish.site.catalogue import Catalogue
from workbench.publish.site.passages import Passages
from workbench.publish.tables.column import LIST_SEPARATOR, Column
from workbench.publish.tables.csv_files import Cell
from workbench.publish.tables.details import (
    CHRONOLOGY,
    METADATA,
    RECOMMENDATIONS,
    chronology_rows,
    metadata_rows,
    recommendation_rows,
)
from workbench.publish.tables.incidents import INCIDENTS, incident_rows
from workbench.publish.tables.journeys import AGENCIES, CONTACTS, agency_rows, contact_rows
from workbench.publish.tables.subjects import PEOPLE, SUBJECTS, people_rows, subject_rows
from workbench.records import Assertion, Box, Case, Finding, SectionRole, State, SubjectRole


@dataclass(frozen=True, slots=True, kw_only=True)
class _CodingRow:
    """A coding with what is around it."""

    passage: Any
    case_id: str
    file_name: str
    boxes: Sequence[Box]


def _words(kind: Any) -> str:  # noqa: ANN401 - an enum class
    return ", ".join(kind)


CODINGS: tuple[Column, ...] = (
    Column(name="coding_id", meaning="Stable name of the coding", unit="id",
           value=lambda row: row.passage.coding.coding_id),
    Column(name="case_id", meaning="Case that the document belongs to; empty for none", unit="id",
           value=lambda row: row.case_id),
    Column(name="document_id", meaning="SHA-256 of the document's file", unit="id",
           allowed="64 hexadecimal digits", value=lambda row: row.passage.coding.document_id),
    Column(name="file_name", meaning="Name of the document's file",
           value=lambda row: row.file_name),
    Column(name="page", meaning="Page on which the words begin, as a PDF viewer counts",
           unit="page", allowed="from 1", value=lambda row: row.passage.page),
    Column(name="paragraph", meaning="Number of the paragraph as the review prints it",
           allowed="empty where none is printed", value=lambda row: row.passage.paragraph),
    Column(name="section_role", meaning="What the section is for; facts, analysis and findings "
           "count as evidence", unit="category", allowed=_words(SectionRole),
           value=lambda row: str(row.passage.coding.section_role)),
    Column(name="heading", meaning="Nearest heading above", value=lambda row: row.passage.heading),
    Column(name="code_id", meaning="Code of the codebook", unit="id",
           value=lambda row: row.passage.coding.code_id),
    Column(name="code_label", meaning="Name of the code",
           value=lambda row: row.passage.code_label),
    Column(name="text", meaning="The coded words, exactly as in the document",
           value=lambda row: row.passage.coding.text),
    Column(name="before", meaning="The sentence before the coded words",
           value=lambda row: row.passage.before),
    Column(name="after", meaning="The sentence after the coded words",
           value=lambda row: row.passage.after),
    Column(name="assertion", meaning="Whether the passage says that it was so", unit="category",
           allowed=_words(Assertion), value=lambda row: str(row.passage.coding.assertion)),
    Column(name="subject_role", meaning="Whose factor it is", unit="category",
           allowed=_words(SubjectRole), value=lambda row: str(row.passage.coding.subject_role)),
    Column(name="person", meaning="Name of the person as the review prints it; empty where not "
           "resolved", value=lambda row: row.passage.person),
    Column(name="temporality", meaning="When, seen from the incident", unit="category",
           value=lambda row: str(row.passage.coding.temporality)),
    Column(name="valence", meaning="Practice codes: failing (negative) or good practice "
           "(positive)", unit="category", value=lambda row: str(row.passage.coding.valence)),
    Column(name="score", meaning="Trust of the source in the coding; comparable within one source "
           "only", unit="score", allowed="0 to 1", value=lambda row: row.passage.coding.score),
    Column(name="source", meaning="Rule, model or person that made the coding",
           value=lambda row: row.passage.coding.source),
    Column(name="explanation", meaning="Why the source made it",
           value=lambda row: row.passage.coding.explanation),
    Column(name="not_counted", meaning="Why no case counts it; empty when one does",
           unit="category", value=lambda row: row.passage.reason),
    Column(name="start_char", meaning="First character in the document's frozen text",
           unit="characters", allowed="from 0", value=lambda row: row.passage.coding.start_char),
    Column(name="end_char", meaning="Character after the last one", unit="characters",
           allowed="from 1", value=lambda row: row.passage.coding.end_char),
    Column(name="boxes", meaning="Rectangles over the words: page:x0,top,x1,bottom, one for each "
           "printed line, origin at the top left", unit="points (1/72 inch)",
           value=lambda row: LIST_SEPARATOR.join(map(_box, row.boxes))),
    Column(name="link", meaning="The page in this report with the words marked", unit="path",
           value=lambda row: row.passage.page_href),
)  # fmt: skip
CASES: tuple[Column, ...] = (
    Column(name="case_id", meaning="Stable name of the case", unit="id",
           value=lambda row: row[0].case_id),
    Column(name="title", meaning="Title of the leading document", value=lambda row: row[0].title),
    Column(name="review_type", meaning="Kind of review", unit="category",
           value=lambda row: row[0].review_type),
    Column(name="n_documents", meaning="Documents that tell of the case", unit="documents",
           allowed="from 1", value=lambda row: len(row[0].document_ids)),
    Column(name="document_ids", meaning="Their SHA-256, the leading one first", unit="ids",
           value=lambda row: LIST_SEPARATOR.join(row[0].document_ids)),
    Column(name="n_people", meaning="People found in the case", unit="people", allowed="from 0",
           value=lambda row: len(row[0].people)),
    Column(name="n_segments", meaning="Segments searched", unit="segments", allowed="from 0",
           value=lambda row: row[0].n_segments),
    Column(name="n_words", meaning="Words in the sections that count as evidence", unit="words",
           allowed="from 0", value=lambda row: row[0].n_words),
    Column(name="code_id", meaning="Factor", unit="id", value=lambda row: row[1]),
    Column(name="subject_role", meaning="Whose factor; 'any' for the whole case",
           unit="category", allowed="any, " + _words(SubjectRole), value=lambda row: row[2]),
    Column(name="state", meaning="What the case says of the factor; silence is not_mentioned, "
           "never absence", unit="category", allowed=_words(State),
           value=lambda row: str(row[3])),
    Column(name="n_for", meaning="Passages that affirm it", unit="passages", allowed="from 0",
           value=lambda row: row[4]),
    Column(name="n_against", meaning="Passages that rule it out", unit="passages",
           allowed="from 0", value=lambda row: row[5]),
    Column(name="n_suspected", meaning="Passages that only suspect it; never counted",
           unit="passages", allowed="from 0", value=lambda row: row[6]),
    Column(name="link", meaning="The case in this report", unit="path",
           value=lambda row: f"cases/{stem(row[0].case_id)}.html"),
)  # fmt: skip
FINDINGS: tuple[Column, ...] = (
    Column(name="finding_id", meaning="Stable name of the finding", unit="id",
           value=lambda row: row.finding_id),
    Column(name="measure", meaning="Kind of finding", unit="category",
           value=lambda row: row.measure),
    Column(name="label", meaning="What is counted, in words", value=lambda row: row.label),
    Column(name="code_ids", meaning="Factors it is about", unit="ids",
           value=lambda row: LIST_SEPARATOR.join(row.code_ids)),
    Column(name="subject_role", meaning="Whose factor; 'any' for any role", unit="category",
           value=lambda row: str(row.subject_role or "any")),
    Column(name="unit", meaning="What numerator and denominator count", unit="category",
           value=lambda row: row.unit),
    Column(name="numerator", meaning="How many", unit="see column unit", allowed="from 0",
           value=lambda row: row.numerator),
    Column(name="denominator", meaning="Out of how many", unit="see column unit",
           allowed="from 0", value=lambda row: row.denominator),
    Column(name="estimate", meaning="Numerator divided by denominator, where the measure is a "
           "share", unit="share", allowed="0 to 1 for shares", value=lambda row: row.estimate),
    Column(name="low", meaning="Lower bound of the 95% interval", unit="share",
           allowed="0 to 1; empty where there is none", value=lambda row: row.low),
    Column(name="high", meaning="Upper bound of the 95% interval", unit="share",
           allowed="0 to 1; empty where there is none", value=lambda row: row.high),
    Column(name="p_value", meaning="p-value of the exact test", unit="probability",
           allowed="0 to 1; empty where none was made", value=lambda row: row.p_value),
    Column(name="q_value", meaning="p-value after false-discovery control", unit="probability",
           allowed="0 to 1; empty where none was made", value=lambda row: row.q_value),
    Column(name="statistics", meaning="Further figures, name=value", unit="see name",
           value=lambda row: LIST_SEPARATOR.join(f"{k}={v!r}" for k, v in row.statistics)),
    Column(name="note", meaning="How the number must be read", value=lambda row: row.note),
    Column(name="case_ids", meaning="Cases of the numerator", unit="ids",
           value=lambda row: LIST_SEPARATOR.join(row.case_ids)),
    Column(name="n_passages", meaning="Passages behind it; evidence.csv names them",
           unit="passages", allowed="from 0", value=lambda row: len(set(row.coding_ids))),
)  # fmt: skip
# A table of its own: the passages of one finding can be more than a cell holds.
EVIDENCE: tuple[Column, ...] = (
    Column(name="finding_id", meaning="Finding, as in findings.csv", unit="id",
           value=lambda row: row[0]),
    Column(name="coding_id", meaning="One passage behind it, as in codings.csv or contacts.csv",
           unit="id",
           value=lambda row: row[1]),
)  # fmt: skip
TABLES: Mapping[str, tuple[Column, ...]] = {
    "codings": CODINGS, "cases": CASES, "findings": FINDINGS, "evidence": EVIDENCE,
    "recommendations": RECOMMENDATIONS, "chronology": CHRONOLOGY, "metadata": METADATA,
    "subjects": SUBJECTS, "people": PEOPLE, "incidents": INCIDENTS, "agencies": AGENCIES,
    "contacts": CONTACTS,
}  # fmt: skip


def rows_of(name: str, catalogue: Catalogue) -> list[list[Cell]]:
    """The cells of a table, row after row."""
    records: Mapping[str, Callable[[Catalogue], Sequence[object]]] = {
        "codings": _coding_rows, "cases": _case_rows, "findings": _finding_rows,
        "evidence": _evidence_rows, "recommendations": recommendation_rows,
        "chronology": chronology_rows, "metadata": metadata_rows, "subjects": subject_rows,
        "people": people_rows, "incidents": incident_rows, "agencies": agency_rows,
        "contacts": contact_rows,
    }  # fmt: skip
    return [
        [column.value(record) for column in TABLES[name]] for record in records[name](catalogue)
    ]


def _coding_rows(catalogue: Catalogue) -> list[_CodingRow]:
    passages = Passages(catalogue)
    rows = []
    for coding in catalogue.codings.values():
        reading = catalogue.publication.readings[coding.document_id]
        rows.append(
            _CodingRow(
                passage=passages(coding),
                case_id=case.case_id if (case := catalogue.case_of(coding)) else "",
                file_name=reading.document.file_name,
                boxes=reading.frozen.boxes(coding.start_char, coding.end_char),
            )
        )
    return rows


def _case_rows(catalogue: Catalogue) -> list[tuple[Case, str, str, State, int, int, int]]:
    """Every case by every factor: once for any role, and once for each role it speaks of."""
    rows = []
    for case in catalogue.publication.cases:
        for code in catalogue.publication.codebook.factors:
            states = [state for state in case.states if state.code_id == code.code_id]
            totals = (
                len({item for state in states for item in state.codings_for}),
                len({item for state in states for item in state.codings_against}),
                len({item for state in states for item in state.codings_suspected}),
            )
            rows.append((case, code.code_id, "any", case.state(code.code_id), *totals))
            rows += [
                (case, code.code_id, str(state.subject_role), state.state,
                 len(state.codings_for), len(state.codings_against), len(state.codings_suspected))
                for state in states
            ]  # fmt: skip
    return rows


def _evidence_rows(catalogue: Catalogue) -> list[tuple[str, str]]:
    return [
        (finding.finding_id, coding_id)
        for finding in catalogue.publication.findings
        for coding_id in dict.fromkeys(finding.coding_ids)
    ]


def _finding_rows(catalogue: Catalogue) -> tuple[Finding, ...]:
    return catalogue.publication.findings


def _box(box: Box) -> str:
    return f"{box.page}:{box.x0:.2f},{box.top:.2f},{box.x1:.2f},{box.bottom:.2f}"

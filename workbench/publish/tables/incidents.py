"""The table of incidents: each value that a case states, with the words that say it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workbench.publish.registers.incidents import FactRow, fact_rows
from workbench.publish.site.catalogue import Catalogue
from workbench.publish.tables.column import Column
from workbench.publish.tables.csv_files import Cell
from workbench.records import Case, FactBasis, IncidentField, Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentRow:
    """One fact of one case."""

    case: Case
    row: FactRow
    file_name: str


INCIDENTS: tuple[Column, ...] = (
    Column(name="case_id", meaning="Case, as in cases.csv; a case without rows is silent",
           unit="id", value=lambda each: each.case.case_id),
    Column(name="person_id", meaning="Of several subjects with parts of their own: whom it is "
           "about; empty for the incident as a whole", unit="id",
           value=lambda each: each.row.fact.person_id),
    Column(name="field", meaning="What of the incident", unit="category",
           allowed=", ".join(IncidentField), value=lambda each: str(each.row.fact.field)),
    Column(name="value", meaning="Value of the codebook; for date the month, for area the name "
           "as printed", allowed="see the codebook; dates as 2023-10",
           value=lambda each: each.row.fact.exported_value),
    Column(name="standing", meaning="value: counts for the case; agrees: other words, the same "
           "value; differs: other words, another value, never counted", unit="category",
           allowed=", ".join(Standing), value=lambda each: str(each.row.fact.standing)),
    Column(name="basis", meaning="What it rests on: the words, a reckoning from them, the school "
           "calendar that the user gives, a person's decision, or a table that others coded",
           unit="category",
           allowed=", ".join(FactBasis), value=lambda each: str(each.row.fact.basis)),
    Column(name="score", meaning="How sure: a rank among facts of a field, not a chance; 1 for "
           "what people chose or coded", unit="score", allowed="0 to 1",
           value=lambda each: each.row.fact.score),
    Column(name="document_id", meaning="SHA-256 of the document's file", unit="id",
           allowed="64 hexadecimal digits", value=lambda each: each.row.fact.document_id),
    Column(name="file_name", meaning="Name of the document's file",
           value=lambda each: each.file_name),
    Column(name="page", meaning="Page on which the words begin, as a PDF viewer counts",
           unit="page", allowed="from 1", value=lambda each: each.row.page),
    Column(name="coding_id", meaning="The words, as in codings.csv; facts on the same words "
           "share it", unit="id", value=lambda each: each.row.fact.coding_id),
    Column(name="link", meaning="The words on their page in this report", unit="path",
           value=lambda each: each.row.href),
)  # fmt: skip


#: Of the sheet: one row for a case and an attribute.
SHEET = (
    "case_id", "title", "about", "attribute", "value", "words", "page", "how_sure", "rests_on",
    "differs", "link",
)  # fmt: skip


def incident_sheet(catalogue: Catalogue) -> tuple[list[str], list[list[Cell]]]:
    """One row for each case and attribute that it states; what differs stands beside the value.

    A relationship may have one value for each perpetrator: the row has all of them, and the
    words, page and sureness of the first. Where people differ and no value counts, it is empty.
    """
    rows: dict[tuple[str, str, IncidentField], list[IncidentRow]] = {}
    for each in incident_rows(catalogue):
        fact = each.row.fact
        rows.setdefault((each.case.case_id, fact.person_id, fact.field), []).append(each)
    return list(SHEET), [_sheet_row(catalogue, found) for found in rows.values()]


def _sheet_row(catalogue: Catalogue, rows: Sequence[IncidentRow]) -> list[Cell]:
    counted = [each.row for each in rows if each.row.fact.standing is Standing.VALUE]
    others = [each.row for each in rows if each.row.fact.standing is Standing.DIFFERS]
    first, case = (counted or others)[0], rows[0].case
    return [
        case.case_id,
        catalogue.documents[case.document_ids[0]].title,
        first.person,
        first.title,
        "; ".join(dict.fromkeys(row.value for row in counted)),
        first.fact.text,
        first.page,
        first.fact.score,
        first.basis,
        "; ".join(f"{row.value} (\u201c{row.fact.text}\u201d, p. {row.page})" for row in others),
        first.href,
    ]


def incident_rows(catalogue: Catalogue) -> list[IncidentRow]:
    """Every fact of every case; those that count first in each field."""
    return [
        IncidentRow(
            case=case,
            row=row,
            file_name=catalogue.documents[row.fact.document_id].file_name,
        )
        for case in catalogue.publication.cases
        for row in fact_rows(catalogue, case)
    ]

from __future__ import annotations

import dataclasses

import pytest

from workbench.records import Case, CaseState, Coding, Document, Finding, Person, Segment
from workbench.store.schema import tables


@pytest.mark.parametrize(
    ("kind", "table", "kept_elsewhere"),
    [
        (Document, tables.DocumentRow, {"reason"}),
        (Segment, tables.SegmentRow, set()),
        (Person, tables.PersonRow, set()),
        (Person, tables.CasePersonRow, set()),
        (Coding, tables.CodingRow, set()),
        (Case, tables.CaseRow, {"document_ids", "people", "states"}),
        (CaseState, tables.CaseStateRow, set()),
        (Finding, tables.FindingRow, set()),
    ],
)
def test_every_field_of_a_record_has_a_column(
    kind: type, table: type[tables.Base], kept_elsewhere: set[str]
) -> None:
    fields = {field.name for field in dataclasses.fields(kind)} - kept_elsewhere
    columns = {column.name for column in table.__table__.columns}
    assert fields <= columns, f"add a column and a migration for {fields - columns}"

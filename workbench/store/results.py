"""What is made from all documents together: cases and findings. Each is replaced as a whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from workbench.records import Case, CaseState, Finding, Person
from workbench.store.rows import add_rows, fetch, from_columns, replace_seal, seal_of, to_columns
from workbench.store.schema.tables import (
    CaseDocumentRow,
    CasePersonRow,
    CaseRow,
    CaseStateRow,
    FindingRow,
)
from workbench.store.workspace import Workspace


def replace_cases(workspace: Workspace, cases: Sequence[Case]) -> None:
    """Keep these cases in place of all others, in one transaction.

    Raises:
        StoreError: A case names a document that is not known, a name or a state is there twice,
            or the workspace cannot be written.
    """
    with workspace.database.write() as session:
        session.execute(delete(CaseRow))  # its documents, people and states go with it
        add_rows(session, CaseRow, _case_rows(cases))
        add_rows(
            session,
            CaseDocumentRow,
            (
                {"case_id": case.case_id, "position": position, "document_id": document_id}
                for case in cases
                for position, document_id in enumerate(case.document_ids)
            ),
        )
        for table, field in ((CasePersonRow, "people"), (CaseStateRow, "states")):
            add_rows(
                session,
                table,
                (
                    to_columns(record, case_id=case.case_id, position=position)
                    for case in cases
                    for position, record in enumerate(getattr(case, field))
                ),
            )
        replace_seal(session, "cases", seal_of(tuple(cases)))


def read_cases(workspace: Workspace) -> tuple[Case, ...]:
    """The cases, in the order in which they were given.

    Raises:
        StoreError: A row is damaged.
    """
    with workspace.database.read() as session:
        cases = fetch(session, select(*CaseRow.__table__.columns).order_by(CaseRow.position))
        documents = _by_case(session, CaseDocumentRow)
        people = _by_case(session, CasePersonRow)
        states = _by_case(session, CaseStateRow)
    return tuple(
        from_columns(
            Case,
            row._mapping,
            document_ids=[found["document_id"] for found in documents[row.case_id]],
            people=[_fields(Person, found) for found in people[row.case_id]],
            states=[_fields(CaseState, found) for found in states[row.case_id]],
        )
        for row in cases
    )


def replace_findings(workspace: Workspace, findings: Sequence[Finding]) -> None:
    """Keep these findings in place of all others, in one transaction.

    Raises:
        StoreError: A name is there twice, a number is not one, or the workspace cannot be
            written.
    """
    with workspace.database.write() as session:
        session.execute(delete(FindingRow))
        add_rows(
            session,
            FindingRow,
            (to_columns(finding, position=position) for position, finding in enumerate(findings)),
        )
        replace_seal(session, "findings", seal_of(tuple(findings)))


def read_findings(workspace: Workspace) -> tuple[Finding, ...]:
    """The findings, in the order in which they were given.

    Raises:
        StoreError: A row is damaged.
    """
    query = select(*FindingRow.__table__.columns).order_by(FindingRow.position)
    with workspace.database.read() as session:
        return tuple(from_columns(Finding, row._mapping) for row in fetch(session, query))


def _case_rows(cases: Sequence[Case]) -> Iterator[dict[str, Any]]:
    for position, case in enumerate(cases):
        yield {
            "case_id": case.case_id,
            "position": position,
            "title": case.title,
            "review_type": case.review_type,
            "n_segments": case.n_segments,
            "n_words": case.n_words,
            "link_reason": case.link_reason,
        }


def _by_case(session: Session, table: Any) -> dict[str, list[Any]]:  # noqa: ANN401
    query = select(*table.__table__.columns).order_by(table.case_id, table.position)
    rows: dict[str, list[Any]] = defaultdict(list)
    for row in fetch(session, query):
        rows[row.case_id].append(row._mapping)
    return rows


def _fields(kind: Any, values: Any) -> dict[str, Any]:  # noqa: ANN401
    return {name: values[name] for name in kind.__dataclass_fields__}

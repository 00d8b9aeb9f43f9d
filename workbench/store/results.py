"""What is made from all documents together: cases, their incidents, findings; replaced whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from workbench.records import Case, CaseState, Finding, IncidentFact, Person
from workbench.store.rows import add_rows, fetch, from_columns, replace_seal, seal_of, to_columns
from workbench.store.schema.incidents import IncidentFactRow
from workbench.store.schema.tables import (
    CaseDocumentRow,
    CasePersonRow,
    CaseRow,
    CaseStateRow,
    FindingRow,
    SealRow,
)
from workbench.store.workspace import Workspace

#: Name of the seal over all incident facts.
INCIDENTS = "incidents"


def replace_cases(workspace: Workspace, cases: Sequence[Case]) -> None:
    """Keep these cases in place of all others, in one transaction.

    Raises:
        StoreError: A case names a document that is not known, a name or a state is there twice,
            or the workspace cannot be written.
    """
    with workspace.database.write() as session:
        session.execute(delete(CaseRow))  # its documents, people, states and facts go with it
        session.execute(delete(SealRow).where(SealRow.name == INCIDENTS))
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


def replace_incidents(
    workspace: Workspace, incidents: Mapping[str, Sequence[IncidentFact]]
) -> None:
    """Keep these facts in place of all others, in one transaction.

    Args:
        workspace: Where.
        incidents: Case id -> its facts, in the order in which to show them.

    Raises:
        StoreError: A case is not known, or the workspace cannot be written.
    """
    facts = {key: tuple(of_case) for key, of_case in sorted(incidents.items()) if of_case}
    with workspace.database.write() as session:
        session.execute(delete(IncidentFactRow))
        add_rows(
            session,
            IncidentFactRow,
            (
                to_columns(fact, case_id=case_id, position=position)
                for case_id, of_case in facts.items()
                for position, fact in enumerate(of_case)
            ),
        )
        replace_seal(session, INCIDENTS, _seal_of_facts(facts))


def read_incidents(workspace: Workspace) -> dict[str, tuple[IncidentFact, ...]]:
    """Case id -> its facts; cases without any are left out.

    Raises:
        StoreError: A row is damaged.
    """
    query = select(*IncidentFactRow.__table__.columns).order_by(
        IncidentFactRow.case_id, IncidentFactRow.position
    )
    with workspace.database.read() as session:
        rows = fetch(session, query)
    found: dict[str, list[IncidentFact]] = {}
    for row in rows:
        found.setdefault(row.case_id, []).append(from_columns(IncidentFact, row._mapping))
    return {case_id: tuple(facts) for case_id, facts in found.items()}


def incidents_are_sealed(workspace: Workspace, seal: str | None) -> bool:
    """Whether the facts are what was written under this seal; None where none was written."""
    return (seal or _seal_of_facts({})) == _seal_of_facts(read_incidents(workspace))


def _seal_of_facts(incidents: Mapping[str, tuple[IncidentFact, ...]]) -> str:
    return seal_of(*(part for key, facts in incidents.items() for part in (key, facts)))


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

"""What is made from all documents together: cases, their incidents, findings; replaced whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from workbench.records import Case, CasePart, CaseState, Finding, IncidentFact, Person
from workbench.store.rows import (
    add_rows,
    fetch,
    fields,
    from_columns,
    replace_seal,
    seal_of,
    to_columns,
)
from workbench.store.schema.incidents import IncidentFactRow
from workbench.store.schema.subjects import CasePartRow, CaseSubjectRow, SubjectStateRow
from workbench.store.schema.tables import (
    Base,
    CaseDocumentRow,
    CasePersonRow,
    CaseRow,
    CaseStateRow,
    FindingRow,
    SealRow,
)
from workbench.store.workspace import Workspace

_Rows = Iterator[Mapping[str, Any]]
#: Name of the seal over all incident facts.
INCIDENTS = "incidents"


def replace_cases(workspace: Workspace, cases: Sequence[Case]) -> None:
    """Keep these cases in place of all others, in one transaction.

    Raises:
        StoreError: A case names a document that is not known, a name or a state is there twice,
            or the workspace cannot be written.
    """
    with workspace.database.write() as session:
        session.execute(delete(CaseRow))  # all that is a case's goes with it
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
        for kind, rows in _subject_rows(cases):
            add_rows(session, kind, rows)
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
        stored = _read_subjects(session)
    return tuple(
        from_columns(
            Case,
            row._mapping,
            document_ids=[found["document_id"] for found in documents[row.case_id]],
            people=[fields(Person, found) for found in people[row.case_id]],
            states=[fields(CaseState, found) for found in states[row.case_id]],
            subjects=stored.records(row.case_id, people[row.case_id]),
            part=stored.parts.get(row.case_id),
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


def _subject_rows(cases: Sequence[Case]) -> tuple[tuple[type[Base], _Rows], ...]:
    """The rows of each table, in the order in which they refer to each other."""
    return (
        (CasePartRow, _parts(cases)),
        (CaseSubjectRow, _subjects(cases)),
        (SubjectStateRow, _states(cases)),
    )


def _parts(cases: Sequence[Case]) -> _Rows:
    for case in cases:
        if case.part is not None:
            yield to_columns(case.part, case_id=case.case_id)


def _subjects(cases: Sequence[Case]) -> _Rows:
    for case in cases:
        for position, subject in enumerate(case.subjects):
            yield {
                "case_id": case.case_id,
                "position": position,
                "person": case.people.index(subject.person),
            }


def _states(cases: Sequence[Case]) -> _Rows:
    for case in cases:
        for place, subject in enumerate(case.subjects):
            for is_shared, states in ((False, subject.states), (True, subject.shared)):
                for position, state in enumerate(states):
                    yield to_columns(
                        state,
                        case_id=case.case_id,
                        subject=place,
                        is_shared=is_shared,
                        position=position,
                    )


@dataclass(frozen=True, slots=True)
class _StoredSubjects:
    """What is stored of parts and people, by case, as plain values."""

    parts: Mapping[str, dict[str, Any]]
    _subjects: Mapping[str, list[int]]  # positions in the people of the case
    _states: Mapping[tuple[str, int, bool], list[dict[str, Any]]]

    def records(self, case_id: str, people: Sequence[Mapping[Any, Any]]) -> list[dict[str, Any]]:
        """The subjects of a case, its people being given."""
        return [
            {
                "person": fields(Person, people[person]),
                "states": self._states.get((case_id, place, False), []),
                "shared": self._states.get((case_id, place, True), []),
            }
            for place, person in enumerate(self._subjects.get(case_id, ()))
        ]


def _read_subjects(session: Session) -> _StoredSubjects:
    """All of them.

    Raises:
        StoreError: A row is damaged.
    """
    parts = {
        row.case_id: fields(CasePart, row._mapping)
        for row in fetch(session, select(*CasePartRow.__table__.columns))
    }
    subjects: dict[str, list[int]] = defaultdict(list)
    by_place = select(*CaseSubjectRow.__table__.columns).order_by(CaseSubjectRow.position)
    for row in fetch(session, by_place):
        subjects[row.case_id].append(row.person)
    states: dict[tuple[str, int, bool], list[dict[str, Any]]] = defaultdict(list)
    by_place = select(*SubjectStateRow.__table__.columns).order_by(SubjectStateRow.position)
    for row in fetch(session, by_place):
        key = (row.case_id, row.subject, bool(row.is_shared))
        states[key].append(fields(CaseState, row._mapping))
    return _StoredSubjects(parts, subjects, states)

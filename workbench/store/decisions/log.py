"""The log of decisions: every row names the row before it, so that none can be lost unseen."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Sequence

from sqlalchemy import func, select

from workbench.records import Decision
from workbench.store.rows import add_rows, fetch, from_columns, replace_seal, to_columns
from workbench.store.schema.decisions import DecisionRow
from workbench.store.schema.tables import SealRow
from workbench.store.workspace import Workspace

#: What the first row has for the row before it.
FIRST = "0" * 64
SEAL = "decisions"


def append_decisions(workspace: Workspace, decisions: Sequence[Decision]) -> int:
    """Add decisions in their order, all or none; how many were new.

    A decision that is there already (the same in every field) is not added again, so that an
    import may be repeated.

    Raises:
        StoreError: The workspace cannot be written.
    """
    with workspace.database.write() as session:
        known = set(session.scalars(select(DecisionRow.decision_id)))
        position = session.scalars(select(func.max(DecisionRow.position))).one() or 0
        chain = FIRST
        if position:
            query = select(DecisionRow.chain).where(DecisionRow.position == position)
            chain = session.scalars(query).one()
        rows = []
        for decision in decisions:
            decision_id = decision.decision_id
            if decision_id in known:
                continue
            known.add(decision_id)
            position, chain = position + 1, _link(chain, decision_id)
            rows.append(
                to_columns(decision, position=position, decision_id=decision_id, chain=chain)
            )
        add_rows(session, DecisionRow, rows)
        if rows:  # the chain alone would not show that its end was cut off
            replace_seal(session, SEAL, chain)
    return len(rows)


def read_decisions(
    workspace: Workspace, document_ids: Collection[str] | None = None
) -> tuple[Decision, ...]:
    """The decisions in the order in which they were added; of all documents by default.

    Raises:
        StoreError: A row is damaged.
    """
    query = select(*DecisionRow.__table__.columns).order_by(DecisionRow.position)
    if document_ids is not None:
        query = query.where(DecisionRow.document_id.in_(sorted(document_ids)))
    with workspace.database.read() as session:
        rows = fetch(session, query)
    return tuple(from_columns(Decision, row._mapping) for row in rows)


def chain_problems(workspace: Workspace) -> Iterator[str]:
    """Rows that were changed, removed or put in by other means than ``append_decisions``."""
    query = select(*DecisionRow.__table__.columns).order_by(DecisionRow.position)
    with workspace.database.read() as session:
        rows = fetch(session, query)
    chain = FIRST
    for number, row in enumerate(rows, start=1):
        if row.position != number:
            yield f"decisions: row {number} is missing. Put back a backup of the database."
            return
        found = from_columns(Decision, row._mapping).decision_id
        chain = _link(chain, found)
        if (row.decision_id, row.chain) != (found, chain):
            yield (
                f"decisions: row {number} of {row.coder} is not what was written. "
                "Put back a backup of the database."
            )
            return
    with workspace.database.read() as session:
        seal = session.scalars(select(SealRow.sha256).where(SealRow.name == SEAL)).one_or_none()
    if chain != (seal or FIRST):
        yield "decisions: the last rows are missing. Put back a backup of the database."


def _link(chain: str, decision_id: str) -> str:
    return hashlib.sha256(f"{chain}{decision_id}".encode()).hexdigest()

"""The codings that hold for documents on which people have decided."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import delete, select

from workbench.records import Coding
from workbench.store.rows import add_rows, fetch, from_columns, seal_of, to_columns
from workbench.store.schema.decisions import DECIDED as SEAL
from workbench.store.schema.decisions import DecidedCodingRow
from workbench.store.schema.tables import SealRow
from workbench.store.workspace import Workspace


def replace_decided(workspace: Workspace, codings: Mapping[str, Sequence[Coding]]) -> None:
    """Keep these in place of all others; nothing is written when they are there already.

    Args:
        workspace: Where.
        codings: Document -> all its codings, those of people and those of the machine.
    """
    wanted = {key: tuple(of_document) for key, of_document in codings.items()}
    seals = {f"{SEAL}{key}": seal_of(of_document) for key, of_document in wanted.items()}
    if (read_decided(workspace), _seals(workspace)) == (
        {key: of_document for key, of_document in wanted.items() if of_document},
        seals,
    ):
        return
    with workspace.database.write() as session:
        session.execute(delete(DecidedCodingRow))
        session.execute(delete(SealRow).where(SealRow.name.startswith(SEAL)))
        add_rows(
            session,
            DecidedCodingRow,
            (
                to_columns(coding, position=position, coding_id=coding.coding_id)
                for _, of_document in sorted(wanted.items())
                for position, coding in enumerate(of_document)
            ),
        )
        rows = ({"name": name, "sha256": sha256} for name, sha256 in sorted(seals.items()))
        add_rows(session, SealRow, rows)


def read_decided(workspace: Workspace) -> dict[str, tuple[Coding, ...]]:
    """Document -> its codings, for documents on which people have decided and left some."""
    query = select(*DecidedCodingRow.__table__.columns).order_by(
        DecidedCodingRow.document_id, DecidedCodingRow.position
    )
    with workspace.database.read() as session:
        rows = fetch(session, query)
    found: dict[str, list[Coding]] = {}
    for row in rows:
        found.setdefault(row.document_id, []).append(from_columns(Coding, row._mapping))
    return {document_id: tuple(codings) for document_id, codings in found.items()}


def decided_problems(workspace: Workspace) -> Iterator[str]:
    """Documents whose codings after decisions are not what was written."""
    found = read_decided(workspace)
    for name, sha256 in sorted(_seals(workspace).items()):
        document_id = name.removeprefix(SEAL)
        if seal_of(found.get(document_id, ())) != sha256:
            yield (
                f"document {document_id}: its codings after decisions were changed after they "
                "were written. To mend it: workbench verify --repair, then workbench run."
            )


def _seals(workspace: Workspace) -> dict[str, str]:
    with workspace.database.read() as session:
        rows = session.scalars(select(SealRow).where(SealRow.name.startswith(SEAL)))
        return {row.name: row.sha256 for row in rows}

"""Taking away what is damaged, so that the next run makes it anew.

Only what follows from the PDFs is touched: objects, readings, cases, findings and the ledger
lines that say that they are done. Which files were added stays.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import delete, text

from workbench.errors import DamagedObjectError, OffsetError, StoreError
from workbench.store.decisions import decided_problems
from workbench.store.readings import forget_reading
from workbench.store.results import INCIDENTS
from workbench.store.schema.decisions import DECIDED, DecidedCodingRow
from workbench.store.schema.tables import CaseRow, FindingRow, SealRow, StepRow
from workbench.store.verify import result_problems, structure_problems, unsound_documents
from workbench.store.workspace import Workspace


def repair(workspace: Workspace) -> list[str]:
    """Take away every damaged object, reading and result; what was taken, one sentence each.

    The next run does the steps again whose outputs are gone, and writes again what was taken
    from the tables. A run that goes on at the same time must have ended.

    Raises:
        StoreError: The structure of the database itself is damaged.
    """
    for problem in structure_problems(workspace):
        raise StoreError(problem)
    taken = [*_drop_objects(workspace), *_drop_readings(workspace), *_drop_results(workspace)]
    taken += _drop_ledger_lines(workspace)
    with workspace.database.write() as session:
        session.execute(text("INSERT INTO segments_fts(segments_fts) VALUES ('rebuild')"))
    return taken


def _drop_objects(workspace: Workspace) -> Iterator[str]:
    for digest in workspace.objects.hashes():
        try:
            workspace.objects.get(digest)
        except DamagedObjectError as error:
            workspace.objects.discard(digest)
            yield f"{error.path}: was damaged and is removed"


def _drop_readings(workspace: Workspace) -> Iterator[str]:
    for document_id in dict(unsound_documents(workspace)):
        with workspace.database.write() as session:
            forget_reading(session, document_id)
            session.execute(delete(StepRow).where(StepRow.document_id == document_id))
        yield f"document {document_id}: what was read of it is removed and will be saved again"


def _drop_results(workspace: Workspace) -> Iterator[str]:
    try:
        sound = not [*result_problems(workspace), *decided_problems(workspace)]
    except (StoreError, OffsetError):
        sound = False
    if sound:
        return
    with workspace.database.write() as session:
        session.execute(delete(CaseRow))
        session.execute(delete(FindingRow))
        session.execute(delete(DecidedCodingRow))
        session.execute(delete(SealRow).where(SealRow.name.startswith(DECIDED)))
        session.execute(delete(SealRow).where(SealRow.name.in_(["cases", "findings", INCIDENTS])))
        session.execute(delete(StepRow).where(StepRow.document_id == ""))
    yield "cases and findings: are removed and will be counted again"


def _drop_ledger_lines(workspace: Workspace) -> Iterator[str]:
    lost = [step for step in workspace.steps() if not _has_output(workspace, step.output_hash)]
    with workspace.database.write() as session:
        for step in lost:
            session.execute(delete(StepRow).where(StepRow.key == step.key))
    for step in lost:
        yield f"step {step.step} {step.document_id}: its output is lost; it will be done again"


def _has_output(workspace: Workspace, digest: str) -> bool:
    try:
        return workspace.objects.has(digest)
    except StoreError:  # the line itself is damaged
        return False

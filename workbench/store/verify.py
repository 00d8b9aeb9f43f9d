"""Whether everything that the workspace promises to keep is there and unchanged."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select, text

from workbench.errors import OffsetError, StoreError
from workbench.records.journey import is_mention_id
from workbench.store.database import DAMAGED, store_errors
from workbench.store.decisions import chain_problems, decided_problems
from workbench.store.readings import (
    read_codings,
    read_document_ids,
    read_documents,
    read_reading,
    reading_seal,
)
from workbench.store.results import (
    INCIDENTS,
    incidents_are_sealed,
    read_cases,
    read_findings,
    read_incidents,
)
from workbench.store.rows import seal_of
from workbench.store.schema.tables import SealRow, TextRow
from workbench.store.workspace import Workspace

#: What takes away everything that is damaged but can be made anew.
MEND = "To mend it: workbench verify --repair, then workbench run."


def verify(workspace: Workspace) -> list[str]:
    """Every problem found, one sentence each; an empty list when all is sound.

    Checked are: the database's own structure, the hash of every object, the output of every
    step in the ledger, every anchor, the seal over every document, reading, case and finding,
    the chain of decisions, and that each coding and case that a number names exists. Source
    files are not looked at: see ``sources.check_sources``. A run that was killed, or that is
    going on, leaves cases and findings of before beside readings of now; that is a problem too,
    until it has ended.
    """
    problems: list[str] = []
    checks = (
        structure_problems, _index, _objects, _ledger, _readings, chain_problems, decided_problems,
        result_problems,
    )  # fmt: skip
    for check in checks:
        try:
            problems += check(workspace)
        except (StoreError, OffsetError) as error:
            problems.append(str(error))
    return problems


def structure_problems(workspace: Workspace) -> Iterator[str]:
    """What SQLite itself finds wrong with the database; this cannot be mended from within."""
    path = workspace.database.path
    with workspace.database.read() as session:
        for (line,) in session.execute(text("PRAGMA integrity_check")):
            if line != "ok":
                yield f"{path}: {DAMAGED} ({line})"
        for row in session.execute(text("PRAGMA foreign_key_check")):
            yield f"{path}: row {row[1]} of {row[0]} refers to a missing row of {row[2]}"


def unsound_documents(workspace: Workspace) -> Iterator[tuple[str, str]]:
    """Ids of documents whose rows or reading are not what was written, and what is wrong."""
    seals = _seals(workspace)
    for document in read_documents(workspace):
        if seals.get(f"document:{document.document_id}") != seal_of(document):
            yield document.document_id, "its row was changed after it was written"
    for document_id in read_document_ids(workspace):
        try:
            reading = read_reading(workspace, document_id)
        except (StoreError, OffsetError) as error:
            yield document_id, str(error)
            continue
        with workspace.database.read() as session:
            words_hash = session.scalars(
                select(TextRow.words_hash).where(TextRow.document_id == document_id)
            ).one()
        if seals.get(f"reading:{document_id}") != reading_seal(reading, words_hash):
            yield (
                document_id,
                "its text, segments, people or codings were changed after they were written",
            )


def result_problems(workspace: Workspace) -> Iterator[str]:
    """Cases and findings that are not what was written, or name what is not there."""
    cases, findings = read_cases(workspace), read_findings(workspace)
    seals = _seals(workspace)
    for name, records in (("cases", cases), ("findings", findings)):
        if seals.get(name, seal_of(())) != seal_of(records):
            yield f"{name}: their rows were changed after they were written. {MEND}"
    if not incidents_are_sealed(workspace, seals.get(INCIDENTS)):
        yield f"incident facts: their rows were changed after they were written. {MEND}"
    codings = {coding.coding_id for coding in read_codings(workspace)}
    codings |= {fact.coding_id for of in read_incidents(workspace).values() for fact in of}
    for case in cases:
        for state in case.states:
            named = {*state.codings_for, *state.codings_against, *state.codings_suspected}
            for missing in sorted(named - codings):
                where = f"case {case.case_id}: {state.code_id}"
                yield f"{where} names a missing coding {missing}. {MEND}"
    case_ids = {case.case_id for case in cases}
    for finding in findings:
        # Mentions of agencies are counted again with the journeys that they come from.
        for missing in sorted(id_ for id_ in set(finding.coding_ids) - codings
                              if not is_mention_id(id_)):  # fmt: skip
            yield f"finding {finding.finding_id}: names a missing coding {missing}. {MEND}"
        for missing in sorted(set(finding.case_ids) - case_ids):
            yield f"finding {finding.finding_id}: names a missing case {missing}. {MEND}"


def _index(workspace: Workspace) -> Iterator[str]:
    try:
        with workspace.database.write() as session:
            # rank 1: also compare the index with the segments.
            check = "INSERT INTO segments_fts(segments_fts, rank) VALUES ('integrity-check', 1)"
            session.execute(text(check))
    except StoreError as error:
        path = workspace.database.path
        yield f"{path}: the full-text index does not fit the segments ({error}). {MEND}"


def _objects(workspace: Workspace) -> Iterator[str]:
    for digest in workspace.objects.hashes():
        try:
            workspace.objects.get(digest)
        except StoreError as error:
            yield str(error)


def _ledger(workspace: Workspace) -> Iterator[str]:
    for step in workspace.steps():
        if not workspace.objects.has(step.output_hash):
            of_document = f" of document {step.document_id}" if step.document_id else ""
            yield f"step {step.step}{of_document}: its output {step.output_hash} is missing. {MEND}"


def _readings(workspace: Workspace) -> Iterator[str]:
    for document_id, problem in unsound_documents(workspace):
        yield f"document {document_id}: {problem}. {MEND}"


def _seals(workspace: Workspace) -> dict[str, str]:
    with store_errors(workspace.database.path), workspace.database.read() as session:
        return {row.name: row.sha256 for row in session.scalars(select(SealRow))}

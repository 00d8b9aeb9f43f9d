"""Disagreements of a workspace: listed, settled, told to the coders."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import astuple, dataclass, fields
from pathlib import Path

from workbench.annotate.adjudication import (
    Disagreement,
    Feedback,
    ValueDispute,
    Verdict,
    feedback_for,
    read_verdicts,
    settle,
    settle_value,
    sheet_csv,
    value_disputes,
)
from workbench.annotate.decisions import apply_decisions
from workbench.errors import DecisionsError, InputError
from workbench.pipeline.annotation.decisions import record_decisions, valued_decisions
from workbench.pipeline.annotation.places import workspace_codebook, write_text
from workbench.records import Decision
from workbench.store import readings
from workbench.store.decisions import read_decisions
from workbench.store.workspace import Workspace


def find_disagreements(root: Path) -> tuple[Disagreement, ...]:
    """Every code of a segment on which coders differ, by document and segment.

    Raises:
        NotAWorkspaceError: The folder holds no workspace.
    """
    with Workspace.open(root) as workspace:
        return tuple(_disagreements(workspace))


def find_value_disputes(root: Path) -> tuple[ValueDispute, ...]:
    """Every incident attribute on which coders differ; the case keeps what the rules found.

    Raises:
        NotAWorkspaceError: The folder holds no workspace.
    """
    with Workspace.open(root) as workspace:
        return tuple(_value_disputes(workspace))


def write_sheet(root: Path, path: Path) -> int:
    """Write the disagreements as a table to be filled in; how many there are.

    Those on codes of segments come first, then those on values of the incident.

    Raises:
        InputError: The file is there already (somebody may be filling it in), or cannot be
            written.
    """
    if path.exists():
        raise InputError(
            f"{path}: is there already, and may hold verdicts. Apply it and move it away, or name "
            "another file."
        )
    found, values = find_disagreements(root), find_value_disputes(root)
    write_text(path, sheet_csv(found, values))
    return len(found) + len(values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What became of a table of verdicts."""

    n_settled: int
    n_open: int  # disagreements that are left
    n_decisions: int


def apply_sheet(root: Path, path: Path, adjudicator: str, decided_at: str) -> Settled:
    """Take in the verdicts of a table, all or none.

    Args:
        root: The workspace.
        path: A table of ``write_sheet`` with verdicts.
        adjudicator: Who decided.
        decided_at: When, ISO 8601 with its zone.

    Raises:
        DecisionsError: A verdict does not fit, or its disagreement is not open any more. All
            problems are listed, and nothing was taken in.
    """
    verdicts = read_verdicts(path)
    if not verdicts:
        raise InputError(f"{path}: holds no verdict. Fill in the columns verdict and reason.")
    with Workspace.open(root) as workspace:
        found: dict[str, Disagreement | ValueDispute] = {
            each.disagreement_id: each for each in _open(workspace)
        }
        problems: list[str] = []
        decisions: list[Decision] = []
        for verdict in verdicts:
            decisions += _settled(verdict, found, adjudicator, decided_at, problems)
        if problems:
            raise DecisionsError(path, problems)
        n_new = record_decisions(workspace, decisions, str(path))
        n_open = sum(1 for _ in _open(workspace))
    return Settled(n_settled=len(verdicts), n_open=n_open, n_decisions=n_new)


def feedback(root: Path, coder: str) -> tuple[Feedback, ...]:
    """What adjudicators made of a coder's work.

    Raises:
        InputError: Nobody of that name has decided anything; the message lists the coders.
    """
    with Workspace.open(root) as workspace:
        decisions = read_decisions(workspace)
    coders = sorted({decision.coder for decision in decisions})
    if coder not in coders:
        listed = ", ".join(coders) or "nobody yet"
        raise InputError(f"{coder!r} has not decided anything here; coders are: {listed}.")
    return feedback_for(coder, decisions)


def feedback_csv(found: tuple[Feedback, ...]) -> str:
    """A row for each adjudication."""
    target = io.StringIO(newline="")
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow([field.name for field in fields(Feedback)])
    writer.writerows(astuple(each) for each in found)
    return target.getvalue()


def _settled(
    verdict: Verdict,
    found: Mapping[str, Disagreement | ValueDispute],
    adjudicator: str,
    decided_at: str,
    problems: list[str],
) -> tuple[Decision, ...]:
    disagreement = found.get(verdict.disagreement_id)
    if disagreement is None:
        problems.append(
            f"line {verdict.line}: {verdict.disagreement_id} is no open disagreement; it was "
            "settled, or a coder has decided again since. Write a new table."
        )
        return ()
    try:
        if isinstance(disagreement, ValueDispute):
            return settle_value(disagreement, verdict, adjudicator, decided_at)
        return settle(disagreement, verdict, adjudicator, decided_at)
    except ValueError as error:
        problems.append(f"line {verdict.line}: {error}")
        return ()


def _open(workspace: Workspace) -> Iterator[Disagreement | ValueDispute]:
    yield from _disagreements(workspace)
    yield from _value_disputes(workspace)


def _value_disputes(workspace: Workspace) -> Iterator[ValueDispute]:
    codes = {code.code_id: code for code in workspace_codebook(workspace.root).codes}
    for document_id in readings.read_document_ids(workspace):
        if not read_decisions(workspace, [document_id]):
            continue
        reading = readings.read_reading(workspace, document_id)
        anchored = valued_decisions(workspace, reading)
        yield from value_disputes(
            anchored.decisions, anchored.origin, codes,
            {segment.ordinal: segment for segment in reading.segments},
            reading.document.file_name,
        )  # fmt: skip


def _disagreements(workspace: Workspace) -> Iterator[Disagreement]:
    codebook = workspace_codebook(workspace.root)
    codes = {code.code_id: code for code in codebook.codes}
    for document_id in readings.read_document_ids(workspace):
        decisions = read_decisions(workspace, [document_id])
        if not decisions:
            continue
        reading = readings.read_reading(workspace, document_id)
        places = {segment.ordinal: segment for segment in reading.segments}
        applied = apply_decisions(reading.codings, decisions, reading.frozen.text, reading.segments)
        for dispute in applied.disputes:
            if dispute.code_id in codes:  # a code that the codebook has lost cannot be judged
                yield Disagreement(
                    dispute=dispute,
                    segment=places[dispute.segment],
                    code=codes[dispute.code_id],
                    file_name=reading.document.file_name,
                )

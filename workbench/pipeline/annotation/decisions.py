"""Decisions in the store: added after a check, and laid over what the machine found."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from workbench.annotate.agreement import CodedUnit
from workbench.annotate.decisions import (
    Anchored,
    Applied,
    anchor,
    apply_decisions,
    coded_units,
    decision_problems,
    in_force,
)
from workbench.errors import DecisionsError, InputError
from workbench.pipeline.annotation.places import workspace_codebook
from workbench.records import Coding, Decision, Reading, Shown, codec
from workbench.store import readings, results
from workbench.store.decisions import append_decisions, read_decisions
from workbench.store.workspace import Workspace


def record_decisions(workspace: Workspace, decisions: Sequence[Decision], source: str) -> int:
    """Add decisions to the store, all or none; how many were new.

    Args:
        workspace: Where they belong.
        decisions: In the order in which they were made.
        source: Where they come from, for the message.

    Raises:
        DecisionsError: Some cannot be: unknown documents or codes, words that are not in the
            text, an undo of somebody else's decision. All problems are listed; nothing was added.
    """
    codebook = workspace_codebook(workspace.root)
    stored = set(readings.read_document_ids(workspace))
    texts = {
        document_id: readings.read_reading(workspace, document_id).frozen.text
        for document_id in {decision.document_id for decision in decisions} & stored
    }
    known = read_decisions(workspace)
    ids = {decision.decision_id for decision in known}
    new = [decision for decision in decisions if decision.decision_id not in ids]
    code_ids = {code.code_id for code in codebook.codes}
    values = {code.code_id: code.values for code in codebook.codes if code.is_attribute}
    problems = list(decision_problems(new, known, texts, code_ids, values))
    if problems:
        raise DecisionsError(Path(source), problems)
    return append_decisions(workspace, decisions)


def decided(workspace: Workspace, reading: Reading) -> tuple[Reading, Applied]:
    """A reading with people's decisions over its codings, and what was done.

    The stored reading stays as the machine made it, so that a rerun can replace it.
    """
    decisions = [
        decision
        for decision in read_decisions(workspace, [reading.document.document_id])
        if not decision.value  # of an incident attribute: no passage, see ``valued_decisions``
    ]
    applied = apply_decisions(reading.codings, decisions, reading.frozen.text, reading.segments)
    return replace(reading, codings=applied.codings), applied


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """Readings after people's decisions."""

    readings: Mapping[str, Reading]  # all of them, by document
    changed: Mapping[str, tuple[Coding, ...]]  # codings of documents that were decided on
    note: str  # what the reader of a report should know; "" without decisions
    #: Document -> decisions in force on incident attributes, their words where they stand today.
    valued: Mapping[str, tuple[Decision, ...]] = field(default_factory=dict)

    @property
    def hashes(self) -> tuple[str, ...]:
        """What a step over all documents has to know of decisions; nothing without any."""
        return tuple(
            hashlib.sha256(codec.dumps(of_document[key])).hexdigest() + key
            for of_document in (self.changed, self.valued)
            for key in sorted(of_document)
        )


def undecided(found: Mapping[str, Reading]) -> Decided:
    """Readings as the machine made them."""
    return Decided(readings=found, changed={}, note="")


def with_decisions(workspace: Workspace, found: Mapping[str, Reading]) -> Decided:
    """Readings with people's decisions laid over the machine's codings.

    Args:
        workspace: Where the decisions are.
        found: Document -> reading as the machine made it.
    """
    after = dict(found)
    changed: dict[str, tuple[Coding, ...]] = {}
    valued: dict[str, tuple[Decision, ...]] = {}
    n_human = n_disputes = n_stale = 0
    for document_id in sorted(
        {each.document_id for each in read_decisions(workspace)} & set(found)
    ):
        of_incident = valued_decisions(workspace, found[document_id]).decisions
        valued |= {document_id: of_incident} if of_incident else {}
        after[document_id], applied = decided(workspace, found[document_id])
        changed[document_id] = applied.codings
        n_human += applied.n_human
        n_disputes += len(applied.disputes)
        n_stale += len(applied.stale)
    note = ""
    if changed:
        note = (
            f"people decided on codings of {len(changed)} document(s): {n_human} coding(s) are "
            f"theirs, {n_disputes} are in dispute and stay as the machine made them, {n_stale} "
            "decision(s) have no place in the text any more"
        )
    return Decided(readings=after, changed=changed, note=note, valued=valued)


def valued_decisions(workspace: Workspace, reading: Reading) -> Anchored:
    """What people chose for incident attributes of a document, in force, by today's text."""
    decisions = read_decisions(workspace, [reading.document.document_id])
    holding = [decision for decision in in_force(decisions) if decision.value]
    return anchor(holding, reading.frozen.text, reading.segments)


def units_of_workspace(root: Path, shown: Shown | None = None) -> tuple[CodedUnit, ...]:
    """What each coder made of each segment that they read to its end.

    Args:
        root: The workspace.
        shown: Only segments completed blind, or after suggestions; all by default.

    Raises:
        InputError: Nobody has completed a segment.
    """
    with Workspace.open(root) as workspace:
        units = tuple(_units(workspace, shown))
    if not units:
        raise InputError(
            f"{root}: no coder has read a segment to its end. Draw a sample (workbench sample), "
            "have it coded, and import what was decided."
        )
    return units


def _units(workspace: Workspace, shown: Shown | None) -> Iterator[CodedUnit]:
    cases = {
        document_id: case.case_id
        for case in results.read_cases(workspace)
        for document_id in case.document_ids
    }
    for document_id in readings.read_document_ids(workspace):
        in_all = in_force(read_decisions(workspace, [document_id]))
        decisions = [decision for decision in in_all if not decision.value]
        if decisions:
            reading = readings.read_reading(workspace, document_id)
            anchored = anchor(decisions, reading.frozen.text, reading.segments)
            yield from coded_units(anchored.decisions, reading.segments, cases, shown)

"""What the coded units of a sample say of all that could have been drawn."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from workbench.annotate.decisions import anchor, apply_decisions, in_force, work_by_segment
from workbench.annotate.sampling import WHOLE, Sample
from workbench.annotate.sampling.estimate import FoundShare, estimate_shares
from workbench.errors import InputError
from workbench.pipeline.annotation.samples import read_sample
from workbench.records import Assertion, Reading
from workbench.store import readings
from workbench.store.decisions import read_decisions
from workbench.store.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimated:
    """Shares in the frame of a sample."""

    sample: Sample
    shares: tuple[FoundShare, ...]  # of any code first
    n_disputed: int  # coded units with a code in dispute, which counts as found


def estimate_sample(root: Path, name: str, *, seed: int = 0) -> Estimated:
    """How common each code is in all that a sample was drawn from.

    A code is found in a unit where people affirm it. Where coders differ and nobody has settled
    it yet, one who affirms it is enough.

    Args:
        root: The workspace.
        name: Of the sample, of segments.
        seed: Of the resamples.

    Raises:
        InputError: There is no such sample, it is of documents, or nobody has coded any of it.
    """
    sample = read_sample(root, name)
    if any(unit.segment == WHOLE for unit in sample.units):
        raise InputError(f"{name}: is a sample of documents; shares are estimated of segments.")
    found: dict[str, frozenset[str]] = {}
    n_disputed = 0
    with Workspace.open(root) as workspace:
        stored = set(readings.read_document_ids(workspace))
        for document_id in sorted({unit.document_id for unit in sample.units} & stored):
            decisions = read_decisions(workspace, [document_id])
            if decisions:
                reading = readings.read_reading(workspace, document_id)
                complete, codes, disputed = _found(reading, workspace)
                for unit in sample.units:
                    if unit.document_id == document_id and unit.segment in complete:
                        found[unit.unit_id] = frozenset(codes.get(unit.segment, ()))
                        n_disputed += unit.segment in disputed
    if not found:
        raise InputError(
            f"{name}: none of its {len(sample.units)} units was read to its end by anybody yet."
        )
    return Estimated(
        sample=sample,
        shares=estimate_shares(sample, found, seed=seed),
        n_disputed=n_disputed,
    )


def _found(
    reading: Reading, workspace: Workspace
) -> tuple[set[int], dict[int, set[str]], set[int]]:
    """Segments read to the end, the codes that people affirm in each, segments in dispute."""
    decisions = read_decisions(workspace, [reading.document.document_id])
    text, segments = reading.frozen.text, reading.segments
    applied = apply_decisions(reading.codings, decisions, text, segments)
    work = work_by_segment(anchor(in_force(decisions), text, segments).decisions)
    complete = {
        ordinal for ordinal, coders in work.items() if any(w.complete for w in coders.values())
    }
    codes: dict[int, set[str]] = {}
    for coding in applied.codings:
        if coding.source.startswith("human:") and coding.assertion is Assertion.AFFIRMED:
            codes.setdefault(coding.segment, set()).add(coding.code_id)
    for dispute in applied.disputes:
        marks = [mark for given in dispute.marks.values() for mark in given]
        if any(mark.assertion is Assertion.AFFIRMED for mark in marks):
            codes.setdefault(dispute.segment, set()).add(dispute.code_id)
    return complete, codes, {dispute.segment for dispute in applied.disputes}

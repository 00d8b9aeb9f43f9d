"""The trail of decisions: who decided what, when, after seeing what."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from workbench.annotate.decisions import in_force
from workbench.errors import InputError
from workbench.pipeline.annotation.decisions import decided
from workbench.records import Decision
from workbench.store import readings
from workbench.store.decisions import read_decisions
from workbench.store.workspace import Workspace

COLUMNS = (
    "number", "decision_id", "in_force", "decided_at", "coder", "action", "shown", "file_name",
    "document_id", "segment", "start_char", "end_char", "text", "code_id", "value",
    "assertion", "subject_role", "temporality", "valence", "person_id", "certainty", "reason",
    "target", "suggestions", "settles", "design", "inclusion_probability", "codebook",
)  # fmt: skip
#: A spreadsheet would take a cell that begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trail:
    """All decisions of a workspace, and what follows from them."""

    decisions: tuple[Decision, ...]  # in the order in which they were made
    in_force: frozenset[str]  # ids of those that hold
    file_names: dict[str, str]
    n_disputes: int
    stale: tuple[Decision, ...]  # whose words are not in the text any more

    def counts(self) -> dict[str, Counter[str]]:
        """Coder -> how often each action."""
        found: dict[str, Counter[str]] = {}
        for decision in self.decisions:
            found.setdefault(decision.coder, Counter())[str(decision.action)] += 1
        return dict(sorted(found.items()))


def read_trail(root: Path, coder: str = "") -> Trail:
    """The decisions of a workspace, or of one coder.

    Raises:
        InputError: Nobody of that name has decided anything; the message lists the coders.
    """
    with Workspace.open(root) as workspace:
        every = read_decisions(workspace)
        coders = sorted({decision.coder for decision in every})
        if coder and coder not in coders:
            listed = ", ".join(coders) or "nobody yet"
            raise InputError(f"{coder!r} has not decided anything here; coders are: {listed}.")
        names = {each.document_id: each.file_name for each in readings.read_documents(workspace)}
        n_disputes, stale = 0, []
        with_text = set(readings.read_document_ids(workspace))
        for document_id in sorted({decision.document_id for decision in every} & with_text):
            _, applied = decided(workspace, readings.read_reading(workspace, document_id))
            n_disputes += len(applied.disputes)
            stale += [each for each in applied.stale if coder in ("", each.coder)]
    return Trail(
        decisions=tuple(each for each in every if coder in ("", each.coder)),
        in_force=frozenset(each.decision_id for each in in_force(every)),
        file_names=names,
        n_disputes=n_disputes,
        stale=tuple(stale),
    )


def trail_csv(trail: Trail) -> str:
    """A row for each decision, in the order in which they were made."""
    target = io.StringIO(newline="")
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(COLUMNS)
    for number, decision in enumerate(trail.decisions, start=1):
        values = {name: getattr(decision, name) for name in decision.__dataclass_fields__}
        values |= {
            "number": number,
            "decision_id": decision.decision_id,
            "in_force": decision.decision_id in trail.in_force,
            "file_name": trail.file_names.get(decision.document_id, ""),
        }
        writer.writerow([_cell(values[name]) for name in COLUMNS])
    return target.getvalue()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return " ".join(map(str, value))
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text

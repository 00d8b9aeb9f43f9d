"""What coders disagree on, and what an adjudicator says of it."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from workbench.annotate.decisions import Dispute
from workbench.records import Action, Code, Decision, Segment, Shown

#: Verdict that a code is not there; else the verdict is PRESENT or the name of a coder.
ABSENT, PRESENT = "absent", "present"


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """A code of a segment on which coders differ, with all that is needed to settle it."""

    dispute: Dispute
    segment: Segment
    code: Code  # with its definition, inclusion and exclusion
    file_name: str

    @property
    def disagreement_id(self) -> str:
        """Names the place, the code and the decisions: another decision makes another one."""
        parts = [self.segment.document_id, str(self.segment.ordinal), self.code.code_id]
        parts += self.settles
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]

    @property
    def settles(self) -> tuple[str, ...]:
        """Ids of the decisions of all coders that a verdict settles, by coder."""
        grounds = self.dispute.grounds
        return tuple(
            self.dispute.id_of(each) for coder in sorted(grounds) for each in grounds[coder]
        )

    @property
    def marks(self) -> Mapping[str, tuple[Decision, ...]]:
        """Coder -> what they marked; nothing: they say that it is not there."""
        return self.dispute.marks

    def said(self, coder: str) -> str:
        """What a coder said, in one line."""
        marks = self.marks[coder]
        shown = marks or self.dispute.grounds[coder]
        reasons = "; ".join(dict.fromkeys(each.reason for each in shown if each.reason))
        if not marks:
            return f"not there{f' ({reasons})' if reasons else ''}"
        parts = [
            f"“{' '.join(mark.text.split())}” {mark.assertion}, {mark.subject_role}"
            f"{f', {mark.certainty}' if mark.certainty else ''}"
            for mark in marks
        ]
        return " | ".join(parts) + (f" ({reasons})" if reasons else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """An adjudicator's answer to one disagreement."""

    disagreement_id: str
    verdict: str  # ABSENT, PRESENT, or the coder whose marks are taken
    reason: str
    quote: str = ""  # for PRESENT: the words; "": those of the first coder who marked it
    assertion: str = ""  # for PRESENT: as above
    subject_role: str = ""
    line: int = 0  # of the table it comes from

    def require_judge(self, adjudicator: str, coders: Collection[str]) -> None:
        """Refuse a verdict that one of the coders gives, or that says no reason.

        Raises:
            ValueError: What is wrong with it.
        """
        if adjudicator in coders:
            raise ValueError(f"{adjudicator} is one of the coders; somebody else has to adjudicate")
        if not self.reason.strip():
            raise ValueError("needs a reason: the coders will read it")

    def decisions(
        self, marks: Sequence[Decision], adjudicator: str, decided_at: str, settles: tuple[str, ...]
    ) -> tuple[Decision, ...]:
        """The marks that hold, as the adjudicator's own decisions.

        Args:
            marks: Of coders, which the adjudicator takes over.
            adjudicator: Who decides.
            decided_at: When, ISO 8601 with its zone.
            settles: Ids of the decisions that are settled.
        """
        return tuple(
            replace(
                mark,
                coder=adjudicator,
                decided_at=decided_at,
                action=Action.ADD,
                shown=Shown.SUGGESTED,  # what the coders decided was seen
                suggestions=settles,
                target="",
                certainty="",
                reason=self.reason.strip(),
                settles=settles,
            )
            for mark in marks
        )

"""What a reviewer decided about words of a document, never overwritten."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from workbench.records.document import check_offsets
from workbench.records.vocabulary import Assertion, SubjectRole, Temporality, Valence


class Action(StrEnum):
    """What was decided."""

    ACCEPT = "accept"  # a suggested coding, as it is
    REJECT = "reject"  # a suggested coding
    AMEND = "amend"  # a suggested coding: other words, code, assertion or role
    ADD = "add"  # a coding that was not suggested
    COMPLETE = "complete"  # the segment was read to its end: what is not marked is not there
    UNDO = "undo"  # takes an earlier decision back; undoing an undo puts it in force again


class Shown(StrEnum):
    """What stood on the screen before the decision."""

    BLIND = "blind"  # the text alone
    SUGGESTED = "suggested"  # the text with suggestions


#: Actions that say that the code is there.
MARKING = frozenset({Action.ACCEPT, Action.AMEND, Action.ADD})


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision of one person at one moment; undo and adjudication are decisions too."""

    document_id: str
    segment: int  # ordinal of the segment when it was decided
    start_char: int  # of the words decided on; of the whole segment for COMPLETE
    end_char: int
    text: str
    coder: str  # who; "anna"
    decided_at: str  # ISO 8601, with its zone: "2026-02-28T10:15:00+00:00"
    action: Action
    shown: Shown
    code_id: str = ""  # "" for COMPLETE and UNDO
    assertion: Assertion | None = None  # of a marking decision
    subject_role: SubjectRole | None = None
    temporality: Temporality = Temporality.UNCLEAR
    valence: Valence = Valence.NOT_APPLICABLE
    person_id: str = ""
    certainty: str = ""  # in the coder's words: "sure", "unsure"; "" when not asked
    reason: str = ""
    target: str = ""  # id of the coding decided on; of the decision undone
    suggestions: tuple[str, ...] = ()  # ids of all codings that were shown
    settles: tuple[str, ...] = ()  # ids of the decisions that an adjudicator settled
    design: str = ""  # the sample that brought the segment before the coder
    inclusion_probability: float | None = None  # of the segment in that sample
    codebook: str = ""  # version and hash of the codebook in use
    #: Of an incident attribute, as the codebook writes it: "park", "time_band=16-19"; else "".
    value: str = ""

    def __post_init__(self) -> None:
        check_offsets(self.document_id, self.start_char, self.end_char, self.text)
        problems = list(self._problems())
        if problems:
            raise ValueError(f"decision of {self.coder or 'nobody'}: {'; '.join(problems)}")

    def _problems(self) -> list[str]:
        problems = []
        if not self.coder.strip():
            problems.append("needs a coder")
        if not _has_zone(self.decided_at):
            problems.append(f"{self.decided_at!r} is no moment such as 2026-02-28T10:15:00+00:00")
        marking = self.action in MARKING
        if marking and not (self.code_id and self.assertion and self.subject_role):
            problems.append(f"{self.action} needs a code, an assertion and a subject role")
        if self.action in {Action.ACCEPT, Action.REJECT, Action.AMEND, Action.UNDO} and (
            not self.target
        ):
            problems.append(f"{self.action} needs what it is about, as its target")
        if self.action is Action.REJECT and not self.code_id:
            problems.append("reject needs the code of what is rejected")
        if self.value and not self.code_id:
            problems.append("has a value, but no attribute as its code")
        if self.shown is Shown.BLIND and self.suggestions:
            problems.append("was blind, but suggestions were shown")
        if self.inclusion_probability is not None and not 0 < self.inclusion_probability <= 1:
            problems.append(f"inclusion probability {self.inclusion_probability} is not in (0, 1]")
        return problems

    @property
    def decision_id(self) -> str:
        """SHA-256 of all fields, shortened: the same decision has the same id wherever it is."""
        fields: dict[str, object] = {
            name: getattr(self, name) for name in self.__dataclass_fields__
        }
        if self.inclusion_probability is not None:  # 1 and 1.0 are one probability
            fields["inclusion_probability"] = float(self.inclusion_probability)
        if not self.value:  # decisions without one keep the id that they always had
            del fields["value"]
        packed = json.dumps(list(fields.values()), ensure_ascii=True)
        return hashlib.sha256(packed.encode()).hexdigest()[:32]

    @property
    def moment(self) -> datetime:
        """When, in universal time."""
        return datetime.fromisoformat(self.decided_at).astimezone(UTC)


def _has_zone(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False

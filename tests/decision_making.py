"""A fictional page and decisions about it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from workbench.records import (
    Action,
    Assertion,
    Coding,
    Decision,
    SectionRole,
    Segment,
    SegmentKind,
    Shown,
    SubjectRole,
    Temporality,
    Valence,
)

DOCUMENT = "d" * 64
PARTS = (
    "Maren’s mother drank heavily and owed money 🙂 to a lender.",
    "The school excluded Maren twice. Her mother was not told.",
    "Agencies did not share information.",
)
TEXT = "\n\n".join(PARTS)


def segments() -> tuple[Segment, ...]:
    return tuple(
        Segment(
            document_id=DOCUMENT, ordinal=ordinal, kind=SegmentKind.PARAGRAPH,
            section_role=SectionRole.FACTS, start_char=TEXT.index(part),
            end_char=TEXT.index(part) + len(part), text=part, page_start=1, page_end=1,
        )
        for ordinal, part in enumerate(PARTS)
    )  # fmt: skip


def ordinal_of(start: int) -> int:
    return max(each.ordinal for each in segments() if each.start_char <= start)


def suggestion(words: str, code_id: str, **changes: Any) -> Coding:
    start = TEXT.index(words)
    coding = Coding(
        document_id=DOCUMENT, segment=ordinal_of(start), start_char=start,
        end_char=start + len(words), text=words, code_id=code_id,
        assertion=Assertion.AFFIRMED, subject_role=SubjectRole.PARENT_CARER,
        section_role=SectionRole.FACTS, temporality=Temporality.PAST,
        valence=Valence.NOT_APPLICABLE, score=0.7, source="rule:1", explanation="cue",
    )  # fmt: skip
    return replace(coding, **changes)


def decision(coder: str, action: Action, words: str, code_id: str = "", **changes: Any) -> Decision:
    start = TEXT.index(words)
    marking = action in {Action.ACCEPT, Action.AMEND, Action.ADD}
    made = {
        "shown": Shown.BLIND,
        "assertion": Assertion.AFFIRMED if marking else None,
        "subject_role": SubjectRole.PARENT_CARER if marking else None,
        "decided_at": "2026-02-28T10:15:00+00:00",
    }
    return Decision(
        document_id=DOCUMENT, segment=ordinal_of(start), start_char=start,
        end_char=start + len(words), text=words, coder=coder, action=action, code_id=code_id,
        **{**made, **changes},
    )  # fmt: skip


def complete(coder: str, ordinal: int, **changes: Any) -> Decision:
    return decision(coder, Action.COMPLETE, PARTS[ordinal], **changes)


def about(coder: str, action: Action, coding: Coding, **changes: Any) -> Decision:
    """A decision on a suggestion."""
    given = {
        "shown": Shown.SUGGESTED,
        "target": coding.coding_id,
        "suggestions": (coding.coding_id,),
    }
    return decision(coder, action, coding.text, coding.code_id, **{**given, **changes})


def undo(target: Decision, coder: str = "") -> Decision:
    return decision(
        coder or target.coder, Action.UNDO, target.text, target=target.decision_id,
    )  # fmt: skip

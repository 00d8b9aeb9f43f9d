"""What the adjudicator changed of a coder's work, and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from workbench.annotate.decisions import in_force
from workbench.records import MARKING, Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """One adjudicated code of a segment, from the view of one coder."""

    document_id: str
    segment: int
    code_id: str
    said: str  # by the coder
    settled: str  # by the adjudicator
    changed: bool
    reason: str
    adjudicator: str


def feedback_for(coder: str, decisions: Sequence[Decision]) -> tuple[Feedback, ...]:
    """Every adjudication that a coder took part in, in the order of documents and segments.

    Args:
        coder: Whose work was settled.
        decisions: All, in the order in which they were made.
    """
    by_id = {decision.decision_id: decision for decision in decisions}
    verdicts: dict[tuple[str, int, str, tuple[str, ...]], list[Decision]] = {}
    for decision in in_force(decisions):
        if decision.settles:
            key = (decision.document_id, decision.segment, decision.code_id, decision.settles)
            verdicts.setdefault(key, []).append(decision)
    found = []
    for (document_id, segment, code_id, settles), final in sorted(
        verdicts.items(), key=lambda item: item[0]
    ):
        mine = [by_id[each] for each in settles if each in by_id and by_id[each].coder == coder]
        if not mine:
            continue
        said, settled = _views(mine), _views(final)
        found.append(
            Feedback(
                document_id=document_id,
                segment=segment,
                code_id=code_id,
                said=_in_words(mine),
                settled=_in_words(final),
                changed=said != settled,
                reason=final[-1].reason,
                adjudicator=final[-1].coder,
            )
        )
    return tuple(found)


def _views(decisions: Iterable[Decision]) -> frozenset[tuple[str, str, str, str]]:
    return frozenset(
        (str(each.assertion), str(each.subject_role), str(each.valence), each.value)
        for each in decisions
        if each.action in MARKING
    )


def _in_words(decisions: Iterable[Decision]) -> str:
    marks = [each for each in decisions if each.action in MARKING]
    if not marks:
        return "not there"
    if any(mark.value for mark in marks):
        return ", ".join(sorted({mark.value for mark in marks}))
    return "; ".join(
        f"“{' '.join(mark.text.split())}” {mark.assertion}, {mark.subject_role}" for mark in marks
    )

"""What each coder made of each segment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from workbench.annotate.agreement.records import CodedUnit, Mark
from workbench.records import MARKING, Action, Decision, Segment, Shown

#: What makes two marks of a coder the same one.
_MarkKey = tuple[int, int, str, str, str, str, str]


@dataclass(slots=True, kw_only=True)
class Work:
    """One coder's decisions on one segment, the later in place of the earlier."""

    marks: dict[str, Decision] = field(default_factory=dict)  # by coding, or by words and code
    rejected: dict[str, Decision] = field(default_factory=dict)  # by coding
    complete: Decision | None = None

    def take(self, decision: Decision) -> None:
        """Let a decision count."""
        if decision.action is Action.COMPLETE:
            self.complete = decision
            return
        key = decision.target or repr(mark_key(decision))
        if decision.action in MARKING:
            self.rejected.pop(key, None)
            self.marks[key] = decision
        elif decision.action is Action.REJECT:
            self.marks.pop(key, None)
            self.rejected[key] = decision

    def marks_of(self, code_id: str) -> tuple[Decision, ...]:
        """The marks with a code, each once, in the order of the text."""
        unique = {mark_key(mark): mark for mark in self.marks.values() if mark.code_id == code_id}
        return tuple(unique[key] for key in sorted(unique))

    def grounds_of(self, code_id: str) -> tuple[Decision, ...]:
        """The decisions that say that a code is there, or else that it is not."""
        marks = self.marks_of(code_id)
        if marks:
            return marks
        rejections = tuple(each for each in self.rejected.values() if each.code_id == code_id)
        return rejections or ((self.complete,) if self.complete else ())

    def says_no(self, code_id: str) -> bool:
        """Whether the coder has said that the code is not there."""
        if self.marks_of(code_id):
            return False
        rejected = {decision.code_id for decision in self.rejected.values()}
        return self.complete is not None or code_id in rejected


def mark_key(mark: Decision) -> _MarkKey:
    """Words, code, and all that is said of them."""
    return (
        mark.start_char, mark.end_char, mark.code_id, str(mark.assertion), str(mark.subject_role),
        str(mark.valence), mark.person_id,
    )  # fmt: skip


def work_by_segment(decisions: Iterable[Decision]) -> dict[int, dict[str, Work]]:
    """Segment -> coder -> work; decisions of adjudicators and on incident attributes left out.

    Args:
        decisions: In force, of one document, anchored, in their order.
    """
    work: dict[int, dict[str, Work]] = {}
    for decision in decisions:
        if not decision.settles and not decision.value:
            of_coder = work.setdefault(decision.segment, {})
            of_coder.setdefault(decision.coder, Work()).take(decision)
    return work


def coded_units(
    decisions: Iterable[Decision],
    segments: Sequence[Segment],
    case_ids: Mapping[str, str] | None = None,
    shown: Shown | None = None,
) -> tuple[CodedUnit, ...]:
    """The segments that coders have read to their end, ready for agreement.

    Args:
        decisions: In force, of one document, anchored, in their order.
        segments: Of the document.
        case_ids: Document -> case.
        shown: Take only segments that were completed so; all by default.
    """
    places = {segment.ordinal: segment for segment in segments}
    units = []
    for ordinal, coders in sorted(work_by_segment(decisions).items()):
        segment = places[ordinal]
        for coder, work in sorted(coders.items()):
            if work.complete is None or shown not in (None, work.complete.shown):
                continue
            units.append(
                CodedUnit(
                    coder=coder,
                    document_id=segment.document_id,
                    unit_id=f"{ordinal:05d}",
                    case_id=(case_ids or {}).get(segment.document_id, ""),
                    marks=tuple(_mark(mark, segment) for mark in work.marks.values()),
                    coded_on=work.complete.moment.date(),
                    n_chars=segment.end_char - segment.start_char,
                )
            )
    return tuple(units)


def _mark(decision: Decision, segment: Segment) -> Mark:
    return Mark(
        code_id=decision.code_id,
        start_char=decision.start_char - segment.start_char,
        end_char=min(decision.end_char, segment.end_char) - segment.start_char,
        assertion=str(decision.assertion or ""),
        subject_role=str(decision.subject_role or ""),
    )

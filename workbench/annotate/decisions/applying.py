"""What reviewers decided, laid over what the machine found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from workbench.annotate.decisions.coders import Work, mark_key, work_by_segment
from workbench.annotate.decisions.replay import anchor, in_force
from workbench.records import MARKING, Coding, Decision, Segment


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """A code of a segment on which coders have decided differently, not adjudicated yet."""

    document_id: str
    segment: int
    code_id: str
    marks: Mapping[str, tuple[Decision, ...]]  # by coder; empty: says that it is not there
    grounds: Mapping[str, tuple[Decision, ...]]  # by coder: the decisions that say so
    origin: Mapping[str, str] = field(default_factory=dict)  # as in Anchored

    def id_of(self, decision: Decision) -> str:
        """The id of a decision as it was made, also where its words have moved since."""
        return self.origin.get(decision.decision_id, decision.decision_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """The codings of a document after decisions."""

    codings: tuple[Coding, ...]  # in the order of the text
    disputes: tuple[Dispute, ...]  # the machine's codings stay there until they are settled
    stale: tuple[Decision, ...]  # whose words are not in the text any more
    n_human: int  # codings that people stand for
    n_removed: int  # codings of the machine that people took away or replaced


def apply_decisions(
    codings: Sequence[Coding],
    decisions: Sequence[Decision],
    text: str,
    segments: Sequence[Segment],
) -> Applied:
    """The codings of one document, with people's decisions over those of the machine.

    An adjudicator's decision counts before all. Else coders who have decided on a code of a
    segment must say the same of it (whether it is there, with which assertion and role); if they
    do not, it is in dispute and the machine's codings stay. A coder who read a segment to its end
    has also decided on every code that they did not mark. What nobody decided on stays.

    Args:
        codings: Of the machine, of one document.
        decisions: Of that document, in the order in which they were made.
        text: The document's frozen text.
        segments: Its segments, by ordinal.
    """
    anchored = anchor(in_force(decisions), text, segments)
    work = work_by_segment(anchored.decisions)
    settled = settled_codes(anchored.decisions)
    places = {segment.ordinal: segment for segment in segments}
    machine: dict[tuple[int, str], list[Coding]] = {}
    for coding in codings:
        machine.setdefault((coding.segment, coding.code_id), []).append(coding)
    kept: list[Coding] = []
    disputes: list[Dispute] = []
    n_human = 0
    for key in sorted({*machine, *settled, *_decided(work)}):
        ordinal, code_id = key
        coders, found = work.get(ordinal, {}), machine.get(key, [])
        if key in settled:
            marks = settled[key]
            made = [_coding(mark, places[ordinal], (mark.coder,), "adjudicated") for mark in marks]
        elif dispute := _dispute(places[ordinal], code_id, coders):
            disputes.append(replace(dispute, origin=anchored.origin))
            kept += found
            continue
        else:
            made, left = _agreed(places[ordinal], code_id, coders, found)
            kept += left
        kept += made
        n_human += len(made)
    order = sorted(kept, key=lambda each: (each.start_char, each.end_char, each.coding_id))
    return Applied(
        codings=tuple(order),
        disputes=tuple(disputes),
        stale=anchored.stale,
        n_human=n_human,
        n_removed=len(codings) - (len(kept) - n_human),
    )


def settled_codes(decisions: Sequence[Decision]) -> dict[tuple[int, str], list[Decision]]:
    """Segment and code -> the adjudicator's marks; none: it is not there."""
    settled: dict[tuple[int, str], dict[object, Decision]] = {}
    moments: dict[tuple[int, str], tuple[str, ...]] = {}
    for decision in decisions:
        if not decision.settles or decision.value:
            continue
        key = (decision.segment, decision.code_id)
        # Marks of one adjudication settle the same decisions; a later one takes their place.
        if moments.get(key) != decision.settles or decision.action not in MARKING:
            settled[key], moments[key] = {}, decision.settles
        if decision.action in MARKING:
            settled[key][mark_key(decision)] = decision
    return {key: list(marks.values()) for key, marks in settled.items()}


def _decided(work: Mapping[int, Mapping[str, Work]]) -> Iterator[tuple[int, str]]:
    for ordinal, coders in work.items():
        for each in coders.values():
            for decision in (*each.marks.values(), *each.rejected.values()):
                yield ordinal, decision.code_id


def _opinions(code_id: str, coders: Mapping[str, Work]) -> dict[str, tuple[Decision, ...]]:
    """What the coders who have decided on a code marked with it."""
    opinions = {}
    for coder, work in sorted(coders.items()):
        marks = work.marks_of(code_id)
        if marks or work.says_no(code_id):
            opinions[coder] = marks
    return opinions


def _dispute(segment: Segment, code_id: str, coders: Mapping[str, Work]) -> Dispute | None:
    opinions = _opinions(code_id, coders)
    kinds = {
        frozenset((mark.assertion, mark.subject_role, mark.valence) for mark in marks)
        for marks in opinions.values()
    }
    if len(kinds) < 2:
        return None
    return Dispute(
        document_id=segment.document_id,
        segment=segment.ordinal,
        code_id=code_id,
        marks=opinions,
        grounds={coder: coders[coder].grounds_of(code_id) for coder in opinions},
    )


def _agreed(
    segment: Segment, code_id: str, coders: Mapping[str, Work], found: Sequence[Coding]
) -> tuple[list[Coding], list[Coding]]:
    """What people say of a code, and which of the machine's codings stay beside it."""
    opinions = _opinions(code_id, coders)
    if not opinions:
        return [], list(found)
    marks = opinions[min(opinions)]
    how = "added" if not any(mark.target for mark in marks) else "accepted or amended"
    made = [_coding(mark, segment, tuple(sorted(opinions)), how) for mark in marks]
    if any(coders[coder].complete for coder in opinions):
        return made, []
    targets = {target for coder in opinions for target in _targets(coders[coder])}
    left = [
        coding
        for coding in found
        if coding.coding_id not in targets
        and not any(
            max(coding.start_char, mark.start_char) < min(coding.end_char, mark.end_char)
            for mark in marks
        )
    ]
    return made, left


def _targets(work: Work) -> Iterator[str]:
    for decision in (*work.marks.values(), *work.rejected.values()):
        yield decision.target


def _coding(mark: Decision, segment: Segment, coders: tuple[str, ...], how: str) -> Coding:
    if mark.assertion is None or mark.subject_role is None:
        raise ValueError(f"{mark.decision_id} marks nothing")  # a Decision cannot be built so
    return Coding(
        document_id=mark.document_id,
        segment=segment.ordinal,
        start_char=mark.start_char,
        end_char=mark.end_char,
        text=mark.text,
        code_id=mark.code_id,
        assertion=mark.assertion,
        subject_role=mark.subject_role,
        section_role=segment.section_role,
        temporality=mark.temporality,
        valence=mark.valence,
        score=1.0,
        source=f"human:{'+'.join(coders)}",
        person_id=mark.person_id,
        explanation=f"{how} by {' and '.join(coders)}",
    )

"""Checked answers as decisions, reconciled with those that were taken in before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from workbench.annotate.decisions import in_force
from workbench.annotate.labelstudio.moves import CodeMoves
from workbench.annotate.labelstudio.records import Answer, Batch, LentSegment, LentTask, Region
from workbench.records import (
    Action,
    Assertion,
    Coding,
    Decision,
    SubjectRole,
    Temporality,
    Valence,
)


def decisions_of(
    batch: Batch, task: LentTask, answer: Answer, moves: CodeMoves | None = None
) -> tuple[Decision, ...]:
    """What the coder decided by submitting: on each mark, each suggestion, each segment.

    A suggestion that is submitted as it was shown is accepted, one that was changed is amended,
    one that is gone is rejected. Every segment of the task was read to its end. What was chosen
    for an incident attribute is a decision with a value, on the task's first segment. A suggestion
    whose code was merged counts with the code of today; one whose code is gone is not decided on.

    Args:
        batch: The batch of the task.
        task: The task.
        answer: What was submitted, checked.
        moves: What became of former codes.
    """
    moves = moves or CodeMoves()
    shown = {task.suggestion_id(coding): coding for coding in task.suggestions}
    base = _base(batch, task, answer)
    made: list[Decision] = []
    kept: set[str] = set()
    # Suggestions that are there under their own id are nobody else's.
    named = {shown[each.region_id].coding_id for each in answer.regions if each.region_id in shown}
    for region in answer.regions:
        suggestion = shown.get(region.region_id) or _same_words(region, task, named | kept)
        if suggestion:
            kept.add(suggestion.coding_id)
        made.append(_mark(base, task, region, suggestion, moves))
    for coding in task.suggestions:
        code_id = moves.merged.get(coding.code_id, coding.code_id)
        if coding.coding_id not in kept and code_id not in moves.former:
            made.append(
                replace(
                    base,
                    segment=coding.segment,
                    start_char=coding.start_char,
                    end_char=coding.end_char,
                    text=coding.text,
                    action=Action.REJECT,
                    code_id=code_id,
                    target=coding.coding_id,
                )
            )
    made += [_attribute(base, code_id, value) for code_id, value in answer.attributes]
    reasons = [answer.about_task, *("" for _ in task.segments)]
    made += [
        _complete(base, task, segment, reason)
        for segment, reason in zip(task.segments, reasons, strict=False)
    ]
    return tuple(dict.fromkeys(_weighed(decision, task) for decision in made))


def reconcile(
    batch: Batch, task: LentTask, wanted: Sequence[Decision], known: Sequence[Decision]
) -> tuple[Decision, ...]:
    """The decisions to append so that exactly the wanted ones are in force for a task.

    What stands already is not decided again, whenever it was submitted; what is not said any
    more is undone by a new decision.

    Args:
        batch: The batch of the task.
        task: The task.
        wanted: What the coder says now; at least that they read the passage.
        known: All decisions of the workspace on the task's document, in their order.
    """
    have = {_content(decision): decision for decision in standing(batch, task, known)}
    want = {_content(decision): decision for decision in wanted}
    moment = wanted[0].decided_at
    undone = [_undo(have[key], moment) for key in have if key not in want]
    return (*undone, *(want[key] for key in want if key not in have))


def standing(batch: Batch, task: LentTask, known: Sequence[Decision]) -> tuple[Decision, ...]:
    """What a coder has decided on a task before and not taken back."""
    ordinals = {segment.ordinal for segment in task.segments}
    return tuple(
        decision
        for decision in in_force(known)
        if (decision.coder, decision.design, decision.document_id, decision.shown)
        == (batch.coder, batch.sample, task.document_id, task.shown)
        and decision.segment in ordinals
        and not decision.settles
    )


def _content(decision: Decision) -> str:
    """What a decision says, whenever it was made."""
    return replace(decision, decided_at="2000-01-01T00:00:00+00:00").decision_id


def _undo(decision: Decision, moment: str) -> Decision:
    return replace(
        decision,
        action=Action.UNDO,
        decided_at=moment,
        target=decision.decision_id,
        code_id="",
        value="",
        assertion=None,
        subject_role=None,
        temporality=Temporality.UNCLEAR,
        valence=Valence.NOT_APPLICABLE,
        person_id="",
        certainty="",
        reason="changed in Label Studio",
    )


def _base(batch: Batch, task: LentTask, answer: Answer) -> Decision:
    """What all decisions of an answer share, as the completion of its first segment."""
    first = task.segments[0]
    return Decision(
        document_id=task.document_id,
        segment=first.ordinal,
        start_char=first.start_char,
        end_char=first.end_char,
        text=_words(task, first),
        coder=batch.coder,
        decided_at=answer.submitted_at,
        action=Action.COMPLETE,
        shown=task.shown,
        suggestions=tuple(coding.coding_id for coding in task.suggestions),
        design=batch.sample,
        codebook=batch.codebook,
    )


def _complete(base: Decision, task: LentTask, segment: LentSegment, reason: str) -> Decision:
    return replace(
        base,
        segment=segment.ordinal,
        start_char=segment.start_char,
        end_char=segment.end_char,
        text=_words(task, segment),
        reason=reason,
    )


def _attribute(base: Decision, code_id: str, value: str) -> Decision:
    return replace(
        base,
        action=Action.ADD,
        code_id=code_id,
        value=value,
        assertion=Assertion.AFFIRMED,
        subject_role=SubjectRole.NOT_APPLICABLE,
        temporality=Temporality.INDEX_INCIDENT,
    )


def _mark(
    base: Decision,
    task: LentTask,
    region: Region,
    suggestion: Coding | None,
    moves: CodeMoves,
) -> Decision:
    same = suggestion is not None and _said(region) == (
        suggestion.start_char, suggestion.end_char,
        moves.merged.get(suggestion.code_id, suggestion.code_id), suggestion.assertion,
        suggestion.subject_role, suggestion.temporality, suggestion.valence,
    )  # fmt: skip
    action = Action.ADD if suggestion is None else Action.ACCEPT if same else Action.AMEND
    # Another role is another person; whom the words are about then is not known.
    same_role = suggestion is not None and suggestion.subject_role == region.subject_role
    return replace(
        base,
        segment=next(_segments_of(task, region.start_char)).ordinal,
        start_char=region.start_char,
        end_char=region.end_char,
        text=region.text,
        action=action,
        code_id=region.code_id,
        assertion=Assertion(region.assertion),
        subject_role=SubjectRole(region.subject_role),
        temporality=Temporality(region.temporality),
        valence=Valence(region.valence),
        person_id=suggestion.person_id if suggestion and same_role else "",
        certainty=region.certainty,
        reason=region.note,
        target=suggestion.coding_id if suggestion else "",
    )


def _said(region: Region) -> tuple[object, ...]:
    return (
        region.start_char, region.end_char, region.code_id, region.assertion,
        region.subject_role, region.temporality, region.valence,
    )  # fmt: skip


def _same_words(region: Region, task: LentTask, taken: set[str]) -> Coding | None:
    """A suggestion of the same words and code, that was taken away and marked again."""
    for coding in task.suggestions:
        place = (coding.start_char, coding.end_char, coding.code_id)
        if coding.coding_id not in taken and place == _said(region)[:3]:
            return coding
    return None


def _weighed(decision: Decision, task: LentTask) -> Decision:
    for segment in task.segments:
        if segment.ordinal == decision.segment:
            return replace(decision, inclusion_probability=segment.inclusion_probability)
    return decision


def _segments_of(task: LentTask, start_char: int) -> Iterator[LentSegment]:
    return (each for each in task.segments if each.start_char <= start_char < each.end_char)


def _words(task: LentTask, segment: LentSegment) -> str:
    first = segment.start_char - task.start_char
    return task.text[first : first + segment.end_char - segment.start_char]

"""Verdicts as decisions: new records that point to those they settle."""

from __future__ import annotations

from dataclasses import replace

from workbench.annotate.adjudication.records import ABSENT, PRESENT, Disagreement, Verdict
from workbench.records import Action, Assertion, Decision, Shown, SubjectRole


def settle(
    disagreement: Disagreement, verdict: Verdict, adjudicator: str, decided_at: str
) -> tuple[Decision, ...]:
    """The adjudicator's decisions: one for each mark that holds, or one that nothing holds.

    Args:
        disagreement: What coders differ on.
        verdict: What holds.
        adjudicator: Who says so; none of the coders.
        decided_at: When, ISO 8601 with its zone.

    Raises:
        ValueError: The verdict does not fit; the message says what it could be.
    """
    coders = sorted(disagreement.marks)
    verdict.require_judge(adjudicator, coders)
    if verdict.verdict == ABSENT:
        return (_absent(disagreement, verdict, adjudicator, decided_at),)
    if verdict.verdict == PRESENT:
        marks: tuple[Decision, ...] = (_present(disagreement, verdict),)
    elif verdict.verdict in coders:
        marks = disagreement.marks[verdict.verdict]
        if not marks:
            return (_absent(disagreement, verdict, adjudicator, decided_at),)
    else:
        raise ValueError(
            f"verdict {verdict.verdict!r} is none of {ABSENT}, {PRESENT}, {', '.join(coders)}"
        )
    return verdict.decisions(marks, adjudicator, decided_at, disagreement.settles)


def _present(disagreement: Disagreement, verdict: Verdict) -> Decision:
    """The first mark with the adjudicator's words, assertion and role, where they are given."""
    first = next(marks[0] for _, marks in sorted(disagreement.marks.items()) if marks)
    changes: dict[str, object] = {}
    if verdict.quote:
        segment = disagreement.segment
        at = segment.text.find(verdict.quote)
        if at < 0:
            raise ValueError(f"the quote {verdict.quote[:40]!r} does not occur in the segment")
        start = segment.start_char + at
        changes |= {
            "start_char": start,
            "end_char": start + len(verdict.quote),
            "text": verdict.quote,
        }
    kinds: tuple[tuple[str, type[Assertion] | type[SubjectRole]], ...] = (
        ("assertion", Assertion),
        ("subject_role", SubjectRole),
    )
    for name, kind in kinds:
        given = getattr(verdict, name)
        if given:
            try:
                changes[name] = kind(given)
            except ValueError as error:
                raise ValueError(f"{name} {given!r} is none of {', '.join(kind)}") from error
    return replace(first, **changes)  # type: ignore[arg-type]


def _absent(
    disagreement: Disagreement, verdict: Verdict, adjudicator: str, decided_at: str
) -> Decision:
    ground = next(marks[0] for _, marks in sorted(disagreement.marks.items()) if marks)
    return replace(
        ground,
        coder=adjudicator,
        decided_at=decided_at,
        action=Action.REJECT,
        shown=Shown.SUGGESTED,
        suggestions=disagreement.settles,
        assertion=None,
        subject_role=None,
        target=disagreement.dispute.id_of(ground),
        certainty="",
        reason=verdict.reason.strip(),
        settles=disagreement.settles,
    )

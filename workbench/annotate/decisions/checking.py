"""Whether new decisions may be added to those there are."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from workbench.annotate.decisions.replay import in_force
from workbench.records import Action, Decision


def decision_problems(
    new: Sequence[Decision],
    known: Sequence[Decision],
    texts: dict[str, str],
    code_ids: Collection[str],
    values: Mapping[str, Collection[str]] | None = None,
) -> Iterator[str]:
    """Everything that is wrong with new decisions, one sentence each.

    Args:
        new: Decisions in the order in which they were made.
        known: All decisions made before.
        texts: Document -> frozen text.
        code_ids: Codes that may be used.
        values: Incident attribute -> the values that it may have.
    """
    before = list(known)
    for number, decision in enumerate(new, start=1):
        where = f"decision {number} ({decision.coder}, {decision.action})"
        text = texts.get(decision.document_id)
        if text is None:
            yield f"{where}: document {decision.document_id[:12]} is not in the workspace"
        elif text[decision.start_char : decision.end_char] != decision.text:
            yield (
                f"{where}: the text at {decision.start_char} reads "
                f"{text[decision.start_char : decision.end_char][:40]!r}, not "
                f"{decision.text[:40]!r}; it has changed since, or the offsets count otherwise"
            )
        if decision.code_id and decision.code_id not in code_ids:
            yield f"{where}: {decision.code_id!r} is not a code of the codebook"
        elif decision.value and decision.value not in (values or {}).get(decision.code_id, ()):
            yield f"{where}: {decision.value!r} is no value of {decision.code_id}"
        yield from (f"{where}: {problem}" for problem in _references(decision, before))
        before.append(decision)


def _references(decision: Decision, before: Sequence[Decision]) -> Iterator[str]:
    by_id = {each.decision_id: each for each in before}
    if decision.action is Action.UNDO:
        target = by_id.get(decision.target)
        if target is None:
            yield f"takes back {decision.target}, which nobody decided"
        elif target.coder != decision.coder:
            yield f"takes back a decision of {target.coder}; only they can do that"
        elif target.action is not Action.UNDO and target not in in_force(before):
            yield f"takes back {decision.target}, which was taken back already"
    for settled in decision.settles:
        if settled not in by_id:
            yield f"settles {settled}, which nobody decided"
        elif by_id[settled].coder == decision.coder:
            yield f"settles a decision of {decision.coder}; somebody else has to adjudicate"

"""People's decisions on incident attributes, laid over what the rules found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from workbench.codebook import Codebook
from workbench.records import (
    MARKING,
    NOT_STATED,
    Decision,
    FactBasis,
    IncidentFact,
    IncidentField,
    Standing,
)


def decided_facts(
    facts: Sequence[IncidentFact], decisions: Sequence[Decision], codebook: Codebook
) -> list[IncidentFact]:
    """The facts with what people chose in place of what the rules found.

    An adjudicator's choice counts before all others; else what all coders who chose a value of
    the field agree on. Where they differ, the rules' value stays and theirs stand beside it. A
    choice of ``not_stated`` takes the rules' value away, unless the coder chose a value on another
    text of the case. What is overruled stays visible.

    Args:
        facts: Of one case, from its documents.
        decisions: In force, on its documents, each with a value, in their order; the person of
            each is the subject whose facts it is about ("": the incident as a whole).
        codebook: Values that it does not have are passed over: the import refuses them.
    """
    left = list(facts)
    for field in IncidentField:
        of_field: dict[str, list[Decision]] = {}
        for decision in decisions:
            if decision.action in MARKING and _is_of(decision, field, codebook):
                of_field.setdefault(decision.person_id, []).append(decision)
        for person_id, chosen in sorted(of_field.items()):
            mine = [fact for fact in left if fact.person_id == person_id]
            others = [fact for fact in left if fact.person_id != person_id]
            left = [*others, *_overruled(mine, field, chosen)]
    return left


def _is_of(decision: Decision, field: IncidentField, codebook: Codebook) -> bool:
    if not field.is_coded or decision.code_id != field.code_id:
        return False
    known = {value for code in codebook.codes for value in code.values
             if code.code_id == decision.code_id}  # fmt: skip
    name, separator, _ = decision.value.partition("=")
    return decision.value in known and (not separator or name == field.value)


def _overruled(
    facts: Sequence[IncidentFact], field: IncidentField, chosen: Sequence[Decision]
) -> Iterator[IncidentFact]:
    values, agreed = _agreed(chosen)
    for fact in facts:
        if fact.field is not field or not agreed:
            yield fact
        else:
            same = fact.value in values
            yield replace(fact, standing=Standing.AGREES if same else Standing.DIFFERS)
    standing = Standing.VALUE if agreed else Standing.DIFFERS
    seen = set()
    for decision in chosen:
        value = _option(decision)
        if value != NOT_STATED and (value in values or not agreed) and value not in seen:
            seen.add(value)
            yield _at_its_words(_fact(decision, field, value, standing), facts)


def _agreed(chosen: Sequence[Decision]) -> tuple[frozenset[str], bool]:
    """The values that count, and whether those who chose agree on them."""
    settled = [decision for decision in chosen if decision.settles]
    if settled:
        last = settled[-1]
        return frozenset(
            _option(each) for each in settled if each.settles == last.settles
        ), True  # fmt: skip
    by_coder: dict[str, set[str]] = {}
    for decision in chosen:
        by_coder.setdefault(decision.coder, set()).add(_option(decision))
    views = {frozenset(values - {NOT_STATED} or values) for values in by_coder.values()}
    return (next(iter(views)), True) if len(views) == 1 else (frozenset(), False)


def _option(decision: Decision) -> str:
    _, separator, option = decision.value.partition("=")
    return option if separator else decision.value


def _at_its_words(chosen: IncidentFact, facts: Sequence[IncidentFact]) -> IncidentFact:
    """A choice at the words of its document that were found to say the same.

    Coders choose a value for a passage and not its words. Where nothing is found to say it, the
    passage stays.
    """
    same = [
        fact
        for fact in facts
        if (fact.field, fact.value, fact.document_id)
        == (chosen.field, chosen.value, chosen.document_id)
    ]
    if not same:
        return chosen
    best = max(same, key=lambda fact: (fact.segment == chosen.segment, fact.score))
    return replace(
        best,
        basis=chosen.basis,
        standing=chosen.standing,
        score=chosen.score,
        person_id=chosen.person_id,
        explanation=f"{chosen.explanation}; the words are those found to say so",
    )


def _fact(decision: Decision, field: IncidentField, value: str, standing: Standing) -> IncidentFact:
    return IncidentFact(
        field=field,
        value=value,
        basis=FactBasis.HUMAN,
        standing=standing,
        score=1.0,
        document_id=decision.document_id,
        segment=decision.segment,
        start_char=decision.start_char,
        end_char=decision.end_char,
        text=decision.text,
        person_id=decision.person_id,
        explanation=f"chosen by {decision.coder}",
    )

"""Codings to the three states of a factor: present, ruled out, not mentioned."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import prod

from workbench.codebook import Codebook
from workbench.records import (
    Assertion,
    Case,
    CaseState,
    Coding,
    State,
    SubjectRole,
    Valence,
)

#: A code and whose factor it is.
Topic = tuple[str, SubjectRole]


@dataclass(slots=True)
class _Evidence:
    """The codings of one code and role, by what they say."""

    affirmed: list[Coding] = field(default_factory=list)
    negated: list[Coding] = field(default_factory=list)
    suspected: list[Coding] = field(default_factory=list)

    def add(self, coding: Coding) -> None:
        if coding.assertion is Assertion.AFFIRMED:
            self.affirmed.append(coding)
        elif coding.assertion is Assertion.NEGATED:
            self.negated.append(coding)
        elif coding.assertion is Assertion.SUSPECTED:
            self.suspected.append(coding)


def case_states(codings: Sequence[Coding], codebook: Codebook) -> tuple[CaseState, ...]:
    """What the codings of one case say of each factor and role.

    Only codings in sections that count as evidence decide (``Coding.counts_as_evidence``).
    One affirmed coding makes a factor present, whatever else is negated; a negated one without
    an affirmed one rules it out; a suspicion decides nothing and is kept beside. A practice
    code that is present means a failing, so passages that tell of good practice are left out
    (see ``positive_practice``). Incident attributes have values, not states, and are left out.

    Args:
        codings: All codings of the case's documents, in the order in which to name them.
        codebook: It says which codes have a valence and which are attributes.

    Returns:
        One state for each code and role with an affirmed, negated or suspected coding, in the
        order of the codebook, then of the roles. ``score`` is the chance that one of the
        passages for it is right (``chance_of``).

    Raises:
        KeyError: A coding uses a code that the codebook does not have.
    """
    with_valence = {code.code_id for code in codebook.codes if code.has_valence}
    return _states(
        (
            coding
            for coding in codings
            if not (coding.code_id in with_valence and coding.valence is Valence.POSITIVE)
        ),
        codebook,
    )


def positive_practice(
    case: Case, codings: Mapping[str, Coding], codebook: Codebook
) -> tuple[CaseState, ...]:
    """The good practice that a case affirms, by practice code and role.

    Args:
        case: The case.
        codings: All codings by their id; those of other cases are passed over.
        codebook: It says which codes have a valence.

    Returns:
        One state ``present`` for each practice code and role of which a passage in the
        evidence sections affirms good practice. A code may be here and, as a failing, in
        ``Case.states`` too: a review often tells of both.
    """
    with_valence = {code.code_id for code in codebook.codes if code.has_valence}
    order = {document_id: rank for rank, document_id in enumerate(case.document_ids)}
    good = (
        coding
        for coding in codings.values()
        if case.holds(coding)
        and coding.code_id in with_valence
        and coding.valence is Valence.POSITIVE
        and coding.assertion is Assertion.AFFIRMED
    )
    return _states(sorted(good, key=lambda coding: reading_order(coding, order)), codebook)


def reading_order(coding: Coding, order: Mapping[str, int]) -> tuple[int, int, int, str]:
    """Sort key: the document's rank in its case, the place in the text, the id."""
    return order[coding.document_id], coding.start_char, coding.end_char, coding.coding_id


def _states(codings: Iterable[Coding], codebook: Codebook) -> tuple[CaseState, ...]:
    code_rank = {code.code_id: rank for rank, code in enumerate(codebook.codes)}
    role_rank = {role: rank for rank, role in enumerate(SubjectRole)}
    attributes = {code.code_id for code in codebook.codes if code.is_attribute}
    topics: dict[Topic, _Evidence] = {}
    for coding in codings:
        if coding.code_id not in code_rank:
            codebook.code(coding.code_id)  # raises the codebook's own message
        if coding.counts_as_evidence and coding.code_id not in attributes:
            topics.setdefault((coding.code_id, coding.subject_role), _Evidence()).add(coding)
    states = (
        _state(code_id, role, evidence)
        for (code_id, role), evidence in topics.items()
        if evidence.affirmed or evidence.negated or evidence.suspected
    )
    return tuple(
        sorted(states, key=lambda state: (code_rank[state.code_id], role_rank[state.subject_role]))
    )


def _state(code_id: str, role: SubjectRole, evidence: _Evidence) -> CaseState:
    if evidence.affirmed:
        state, deciding = State.PRESENT, evidence.affirmed
    elif evidence.negated:
        state, deciding = State.RULED_OUT, evidence.negated
    else:
        state, deciding = State.NOT_MENTIONED, evidence.suspected
    return CaseState(
        code_id=code_id,
        subject_role=role,
        state=state,
        score=chance_of(deciding),
        codings_for=_ids(evidence.affirmed),
        codings_against=_ids(evidence.negated),
        codings_suspected=_ids(evidence.suspected),
    )


def chance_of(codings: Iterable[Coding]) -> float:
    """The chance (0-1) that at least one of the passages is right, if their scores are chances.

    Each wording counts once, with its highest score: a review and its summary are no two
    witnesses. A person's coding has the score 1 and settles it. The scores of rules are ranks
    of trust; that they combine to chances all the same is measured in ``benchmarks``.

    Source: Pearl (1988), Probabilistic Reasoning in Intelligent Systems, section 4.3.2 (noisy or).
    """
    best: dict[str, float] = {}
    for coding in codings:
        wording = " ".join(coding.text.lower().split())
        best[wording] = max(best.get(wording, 0.0), coding.score)
    # Sorted, so that the order of the passages does not change the last digit.
    return 1.0 - prod(1.0 - score for score in sorted(best.values()))


def _ids(codings: Sequence[Coding]) -> tuple[str, ...]:
    # Two sources may have coded the same words in the same way: one id, named once.
    return tuple(dict.fromkeys(coding.coding_id for coding in codings))

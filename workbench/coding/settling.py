"""Whose factor a coding is beyond what its own sentence tells: what the whole document knows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace

from workbench.records import Assertion, Coding, Person, SubjectRole

#: Document offsets, code and subject of a coding.
Place = tuple[int, int, str, SubjectRole, str]
_TOLD = frozenset({Assertion.AFFIRMED, Assertion.NEGATED, Assertion.SUSPECTED})
_FEWEST, _LEAST_SHARE = 2, 0.5  # passages about one person, of all that name anybody
#: Roles of those beside the people whom a review is about and their parents.
BESIDE = frozenset({SubjectRole.HOUSEHOLD_MEMBER, SubjectRole.PEER, SubjectRole.SIBLING})
_FEWEST_OF_HOME = 2  # passages that make an adversity one of the home, not of a moment


def place_of(coding: Coding) -> Place:
    """What tells a coding apart from the others of its document."""
    return (
        coding.start_char, coding.end_char, coding.code_id, coding.subject_role, coding.person_id
    )  # fmt: skip


def settle(codings: Sequence[Coding], weak: Set[Place]) -> tuple[Coding, ...]:
    """Give codings whose subject was guessed to the one whom most other passages name.

    "Telephone interpreter three times" in a table names nobody; where all other passages about
    the language are about one person, this one is about them, too.

    Args:
        codings: Of one document, in the order of its text.
        weak: Those of them whose subject nothing in their sentence told.

    Returns:
        The same codings, each once; where fewer than two passages or less than half of them name
        one person, the guess stays.
    """
    named: defaultdict[str, Counter[tuple[SubjectRole, str]]] = defaultdict(Counter)
    for coding in codings:
        if coding.assertion in _TOLD and coding.counts_as_evidence and place_of(coding) not in weak:
            named[coding.code_id][coding.subject_role, coding.person_id] += 1
    settled = []
    for coding in codings:
        most = named[coding.code_id].most_common(1)
        if place_of(coding) in weak and coding.assertion in _TOLD and most:
            (role, person_id), n = most[0]
            n_all = named[coding.code_id].total()
            if n >= max(_FEWEST, _LEAST_SHARE * n_all):
                reason = f"; like {n} of {n_all} passages -> {role.value}"
                coding = replace(
                    coding, subject_role=role, person_id=person_id,
                    explanation=coding.explanation + reason,
                )  # fmt: skip
        settled.append(coding)
    # Two guesses about one passage may come to the same person.
    first = {coding.coding_id: coding for coding in reversed(settled)}
    return tuple(coding for coding in settled if first[coding.coding_id] is coding)


def share_home(
    codings: Sequence[Coding], siblings: Mapping[str, Sequence[Person]], codes: Set[str]
) -> tuple[Coding, ...]:
    """Give the adversities of a home to the brothers and sisters who grew up in it.

    A review tells them of the child it is about. Two passages are asked for, since one may tell
    of a time when the others were not yet, or no longer, there.

    Args:
        codings: Of one document, in the order of its text.
        siblings: For the id of a person, the brothers and sisters.
        codes: The codes of what all children of a home live with.

    Returns:
        The same codings, each of those shared followed by one for each brother or sister of whom
        the same words do not tell anyway.
    """
    told = {place_of(coding) for coding in codings}
    n_of = Counter((c.code_id, c.person_id) for c in codings if _is_fact(c))
    shared: list[Coding] = []
    for coding in codings:
        shared.append(coding)
        is_shared = coding.code_id in codes and _is_fact(coding)
        if is_shared and n_of[coding.code_id, coding.person_id] >= _FEWEST_OF_HOME:
            copies = (_of_sibling(coding, one) for one in siblings.get(coding.person_id, ()))
            shared += (copy for copy in copies if place_of(copy) not in told)
    return tuple(shared)


def leave_out_strangers(codings: Sequence[Coding]) -> tuple[Coding, ...]:
    """Take what one passage tells of somebody without a name as said of nobody of the case.

    "A friend who drank", "somebody else's sister": relatives, friends and lodgers whom the review
    does not count among its people. What several passages tell of is kept.

    Returns:
        The same codings; of a stranger they are ``general`` and apply to nobody.
    """
    n_of = Counter((c.code_id, c.subject_role) for c in codings if _is_fact(c))
    return tuple(
        replace(
            coding,
            assertion=Assertion.GENERAL,
            subject_role=SubjectRole.NOT_APPLICABLE,
            explanation=f"{coding.explanation}; nobody whom the review names",
        )
        if coding.assertion is Assertion.AFFIRMED
        and not coding.person_id
        and coding.subject_role in BESIDE
        and n_of[coding.code_id, coding.subject_role] <= 1
        else coding
        for coding in codings
    )


def _is_fact(coding: Coding) -> bool:
    return coding.assertion is Assertion.AFFIRMED and coding.counts_as_evidence


def _of_sibling(coding: Coding, sibling: Person) -> Coding:
    return replace(
        coding,
        subject_role=sibling.role,
        person_id=sibling.person_id,
        explanation=f"{coding.explanation}; shared by {sibling.name} -> {sibling.role.value}",
    )

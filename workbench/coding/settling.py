"""Whose factor a coding is where nothing near it tells: whose it is in the rest of the document."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence, Set
from dataclasses import replace

from workbench.records import Assertion, Coding, SubjectRole

#: Document offsets, code and subject of a coding.
Place = tuple[int, int, str, SubjectRole, str]
_TOLD = frozenset({Assertion.AFFIRMED, Assertion.NEGATED, Assertion.SUSPECTED})
_FEWEST, _LEAST_SHARE = 2, 0.5  # passages about one person, of all that name anybody


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
        The same codings; where fewer than two passages or less than half of them name one person,
        the guess stays.
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
    return tuple(settled)

"""Hand-made cases with records of people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from finding_making import AFFIRMED, VICTIM, made_case, passage, person, state_of

from workbench.records import Assertion, Case, Coding, SubjectRecord, SubjectRole

NEGATED, SUSPECTED = Assertion.NEGATED, Assertion.SUSPECTED
#: What is said of one person: code -> how; a code in ``shared`` is said of all of the case.
Told = Mapping[str, Assertion]


def case_of_people(
    case_id: str,
    people: Sequence[Told],
    shared: Told | None = None,
    role: SubjectRole = VICTIM,
    **each: Sequence[Any],
) -> tuple[Case, list[Coding]]:
    """A case of several people of one role; ``each`` gives a field of ``Person`` for each."""
    places = iter(range(0, 10_000, 10))
    of_all = {
        code_id: passage(case_id, code_id, next(places), role=role, assertion=assertion)
        for code_id, assertion in (shared or {}).items()
    }
    records: list[SubjectRecord] = []
    codings = list(of_all.values())
    for number, told in enumerate(people):
        own = [
            passage(case_id, code_id, next(places), role=role, assertion=assertion,
                    person_id=f"P{number}")
            for code_id, assertion in told.items()
        ]  # fmt: skip
        fields = {name: values[number] for name, values in each.items()}
        records.append(
            SubjectRecord(
                person=replace(person(case_id, role, f"P{number}"), **fields),
                states=tuple(state_of([coding]) for coding in own),
                shared=tuple(state_of([coding]) for coding in of_all.values()),
            )
        )
        codings += own
    made = made_case(case_id, codings, [record.person for record in records])
    return replace(made, subjects=tuple(records)), codings


def corpus_of_people(
    *cases: tuple[Case, Sequence[Coding]],
) -> tuple[list[Case], dict[str, Coding]]:
    """The cases, and their codings by id."""
    codings = {coding.coding_id: coding for _, found in cases for coding in found}
    return [case for case, _ in cases], codings


ALCOHOL, ABUSE = "alcohol_misuse", "ace_domestic_abuse"
HAS_ALCOHOL: Told = {ALCOHOL: AFFIRMED}

"""The people whom cases are about, by role, with what is said of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from workbench.codebook import Codebook
from workbench.findings.people.intervals import effective_people, people_interval
from workbench.findings.table import FindingsSettings
from workbench.records import Case, CaseState, Code, Person, State, SubjectRecord, SubjectRole


class Said(StrEnum):
    """What a review says of a factor in the history of one person; one of these for each."""

    PRESENT = "present"
    RULED_OUT = "ruled_out"
    SHARED = "shared"  # only of several people of the role, or not of which one
    NOT_MENTIONED = "not_mentioned"


@dataclass(frozen=True, slots=True, eq=False)
class Member:
    """One person of one case."""

    case: Case
    record: SubjectRecord
    own: Mapping[str, CaseState] = field(init=False)  # code -> what is said of this person
    shared: Mapping[str, CaseState] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "own", {each.code_id: each for each in self.record.states})
        object.__setattr__(self, "shared", {each.code_id: each for each in self.record.shared})

    @property
    def person(self) -> Person:
        """Who it is."""
        return self.record.person

    def said(self, code_id: str) -> Said:
        """What is said of a factor."""
        own = _state(self.own.get(code_id))
        if own is not State.NOT_MENTIONED:
            return Said(str(own))
        of_several = _state(self.shared.get(code_id)) is not State.NOT_MENTIONED
        return Said.SHARED if of_several else Said.NOT_MENTIONED

    def may_have(self, code_id: str) -> bool:
        """Whether the factor is present of the person, or of several who may be this one."""
        states = (self.own.get(code_id), self.shared.get(code_id))
        return State.PRESENT in map(_state, states)

    def passages(self, code_id: str, said: Said) -> tuple[str, ...]:
        """The codings that say so; none for silence."""
        own, shared = self.own.get(code_id), self.shared.get(code_id)
        if said is Said.PRESENT and own:
            return own.codings_for
        if said is Said.RULED_OUT and own:
            return own.codings_against
        if said is Said.SHARED and shared:
            return shared.codings_for or shared.codings_against
        return ()


def _state(state: CaseState | None) -> State:
    return state.state if state else State.NOT_MENTIONED


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleTable:
    """Role -> the people of that role, by case; factors in the order of the codebook."""

    people: Mapping[SubjectRole, tuple[Member, ...]]
    factors: tuple[Code, ...]
    settings: FindingsSettings

    @classmethod
    def of(
        cls, cases: Iterable[Case], codebook: Codebook, settings: FindingsSettings
    ) -> PeopleTable:
        """The people of these cases, whatever the order of the cases."""
        people: dict[SubjectRole, list[Member]] = {}
        for case in sorted(cases, key=lambda case: case.case_id):
            for record in case.subjects:
                people.setdefault(record.person.role, []).append(Member(case, record))
        return cls(
            people={role: tuple(people[role]) for role in SubjectRole if role in people},
            factors=codebook.factors,
            settings=settings,
        )

    def spoken_of(self, role: SubjectRole) -> Iterator[Code]:
        """The factors of which anything is said of anybody of the role."""
        for code in self.factors:
            if any(m.said(code.code_id) is not Said.NOT_MENTIONED for m in self.people[role]):
                yield code

    def share(self, counted: Sequence[Member], of_all: Sequence[Member]) -> dict[str, Any]:
        """The fields of a finding that is a share of people, with its interval."""
        n, of_how_many = len(counted), len(of_all)
        effective = effective_people(people_of_reviews(of_all))
        low, high = people_interval(n, of_how_many, effective, self.settings.confidence)
        return {
            "unit": "people",
            "numerator": n,
            "denominator": of_how_many,
            "estimate": n / of_how_many,
            "low": low,
            "high": high,
            "case_ids": tuple(dict.fromkeys(member.case.case_id for member in counted)),
        }


def people_of_reviews(members: Iterable[Member]) -> list[int]:
    """How many of the people each review tells of."""
    return list(Counter(member.case.review_id for member in members).values())

"""The cases as a table of factors, and the words that all findings share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from workbench.codebook import Codebook
from workbench.findings.intervals import wilson
from workbench.records import Case, CaseState, Code, Coding, State, SubjectRole

REVIEWS_ONLY = "A share of the reviews read, not of homicides or of the population."
SILENCE = "Silence is not absence: the reviews do not say whether the factor was there."


class Population(NamedTuple):
    """How many people (or other bearers of risk) a group has, as the user gives it."""

    grouping: str
    group: str
    n: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingsSettings:
    """How findings are computed."""

    confidence: float = 0.95  # of every interval
    false_discovery_level: float = 0.05  # which pairs of factors can be tested at all
    min_cases_for_pairs: int = 3  # a factor enters the pairs when so many cases have it
    ace_roles: tuple[SubjectRole, ...] = (
        SubjectRole.INDEX_CHILD,
        SubjectRole.VICTIM,
        SubjectRole.PERPETRATOR,
        SubjectRole.DECEASED,
    )
    role_pairs: tuple[tuple[SubjectRole, SubjectRole], ...] = (
        (SubjectRole.VICTIM, SubjectRole.PERPETRATOR),
        (SubjectRole.INDEX_CHILD, SubjectRole.PARENT_CARER),
    )

    populations: tuple[Population, ...] = ()  # rates are given only for these

    def __post_init__(self) -> None:
        for name in ("confidence", "false_discovery_level"):
            if not 0 < getattr(self, name) < 1:
                raise ValueError(f"{name} must lie between 0 and 1, not {getattr(self, name)}")
        if self.min_cases_for_pairs < 1:
            raise ValueError(f"min_cases_for_pairs must be 1 or more: {self.min_cases_for_pairs}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """The cases by what they say of one code, as places in ``CaseTable.cases``.

    Present, ruled out and not mentioned share the cases out; suspected is the part of the not
    mentioned ones that voices a suspicion.
    """

    present: list[int]
    ruled_out: list[int]
    not_mentioned: list[int]
    suspected: list[int]


class CaseShare(NamedTuple):
    """The fields of a ``Finding`` that is a share of cases, with its Wilson interval."""

    unit: str
    numerator: int
    denominator: int
    estimate: float
    low: float
    high: float
    case_ids: tuple[str, ...]

    @property
    def fields(self) -> dict[str, Any]:
        """Its values by the names that ``Finding`` gives them."""
        return self._asdict()


@dataclass(slots=True)
class CaseTable:
    """Cases by id, factors in the order of the codebook, and the states between them."""

    cases: tuple[Case, ...]
    codings: Mapping[str, Coding]
    factors: tuple[Code, ...]
    settings: FindingsSettings
    _states: dict[str, dict[int, list[CaseState]]] = field(init=False)
    _present: NDArray[np.int64] | None = field(init=False, default=None)
    _first: dict[tuple[str, SubjectRole | None], dict[int, str]] = field(
        init=False, default_factory=dict
    )

    def __post_init__(self) -> None:
        self._states = {}
        for place, case in enumerate(self.cases):
            for state in case.states:
                self._states.setdefault(state.code_id, {}).setdefault(place, []).append(state)

    @classmethod
    def of(
        cls,
        cases: Iterable[Case],
        codings: Mapping[str, Coding],
        codebook: Codebook,
        settings: FindingsSettings,
    ) -> CaseTable:
        """The table of these cases, whatever their order."""
        ordered = tuple(sorted(cases, key=lambda case: case.case_id))
        return cls(ordered, codings, codebook.factors, settings)

    @property
    def n_cases(self) -> int:
        """All cases, the usual denominator."""
        return len(self.cases)

    def states(self, code_id: str, place: int, role: SubjectRole | None) -> list[CaseState]:
        """What one case says of a code, for one role or for all."""
        said = self._states.get(code_id, {}).get(place, [])
        return [state for state in said if role is None or state.subject_role is role]

    def places(self, code_id: str) -> list[int]:
        """The cases that say anything of a code, in order."""
        return sorted(self._states.get(code_id, {}))

    def roles(self, code_id: str) -> list[SubjectRole]:
        """The roles for which some case says something of the code, in the vocabulary's order."""
        said = {
            state.subject_role
            for states in self._states.get(code_id, {}).values()
            for state in states
        }
        return [role for role in SubjectRole if role in said]

    def tally(self, code_id: str, role: SubjectRole | None) -> Tally:
        """The cases by their state for one role, or for any role when it is None."""
        present, ruled_out, suspected = [], [], []
        for place in self.places(code_id):
            states = self.states(code_id, place, role)
            said = {state.state for state in states}
            if State.PRESENT in said:
                present.append(place)
            elif State.RULED_OUT in said:
                ruled_out.append(place)
            elif any(state.codings_suspected for state in states):
                suspected.append(place)
        silent = set(range(self.n_cases)) - set(present) - set(ruled_out)
        return Tally(
            present=present,
            ruled_out=ruled_out,
            not_mentioned=sorted(silent),
            suspected=suspected,
        )

    def present(self) -> NDArray[np.int64]:
        """1 where a factor is present for any role, shape ``(n_cases, n_factors)``."""
        if self._present is None:
            table = np.zeros((self.n_cases, len(self.factors)), dtype=np.int64)
            for column, code in enumerate(self.factors):
                table[self.tally(code.code_id, None).present, column] = 1
            table.setflags(write=False)
            self._present = table
        return self._present

    def telling_of(self, role: SubjectRole) -> list[int]:
        """The cases in which somebody has the role, or something is said of it."""
        return [
            place
            for place, case in enumerate(self.cases)
            if any(person.role is role for person in case.people)
            or any(state.subject_role is role for state in case.states)
        ]

    def case_ids(self, places: Iterable[int]) -> tuple[str, ...]:
        """Their ids, in the same order."""
        return tuple(self.cases[place].case_id for place in places)

    def first_passages(
        self, code_ids: Iterable[str], places: Iterable[int], role: SubjectRole | None = None
    ) -> tuple[str, ...]:
        """One affirmed passage for each of the codes in each of the cases that has it."""
        wanted = list(places)
        found = [self._first_of(code_id, role) for code_id in code_ids]
        return tuple(first[place] for first in found for place in wanted if place in first)

    def _first_of(self, code_id: str, role: SubjectRole | None) -> dict[int, str]:
        """The first affirmed passage of each case; kept, because every pair asks for it."""
        if (code_id, role) not in self._first:
            affirmed = (
                (place, coding_id)
                for place in self.places(code_id)
                for state in self.states(code_id, place, role)
                for coding_id in state.codings_for
            )
            first: dict[int, str] = {}
            for place, coding_id in affirmed:
                first.setdefault(place, coding_id)
            self._first[code_id, role] = first
        return self._first[code_id, role]

    def share(self, places: Sequence[int], denominator: int | None = None) -> CaseShare:
        """The places as a share of all cases, or of fewer when a denominator is given."""
        n = self.n_cases if denominator is None else denominator
        low, high = wilson(len(places), n, self.settings.confidence)
        return CaseShare("cases", len(places), n, len(places) / n, low, high, self.case_ids(places))


def role_words(role: SubjectRole | None) -> str:
    """The role for people: "index child"; "any role" for None."""
    return "any role" if role is None else role.value.replace("_", " ")

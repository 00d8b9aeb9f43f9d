"""Which case of the system is which case of the truth."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from workbench.learn.matching.comparison import Comparison
from workbench.learn.truth_records import TruthPart
from workbench.records import Case, State, SubjectRole


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePair:
    """One case of the truth and the system's case for it.

    A review that tells of several incidents is as many pairs; a case that the system makes of a
    review beyond those of the truth is a pair without states.
    """

    unit_id: str
    case_id: str  # of the truth: pairs of one review share it
    document_ids: frozenset[str]  # all that tell of it
    is_part: bool
    states: Mapping[str, Mapping[SubjectRole, State]]
    incident: Mapping[str, object]
    case: Case | None


def pair_cases(comparisons: Sequence[Comparison], cases: Sequence[Case]) -> tuple[CasePair, ...]:
    """The pairs, by the truth's case and in the order of its parts.

    The system's case is the one that holds the leading document; of a review of several
    incidents the one that is about the person of that name. A review that the system took for
    one incident stands for the first of them.
    """
    groups: dict[str, list[Comparison]] = {}
    for comparison in comparisons:
        groups.setdefault(comparison.truth.case_id, []).append(comparison)
    return tuple(pair for group in groups.values() for pair in _pairs(group, cases))


def _pairs(group: Sequence[Comparison], cases: Sequence[Case]) -> Iterator[CasePair]:
    lead = next((each for each in group if each.truth.lead), group[0])
    truth = lead.truth
    found = [case for case in cases if lead.document_id and lead.document_id in case.document_ids]
    documents = frozenset(each.document_id for each in group if each.document_id)

    def pair(unit: str, part: TruthPart | None, case: Case | None, *, extra: bool) -> CasePair:
        told = part or truth
        states = told.states if isinstance(told, TruthPart) else told.case
        return CasePair(
            unit_id=unit,
            case_id=truth.case_id,
            document_ids=documents,
            is_part=part is not None,
            states={} if extra else states,
            incident={} if extra else told.incident,
            case=case,
        )

    left = list(found)
    for part in truth.parts:
        of_name = [case for case in left if _is_about(case, part.name)]
        whole = [case for case in left if case.part is None]
        mine = next(iter((*of_name, *whole)), None)
        left = [case for case in left if case is not mine]
        yield pair(f"{truth.case_id} {part.name}", part, mine, extra=False)
    if not truth.parts:
        yield pair(truth.case_id, None, next(iter(left), None), extra=False)
        left = left[1:]
    for number, case in enumerate(left, 1):
        yield pair(f"{truth.case_id} extra {number}", None, case, extra=True)


def _is_about(case: Case, name: str) -> bool:
    people = [record.person for record in case.subjects] if case.part else []
    return any(_key(name) in map(_key, (each.name, *each.aliases)) for each in people)


def _key(name: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", name.lower()))

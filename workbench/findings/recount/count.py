"""Counting findings again, from the cases and their codings alone.

Nothing here is shared with the code that makes findings: it goes through the cases one by one,
without tables, so that a slip there does not repeat itself here.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from workbench.records import (
    Assertion,
    Case,
    CaseState,
    Coding,
    Finding,
    State,
    SubjectRole,
    Valence,
)

#: A code and a role, None for any.
Topic = tuple[str, SubjectRole | None]


@dataclass(frozen=True, slots=True)
class CaseFile:
    """One case with what it says by code and its codings of good practice."""

    case: Case
    states: Mapping[str, list[CaseState]]
    said: Mapping[State, frozenset[Topic]]
    good: Mapping[str, list[Coding]]

    def has(self, code_id: str, state: State, role: SubjectRole | None = None) -> bool:
        """Whether it says so of the code, for the role or for any."""
        return (code_id, role) in self.said[state]

    def silent(self, code_id: str, role: SubjectRole | None) -> bool:
        """Whether the code is neither present nor ruled out."""
        return not any(self.has(code_id, state, role) for state in (State.PRESENT, State.RULED_OUT))


#: By case id.
CaseFiles = Mapping[str, CaseFile]
Codings = Mapping[str, Coding]


def recount(finding: Finding, cases: Sequence[Case], codings: Mapping[str, Coding]) -> int:
    """The numerator of a finding, counted anew.

    Raises:
        ValueError: A measure that is not known here.
    """
    return recount_in(finding, case_files(cases, codings), codings)


def case_files(cases: Sequence[Case], codings: Codings) -> dict[str, CaseFile]:
    """The cases, each with what it says by code."""
    good: dict[str, dict[str, list[Coding]]] = defaultdict(lambda: defaultdict(list))
    for coding in codings.values():
        if (
            coding.valence is Valence.POSITIVE
            and coding.assertion is Assertion.AFFIRMED
            and coding.counts_as_evidence
        ):
            good[coding.document_id][coding.code_id].append(coding)
    files = {}
    for case in cases:
        states: dict[str, list[CaseState]] = defaultdict(list)
        for state in case.states:
            states[state.code_id].append(state)
        praised: dict[str, list[Coding]] = defaultdict(list)
        for document_id in case.document_ids:
            for code_id, found in good.get(document_id, {}).items():
                praised[code_id] += [coding for coding in found if case.holds(coding)]
        files[case.case_id] = CaseFile(case, states, _said(case), praised)
    return files


def _said(case: Case) -> dict[State, frozenset[Topic]]:
    return {
        state: frozenset(
            (said.code_id, role)
            for said in case.states
            if said.state is state
            for role in (said.subject_role, None)
        )
        for state in State
    }


def recount_in(finding: Finding, files: CaseFiles, codings: Codings) -> int:
    """As ``recount``, over cases that are laid out already."""
    if finding.measure not in _COUNTS:
        raise ValueError(f"{finding.finding_id}: nothing here counts {finding.measure!r}")
    return _COUNTS[finding.measure](finding, files, codings)


def _prevalence(finding: Finding, files: CaseFiles, _: Codings) -> int:
    (code_id,), role = finding.code_ids, finding.subject_role
    return sum(file.has(code_id, State.PRESENT, role) for file in files.values())


def _ruled_out(finding: Finding, files: CaseFiles, _: Codings) -> int:
    (code_id,), role = finding.code_ids, finding.subject_role
    return sum(
        file.has(code_id, State.RULED_OUT, role) and not file.has(code_id, State.PRESENT, role)
        for file in files.values()
    )


def _not_mentioned(finding: Finding, files: CaseFiles, _: Codings) -> int:
    (code_id,), role = finding.code_ids, finding.subject_role
    return sum(file.silent(code_id, role) for file in files.values())


def _suspected(finding: Finding, files: CaseFiles, _: Codings) -> int:
    (code_id,), role = finding.code_ids, finding.subject_role
    return sum(
        file.silent(code_id, role)
        and any(
            state.codings_suspected and role in (None, state.subject_role)
            for state in file.states.get(code_id, ())
        )
        for file in files.values()
    )


def _factor_count(finding: Finding, files: CaseFiles, _: Codings) -> int:
    bounds = dict(finding.statistics)
    counts = (
        sum(file.has(code, State.PRESENT) for code in finding.code_ids) for file in files.values()
    )
    return sum(bounds["least"] <= count <= bounds["most"] for count in counts)


def _its_case(finding: Finding, files: CaseFiles) -> list[CaseFile]:
    """The case of a finding about one case; none when it does not exist."""
    return [files[case_id] for case_id in finding.case_ids[:1] if case_id in files]


def _factors_of_case(finding: Finding, files: CaseFiles, _: Codings) -> int:
    return sum(
        file.has(code_id, State.PRESENT)
        for file in _its_case(finding, files)
        for code_id in file.states
    )


def _aces(finding: Finding, files: CaseFiles, codings: Codings) -> int:
    least = dict(finding.statistics)["least"]
    return sum(_items_of_one(finding, file, codings) >= least for file in files.values())


def _aces_of_case(finding: Finding, files: CaseFiles, codings: Codings) -> int:
    return sum(_items_of_one(finding, file, codings) for file in _its_case(finding, files))


def _items_of_one(finding: Finding, file: CaseFile, codings: Codings) -> int:
    """The most items of the finding that one person of its role has."""
    role = finding.subject_role
    people = [person for person in file.case.people if person.role is role]
    passages = [
        (code_id, codings[coding_id])
        for code_id in finding.code_ids
        for state in file.states.get(code_id, ())
        if state.subject_role is role
        for coding_id in state.codings_for
    ]
    if len(people) <= 1:
        return len({code_id for code_id, _ in passages})
    counts = [
        len(
            {
                code_id
                for code_id, coding in passages
                if (coding.document_id, coding.person_id)
                in {(person.document_id, person.person_id), *person.same_as}
            }
        )
        for person in people
    ]
    return max(*counts, min(1, len(passages)))


def _co_occurrence(finding: Finding, files: CaseFiles, _: Codings) -> int:
    return sum(
        all(file.has(code, State.PRESENT) for code in finding.code_ids) for file in files.values()
    )


def _role_pair(finding: Finding, files: CaseFiles, _: Codings) -> int:
    (code_id,) = finding.code_ids
    roles = [SubjectRole(name) for name in finding.finding_id.rsplit("-", 2)[1:]]
    return sum(
        all(file.has(code_id, State.PRESENT, role) for role in roles) for file in files.values()
    )


def _good_practice(finding: Finding, files: CaseFiles, _: Codings) -> int:
    return sum(bool(file.good.get(finding.code_ids[0])) for file in files.values())


def _failing_and_good(finding: Finding, files: CaseFiles, _: Codings) -> int:
    code_id = finding.code_ids[0]
    return sum(
        bool(file.good.get(code_id)) and file.has(code_id, State.PRESENT) for file in files.values()
    )


def _mentions(finding: Finding, files: CaseFiles, codings: Codings) -> int:
    return sum(
        _n_passages(
            [
                codings[coding_id]
                for state in file.states.get(finding.code_ids[0], ())
                for coding_id in state.codings_for
            ]
        )
        for file in files.values()
    )


def _mentions_good(finding: Finding, files: CaseFiles, _: Codings) -> int:
    return sum(_n_passages(file.good.get(finding.code_ids[0], [])) for file in files.values())


def _n_passages(codings: Sequence[Coding]) -> int:
    """Passages of one case: of each wording, as many as its richest document has."""
    passages = {
        (coding.document_id, coding.start_char, coding.end_char): coding for coding in codings
    }
    most: Counter[str] = Counter()
    for document_id in {document_id for document_id, _, _ in passages}:
        most |= Counter(
            " ".join(coding.text.lower().split())
            for coding in passages.values()
            if coding.document_id == document_id
        )
    return most.total()


def _listed(finding: Finding, files: CaseFiles, _: Codings) -> int:
    """Cases of a group or kind: nothing in the cases says so, only whether they exist."""
    return sum(case_id in files for case_id in finding.case_ids)


def _crosswalk(finding: Finding, files: CaseFiles, _: Codings) -> int:
    return sum(
        any(file.has(code, State.PRESENT) for code in finding.code_ids) for file in files.values()
    )


def _length(_: Finding, files: CaseFiles, __: Codings) -> int:
    return len(files)


_COUNTS: Mapping[str, Callable[[Finding, CaseFiles, Codings], int]] = {
    "prevalence": _prevalence,
    "prevalence_corrected": _prevalence,
    "ruled_out": _ruled_out,
    "not_mentioned": _not_mentioned,
    "suspected": _suspected,
    "factor_count": _factor_count,
    "factors_of_case": _factors_of_case,
    "aces": _aces,
    "aces_uk9": _aces,
    "aces_of_case": _aces_of_case,
    "co_occurrence": _co_occurrence,
    "factor_set": _co_occurrence,
    "role_pair": _role_pair,
    "good_practice": _good_practice,
    "failing_and_good_practice": _failing_and_good,
    "mentions": _mentions,
    "mentions_good": _mentions_good,
    "length_correlation": _length,
    "crosswalk": _crosswalk,
    "group": _listed,
    "in_group": _prevalence,
    "typology_class": _listed,
    "rate": _listed,
    "concentration": _listed,
    "placed": _listed,
    "labelled": _listed,
    "labelled_in_group": _listed,
    "coder_hit": _prevalence,
    "typology_profile": _prevalence,
}

"""Case states: present, ruled out or not mentioned for each code and role."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from workbench.learn.evaluation.codings.calibration import binned_scores
from workbench.learn.evaluation.pooling import (
    Bootstrap,
    EvaluationSettings,
    confusion_table,
    pool_measures,
)
from workbench.learn.evaluation.records import Section, Tally, precision_recall_f1, share
from workbench.learn.matching.comparison import Comparison
from workbench.learn.truth_records import Truth
from workbench.records import Case, State

Key = tuple[str, str]  # code, role
T = TypeVar("T")
LABELS = {
    "cases.exact": "cases made of exactly their documents",
    "links.precision": "document pairs put into one case: precision",
    "links.recall": "document pairs put into one case: recall",
    "present.precision": "present, by code and role: precision",
    "present.recall": "present, by code and role: recall",
    "present.f1": "present, by code and role: F1",
    "ruled_out.precision": "ruled out, by code and role: precision",
    "ruled_out.recall": "ruled out, by code and role: recall",
    "ruled_out.f1": "ruled out, by code and role: F1",
    "any_role.precision": "present for any role: precision",
    "any_role.recall": "present for any role: recall",
    "any_role.f1": "present for any role: F1",
}


def state_section(
    comparisons: Sequence[Comparison], cases: Sequence[Case], settings: EvaluationSettings
) -> Section:
    """The section on case states; its units are cases, not documents."""
    groups: dict[str, list[Comparison]] = {}
    for comparison in comparisons:
        groups.setdefault(comparison.truth.case_id, []).append(comparison)
    found = {case_id: _case_of(group, cases) for case_id, group in groups.items()}
    units = {case_id: _tallies(group, found[case_id], cases) for case_id, group in groups.items()}
    confusions = [
        pair
        for case_id, group in groups.items()
        for pair in _confusions(_wanted(_lead(group)), _given(found[case_id]))
    ]
    bootstrap = Bootstrap(list(units), settings)
    chances = {case_id: _chances(group, found[case_id]) for case_id, group in groups.items()}
    error, bins = binned_scores("states", chances, bootstrap, settings)
    return Section(
        key="states",
        title="Case states",
        explanation="One case counts once, however many documents tell of it. Compared are the "
        "codes and roles that the truth or the system calls present or ruled out; all else is "
        "not mentioned on both sides and is not counted. The score of a present state is the "
        "chance that one of its passages is right; the calibration error says how well it holds.",
        measures=(*pool_measures("states", LABELS, units, bootstrap), error),
        tables=(confusion_table("states.confusion", "States", confusions, list(State)), bins),
    )


def _lead(group: Sequence[Comparison]) -> Comparison:
    return next((each for each in group if each.truth.lead), group[0])


def _case_of(group: Sequence[Comparison], cases: Sequence[Case]) -> Case | None:
    """The system's case for a case of the truth: the one that holds the leading document."""
    leading = _lead(group).document_id
    return next((case for case in cases if leading and leading in case.document_ids), None)


def _wanted(comparison: Comparison) -> dict[Key, State]:
    truth: Truth = comparison.truth
    return {
        (code_id, role.value): state
        for code_id, roles in truth.case.items()
        for role, state in roles.items()
    }


def _given(case: Case | None) -> dict[Key, State]:
    if case is None:
        return {}
    return {
        (state.code_id, state.subject_role.value): state.state
        for state in case.states
        if state.state is not State.NOT_MENTIONED
    }


def _tallies(
    group: Sequence[Comparison], case: Case | None, cases: Sequence[Case]
) -> dict[str, Tally]:
    wanted, given = _wanted(_lead(group)), _given(case)
    documents = {each.document_id for each in group if each.document_id}
    tallies = {"cases.exact": share(case is not None and set(case.document_ids) == documents, 1)}
    tallies |= _links(documents, cases)
    for state in (State.PRESENT, State.RULED_OUT):
        tallies |= _compared(state.value, _with(wanted, state), _with(given, state))
    return tallies | _compared(
        "any_role",
        {code for code, _ in _with(wanted, State.PRESENT)},
        {code for code, _ in _with(given, State.PRESENT)},
    )


def _chances(group: Sequence[Comparison], case: Case | None) -> list[tuple[float, bool]]:
    """For each present state of a case: its score, whether the truth has it, too."""
    present = _with(_wanted(_lead(group)), State.PRESENT)
    return [
        (state.score, (state.code_id, state.subject_role.value) in present)
        for state in (case.states if case else ())
        if state.state is State.PRESENT
    ]


def _with(states: Mapping[Key, State], state: State) -> set[Key]:
    return {key for key, value in states.items() if value is state}


def _compared(name: str, wanted: set[T], given: set[T]) -> dict[str, Tally]:
    hits = len(wanted & given)
    return precision_recall_f1(name, hits, len(given) - hits, len(wanted) - hits)


def _links(documents: set[str], cases: Iterable[Case]) -> dict[str, Tally]:
    """Pairs of one case; a wrong pair of two truth cases counts half in each of them."""
    n_wanted = len(documents) * (len(documents) - 1) // 2
    within = across = 0.0
    for case in cases:
        n_mine = len(documents.intersection(case.document_ids))
        n_others = len(set(case.document_ids)) - n_mine
        within += n_mine * (n_mine - 1) / 2
        across += n_mine * n_others / 2
    return {
        "links.precision": Tally(within, within + across, round(within + across)),
        "links.recall": share(within, n_wanted),
    }


def _confusions(
    wanted: Mapping[Key, State], given: Mapping[Key, State]
) -> Iterable[tuple[str, str]]:
    for key in sorted(wanted.keys() | given.keys()):
        nothing = State.NOT_MENTIONED
        yield wanted.get(key, nothing).value, given.get(key, nothing).value

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
from workbench.learn.matching.cases import CasePair, pair_cases
from workbench.learn.matching.comparison import Comparison
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
    pairs = pair_cases(comparisons, cases)
    units = {pair.unit_id: _tallies(pair, cases) for pair in pairs}
    confusions = [each for pair in pairs for each in _confusions(_wanted(pair), _given(pair.case))]
    bootstrap = Bootstrap([pair.case_id for pair in pairs], settings)
    chances = {pair.unit_id: _chances(pair) for pair in pairs}
    error, bins = binned_scores("states", chances, bootstrap, settings)
    return Section(
        key="states",
        title="Case states",
        explanation="One case counts once, however many documents tell of it; a review of several "
        "incidents is as many cases. Compared are the "
        "codes and roles that the truth or the system calls present or ruled out; all else is "
        "not mentioned on both sides and is not counted. The score of a present state is the "
        "chance that one of its passages is right; the calibration error says how well it holds.",
        measures=(*pool_measures("states", LABELS, units, bootstrap), error),
        tables=(confusion_table("states.confusion", "States", confusions, list(State)), bins),
    )


def _wanted(pair: CasePair) -> dict[Key, State]:
    return {
        (code_id, role.value): state
        for code_id, roles in pair.states.items()
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


def _tallies(pair: CasePair, cases: Sequence[Case]) -> dict[str, Tally]:
    wanted, given, case = _wanted(pair), _given(pair.case), pair.case
    is_exact = (
        case is not None
        and set(case.document_ids) == pair.document_ids
        and (case.part is not None) is pair.is_part
    )
    tallies = {"cases.exact": share(is_exact, 1)} | _links(pair, cases)
    for state in (State.PRESENT, State.RULED_OUT):
        tallies |= _compared(state.value, _with(wanted, state), _with(given, state))
    return tallies | _compared(
        "any_role",
        {code for code, _ in _with(wanted, State.PRESENT)},
        {code for code, _ in _with(given, State.PRESENT)},
    )


def _chances(pair: CasePair) -> list[tuple[float, bool]]:
    """For each present state of a case: its score, whether the truth has it, too."""
    present = _with(_wanted(pair), State.PRESENT)
    return [
        (state.score, (state.code_id, state.subject_role.value) in present)
        for state in (pair.case.states if pair.case else ())
        if state.state is State.PRESENT
    ]


def _with(states: Mapping[Key, State], state: State) -> set[Key]:
    return {key for key, value in states.items() if value is state}


def _compared(name: str, wanted: set[T], given: set[T]) -> dict[str, Tally]:
    hits = len(wanted & given)
    return precision_recall_f1(name, hits, len(given) - hits, len(wanted) - hits)


def _links(pair: CasePair, cases: Iterable[Case]) -> dict[str, Tally]:
    """Pairs of one case; a wrong pair of two truth cases counts half in each of them."""
    documents = pair.document_ids
    n_wanted = len(documents) * (len(documents) - 1) // 2
    within = across = 0.0
    for linked in {case.document_ids for case in cases}:
        n_mine = len(documents.intersection(linked))
        n_others = len(set(linked)) - n_mine
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

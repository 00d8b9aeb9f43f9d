"""Factors by group: kind of case, period, area, whatever divides the cases."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isnan, nan

import numpy as np
from numpy.typing import NDArray

from workbench.findings.intervals import share_difference
from workbench.findings.patterns.log_odds import Distinctive, distinctive
from workbench.findings.patterns.stratified import pooled_pairs, strata_of
from workbench.findings.patterns.typology import SEPARATOR
from workbench.findings.significance import (
    ExactTest,
    fisher_exact,
    q_of_testable,
)
from workbench.findings.table import CaseTable
from workbench.records import Code, Finding

#: Grouping -> case id -> group. A case without a group is left out of the grouping.
Groups = Mapping[str, Mapping[str, str]]
#: A smaller group is described by its cases, not compared.
MIN_GROUP = 5
GROUP_NOTE = "A group of the reviews read; how reviews are commissioned differs between groups."
COMPARED = (
    "A share of the group's cases, beside the other groups together. p is of the exact test, q "
    "after false-discovery control over all factors and groups of this grouping."
)
DRIFT = (
    " Warning: among reviews of one kind and like length there is no such difference. It may be "
    "one of templates or of lengths."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Group:
    """One group of a grouping: its cases as places in the table, and those of the others."""

    finding_id: str
    label: str
    inside: tuple[int, ...]
    others: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Contrast:
    """One factor in one group against the others."""

    group: _Group
    code: Code
    with_it: tuple[int, ...]  # cases of the group
    n_others: int  # cases of the others with it
    test: ExactTest
    p_among_like: float  # NaN where it is not defined
    in_passages: Distinctive | None  # its part in all affirmed passages; None where undefined


def group_findings(table: CaseTable, groups: Groups) -> Iterator[Finding]:
    """For each grouping with two groups of five cases or more: the groups, and factors in them.

    A group has its size as a share of the grouping's cases. For each factor that enough cases
    of the grouping have, and each group: the share of the group's cases (``estimate``, Wilson),
    and in ``statistics`` the share of the other groups together, the difference with Newcombe's
    interval; ``passages_log_odds_ratio`` and ``passages_z`` (see ``distinctive``): how much more
    of the group's affirmed passages are about the factor, whatever their number; and, when the
    difference is a discovery, ``only_length``: 1 if it is none among reviews of one kind and
    like length.
    """
    for grouping in sorted(groups):
        made = _groups_of(table, grouping, groups[grouping])
        if len(made) < 2:
            continue
        for group in made:
            yield Finding(
                finding_id=group.finding_id,
                measure="group",
                label=f"{grouping.replace('_', ' ').capitalize()}: {group.label}",
                note=GROUP_NOTE,
                **table.share(group.inside, len(group.inside) + len(group.others)).fields,
            )
        yield from _contrast_findings(table, made)


def _groups_of(table: CaseTable, grouping: str, labels: Mapping[str, str]) -> list[_Group]:
    members: dict[str, list[int]] = {}
    for place, case in enumerate(table.cases):
        if labels.get(case.case_id):
            members.setdefault(labels[case.case_id], []).append(place)
    kept = {label: places for label, places in members.items() if len(places) >= MIN_GROUP}
    every = sorted(place for places in kept.values() for place in places)
    ids = _ids(grouping, sorted(kept))
    return [
        _Group(
            finding_id=ids[label],
            label=label,
            inside=tuple(kept[label]),
            others=tuple(place for place in every if place not in set(kept[label])),
        )
        for label in sorted(kept)
    ]


def _ids(grouping: str, labels: Sequence[str]) -> dict[str, str]:
    """One id for each label, fit for a file name; equal ones are numbered."""
    ids: dict[str, str] = {}
    for label in labels:
        name = f"group-{_slug(grouping)}-{_slug(label)}"
        n_same = sum(each == name or each.startswith(f"{name}-no") for each in ids.values())
        ids[label] = f"{name}-no{n_same + 1}" if n_same else name
    return ids


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "unnamed"


def _contrast_findings(table: CaseTable, groups: Sequence[_Group]) -> Iterator[Finding]:
    contrasts = [each for group in groups for each in _contrasts(table, group)]
    level = table.settings.false_discovery_level
    q_values = q_of_testable([each.test for each in contrasts], level)
    for each, q_value in zip(contrasts, q_values, strict=True):
        yield _finding(table, each, q_value)


def _contrasts(table: CaseTable, group: _Group) -> Iterator[_Contrast]:
    present = table.present()
    inside, others = list(group.inside), list(group.others)
    both = inside + others
    n_with = present[both].sum(axis=0)
    columns = [
        column
        for column in range(len(table.factors))
        if table.settings.min_cases_for_pairs <= n_with[column] < len(both)
    ]
    p_among_like = _among_like(table, present, group, columns)
    in_passages = distinctive(_passages(table, inside), _passages(table, others))
    for column, p_like in zip(columns, p_among_like, strict=True):
        with_it = [place for place in inside if present[place, column]]
        n_all = int(n_with[column])
        yield _Contrast(
            group=group,
            code=table.factors[column],
            with_it=tuple(with_it),
            n_others=n_all - len(with_it),
            test=fisher_exact(len(with_it), len(inside), n_all, len(both)),
            p_among_like=p_like,
            in_passages=in_passages.get(table.factors[column].code_id),
        )


def _passages(table: CaseTable, places: Sequence[int]) -> dict[str, int]:
    """How many passages of the cases affirm each factor."""
    return {
        code.code_id: sum(
            len(state.codings_for)
            for place in places
            for state in table.states(code.code_id, place, None)
        )
        for code in table.factors
    }


def _among_like(
    table: CaseTable, present: NDArray[np.int64], group: _Group, columns: Sequence[int]
) -> list[float]:
    """P of each factor against the group among reviews of one kind and like length."""
    both = [*group.inside, *group.others]
    is_inside = np.array([1] * len(group.inside) + [0] * len(group.others), dtype=np.int64)
    marks = np.column_stack([is_inside, present[np.ix_(both, columns)]])
    cases = [table.cases[place] for place in both]
    kinds = [case.review_type for case in cases]
    # Where the group is a kind of review, kinds cannot be compared within: length alone then.
    if {kinds[i] for i in np.flatnonzero(is_inside)}.isdisjoint(
        kinds[i] for i in np.flatnonzero(is_inside == 0)
    ):
        kinds = [""] * len(both)
    strata = strata_of([case.n_words for case in cases], kinds)
    if len(strata) == 1:  # nothing to hold equal
        return [nan] * len(columns)
    pooled = pooled_pairs(marks, strata)
    return [float(p) for p in pooled.p_value[0, 1:]]


def _finding(table: CaseTable, each: _Contrast, q_value: float | None) -> Finding:
    n_inside, n_others = len(each.group.inside), len(each.group.others)
    confidence = table.settings.confidence
    difference = share_difference(
        (len(each.with_it), n_inside), (each.n_others, n_others), confidence
    )
    statistics = [
        ("n_others", float(n_others)),
        ("n_others_with", float(each.n_others)),
        ("difference", difference.value),
        ("difference_low", difference.low),
        ("difference_high", difference.high),
    ]
    if not isnan(each.p_among_like):
        statistics.append(("p_adjusted", each.p_among_like))
    if each.in_passages is not None:
        statistics += [
            ("passages_log_odds_ratio", each.in_passages.log_odds_ratio),
            ("passages_z", each.in_passages.z),
        ]
    level = table.settings.false_discovery_level
    is_drift = False
    if q_value is not None and q_value <= level:
        is_drift = each.p_among_like > level
        statistics.append(("only_length", float(is_drift)))
    return Finding(
        finding_id=f"{each.group.finding_id}{SEPARATOR}{each.code.code_id}",
        measure="in_group",
        label=f"{each.code.label}, of the cases of the group {each.group.label}",
        code_ids=(each.code.code_id,),
        coding_ids=table.first_passages([each.code.code_id], each.with_it),
        p_value=None if q_value is None else each.test.p_value,
        q_value=q_value,
        statistics=tuple(statistics),
        note=COMPARED + (DRIFT if is_drift else ""),
        **table.share(each.with_it, n_inside).fields,
    )

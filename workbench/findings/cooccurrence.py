"""Which factors stand in the same reviews more or less often than chance would have it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isnan, sqrt

import numpy as np
from numpy.typing import NDArray

from workbench.findings.intervals import odds_ratio
from workbench.findings.patterns.stratified import PooledPairs, pooled_pairs, strata_of
from workbench.findings.significance import (
    ExactTest,
    can_be_rejected,
    false_discovery_q,
    fisher_exact,
    q_of_testable,
)
from workbench.findings.table import CaseTable, role_words
from workbench.records import Code, Finding, SubjectRole

SELECTED = (
    "An association among reviews, conditioned on being reviewed: not a cause, and not an "
    "association among all families or all homicides. Factors that are not mentioned count as "
    "not present here."
)

Statistics = tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FourfoldTable:
    """A 2x2 table of cases by two marks.

    Raises:
        ValueError: The margins do not fit.
    """

    both: int
    n_first: int
    n_second: int
    n: int

    def __post_init__(self) -> None:
        if self.both > min(self.n_first, self.n_second) or self.neither < 0:
            raise ValueError(f"not a 2x2 table: {self}")

    @property
    def neither(self) -> int:
        """Cases with neither mark."""
        return self.n - self.n_first - self.n_second + self.both

    @property
    def lift(self) -> float:
        """How many times as many cases have both as would by chance; 0 when none has either."""
        expected = self.n_first * self.n_second / self.n if self.n else 0.0
        return self.both / expected if expected else 0.0

    @property
    def phi(self) -> float:
        """Correlation of the two marks, -1 to 1; 0 when all or none of the cases have one.

        Source: Yule (1912), J. R. Stat. Soc. 75(6), 579-652.
        """
        spread = self.n_first * self.n_second * (self.n - self.n_first) * (self.n - self.n_second)
        return (self.both * self.n - self.n_first * self.n_second) / sqrt(spread) if spread else 0.0

    def exact_test(self) -> ExactTest:
        """Fisher's exact test of the table."""
        return fisher_exact(self.both, self.n_first, self.n_second, self.n)

    def statistics(self, confidence: float) -> tuple[tuple[str, float], ...]:
        """Every figure of the table by name."""
        ratio = odds_ratio(
            self.both,
            self.n_first - self.both,
            self.n_second - self.both,
            self.neither,
            confidence,
        )
        return (
            ("n_both", float(self.both)),
            ("n_first", float(self.n_first)),
            ("n_second", float(self.n_second)),
            ("n_neither", float(self.neither)),
            ("lift", self.lift),
            ("phi", self.phi),
            ("odds_ratio", ratio.value),
            ("odds_ratio_low", ratio.low),
            ("odds_ratio_high", ratio.high),
            ("odds_ratio_corrected", float(ratio.corrected)),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tested:
    table: FourfoldTable
    test: ExactTest


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pair(_Tested):
    first: int  # columns of the factors
    second: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _RolePair(_Tested):
    code: Code
    roles: tuple[SubjectRole, SubjectRole]
    both: tuple[int, ...]  # cases, as places in the table


def cooccurrence_findings(table: CaseTable) -> Iterator[Finding]:
    """One finding for each pair of factors, any role, that enough cases have.

    ``estimate`` is the share of all cases with both. ``statistics`` holds the 2x2 table (first
    and second in the order of ``code_ids``), lift, phi and the odds ratio with its interval.
    p and q are given for the pairs that can be tested: those whose margins allow a p small
    enough (Tarone 1990, see ``can_be_rejected``); q controls the false-discovery rate over
    them. Every other pair is described, not tested.

    Long reviews mention more factors, and each kind of review asks for its own, so pairs tend
    to look associated. ``odds_ratio_adjusted`` with its interval, ``p_adjusted`` and
    ``q_adjusted`` are those among reviews alike (see ``pooled_pairs``), left out where they are
    not defined. ``survives`` is 1 for a pair whose q is at or under the level both ways.
    """
    present = table.present()
    together = present.T @ present
    kept = [
        column
        for column in range(len(table.factors))
        if together[column, column] >= table.settings.min_cases_for_pairs
    ]
    kept.sort(key=lambda column: table.factors[column].code_id)
    pairs = [
        _pair(table, together, kept[i], kept[j])
        for i in range(len(kept))
        for j in range(i + 1, len(kept))
    ]
    adjusted = _adjusted_of(table, present, pairs)
    for pair, q_value, among_like in zip(pairs, _q_values(pairs, table), adjusted, strict=True):
        both = np.flatnonzero(present[:, pair.first] & present[:, pair.second]).tolist()
        if q_value is not None:
            level = table.settings.false_discovery_level
            q_adjusted = dict(among_like).get("q_adjusted", 1.0)
            among_like += (("survives", float(max(q_value, q_adjusted) <= level)),)
        yield _finding(table, pair, both, q_value, among_like)


def _adjusted_of(
    table: CaseTable, present: NDArray[np.int64], pairs: Sequence[_Pair]
) -> list[Statistics]:
    """The figures of each pair among reviews alike; q among the pairs that can be tested."""
    strata = strata_of(
        [case.n_words for case in table.cases], [case.review_type for case in table.cases]
    )
    pooled = pooled_pairs(present, strata, table.settings.confidence)
    tested = can_be_rejected(
        [pair.test.smallest_p for pair in pairs], table.settings.false_discovery_level
    )
    p_values = [float(pooled.p_value[pair.first, pair.second]) for pair in pairs]
    asked = [yes and not isnan(p) for yes, p in zip(tested, p_values, strict=True)]
    q_values = iter(false_discovery_q([p for p, yes in zip(p_values, asked, strict=True) if yes]))
    return [
        _pooled_statistics(pooled, pair) + ((("q_adjusted", next(q_values)),) if yes else ())
        for pair, yes in zip(pairs, asked, strict=True)
    ]


def _pooled_statistics(pooled: PooledPairs, pair: _Pair) -> Statistics:
    named = (
        ("odds_ratio_adjusted", pooled.odds_ratio),
        ("odds_ratio_adjusted_low", pooled.low),
        ("odds_ratio_adjusted_high", pooled.high),
        ("p_adjusted", pooled.p_value),
    )
    values = ((name, float(matrix[pair.first, pair.second])) for name, matrix in named)
    return tuple((name, value) for name, value in values if not isnan(value))


def _q_values(pairs: Sequence[_Tested], table: CaseTable) -> list[float | None]:
    """Q of each pair that can be tested, among those that can; None for the others."""
    return q_of_testable([pair.test for pair in pairs], table.settings.false_discovery_level)


def _pair(table: CaseTable, together: NDArray[np.int64], first: int, second: int) -> _Pair:
    fourfold = FourfoldTable(
        both=int(together[first, second]),
        n_first=int(together[first, first]),
        n_second=int(together[second, second]),
        n=table.n_cases,
    )
    return _Pair(first=first, second=second, table=fourfold, test=fourfold.exact_test())


def _finding(
    table: CaseTable,
    pair: _Pair,
    both: Sequence[int],
    q_value: float | None,
    among_like: Statistics,
) -> Finding:
    first, second = table.factors[pair.first], table.factors[pair.second]
    statistics = pair.table.statistics(table.settings.confidence) + among_like
    return Finding(
        finding_id=f"cooccurrence-{first.code_id}--{second.code_id}",
        measure="co_occurrence",
        label=f"{first.label} and {second.label} in the same review",
        code_ids=(first.code_id, second.code_id),
        coding_ids=table.first_passages((first.code_id, second.code_id), both),
        p_value=None if q_value is None else pair.test.p_value,
        q_value=q_value,
        statistics=statistics,
        note=SELECTED,
        **table.share(both).fields,
    )


def role_pair_findings(table: CaseTable) -> Iterator[Finding]:
    """For each pair of roles and each factor that enough cases have for either: both of them.

    The denominator is the cases that tell of people in both roles: with the others, reviews
    that have no victim would make every factor look shared. ``statistics``, p and q as for the
    pairs of factors, first and second being the roles; q is over all pairs of roles.
    """
    pairs = [
        pair
        for roles in table.settings.role_pairs
        for code in table.factors
        for pair in _role_pair(table, code, roles)
    ]
    for pair, q_value in zip(pairs, _q_values(pairs, table), strict=True):
        code, roles = pair.code, pair.roles
        passages = [table.first_passages([code.code_id], pair.both, role) for role in roles]
        yield Finding(
            finding_id=f"roles-{code.code_id}-{roles[0]}-{roles[1]}",
            measure="role_pair",
            label=f"{code.label}: both {role_words(roles[0])} and {role_words(roles[1])}",
            code_ids=(code.code_id,),
            coding_ids=tuple(dict.fromkeys(passages[0] + passages[1])),
            p_value=None if q_value is None else pair.test.p_value,
            q_value=q_value,
            statistics=pair.table.statistics(table.settings.confidence),
            note=SELECTED,
            **table.share(pair.both, pair.table.n).fields,
        )


def _role_pair(
    table: CaseTable, code: Code, roles: tuple[SubjectRole, SubjectRole]
) -> Iterator[_RolePair]:
    telling = set(table.telling_of(roles[0])) & set(table.telling_of(roles[1]))
    first, second = (
        telling.intersection(table.tally(code.code_id, role).present) for role in roles
    )
    if min(len(first), len(second)) < table.settings.min_cases_for_pairs:
        return
    both = tuple(sorted(first & second))
    fourfold = FourfoldTable(
        both=len(both), n_first=len(first), n_second=len(second), n=len(telling)
    )
    yield _RolePair(code=code, roles=roles, both=both, table=fourfold, test=fourfold.exact_test())

"""Codings as (paragraph, code) pairs: what is counted, what is excused, what agrees."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from workbench.learn.matching.comparison import Comparison
from workbench.learn.truth_records import TruthCoding
from workbench.records import Assertion, Coding

Pair = tuple[int, str]  # index of the truth paragraph (below 0: outside all), code


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """Pairs that count, apart."""

    hits: frozenset[Pair]
    false: frozenset[Pair]
    missed: frozenset[Pair]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentPairs:
    """The codings of truth and system of one document, by paragraph and code."""

    comparison: Comparison
    wanted: Mapping[Pair, Sequence[TruthCoding]]
    optional: Mapping[Pair, Sequence[TruthCoding]]
    given: Mapping[Pair, Sequence[Coding]]

    @property
    def affirmed(self) -> Counted:
        """Pairs that are affirmed."""
        return self.asserted(Assertion.AFFIRMED)

    def asserted(self, assertion: Assertion) -> Counted:
        """Pairs that have the assertion. An optional coding excuses its own assertion only."""
        return _counted(
            _asserted(self.wanted, assertion),
            _asserted(self.optional, assertion),
            _asserted(self.given, assertion),
        )

    @property
    def any_assertion(self) -> Counted:
        """Pairs whatever the assertion."""
        return _counted(*map(frozenset, (self.wanted, self.optional, self.given)))

    @property
    def matched(self) -> list[Pair]:
        """Pairs that truth and system both have, whatever the assertion, in order."""
        return sorted(self.wanted.keys() & self.given.keys())


def pair_up(comparison: Comparison) -> DocumentPairs:
    """The codings of one document by paragraph and code."""
    truth = comparison.truth
    return DocumentPairs(
        comparison=comparison,
        wanted=_grouped((c.paragraph_index, c.code_id, c) for c in truth.codings),
        optional=_grouped((c.paragraph_index, c.code_id, c) for c in truth.optional_codings),
        given=_grouped((comparison.paragraph_of(c), c.code_id, c) for c in comparison.codings),
    )


def is_practice(code_id: str) -> bool:
    """Whether the code is about agencies' practice, whose subject is always an agency."""
    return code_id.startswith("ap_") or code_id == "service_access"


def agrees(wanted: Iterable[object], given: Iterable[object]) -> bool:
    """Whether any coding of the pair agrees: a paragraph may use a code more than once."""
    return bool(set(wanted) & set(given))


def confused(wanted: Iterable[str], given: Iterable[str]) -> tuple[str, str]:
    """The (truth, system) values that stand for a pair in a confusion table."""
    common = sorted(set(wanted) & set(given))
    return (common[0], common[0]) if common else (min(wanted), min(given))


def values(codings: Iterable[TruthCoding] | Iterable[Coding], name: str) -> list[Any]:
    """One property of each coding."""
    return [getattr(coding, name) for coding in codings]


def _grouped(items: Iterator[tuple[int, str, Any]]) -> dict[Pair, list[Any]]:
    grouped: dict[Pair, list[Any]] = {}
    for paragraph, code_id, coding in items:
        grouped.setdefault((paragraph, code_id), []).append(coding)
    return grouped


def _asserted(
    codings: Mapping[Pair, Sequence[TruthCoding]] | Mapping[Pair, Sequence[Coding]],
    assertion: Assertion,
) -> frozenset[Pair]:
    return frozenset(
        pair for pair, uses in codings.items() if any(use.assertion == assertion for use in uses)
    )


def _counted(wanted: frozenset[Pair], optional: frozenset[Pair], given: frozenset[Pair]) -> Counted:
    return Counted(hits=wanted & given, false=given - wanted - optional, missed=wanted - given)

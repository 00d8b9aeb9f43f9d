"""Whether two names mean one agency."""

from __future__ import annotations

from workbench.learn.matching.tokens import word_keys

_LITTLE = frozenset({"the", "of", "and", "for", "a", "in", "to"})


def agency_words(name: str) -> frozenset[str]:
    """The words of a name that tell which agency it is."""
    return frozenset(word_keys(name)) - _LITTLE


def same_agency(one: str, other: str) -> bool:
    """Whether one name is the other, or the other with words left out."""
    first, second = agency_words(one), agency_words(other)
    return bool(first and second) and (first <= second or second <= first)


def likeness(one: str, other: str) -> float:
    """The share (0-1) of all their words that both names have; 0 where they are no names of one."""
    if not same_agency(one, other):
        return 0.0
    first, second = agency_words(one), agency_words(other)
    return len(first & second) / len(first | second)

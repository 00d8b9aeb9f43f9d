"""Many patterns in one pass: most words begin none of them, and few begin many."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

#: Letters by which patterns are told apart.
_N_LETTERS = 2
_ITEM = re.compile(
    r"(?P<zero>\\b|\^)|(?P<aside>\(\?<?[=!])|(?P<group>\(\?:)|\[(?P<any>[^\]\\^-]+)\]"
    r"|(?P<digit>\\d)|(?P<plain>[^\\()\[\]|?*+.{}^$])"
)
_MAY_BE_ABSENT = "?*"


@dataclass(frozen=True, slots=True)
class Lookup:
    """Patterns of whole words that are looked for together, in their order."""

    begins: re.Pattern[str]  # group 1: the first letters of any of them, where a word begins
    beginning_with: Mapping[str, re.Pattern[str]]  # first letters -> those patterns, in order

    def finditer(self, text: str) -> Iterator[tuple[int, re.Match[str]]]:
        """The first pattern that matches at each place, as ``re.finditer``: none overlap."""
        end = 0
        for begin in self.begins.finditer(text):
            if begin.start() >= end:
                match = self.beginning_with[begin[1]].match(text, begin.start())
                if match:
                    end = match.end()
                    yield _place(match), match

    def places(self, text: str) -> set[int]:
        """Which patterns match at any place, the first of those that match at one."""
        found = (
            self.beginning_with[begin[1]].match(text, begin.start())
            for begin in self.begins.finditer(text)
        )
        return {_place(match) for match in found if match}


def lookup(patterns: Sequence[str]) -> Lookup:
    """Patterns to be tried in this order where a word begins; each ends with a word.

    Raises:
        ValueError: A pattern does not begin with two letters, or choices of them.
        re.error: A pattern cannot be read.
    """
    by_letters: dict[str, list[str]] = {}
    for place, pattern in enumerate(patterns):
        for letters in sorted(first_letters(pattern)):
            by_letters.setdefault(letters, []).append(f"(?P<p{place}>{pattern})")
    first = "|".join(re.escape(letters) for letters in sorted(by_letters))
    return Lookup(
        begins=re.compile(rf"(?<![\w’'-])(?=({first}))"),
        beginning_with={
            letters: re.compile(rf"(?:{'|'.join(some)})(?![\w-])")
            for letters, some in by_letters.items()
        },
    )


def _place(match: re.Match[str]) -> int:
    return int((match.lastgroup or "p0")[1:])


def first_letters(pattern: str) -> set[str]:
    """The two letters with which what a pattern matches can begin.

    Raises:
        ValueError: It can begin with less, or with what is no letter of its own.
    """
    found = _first(pattern, _N_LETTERS)
    if any(len(letters) < _N_LETTERS for letters in found):
        raise ValueError(f"{pattern!r} may match less than {_N_LETTERS} letters")
    return found


def _first(pattern: str, n_letters: int) -> set[str]:
    """The first letters of what matches, fewer where it may end before."""
    found = set()
    for branch in _branches(pattern):
        begun, at = {""}, 0
        while at < len(branch) and (missing := n_letters - min(map(len, begun))) > 0:
            choices, at = _item(branch, at, missing)
            begun = {(letters + choice)[:n_letters] for letters in begun for choice in choices}
        found |= begun
    return found


def _item(branch: str, at: int, n_letters: int) -> tuple[set[str], int]:
    """What the part of a sequence at a place can begin with, and where the next part is."""
    item = _ITEM.match(branch, at)
    if item is None:
        raise ValueError(f"{branch!r}: no plain letter at {at}")
    at = item.end()
    choices = {""}
    if item["group"] or item["aside"]:
        close = _close(branch, at)
        choices = _first(branch[at:close], n_letters) if item["group"] else choices
        at = close + 1
    elif item["any"] or item["plain"]:
        choices = set(item["any"] or item["plain"])
    elif item["digit"]:
        choices = set("0123456789")
    if branch[at : at + 1] in tuple("?*+"):
        choices = choices | {""} if branch[at] in _MAY_BE_ABSENT else choices
        at += 1
    return choices, at


def _close(text: str, at: int) -> int:
    """The place of the bracket that closes the one open before ``at``."""
    depth = 1
    for place in range(at, len(text)):
        depth += (text[place] == "(") - (text[place] == ")")
        if depth == 0:
            return place
    raise ValueError(f"{text!r}: a bracket is not closed")


def _branches(pattern: str) -> list[str]:
    """The alternatives of a pattern at its outermost."""
    branches, depth, start = [], 0, 0
    for place, letter in enumerate(pattern):
        depth += (letter == "(") - (letter == ")")
        if letter == "|" and depth == 0:
            branches.append(pattern[start:place])
            start = place + 1
    return [*branches, pattern[start:]]

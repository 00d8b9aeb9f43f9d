"""Where names are printed, found without a pattern for each name.

A document has its own names, so a pattern that holds them would be built anew for every document,
which takes longer than reading the text. Here every name becomes one sign of a private alphabet:
the patterns hold the class of those signs and are built once.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping

_FIRST_SIGN, _LAST_SIGN = 0xF0000, 0xFFFFD  # Unicode's private plane: no text means them
NAMES = f"{chr(_FIRST_SIGN)}-{chr(_LAST_SIGN)}"  # for use inside brackets
NAME = f"[{NAMES}]"
_STRAY = re.compile(NAME)


def occurrences(text: str, words: str) -> Iterator[tuple[int, int]]:
    """Start and end of each place where some words stand as whole words, ascending."""
    start = text.find(words) if words else -1
    while start >= 0:
        end = start + len(words)
        if not (_is_letter(text, start - 1) or _is_letter(text, end)):
            yield start, end
        start = text.find(words, end)


def _is_letter(text: str, position: int) -> bool:
    return 0 <= position < len(text) and (text[position].isalnum() or text[position] == "_")


class MarkedText:
    """A text with a sign in place of every printed form of a name, and the way back."""

    def __init__(self, text: str, owners: Mapping[str, str]) -> None:
        """Mark a text.

        Args:
            text: The text; a sign that stands in it already becomes a blank.
            owners: Printed form -> name. Forms that begin with a small letter are not marked.
        """
        names = list(dict.fromkeys(owners.values()))[: _LAST_SIGN - _FIRST_SIGN]
        signs = {name: chr(_FIRST_SIGN + index) for index, name in enumerate(names)}
        self._names = {sign: name for name, sign in signs.items()}
        self._text = text = _STRAY.sub(" ", text)
        self._starts, self._ends = [0], [0]  # after each sign: offset here, offset in the text
        parts: list[str] = []
        position = length = 0
        for match in _any_of(owners).finditer(text) if signs else ():
            sign = signs.get(owners[match.group()], "")
            if not sign:
                continue
            parts += (text[position : match.start()], sign)
            length += match.start() - position + 1
            position = match.end()
            self._starts.append(length)
            self._ends.append(position)
        self.text = "".join((*parts, text[position:]))

    def name(self, sign: str) -> str:
        """The name that a sign stands for."""
        return self._names[sign]

    def offset(self, position: int) -> int:
        """The offset in the text itself of a position here."""
        index = bisect_right(self._starts, position) - 1
        return self._ends[index] + position - self._starts[index]

    def printed(self, start: int, end: int) -> str:
        """The words of the text itself between two positions here."""
        # A sign that ends the span ends where its name does.
        return self._text[self.offset(start) : self.offset(end)]


def _any_of(owners: Mapping[str, str]) -> re.Pattern[str]:
    forms = sorted(map(re.escape, owners), key=lambda form: (-len(form), form))
    return re.compile(rf"(?=[A-ZÀ-Þ])(?<!\w)(?:{'|'.join(forms)})(?!\w)")

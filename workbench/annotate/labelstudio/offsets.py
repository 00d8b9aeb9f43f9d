"""Our offsets and those of other programs.

We count characters as Python does (code points). Label Studio's server and its ``Text`` editor do
so too (measured with version 1.23.2). Programs that count as JavaScript or Java do (UTF-16) are
one too far after every emoji. Which of the two a file uses is never guessed from one mark.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from enum import StrEnum
from itertools import accumulate
from typing import NamedTuple

from workbench.errors import OffsetError

_ESCAPED_BREAKS = {ord("\r"): "\\n", ord("\n"): "\\n"}


class OffsetUnit(StrEnum):
    """What a program counts."""

    CODE_POINT = "code_point"  # Python, Label Studio
    UTF16 = "utf16"  # JavaScript, Java, .NET


class Quote(NamedTuple):
    """Words with the offsets that a program gave them."""

    start: int
    end: int
    text: str


def to_utf16(text: str, offset: int) -> int:
    """The UTF-16 offset of a character of a text; the end of the text has one too.

    Raises:
        OffsetError: The text has no such character.
    """
    if not 0 <= offset <= len(text):
        raise OffsetError(f"character {offset} is not in a text of {len(text)} characters")
    return offset + sum(character > "\uffff" for character in text[:offset])


def from_utf16(text: str, offset: int) -> int:
    """The character at a UTF-16 offset of a text.

    Raises:
        OffsetError: The offset is outside the text, or in the middle of a character.
    """
    units = list(accumulate((1 + (c > "\uffff") for c in text), initial=0))
    at = bisect_left(units, offset)
    if offset < 0 or at == len(units) or units[at] != offset:
        raise OffsetError(
            f"UTF-16 offset {offset} is no character's begin in a text of {units[-1]} units"
        )
    return at


def same_words(found: str, quoted: str) -> bool:
    r"""Whether a quotation is that of the words found.

    What is marked in Label Studio's editor is quoted with a backslash and an n for every ``\r``
    and every ``\n`` (seen with 1.23.2); suggestions are quoted as they are.
    """
    return quoted in (found, found.translate(_ESCAPED_BREAKS))


def in_characters(text: str, quote: Quote, unit: OffsetUnit) -> tuple[int, int]:
    """First and last offset of words in characters; the words stand exactly there.

    Raises:
        OffsetError: They do not.
    """
    start, end = quote.start, quote.end
    if unit is OffsetUnit.UTF16:
        start, end = from_utf16(text, start), from_utf16(text, end)
    if not 0 <= start < end <= len(text):
        raise OffsetError(f"[{start}:{end}] is no passage of a text of {len(text)} characters")
    if not same_words(text[start:end], quote.text):
        raise OffsetError(
            f"the text at [{start}:{end}] reads {text[start:end][:60]!r}, not {quote.text[:60]!r}"
        )
    return start, end


def unit_of(marks: Iterable[tuple[str, Quote]]) -> OffsetUnit:
    """What the program counted that made all these marks, each with its whole text.

    Characters, where they fit all marks; else UTF-16, where that does; else characters, so that
    the marks that do not fit are named one by one.
    """
    fits = {OffsetUnit.CODE_POINT: True, OffsetUnit.UTF16: True}
    for text, quote in marks:
        for unit in fits:
            fits[unit] = fits[unit] and _fits(text, quote, unit)
    only_utf16 = fits[OffsetUnit.UTF16] and not fits[OffsetUnit.CODE_POINT]
    return OffsetUnit.UTF16 if only_utf16 else OffsetUnit.CODE_POINT


def _fits(text: str, quote: Quote, unit: OffsetUnit) -> bool:
    try:
        in_characters(text, quote, unit)
    except OffsetError:
        return False
    return True

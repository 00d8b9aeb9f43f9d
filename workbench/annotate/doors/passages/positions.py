"""Positions in text as other programs count them.

The standard says "characters", and programs differ: some count Unicode code points, some UTF-16
units (a smiling face is two), some a line break of two characters as one, some the other way
round. The selection's name, where it holds its words, tells which; else the way of counting under
which selections begin and end where words do.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from functools import lru_cache


class Convention(Enum):
    """How positions are counted."""

    POINTS = "characters"
    UTF16 = "UTF-16 units"
    POINTS_LF = "characters, line breaks as one"
    UTF16_LF = "UTF-16 units, line breaks as one"
    POINTS_CRLF = "characters, line breaks as two"
    UTF16_CRLF = "UTF-16 units, line breaks as two"


def choose_convention(
    text: str, selections: Sequence[tuple[int, int, str]]
) -> tuple[Convention, bool]:
    """The way of counting that fits best, and whether that is sure.

    Args:
        text: The source's text as it is stored.
        selections: Start, end and name of each.
    """
    if len(text) == len(_counted(text, Convention.UTF16)) and "\r" not in text and "\n" not in text:
        return Convention.POINTS, True
    distinct: dict[tuple[str, ...], Convention] = {}
    for convention in Convention:
        words = tuple(words_at(text, start, end, convention)[0] for start, end, _ in selections)
        distinct.setdefault(words, convention)
    if len(distinct) == 1:
        return Convention.POINTS, True
    names = [" ".join(name.split()) for _, _, name in selections]
    named = {
        convention: sum(_is_named(found, name) for found, name in zip(words, names, strict=True))
        for words, convention in distinct.items()
    }
    best = max(named, key=lambda each: named[each])
    if named[best] and sorted(named.values())[-2:-1] != [named[best]]:
        return best, True
    whole = {
        convention: sum(_is_whole(text, start, end, convention) for start, end, _ in selections)
        for convention in distinct.values()
    }
    best = max(whole, key=lambda each: whole[each])
    # Of ways that fit equally well, the first: characters, as the standard says.
    return best, False


def words_at(text: str, start: int, end: int, convention: Convention) -> tuple[str, float]:
    """The words between two positions, and how far into the text they begin, 0-1.

    Positions outside the text give no words.
    """
    units = _counted(text, convention)
    if not 0 <= start < end <= len(units):
        return "", 0.0
    words = units[start:end]
    if convention in _UTF16:
        words = words.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return words, start / max(len(units), 1)


_UTF16 = frozenset({Convention.UTF16, Convention.UTF16_LF, Convention.UTF16_CRLF})
_LF = frozenset({Convention.POINTS_LF, Convention.UTF16_LF})
_CRLF = frozenset({Convention.POINTS_CRLF, Convention.UTF16_CRLF})


@lru_cache(maxsize=12)  # asked for each selection of a source, and for each way of counting
def _counted(text: str, convention: Convention) -> str:
    """The text with one character for each unit that is counted."""
    if convention in _LF | _CRLF:
        text = text.replace("\r\n", "\n")
    if convention in _CRLF:
        text = text.replace("\n", "\r\n")
    if convention not in _UTF16 or text.isascii():
        return text
    data = text.encode("utf-16-le", "surrogatepass")
    return "".join(chr(unit) for unit in memoryview(data).cast("H"))


def _is_named(words: str, name: str) -> bool:
    """Whether a selection is named by its words, or by the beginning of them."""
    plain = " ".join(words.split())
    cut = name.rstrip(".… ")
    return len(cut) > 3 and plain.startswith(cut)


def _is_whole(text: str, start: int, end: int, convention: Convention) -> bool:
    units = _counted(text, convention)
    if not 0 <= start < end <= len(units):
        return False
    inside = units[start].isalnum() and units[end - 1].isalnum()
    before = start > 0 and units[start - 1].isalnum()
    after = end < len(units) and units[end].isalnum()
    return inside and not before and not after

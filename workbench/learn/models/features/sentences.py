"""Sentences by rule, with their offsets: the unit that the linear models read."""

from __future__ import annotations

import re

#: An end mark, perhaps with closing quotes, then a new start; a cell wall; a line break.
_BREAK = re.compile(r"(?<=[.!?;])[\"”’)\]]*\s+(?=[\"“‘(\[]*[A-Z0-9])|\s+\|\s+|\s*\n+\s*")
_MIN_WORDS = 4  # "Dr." and "No." end no sentence that is worth reading by itself
_MAX_CHARACTERS = 1200  # a list without full stops is read in pieces
_WORD = re.compile(r"\S+")
#: Where a long sentence may be cut when its evidence is shown.
_CLAUSE = re.compile(
    r"[;:–—]\s+|,\s+(?=(?:and|but|which|who|where|when|although|while|whilst|because|so)\b)"
    r"|\s+(?=(?:but|because|although|whereas|despite|which|whilst)\b)"
)  # fmt: skip


def split_sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Offsets of the sentences of a text, in order; they hold no space at either end.

    Fragments of fewer than four words are joined to the sentence before, and what has no end is
    cut after 1,200 characters.
    """
    spans: list[tuple[int, int]] = []
    for first, last in _parts(text, _BREAK):
        is_short = len(_WORD.findall(text, first, last)) < _MIN_WORDS
        if spans and (is_short or len(_WORD.findall(text, *spans[-1])) < _MIN_WORDS):
            first = spans.pop()[0]
        spans.append((first, last))
    return tuple(piece for span in spans for piece in _pieces(text, *span))


def split_clauses(text: str, first: int, last: int) -> tuple[tuple[int, int], ...]:
    """Offsets of the clauses of a sentence, those of fewer than four words joined to others."""
    spans: list[tuple[int, int]] = []
    for start, end in _parts(text[first:last], _CLAUSE):
        start, end = start + first, end + first
        is_short = len(_WORD.findall(text, start, end)) < _MIN_WORDS
        if spans and (is_short or len(_WORD.findall(text, *spans[-1])) < _MIN_WORDS):
            start = spans.pop()[0]
        spans.append((start, end))
    return tuple(spans)


def _parts(text: str, pattern: re.Pattern[str]) -> list[tuple[int, int]]:
    """What stands between the matches, without space around it and without empty parts."""
    spans, begin = [], 0
    for found in pattern.finditer(text):
        spans.append((begin, found.start()))
        begin = found.end()
    spans.append((begin, len(text)))
    stripped = []
    for first, last in spans:
        part = text[first:last]
        start = first + len(part) - len(part.lstrip())
        if part.strip():
            stripped.append((start, start + len(part.strip())))
    return stripped


def _pieces(text: str, first: int, last: int) -> list[tuple[int, int]]:
    pieces = []
    while last - first > _MAX_CHARACTERS:
        cut = text.rfind(" ", first + 1, first + _MAX_CHARACTERS)
        cut = cut if cut > first else first + _MAX_CHARACTERS
        pieces.append((first, cut))
        first = cut + (text[cut] == " ")
        while first < last and text[first].isspace():
            first += 1
    if first < last:
        pieces.append((first, last))
    return pieces

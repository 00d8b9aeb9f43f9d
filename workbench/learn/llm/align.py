"""Finding a model's quotation in the passage it claims to quote."""

from __future__ import annotations

from typing import NamedTuple

_SAME = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-"})  # noqa: RUF001
_ENDS = " .,;:…\"'"


class Place(NamedTuple):
    """Character offsets in the passage, end excluded."""

    start_char: int
    end_char: int


def align(quote: str, text: str) -> Place | None:
    """Where a quotation stands in a text; nothing when it does not.

    Spaces, kinds of quotation marks and dashes, capitals, and marks at either end may differ, for
    models tidy those up. Words may not.
    """
    start = text.find(quote) if quote else -1
    if start >= 0:
        return Place(start, start + len(quote))
    folded, places = _folded(text)
    for tried in (quote, quote.strip(_ENDS)):
        wanted = _folded(tried)[0].strip()
        start = folded.find(wanted) if wanted.strip(_ENDS) else -1
        while start >= 0:
            end = start + len(wanted)
            if _is_whole(folded, start, end):
                return Place(places[start], places[end - 1] + 1)
            start = folded.find(wanted, start + 1)
    return None


def _is_whole(folded: str, start: int, end: int) -> bool:
    """Whether no word is cut at either end."""
    before = start > 0 and folded[start - 1].isalnum() and folded[start].isalnum()
    after = end < len(folded) and folded[end].isalnum() and folded[end - 1].isalnum()
    return not before and not after


def _folded(text: str) -> tuple[str, list[int]]:
    """The text in one case with single spaces and plain marks, and where each character is from."""
    characters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text.translate(_SAME)):
        if character.isspace():
            if characters and characters[-1] == " ":
                continue
            character = " "
        for part in character.casefold():  # one letter may become two
            characters.append(part)
            places.append(place)
    return "".join(characters), places

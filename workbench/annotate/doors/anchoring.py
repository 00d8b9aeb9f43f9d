"""Finding the words that another program quotes in our text of the same document."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

#: Marks of one kind that programs write in several ways.
_SAME = str.maketrans(
    {
        "‘": "'", "’": "'", "\u201a": "'", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-",
        "\u2011": "-", "‐": "-", "\u2212": "-", "…": ".",
        "\u00ad": None, "\u200b": None, "\ufeff": None,
        "ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "ﬃ": "ffi", "ﬄ": "ffl",
    }
)  # fmt: skip
_ELLIPSIS = re.compile(r"\s*(?:\[?(?:\.\.\.|…)\]?)\s*$")


class Place(NamedTuple):
    """Characters of the text, end excluded."""

    start_char: int
    end_char: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Where a quotation stands, or why that is not known."""

    place: Place | None
    problem: str = ""  # "" when found
    how: str = ""  # "exact" or "alike": spaces, marks, hyphens or capitals differ


class Text:
    """A document's text, folded once for many searches."""

    def __init__(self, text: str) -> None:
        """Prepare a text."""
        self.text = text
        self._folded, self._places = _folded(text)

    def find(
        self,
        quote: str,
        *,
        allowed: Callable[[Place], bool] = lambda place: True,
        share: float | None = None,
    ) -> Found:
        """Where a quotation stands.

        Args:
            quote: The words; spaces, line breaks, kinds of marks, hyphens at line ends and capitals
                may differ from the text, letters may not.
            allowed: Says which places come into question: a page, a paragraph.
            share: About how far into the document it stands, 0-1, to choose between several.
        """
        quote = _ELLIPSIS.sub("", quote)
        if not any(map(str.isalnum, quote)):
            return Found(place=None, problem="quotes no words")
        exact = self._exact(quote)
        whole = [place for place in exact if _is_whole(self.text, *place)]
        for how, places in (("exact", whole), ("alike", self._alike(quote)), ("exact", exact)):
            fitting = [place for place in places if allowed(place)]
            if len(fitting) == 1:
                return Found(place=fitting[0], how=how)
            if fitting and share is not None:
                ordered = sorted(fitting, key=lambda place: abs(self._share(place) - share))
                gaps = [abs(self._share(place) - share) for place in ordered[:2]]
                if gaps[1] - gaps[0] > 0.002:  # nearer by more than a few lines
                    return Found(place=ordered[0], how=how)
            if fitting:
                several = f"occurs {len(fitting)} times; say the page or paragraph, or quote more"
                return Found(place=None, problem=several)
            if places:
                return Found(place=None, problem="occurs, but not on that page or paragraph")
        return Found(place=None, problem="does not occur in the text of the document")

    def _share(self, place: Place) -> float:
        return place.start_char / max(len(self.text), 1)

    def _exact(self, quote: str) -> list[Place]:
        return [Place(at, at + len(quote)) for at in _occurrences(self.text, quote)]

    def _alike(self, quote: str) -> list[Place]:
        wanted = _folded(quote)[0].strip()
        if not wanted:
            return []
        return [
            Place(self._places[at], self._places[at + len(wanted) - 1] + 1)
            for at in _occurrences(self._folded, wanted)
            if _is_whole(self._folded, at, at + len(wanted))
        ]


def _occurrences(text: str, words: str) -> list[int]:
    found: list[int] = []
    at = text.find(words)
    while at >= 0 and len(found) < 1_000:
        found.append(at)
        at = text.find(words, at + 1)
    return found


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether no word is cut at either end."""
    before = start > 0 and text[start - 1].isalnum() and text[start].isalnum()
    after = end < len(text) and text[end].isalnum() and text[end - 1].isalnum()
    return not before and not after


def _folded(text: str) -> tuple[str, list[int]]:
    """The text in one case, spaces single, marks plain, hyphens gone; and each character's place.

    Hyphens go altogether, since programs differ on those at line ends; so do spaces after them.
    """
    characters: list[str] = []
    places: list[int] = []
    after_hyphen = False
    for place, character in enumerate(text):
        plain = unicodedata.normalize("NFC", character.translate(_SAME)).casefold()
        for part in plain:
            if part == "-":
                after_hyphen = True
                continue
            if part.isspace():
                if after_hyphen or (characters and characters[-1] == " "):
                    continue
                part = " "
            after_hyphen = False
            characters.append(part)
            places.append(place)
    return "".join(characters), places

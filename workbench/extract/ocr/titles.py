"""Titles that were recognised as one word with the letter after them: "MrT" is "Mr T".

Reviews call people by a title and one letter, and a scan loses the narrow space between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from workbench.extract.ocr.tesseract import Seen

_GLUED = re.compile(r"(Mr|Mrs|Ms|Miss|Dr|Adult|Child|Baby)([A-Z][,.;:)]?(?:['\u2019]s[,.;:)]?)?)")


def parted_titles(words: Iterable[Seen]) -> list[Seen]:
    """The words, with a title and the single letter after it apart."""
    found: list[Seen] = []
    for word in words:
        match = _GLUED.fullmatch(word.text)
        if match is None:
            found.append(word)
            continue
        middle = word.x0 + (word.x1 - word.x0) * len(match[1]) / len(word.text)
        found.append(word._replace(text=match[1], x1=middle))
        found.append(word._replace(text=match[2], x0=middle))
    return found

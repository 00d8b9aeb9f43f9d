"""Paragraph numbers of recognised pages, mended by the number before them.

"44" after "4.3" is "4.4": the point between two digits is the first thing that a scan loses.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from workbench.records import Line, Page, PageSource

_NUMBER = re.compile(r"(\d{1,2})\.(\d{1,3})[.]?")
_SPECKS = "‘’'\"“”~_-—.,:;*"
_MIN_NUMBERS = 3  # of two parts in the document; fewer show no manner of numbering


def mend_numbers(pages: Sequence[Page]) -> tuple[Page, ...]:
    """The pages, with numbers that lost their point given it back."""
    if sum(_is_number(line) for page in pages for line in page.lines) < _MIN_NUMBERS:
        return tuple(pages)
    mended, before = [], (0, 0)
    for page in pages:
        lines = []
        for line in page.lines:
            if page.source is PageSource.OCR:
                line = _mended(line, before)
            if found := _NUMBER.fullmatch(line.words[0].text):
                before = int(found[1]), int(found[2])
            lines.append(line)
        mended.append(replace(page, lines=tuple(lines)))
    return tuple(mended)


def _is_number(line: Line) -> bool:
    return _NUMBER.fullmatch(line.words[0].text) is not None


def _mended(line: Line, before: tuple[int, int]) -> Line:
    word = line.words[0]
    section, paragraph = before
    digits = word.text.strip(_SPECKS).replace(".", "").replace(",", "")
    for number in (f"{section}.{paragraph + 1}", f"{section + 1}.1"):
        if digits == number.replace(".", "") and word.text.rstrip(".") != number:
            return replace(line, words=(word._replace(text=number), *line.words[1:]))
    return line

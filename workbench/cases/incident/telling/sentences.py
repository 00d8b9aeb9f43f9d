"""Sentences of a document, with their places in its frozen text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from workbench.records import Segment, SegmentKind

#: A full stop ends a sentence when a capital, quotation mark or bracket follows the space, and
#: the word before it is no title.
_END = re.compile(
    r"(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bDr)(?<!\bSt)(?<!\bNo)(?<!\bvs)"
    r"[.!?;][\"'\u201d\u2019)]*\s+(?=[A-Z0-9\"'\u201c\u2018(])"
)
_READ = frozenset(
    {
        SegmentKind.PARAGRAPH, SegmentKind.BULLET, SegmentKind.TABLE_ROW,
        SegmentKind.CHRONOLOGY_ENTRY, SegmentKind.QUOTATION, SegmentKind.HEADING,
        SegmentKind.FOOTNOTE,
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence; offsets count in the document's frozen text."""

    segment: Segment
    start_char: int
    text: str

    @property
    def end_char(self) -> int:
        """The character after the last one."""
        return self.start_char + len(self.text)


def sentences_of(segment: Segment) -> Iterator[Sentence]:
    """The sentences of a segment that is prose, a row or a heading; none of any other."""
    if segment.kind not in _READ:
        return
    start = 0
    for match in (*_END.finditer(segment.text), None):
        end = len(segment.text) if match is None else match.end()
        text = segment.text[start:end].rstrip()
        if text.strip():
            yield Sentence(segment=segment, start_char=segment.start_char + start, text=text)
        start = end


class Blanked:
    """Takes out phrases that look like cues and are none, without moving a character."""

    def __init__(self, phrases: Iterable[str]) -> None:
        """Phrases as the codebook lists them; case and the kind of apostrophe do not matter."""
        words = sorted({phrase.lower() for phrase in phrases}, key=lambda word: (-len(word), word))
        self._pattern = re.compile(
            "|".join(rf"(?<!\w){_loose(word)}(?!\w)" for word in words) or r"(?!)", re.IGNORECASE
        )

    def __call__(self, text: str) -> str:
        """The text with every such phrase replaced by as many spaces."""
        return self._pattern.sub(lambda match: " " * len(match.group()), text)


def _loose(phrase: str) -> str:
    return re.escape(phrase).replace("'", "['\u2019]").replace(r"\ ", r"\s+")

"""Passages with the look they have on the page, and what a line of a cover is for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from workbench.records import MetadataField, MetadataSource, Metadatum, Segment, SegmentKind
from workbench.segment.blocks.block import Block
from workbench.segment.chronology.dates import leading_date
from workbench.segment.metadata.kinds import names_kind

SKIPPED = frozenset({SegmentKind.RUNNING_MATTER, SegmentKind.CONTENTS_LINE, SegmentKind.FOOTNOTE})
ROWS = frozenset({SegmentKind.TABLE_ROW, SegmentKind.CHRONOLOGY_ENTRY})
CAPITAL = r"[A-Z][\w’'-]*"
#: Words that follow a name and begin with a capital.
_AFTER = (
    r"(?:Accepted|Published|Adopted|Agreed|Approved|Completed|Final|Version|Report|Commissioned"
    r"|January|February|March|April|May|June|July|August|September|October|November|December)\b"
)
NAME = (
    r"(?:(?:Dr|Mr|Mrs|Ms|Miss|Prof(?:essor)?|Sir|Dame|Rev(?:erend)?)\.? )?"
    rf"(?:[A-Z][a-z’'][\w’'-]*|[A-Z]\.)"
    rf"(?: (?!{_AFTER})(?:[A-Z][\w’'-]+|[A-Z]\.|de|van|von|der)(?![\w:])){{1,4}}"
)
PUBLISHER = re.compile(
    r"\b(?:safeguarding (?:children(?:[’']s)? |adults? )?(?:board|partnership|partners)"
    r"|community safety partnership|safer \w+(?: \w+)? partnership"
    r"|coroner(?:[’']s)? (?:court|service|office)"
    r"|review partners|safety partnership|county council|borough council|city council|nhs england"
    r"|ofsted|violence reduction unit|partnership board|select committee|affairs committee)\b",
    re.IGNORECASE,
)
_AUTHOR_LINE = re.compile(
    r"^(?:report (?:of|by|author)\b|prepared (?:for|by)\b|written by\b|commissioned by\b"
    r"|(?:(?:independent|lead|overview|panel|report|sole) )*(?:chair|author|reviewer|investigator"
    r"|inspector)s?\b|from the independent\b|by (?:dr|mr|mrs|ms|miss|professor)\b)",
    re.IGNORECASE,
)
_DATE_LINE = re.compile(
    r"^(?:date\b|dated\b|publish|publication|adopted|approved|accepted|agreed|completed|submitted"
    r"|presented|final report\b|draft\b|version|inspection dates?|incidents? between"
    r"|report (?:accepted|agreed|published)|review period)",
    re.IGNORECASE,
)
_NOTICE = re.compile(
    r"\bnames? (?:in this|of people|have been)|\bpseudonym|\bfictional\b|\binvented\b|\bnot real\b"
    r"|\brestricted\b|\bofficial(?:[- ]sensitive)?$|\bconfidential\b|\bnot (?:to be|for)\b|embargo"
    r"|^(?:case )?ref(?:erence)?\b|\breference (?:no|number)\b|\bage group\b|^page \d|^isbn|\bHC \d"
    r"|^this (?:report|form|copy|version|document)\b|©|www\.|@|\btelephone\b|textphone",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Printed:
    """A segment and its look."""

    segment: Segment
    size_pt: float
    is_bold: bool

    @property
    def text(self) -> str:
        """The words."""
        return self.segment.text

    @property
    def page(self) -> int:
        """Where it begins, from 1."""
        return self.segment.page_start

    @property
    def n_words(self) -> int:
        """How many words it has."""
        return len(self.text.split())

    def is_display(self) -> bool:
        """Whether it may be a line of a title: short, with letters, no row and no number."""
        short = self.n_words <= 40 and re.search(r"[^\W\d_]{2}", self.text) is not None
        return short and self.segment.kind not in (SKIPPED | ROWS) and not self.segment.number


def printed_of(pairs: Sequence[tuple[Block, Segment]]) -> tuple[Printed, ...]:
    """The segments with their look, in reading order."""
    return tuple(Printed(segment, block.size_pt, block.is_bold) for block, segment in pairs)


def front(printed: Iterable[Printed], n_pages: int = 1) -> list[Printed]:
    """What stands on the first pages that hold words, running matter and notes left out."""
    kept = [each for each in printed if each.segment.kind not in SKIPPED]
    first = min((each.page for each in kept), default=1)
    return [each for each in kept if each.page < first + n_pages]


def is_aside(text: str) -> bool:
    """Whether a line of a cover names author, date, publisher or a notice, so no title."""
    date = leading_date(text)
    only_date = date is not None and date.end >= len(text.rstrip(" ."))
    if only_date or _AUTHOR_LINE.match(text) or _DATE_LINE.match(text) or _NOTICE.search(text):
        return True
    return bool(PUBLISHER.search(text)) and not names_kind(text) and len(text.split()) <= 16


def metadatum(
    field: MetadataField,
    value: str,
    at: Segment,
    confidence: float,
    span: tuple[int, int] | None = None,
) -> Metadatum:
    """A thing read in a segment; the span is within its text, by default all of it."""
    start, end = span or (0, len(at.text))
    running = at.kind is SegmentKind.RUNNING_MATTER
    return Metadatum(
        document_id=at.document_id,
        field=field,
        value=value,
        confidence=confidence,
        source=MetadataSource.RUNNING_MATTER if running else MetadataSource.PAGE,
        start_char=at.start_char + start,
        end_char=at.start_char + end,
    )

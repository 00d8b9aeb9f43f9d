"""Tables and boxes that state an incident in cells: "Name | Age | When | Where", "At a glance"."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate

from workbench.cases.incident.telling.sentences import Sentence
from workbench.cases.incident.telling.subjects import Cast
from workbench.records import Reading, SectionRole, Segment, SegmentKind

_BETWEEN_CELLS = " | "
_NOT_READ = frozenset({SectionRole.RECOMMENDATIONS, SectionRole.LITERATURE, SectionRole.GLOSSARY,
                       SectionRole.TERMS_OF_REFERENCE})  # fmt: skip
_OF_IT = r"of (?:the )?(?:fatal )?(?:incident|homicide|murder|attack|injury|killing|offence)"


class Asked(StrEnum):
    """What a cell answers."""

    WHEN = "when"
    WHERE = "where"
    HOW = "how"
    WHO = "who"


#: Headings of columns, and what stands before the value in a row of two cells or behind a colon.
_ANSWERS = (
    (Asked.WHEN, rf"(?:date|time|day)(?: and (?:time|date|day))? {_OF_IT}|incident date"),
    (Asked.WHERE, rf"(?:place|location|scene|address) {_OF_IT}"),
    (Asked.HOW, r"(?:main |medical )?cause of death|method of \w+|weapon(?: used)?"),
    (Asked.WHO, r"relationship (?:of|to|between|with) .*(?:victim|perpetrator|suspect|offender).*"
                r"|(?:victim|perpetrator)(?:['\u2019]s)? relationship (?:to|with) .*"),
)  # fmt: skip
#: Shorter words that are clear only beside each other: in a table of people or under a heading.
_SHORT = (
    (Asked.WHEN, r"when|date|time|day|day and time|date and time|when it happened"),
    (Asked.WHERE, r"where|place|location|scene|where it happened"),
    (Asked.HOW, r"how|method|weapon|what happened|outcome"),
    (Asked.WHO, r"by whom|who did it|relationship to (?:him|her|them)"),
)
_PERSON = re.compile(
    r"(?:name|name used|pseudonym|young person|child|person|victim|subject|who|case)s?", re.I
)
_BOX = re.compile(
    r"\b(?:at a glance|key facts|case summary|summary of the (?:case|incident)|the incident)\b",
    re.IGNORECASE,
)
_LABELLED = re.compile(r"(?P<key>[A-Z][^:|.]{2,60}): (?P<value>.+)", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Boxed:
    """The words of a cell, and what of the incident they answer."""

    asked: Asked
    sentence: Sentence


def boxes_of(reading: Reading, cast: Cast, only: Collection[int] | None) -> Iterator[Boxed]:
    """Cells about the incident of whom the review is about.

    A row of a table of people is theirs when its first cell names one of them; a row of two
    cells, or a line with a colon, is when it says of what it is the date or the place.

    Args:
        reading: The document.
        cast: Who is who in it.
        only: Ordinals of the segments of one of several subjects: rows that do not name anybody
            are read in these only; None: everywhere.
    """
    heading: tuple[Asked | None, ...] = ()
    path: tuple[str, ...] = ()
    for segment in reading.segments:
        if segment.section_role in _NOT_READ:
            continue
        if segment.kind is SegmentKind.TABLE_ROW and len(segment.cells) > 2:
            found = _heading(segment.cells)
            if found or segment.section_path != path:
                heading, path = found, segment.section_path
            elif heading and cast.names_harmed.search(segment.cells[0]):
                yield from _of_row(segment, heading)
        elif only is None or segment.ordinal in only:
            yield from _of_line(segment)


def _heading(cells: Sequence[str]) -> tuple[Asked | None, ...]:
    """What each column answers; empty for a row that is no heading of a table of people."""
    if not _PERSON.fullmatch(cells[0].strip()):
        return ()
    asked = tuple(_asked(cell, short=True) for cell in cells)
    return asked if Asked.WHEN in asked or Asked.WHERE in asked else ()


def _asked(text: str, *, short: bool) -> Asked | None:
    patterns = (*_ANSWERS, *_SHORT) if short else _ANSWERS
    return next(
        (asked for asked, each in patterns if re.fullmatch(each, text.strip(), re.IGNORECASE)), None
    )


def _of_row(segment: Segment, heading: Sequence[Asked | None]) -> Iterator[Boxed]:
    if _BETWEEN_CELLS.join(segment.cells) != segment.text:
        return  # the text was mended: the places of its cells are not known
    starts = accumulate((len(cell) + len(_BETWEEN_CELLS) for cell in segment.cells), initial=0)
    for asked, start, cell in zip(heading, starts, segment.cells, strict=False):
        if asked and cell.strip():
            yield _boxed(asked, segment, start, cell)


def _of_line(segment: Segment) -> Iterator[Boxed]:
    match = _LABELLED.fullmatch(segment.text)
    if segment.kind is SegmentKind.TABLE_ROW and len(segment.cells) == 2:
        key, value = segment.cells
        start = len(key) + len(_BETWEEN_CELLS)
        if _BETWEEN_CELLS.join(segment.cells) != segment.text:
            return
    elif match and segment.kind in (SegmentKind.PARAGRAPH, SegmentKind.BULLET):
        key, value, start = match["key"], match["value"], match.start("value")
    else:
        return
    boxed = any(_BOX.search(heading) for heading in segment.section_path[-1:])
    asked = _asked(key.rstrip(":"), short=boxed)
    if asked and value.strip():
        yield _boxed(asked, segment, start, value)


def _boxed(asked: Asked, segment: Segment, start: int, text: str) -> Boxed:
    return Boxed(
        asked=asked,
        sentence=Sentence(segment=segment, start_char=segment.start_char + start, text=text),
    )

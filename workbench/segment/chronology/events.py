"""The entries of chronologies as dated events."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from workbench.records import DateBasis, DatedEvent, DatePrecision, Segment, SegmentKind
from workbench.segment.blocks.block import Block
from workbench.segment.chronology.dates import leading_date

DATE_LABEL = re.compile(r"^(?:date|when|year|month|time(?: and date)?)\b", re.IGNORECASE)
AGENCY_LABEL = re.compile(
    r"^(?:(?:lead |responsible )?agenc(?:y|ies)|sources?|organisations?|who knew|known to|told to"
    r"|informants?|recorded by|services? involved)\b",
    re.IGNORECASE,
)
EVENT_LABEL = re.compile(
    r"\b(?:events?|happened|entry|entries|details?|summary|description|narrative|incident|contact"
    r"|notes?|what|outcomes?|comments?|information|location|activity)\b",
    re.IGNORECASE,
)
NEXT_DAY = re.compile(r"^\W*(?:(?:on )?the )?(?:next|following) day\b", re.IGNORECASE)
THAT_DAY = re.compile(
    r"^\W*(?:later |earlier )?(?:(?:on )?(?:that|the)? ?same day|(?:the same|that) "
    r"(?:day|morning|afternoon|evening|night))\b",
    re.IGNORECASE,
)
EMPTY = re.compile(r"^[\s\-\u2010-\u2015.]*$")


@dataclass(frozen=True, slots=True)
class Dating:
    """The date of an entry and what it rests on."""

    date: str = ""
    precision: DatePrecision = DatePrecision.UNKNOWN
    basis: DateBasis = DateBasis.NONE
    printed: str = ""
    is_approximate: bool = False


def dated_events(pairs: Sequence[tuple[Block, Segment]]) -> tuple[DatedEvent, ...]:
    """One event for each chronology entry, in their order.

    An entry whose date cell is empty, or shared with the row above, has the date of the entry
    above; "later that day" is that day. Nothing else is inferred: an entry whose date cannot
    be read has none.
    """
    heads = {block.table: segment.cells for block, segment in pairs if block.is_head_row}
    events: list[DatedEvent] = []
    above = Dating()
    for block, segment in pairs:
        if segment.kind is SegmentKind.HEADING:
            above = Dating()
        if segment.kind is SegmentKind.CHRONOLOGY_ENTRY:
            event, above = _event(segment, heads.get(block.table, ()), above)
            events.append(event)
    return tuple(events)


def _event(segment: Segment, head: Sequence[str], above: Dating) -> tuple[DatedEvent, Dating]:
    cells = segment.cells or (segment.text,)
    at = next((i for i, label in enumerate(head) if DATE_LABEL.match(label)), 0)
    at = at if at < len(cells) else 0
    merged = len(cells) < len(head) and leading_date(cells[at]) is None
    dating = _dating("" if merged else cells[at], above)
    labels = head[len(head) - len(cells) :] if merged else head
    rest = [
        (labels[i] if i < len(labels) else "", cell)
        for i, cell in enumerate(cells)
        if (merged or i != at) and not EMPTY.match(cell)
    ]
    agency, text = _agency_and_text(rest, head)
    if len(cells) == 1:
        text = cells[0][len(dating.printed) :].lstrip(" :,.–-") or cells[0]
    event = DatedEvent(
        document_id=segment.document_id, segment=segment.ordinal, date=dating.date,
        precision=dating.precision, basis=dating.basis, printed=dating.printed, text=text,
        agency=agency, is_approximate=dating.is_approximate,
        start_char=segment.start_char, end_char=segment.end_char,
    )  # fmt: skip
    return event, dating


def _dating(cell: str, above: Dating) -> Dating:
    if EMPTY.match(cell):
        basis = DateBasis.ROW_ABOVE if above.date else DateBasis.NONE
        return Dating(above.date, above.precision, basis, "", above.is_approximate)
    found = leading_date(cell)
    if found is not None:
        return Dating(
            found.date, found.precision, DateBasis.PRINTED, cell[: found.end].strip(" [("),
            found.is_approximate,
        )  # fmt: skip
    for pattern, n_days in ((NEXT_DAY, 1), (THAT_DAY, 0)):
        match = pattern.match(cell)
        if match and above.precision is DatePrecision.DAY:
            day = date.fromisoformat(above.date) + timedelta(days=n_days)
            return Dating(day.isoformat(), DatePrecision.DAY, DateBasis.THAT_DAY, match.group())
    return Dating(printed=cell)


def _agency_and_text(rest: Sequence[tuple[str, str]], head: Sequence[str]) -> tuple[str, str]:
    """What the columns besides the date say: by whom, and what."""
    by_agency = len(head) > 3 and not any(
        EVENT_LABEL.search(label) or AGENCY_LABEL.match(label) for label in head
    )
    if by_agency:  # a column for each agency
        return "; ".join(label for label, _ in rest), " | ".join(f"{a}: {b}" for a, b in rest)
    agencies = [cell for label, cell in rest if AGENCY_LABEL.match(label)]
    texts = [cell for _, cell in rest if cell not in agencies[:1]]
    return (agencies[0] if agencies else ""), " | ".join(texts)

"""All that is known of a document as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from workbench.records import MetadataField, Metadatum, Segment, SegmentKind
from workbench.segment.blocks.block import Block
from workbench.segment.metadata.cover import title
from workbench.segment.metadata.kinds import KINDS, OTHER, PFD, STATED, names_kind
from workbench.segment.metadata.people import authors, deceased, subjects
from workbench.segment.metadata.places import area, publisher
from workbench.segment.metadata.printed import Printed, front, metadatum, printed_of
from workbench.segment.metadata.times import incident_date, period, report_date

MAX_RUNNING = 20


def describe(pairs: Sequence[tuple[Block, Segment]]) -> tuple[Metadatum, ...]:
    """What the document says of itself; a field that is not found is not there.

    The order is that of ``MetadataField``; a field may come more than once (two authors).
    """
    printed = printed_of(pairs)
    kind = review_type(printed)
    is_coroners = kind is not None and kind.value == PFD
    dead = deceased(printed) if is_coroners else None
    named = title(printed, is_coroners=is_coroners, dead=dead)
    of = kind.value if kind else ""
    body = publisher(printed, of)
    found: list[Metadatum | None] = [
        named,
        kind,
        body,
        *authors(printed),
        report_date(printed, is_coroners=is_coroners),
        None if of == OTHER else period(printed),
        None if of in (OTHER, "thematic_review") else incident_date(printed, named),
        *([dead] if dead else subjects(named)),
        area(printed, named, body),
    ]
    order = list(MetadataField)
    return tuple(sorted((each for each in found if each), key=lambda each: order.index(each.field)))


def review_type(printed: Sequence[Printed]) -> Metadatum | None:
    """The kind of review in the closed vocabulary of the truth files, or ``other_report``.

    Asked of the short lines of the first page, then of the running matter, then of headings
    of the first three pages, then of what the first page says: text may speak of any other
    review.
    """
    running = [each for each in printed if each.segment.kind is SegmentKind.RUNNING_MATTER]
    lines = [each for each in front(printed) if each.n_words <= 40]
    headings = [each for each in front(printed, 3) if each.segment.kind is SegmentKind.HEADING]
    for passages, confidence in ((lines, 0.95), (running[:MAX_RUNNING], 0.85), (headings, 0.7)):
        if found := _named_kind(passages, confidence):
            return found
    for each in front(printed):
        for pattern, kind in STATED:
            if match := pattern.search(each.text):
                return metadatum(MetadataField.REVIEW_TYPE, kind, each.segment, 0.5, match.span())
        if each.text.startswith("This ") and (named := names_kind(each.text)):
            return metadatum(
                MetadataField.REVIEW_TYPE, named[0], each.segment, 0.5, named[1].span()
            )
    return None


def _named_kind(passages: Sequence[Printed], confidence: float) -> Metadatum | None:
    """The most telling kind that any of the passages names, then lines that wrap together."""
    for kind, pattern in KINDS:
        for each in passages:
            if match := pattern.search(each.text):
                return metadatum(
                    MetadataField.REVIEW_TYPE, kind, each.segment, confidence, match.span()
                )
    for first, second in pairwise(passages):
        if abs(first.size_pt - second.size_pt) < 1 and first.is_bold == second.is_bold:
            named = names_kind(f"{first.text} {second.text}")
            if named is not None:
                return metadatum(MetadataField.REVIEW_TYPE, named[0], first.segment, confidence)
    return None

"""Pages to the frozen text, its segments and what the document says of itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from workbench.records import (
    DatedEvent,
    Document,
    FrozenText,
    MetadataField,
    Metadatum,
    Page,
    Recommendation,
    Segment,
)
from workbench.segment.blocks.assemble import body_blocks, with_notes, with_running
from workbench.segment.chronology.events import dated_events
from workbench.segment.chronology.narrative import told_events
from workbench.segment.freeze import Vocabulary, freeze
from workbench.segment.layout.reading import read_order
from workbench.segment.marks import without_marks
from workbench.segment.metadata import describe
from workbench.segment.pairs import pair_up
from workbench.segment.recommendations.addressees import recommendations_of
from workbench.segment.recommendations.marking import mark_endnotes, mark_recommendations
from workbench.segment.sections.roles import assign_sections
from workbench.segment.sections.titles import is_telling
from workbench.segment.settings import SegmentSettings

#: Raise it with every change that may change a segment.
SEGMENT_VERSION = "1"
DEFAULT_SETTINGS = SegmentSettings()


@dataclass(frozen=True, slots=True, kw_only=True)
class Segmentation:
    """What the stage makes of one document."""

    document: Document  # with title, review type and publisher, each "" when not found
    frozen: FrozenText
    segments: tuple[Segment, ...]
    metadata: tuple[Metadatum, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    events: tuple[DatedEvent, ...] = ()


def segment_document(
    document: Document, pages: Sequence[Page], settings: SegmentSettings = DEFAULT_SETTINGS
) -> Segmentation:
    """Segments of a document in reading order, over a frozen text with the place of each word.

    Every word of the pages stands in exactly one segment, but for paragraph numbers (they are
    the segment's ``number``), bullets and raised note marks, which are left out of the text.
    Running matter is kept, behind the segments that begin on its page. A document without
    words gives no segments.
    """
    readings = read_order(pages, settings)
    blocks = body_blocks(readings, len(pages), settings, is_telling)
    blocks = with_notes(blocks, readings, settings)
    assign_sections(blocks, len(pages))
    mark_recommendations(blocks)
    mark_endnotes(blocks)
    without_marks(blocks, settings)
    blocks = with_running(blocks, readings)
    vocabulary = Vocabulary.of([line for block in blocks for line in block.lines])
    frozen, segments = freeze(document.document_id, blocks, vocabulary)
    pairs = pair_up(blocks, segments)
    metadata = describe(pairs)
    named = replace(
        document,
        title=_first(metadata, MetadataField.TITLE),
        review_type=_first(metadata, MetadataField.REVIEW_TYPE),
        publisher=_first(metadata, MetadataField.PUBLISHER),
    )
    entries = dated_events(pairs)
    return Segmentation(
        document=named,
        frozen=frozen,
        segments=segments,
        metadata=metadata,
        recommendations=recommendations_of(pairs, frozen.text),
        events=(*entries, *told_events(segments, entries, _incident(metadata))),
    )


def _incident(metadata: Sequence[Metadatum]) -> str:
    """The date of the incident; "" where it is not known or a range."""
    date = _first(metadata, MetadataField.INCIDENT_DATE)
    return "" if "/" in date else date


def _first(metadata: Sequence[Metadatum], field: MetadataField) -> str:
    return next((each.value for each in metadata if each.field is field), "")

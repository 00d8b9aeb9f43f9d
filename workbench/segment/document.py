"""Pages to the frozen text, its segments and what the document says of itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from workbench.records import Document, FrozenText, Page, Segment
from workbench.segment.blocks.assemble import body_blocks, with_notes, with_running
from workbench.segment.freeze import Vocabulary, freeze
from workbench.segment.layout.reading import read_order
from workbench.segment.marks import without_marks
from workbench.segment.metadata import publisher, review_type, title
from workbench.segment.sections.lexicon import is_telling
from workbench.segment.sections.recommendations import mark_endnotes, mark_recommendations
from workbench.segment.sections.roles import assign_sections
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
    named = replace(
        document,
        title=title(blocks),
        review_type=review_type(blocks),
        publisher=publisher(blocks),
    )
    return Segmentation(document=named, frozen=frozen, segments=segments)

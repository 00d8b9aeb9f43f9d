"""Pages to the frozen text and its segments."""

from __future__ import annotations

from workbench.segment.document import SEGMENT_VERSION, Segmentation, segment_document
from workbench.segment.settings import SegmentSettings

__all__ = ["SEGMENT_VERSION", "SegmentSettings", "Segmentation", "segment_document"]

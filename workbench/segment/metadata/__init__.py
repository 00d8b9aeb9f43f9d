"""What a document says of itself, each thing with the place it was read from."""

from __future__ import annotations

from workbench.segment.metadata.describe import describe

__all__ = ["describe"]

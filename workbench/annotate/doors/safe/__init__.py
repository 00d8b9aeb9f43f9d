"""Archives and XML of other programs, read so that no file can do harm by being read."""

from __future__ import annotations

from workbench.annotate.doors.safe.archive import Archive, open_archive
from workbench.annotate.doors.safe.tree import parse_xml

__all__ = ["Archive", "open_archive", "parse_xml"]

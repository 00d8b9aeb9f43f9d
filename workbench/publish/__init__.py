"""A publication to a report folder that opens from disk, and the check that its numbers hold.

``write_report(publication, folder)`` writes it; ``check_report(folder)`` draws numbers from its
pages, follows their links, recounts, and looks for the highlighted words.
"""

from __future__ import annotations

from workbench.publish.publication import (
    CodeQuality,
    PageImage,
    Provenance,
    Publication,
    Quality,
)
from workbench.publish.report import write_report
from workbench.publish.walk import check_report

__all__ = [
    "CodeQuality",
    "PageImage",
    "Provenance",
    "Publication",
    "Quality",
    "check_report",
    "write_report",
]

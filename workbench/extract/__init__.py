"""PDF files to documents, pages and lines: the only door to the readers of PDF and scans."""

from __future__ import annotations

from workbench.extract.read import Extraction, read_document
from workbench.extract.reasons import ReasonNumber
from workbench.extract.recognise import could_read_more
from workbench.extract.render import render_pages
from workbench.extract.settings import (
    EXTRACT_VERSION,
    ExtractSettings,
    OcrSettings,
    OpinionSettings,
    RenderSettings,
)

__all__ = [
    "EXTRACT_VERSION",
    "ExtractSettings",
    "Extraction",
    "OcrSettings",
    "OpinionSettings",
    "ReasonNumber",
    "RenderSettings",
    "could_read_more",
    "read_document",
    "render_pages",
]

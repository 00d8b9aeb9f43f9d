"""PDF files to documents, pages and lines: the only door to pypdfium2 and pdfplumber."""

from __future__ import annotations

from workbench.extract.read import Extraction, read_document
from workbench.extract.reasons import ReasonNumber
from workbench.extract.render import render_pages
from workbench.extract.settings import EXTRACT_VERSION, ExtractSettings, RenderSettings

__all__ = [
    "EXTRACT_VERSION",
    "ExtractSettings",
    "Extraction",
    "ReasonNumber",
    "RenderSettings",
    "read_document",
    "render_pages",
]

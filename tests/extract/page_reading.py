"""Reads a page in this process, without the jail: for tests of what is on the page."""

from __future__ import annotations

from pathlib import Path

import pypdfium2 as pdfium

from workbench.extract import ExtractSettings
from workbench.extract.page import reading
from workbench.extract.page.opening import Opened
from workbench.records import Page, Word


def read_pages(pdf: Path | bytes) -> list[Page]:
    """All pages of a file."""
    document = pdfium.PdfDocument(pdf)
    try:
        numbers = range(1, len(document) + 1)
        reads = reading.read_pages(Opened(document), "0" * 64, numbers, ExtractSettings())
        return [read.page for read in reads]
    finally:
        document.close()


def read_page(pdf: Path | bytes) -> Page:
    """The only page of a file."""
    (page,) = read_pages(pdf)
    return page


def words_of(page: Page) -> list[Word]:
    """The words, line by line."""
    return [word for line in page.lines for word in line.words]

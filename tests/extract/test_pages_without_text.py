"""Pages without a text layer, and reasons that say what to do."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from handmade import Paint, painted, text
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from workbench.extract import ExtractSettings, OcrSettings, ReasonNumber, read_document
from workbench.extract.reasons import reason
from workbench.records import DocumentStatus, PageSource

OFF = replace(ExtractSettings(), ocr=OcrSettings(is_on=False))


def scan(canvas: Canvas) -> None:
    """A page under one picture."""
    from PIL import Image

    canvas.drawImage(ImageReader(Image.new("L", (60, 85), 200)), 0, 0, 595, 842)


def outlines(canvas: Canvas) -> None:
    """Letters drawn as shapes."""
    for number in range(60):
        path = canvas.beginPath()
        path.moveTo(50 + 8 * number, 700)
        for step in range(15):
            path.curveTo(51 + 8 * number, 700 + step, 53, 702, 55 + 8 * number, 704 + step)
        canvas.drawPath(path, fill=1, stroke=0)


def blank(canvas: Canvas) -> None:
    canvas.setTitle("blank")


def shifted(canvas: Canvas) -> None:
    """Letters as they come from a font without its table: all moved by 29."""
    plain = "the panel heard that the mother had asked for help on several occasions"
    moved = "".join(chr(ord(char) - 29) if char > " " else " " for char in plain)
    for number in range(3):
        canvas.drawString(40, 700 - 20 * number, moved)


@pytest.mark.parametrize(
    ("pages", "status", "number", "source"),
    [
        ([scan] * 2, DocumentStatus.NEEDS_OCR, ReasonNumber.IMAGE_ONLY, PageSource.IMAGE_ONLY),
        ([outlines], DocumentStatus.NEEDS_OCR, ReasonNumber.IMAGE_ONLY, PageSource.IMAGE_ONLY),
        ([blank] * 3, DocumentStatus.NEEDS_OCR, ReasonNumber.NO_WORDS, PageSource.EMPTY),
        ([shifted], DocumentStatus.NEEDS_OCR, ReasonNumber.GARBLED, PageSource.GARBLED),
    ],
    ids=["scanned", "outlines", "blank", "garbled"],
)
def test_pages_without_words_need_recognition(
    tmp_path: Path, pages: list[Paint], status: DocumentStatus, number: int, source: PageSource
) -> None:
    path = painted(tmp_path / "file.pdf", *pages)
    extraction = read_document(path, OFF)
    assert extraction.document.status == status
    assert extraction.document.reason
    assert extraction.document.reason.number == number
    assert {page.source for page in extraction.pages} == {source}


def test_a_scan_among_pages_of_text_is_a_warning_that_names_the_pages(tmp_path: Path) -> None:
    words = text("The panel met on four occasions.")
    path = painted(tmp_path / "mixed.pdf", words, scan, scan, words, words, scan, words)
    document = read_document(path).document
    assert (document.status, document.reason) == (DocumentStatus.OK, None)
    assert document.warnings[0].startswith("page 2-3, 6: pictures without a text layer")


def test_every_reason_has_a_sentence_and_a_next_step() -> None:
    for number in ReasonNumber:
        sentences = reason(number).text.split(". ")
        assert len(sentences) >= 2 or ":" in sentences[0], number
    assert reason(ReasonNumber.DAMAGED, "page 7").text.endswith("(page 7)")

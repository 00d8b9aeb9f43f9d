"""Extraction of the real reviews that stand beside the project."""

from __future__ import annotations

import logging
import re
import shutil
from collections import Counter
from pathlib import Path

import pdfplumber
import pytest

from workbench.extract import Extraction, ReasonNumber, read_document
from workbench.records import DocumentStatus, PageSource

pytestmark = pytest.mark.real

N_FILES = 67
HAS_TESSERACT = shutil.which("tesseract") is not None
SCAN = "inquiry_post_office_horizon_govt_response_IMAGE_ONLY.pdf"
EVERY = 40  # a page in so many is read a second time, by pdfplumber
LIGATURES = {"ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "ﬃ": "ffi", "ﬄ": "ffl"}


@pytest.fixture(scope="module")
def extractions(shared: Path) -> dict[Path, Extraction]:
    return {path: read_document(path) for path in sorted((shared / "real" / "pdf").glob("*.pdf"))}


def test_every_file_ends_in_a_status(extractions: dict[Path, Extraction]) -> None:
    ends = Counter(extraction.document.status for extraction in extractions.values())
    assert ends.total() == N_FILES
    assert ends[DocumentStatus.QUARANTINED] == 1
    assert ends[DocumentStatus.NEEDS_OCR] == (0 if HAS_TESSERACT else 1)


def test_what_is_not_ok_says_why(extractions: dict[Path, Extraction]) -> None:
    reasons = {
        path.name: extraction.document.reason.number
        for path, extraction in extractions.items()
        if extraction.document.reason is not None
    }
    unread = {
        "BAD_html_error_page_named_pdf.pdf": ReasonNumber.HTML,
        SCAN: ReasonNumber.OCR_MISSING,
    }
    if HAS_TESSERACT:
        del unread[SCAN]
    assert reasons == unread


@pytest.mark.skipif(not HAS_TESSERACT, reason="tesseract is not installed: make system")
def test_the_scan_is_recognised(extractions: dict[Path, Extraction]) -> None:
    (scan,) = (each for path, each in extractions.items() if path.name == SCAN)
    assert Counter(page.source for page in scan.pages)[PageSource.OCR] >= 15
    n_words = sum(len(line.words) for page in scan.pages for line in page.lines)
    assert n_words > 150 * len(scan.pages)
    assert any("recognised here by tesseract" in text for text in scan.document.warnings)


def test_boxes_and_lines_lie_on_their_pages(extractions: dict[Path, Extraction]) -> None:
    for path, extraction in extractions.items():
        for page in extraction.pages:
            for line in page.lines:
                assert -2 <= line.x0 <= line.x1 <= page.width_pt + 20, (path.name, page.number)
                assert -20 <= line.top < line.bottom <= page.height_pt + 20, path.name
                heights = [(word.bottom - word.top) / word.size_pt for word in line.words]
                assert min(heights) > 0.7 or line.bottom - line.top > line.x1 - line.x0, path.name


def test_words_agree_with_pdfplumber(
    extractions: dict[Path, Extraction], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.ERROR)  # pdfminer warns of fonts
    shares = []
    for path, extraction in extractions.items():
        if extraction.document.status is not DocumentStatus.OK:
            continue
        with pdfplumber.open(path) as pdf:
            for index in range(min(3, len(pdf.pages) - 1), len(pdf.pages), EVERY):
                if extraction.pages[index].source is PageSource.OCR:
                    continue
                theirs = pdf.pages[index].extract_words(x_tolerance_ratio=0.15)
                ours = [word.text for line in extraction.pages[index].lines for word in line.words]
                shares.append(agreement(ours, [word["text"] for word in theirs]))
                pdf.pages[index].close()
    assert len(shares) >= 60
    assert sum(shares) / len(shares) > 0.995
    assert sorted(shares)[len(shares) // 20] > 0.97


def agreement(ours: list[str], theirs: list[str]) -> float:
    """F1 of two bags of words, letters and digits only; 1 when both are empty."""
    left, right = (Counter(filter(None, map(bare, words))) for words in (ours, theirs))
    if not left and not right:
        return 1.0
    return 2 * (left & right).total() / (left.total() + right.total())


def bare(word: str) -> str:
    for ligature, letters in LIGATURES.items():
        word = word.replace(ligature, letters)
    return re.sub(r"[^\w]", "", word)

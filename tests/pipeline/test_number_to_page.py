"""From a number to the words on the page, read by another engine than the one that placed them."""

from __future__ import annotations

import hashlib
import io
import re
import subprocess
from contextlib import closing
from difflib import SequenceMatcher
from pathlib import Path
from statistics import median

import pdfplumber
import pypdfium2
import pytest
from pdfplumber.pdf import PDF

from workbench.pipeline.job import run_job
from workbench.pipeline.run import RunSettings
from workbench.pipeline.workspace import add_documents, create_workspace, read_names
from workbench.publish.walk import Highlight, check_links, walk_report

DEMO = Path(__file__).parents[2] / "corpora" / "demo"
SAMPLE = 100
SCANNED = 8  # passages of a scan that are read again
LEAST_ALIKE = 0.85
DPI = 200
RAISED = 0.75  # of the size of its line: the mark of a footnote, which is no word of the text


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report on the quick subset of the demonstration corpus."""
    root = tmp_path_factory.mktemp("demo")
    create_workspace(root, "Quick subset (fictional reviews)")
    for _ in add_documents(root, [DEMO / "pdf"], read_names(DEMO / "quick.txt")):
        pass
    return run_job(root, RunSettings()).report.parent


def letters(text: str) -> str:
    """What two engines agree on: letters and digits, ligatures opened, in lower case."""
    opened = text.replace("ﬁ", "fi").replace("ﬂ", "fl").replace("ﬀ", "ff")
    return re.sub(r"[\W_]", "", opened).casefold()


def printed_under(path: Path, highlight: Highlight) -> str:
    """The letters that tesseract reads in the rectangles of a passage of a scan, cut out alone."""
    found = []
    with closing(pypdfium2.PdfDocument(path)) as pdf:
        for box in highlight.boxes:
            image = pdf[box.page - 1].render(scale=DPI / 72).to_pil()
            edges = (box.x0 - 3, box.top - 3, box.x1 + 3, box.bottom + 3)
            cut = io.BytesIO()
            image.crop(tuple(round(edge * DPI / 72) for edge in edges)).save(cut, "PNG")
            command = ["tesseract", "-", "-", "--psm", "7", "--dpi", str(DPI)]
            read = subprocess.run(command, input=cut.getvalue(), capture_output=True, check=True)
            found.append(read.stdout.decode())
    return letters("".join(found))


def words_under(pdf: PDF, highlight: Highlight) -> str:
    """The letters that pdfplumber finds in the rectangles of a passage, footnote marks aside."""
    found = []
    for box in highlight.boxes:
        page = pdf.pages[box.page - 1]
        middle = (box.top + box.bottom) / 2
        chars = [
            char
            for char in page.chars
            if box.x0 - 0.5 <= (char["x0"] + char["x1"]) / 2 <= box.x1 + 0.5
            and char["top"] - 1 <= middle <= char["bottom"] + 1
        ]
        size = median(char["size"] for char in chars) if chars else 0
        found += [
            char["text"]
            for char in sorted(chars, key=lambda char: char["x0"])
            if char["size"] > RAISED * size
        ]
    return letters("".join(found))


@pytest.mark.slow
def test_a_hundred_numbers_lead_to_their_words(report: Path) -> None:
    walk = walk_report(report, sample_size=SAMPLE, seed=20260101)
    assert walk.problems == []
    assert len(walk.checked) == SAMPLE
    assert len(walk.highlights) > SAMPLE
    by_document: dict[str, list[Highlight]] = {}
    for highlight in walk.highlights.values():
        by_document.setdefault(highlight.document_id, []).append(highlight)
    missed = []
    for document_id, highlights in by_document.items():
        path = pdf_of(document_id)
        with pdfplumber.open(path) as pdf:
            if not any(page.chars for page in pdf.pages):  # a scan: its words are in the picture
                missed += [item for item in highlights[:SCANNED] if not reads_alike(path, item)]
                continue
            missed += [
                item for item in highlights if letters(item.text) not in words_under(pdf, item)
            ]
    assert [item.coding_id for item in missed] == []


def reads_alike(path: Path, highlight: Highlight) -> bool:
    """Whether a scan shows a passage where it is said to be; reading twice may differ a little."""
    wanted, found = letters(highlight.text), printed_under(path, highlight)
    return SequenceMatcher(None, wanted, found, autojunk=False).ratio() >= LEAST_ALIKE


def pdf_of(document_id: str) -> Path:
    """The PDF of a document id, which is the hash of its bytes."""
    return next(
        path
        for path in sorted((DEMO / "pdf").glob("*.pdf"))
        if hashlib.sha256(path.read_bytes()).hexdigest() == document_id
    )


@pytest.mark.slow
def test_no_link_of_the_report_is_dead(report: Path) -> None:
    assert check_links(report) == []

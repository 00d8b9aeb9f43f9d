"""Words with boxes: the workbench beside raw PDFium text and pdfplumber, in one run.

    python benchmarks/extract_speed.py [FOLDER] [--every N]

CPU seconds of this process, in process (without the jail), on every N-th page of each PDF of
the folder (default: the real reviews beside the project, every 4th page). Files that PDFium
cannot open are skipped. Each method opens each file for itself, so that none finds fonts that
another has loaded; the methods take turns, so that a busy machine disturbs them alike. Python's
collector of cyclic garbage is off for all of them, as it is in the child that reads a document.
"""

from __future__ import annotations

import argparse
import gc
import os
import time
from collections import Counter, defaultdict, deque
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pdfplumber
import pypdfium2 as pdfium

from workbench.extract.page.drawings import read_drawings
from workbench.extract.page.lines import build_lines
from workbench.extract.page.reading import frame_of
from workbench.extract.page.words import read_words
from workbench.extract.settings import ExtractSettings

SHARED = Path(os.environ.get("WORKBENCH_SHARED", Path(__file__).parents[2] / "shared"))
MAX_OBJECTS = ExtractSettings().max_page_drawings


def raw_text(pdf: pdfium.PdfDocument, index: int) -> int:
    """PDFium's own text of a page, without boxes; returns its length."""
    page = pdf[index]
    text_page = page.get_textpage()
    text = text_page.get_text_range()
    text_page.close()
    page.close()
    return len(text.split())


def words(pdf: pdfium.PdfDocument, index: int) -> int:
    """Our words with boxes, size and weight."""
    page = pdf[index]
    text_page = page.get_textpage()
    found = read_words(text_page.raw, frame_of(page)).words
    text_page.close()
    page.close()
    return len(found)


def words_lines_edges(pdf: pdfium.PdfDocument, index: int) -> int:
    """All that the extract stage reads of a page."""
    page = pdf[index]
    frame = frame_of(page)
    text_page = page.get_textpage()
    found = read_words(text_page.raw, frame).words
    text_page.close()
    build_lines(found, read_drawings(page.raw, frame, MAX_OBJECTS).edges)
    page.close()
    return len(found)


def plumber_words(pdf: Any, index: int) -> int:  # noqa: ANN401 - no types
    """The words of pdfplumber, with its default settings."""
    page = pdf.pages[index]
    found = page.extract_words()
    page.close()
    return len(found)


PLUMBER = "pdfplumber words"
OURS: dict[str, Callable[[pdfium.PdfDocument, int], int]] = {
    "raw PDFium text": raw_text,
    "workbench words": words,
    "workbench words, lines, edges": words_lines_edges,
}


def measure(paths: list[Path], every: int) -> tuple[int, dict[str, float], Counter[str]]:
    """Pages read; CPU seconds and words by method."""
    n_pages, n_words = 0, Counter[str]()
    seconds: defaultdict[str, float] = defaultdict(float)
    for turn, path in enumerate(paths):
        content = path.read_bytes()
        try:
            pdfium.PdfDocument(content).close()
        except pdfium.PdfiumError:
            continue
        names = deque((*OURS, PLUMBER))
        names.rotate(turn)
        for name in names:
            pages, words, spent = _read(path, content, name, every)
            n_words[name] += words
            seconds[name] += spent
        n_pages += pages
    return n_pages, seconds, n_words


def _read(path: Path, content: bytes, name: str, every: int) -> tuple[int, int, float]:
    """Pages, words and CPU seconds of one method on one file, opened for it alone."""
    gc.collect()
    gc.disable()
    start = time.process_time()
    if name == PLUMBER:
        with pdfplumber.open(path) as plumber:
            indices = range(0, len(plumber.pages), every)
            words = sum(plumber_words(plumber, index) for index in indices)
    else:
        pdf = pdfium.PdfDocument(content)
        indices = range(0, len(pdf), every)
        words = sum(OURS[name](pdf, index) for index in indices)
        pdf.close()
    spent = time.process_time() - start
    gc.enable()
    return len(indices), words, spent


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=SHARED / "real" / "pdf")
    parser.add_argument("--every", type=int, default=4, help="read every N-th page")
    arguments = parser.parse_args()
    paths = sorted(arguments.folder.rglob("*.pdf"))
    n_pages, seconds, n_words = measure(paths, arguments.every)
    if not n_pages:
        parser.error(f"{arguments.folder}: holds no PDF that can be opened")
    print(f"{n_pages} pages of {len(paths)} files, CPU seconds in process")
    for name, spent in seconds.items():
        print(
            f"{name:32s} {n_pages / spent:8.1f} pages/s {n_words[name]:9,d} words"
            f"  {seconds[PLUMBER] / spent:6.1f} x pdfplumber"
            f"  {seconds['raw PDFium text'] / spent:5.2f} of raw text"
        )


if __name__ == "__main__":
    main()

"""Extraction and structure end to end, beside raw PDFium text and pdfplumber, in one run.

    python -m benchmarks.extract_whole [FOLDER] [--every N]

Every N-th file of the folder (default: the real reviews beside the project), all of its pages.
CPU seconds of all processes: the child that reads, its start, the packing of pages and their
checking on this side, the second opinion, and the structure. Text recognition is off, since the
others do not have it. Files that PDFium cannot open and scans are skipped. Each file is read by
each method in turn. The collector of cyclic garbage is off for the other two, which is to their
advantage, and as the workbench has it (off in the child, on here).
"""

from __future__ import annotations

import argparse
import gc
import os
import resource
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pdfplumber
import pypdfium2 as pdfium

from workbench.extract import ExtractSettings, OcrSettings, OpinionSettings, read_document
from workbench.extract.jail import service
from workbench.records import DocumentStatus
from workbench.segment import segment_document

SHARED = Path(os.environ.get("WORKBENCH_SHARED", Path(__file__).parents[2] / "shared"))
ALONE = replace(
    ExtractSettings(),
    ocr=OcrSettings(is_on=False),
    opinion=OpinionSettings(every=0, max_odd_pages=0),
)
WITH_OPINION = replace(ALONE, opinion=OpinionSettings())
RAW, PLUMBER = "raw PDFium text", "pdfplumber words"


def raw_text(path: Path) -> None:
    """PDFium's own text of all pages."""
    pdf = pdfium.PdfDocument(path.read_bytes())
    for index in range(len(pdf)):
        page = pdf[index]
        text_page = page.get_textpage()
        text_page.get_text_range()
        text_page.close()
        page.close()
    pdf.close()


def plumber_words(path: Path) -> None:
    """The words of pdfplumber on all pages, with its default settings."""
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            page.extract_words()
            page.close()


def pages_only(path: Path) -> None:
    """Words, lines, edges and the checks on them, without a second opinion."""
    read_document(path, ALONE)


def whole(path: Path) -> None:
    """What the workbench makes of a document before it is coded."""
    extraction = read_document(path, WITH_OPINION)
    segment_document(extraction.document, extraction.pages)


def structure_only(path: Path) -> None:
    """Extraction and structure, without a second opinion."""
    extraction = read_document(path, ALONE)
    segment_document(extraction.document, extraction.pages)


METHODS: dict[str, Callable[[Path], None]] = {
    RAW: raw_text,
    PLUMBER: plumber_words,
    "workbench pages": pages_only,
    "workbench pages and structure": structure_only,
    "the same and second opinion": whole,
}


def cpu_s() -> float:
    """CPU seconds of this process and of all children that have ended."""
    spent = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in spent)


def timed(method: Callable[[Path], None], paths: list[Path], *, is_ours: bool) -> float:
    """CPU seconds of a method over the files; ours with one server of children for all."""
    gc.collect()
    if not is_ours:
        gc.disable()
    start = cpu_s()
    for path in paths:
        method(path)
    service.close_server()  # its children count once it has ended
    gc.enable()
    return cpu_s() - start


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=SHARED / "real" / "pdf")
    parser.add_argument("--every", type=int, default=4, help="read every N-th file")
    arguments = parser.parse_args()
    n_pages, paths = 0, []
    for path in sorted(arguments.folder.rglob("*.pdf"))[:: arguments.every]:
        document = read_document(path, ALONE).document
        if document.status is DocumentStatus.OK:
            paths.append(path)
            n_pages += document.n_pages
    if not paths:
        parser.error(f"{arguments.folder}: holds no PDF that can be read")
    service.close_server()
    seconds: defaultdict[str, float] = defaultdict(float)
    start = time.monotonic()
    half = -(-len(paths) // 2)  # two turns: a busy machine disturbs all methods alike
    for first in range(0, len(paths), half):
        for name, method in METHODS.items():
            is_ours = name not in (RAW, PLUMBER)
            seconds[name] += timed(method, paths[first : first + half], is_ours=is_ours)
    print(f"{n_pages} pages of {len(paths)} files, CPU seconds of all processes")
    print(f"{time.monotonic() - start:.0f} s of wall time, load {os.getloadavg()[0]:.1f}")
    for name, spent in seconds.items():
        print(
            f"{name:32s} {n_pages / spent:8.1f} pages/s"
            f"  {seconds[PLUMBER] / spent:6.1f} x pdfplumber  {seconds[RAW] / spent:5.2f} of raw"
        )


if __name__ == "__main__":
    main()

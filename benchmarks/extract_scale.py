"""Extraction at length: memory over the pages of a file, and two processes beside one.

    python -m benchmarks.extract_scale [FOLDER]

Memory: files of 250, 500 and 1,000 pages are joined from the pages of the folder (default: the
real reviews beside the project), each read in a fresh process; "this side" is the peak of the
process that receives all pages, "child" that of the process that reads them.

Two processes: the same files, without text recognition, by the engine with one worker and with two,
wall seconds, both twice, the faster counts. On a machine with other work the ratio says little: the
load is printed.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import pikepdf

from workbench.engine import EngineSettings
from workbench.engine import map as engine_map
from workbench.extract import ExtractSettings, OcrSettings, read_document

SHARED = Path(os.environ.get("WORKBENCH_SHARED", Path(__file__).parents[2] / "shared"))
SETTINGS = replace(ExtractSettings(), ocr=OcrSettings(is_on=False))
LENGTHS = (250, 500, 1_000)
MAX_FILE_BYTES = 3 * 2**20  # of the files that are joined
READ_ONE = """
import resource, sys
from pathlib import Path
from workbench.extract import read_document
from workbench.extract.jail import service
n_pages = len(read_document(Path(sys.argv[1])).pages)
service.close_server()
peaks = [resource.getrusage(who).ru_maxrss // 1024
         for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
print(n_pages, *peaks)
"""


def join(paths: list[Path], n_pages: int, target: Path) -> None:
    """A file of so many pages, taken from the files in turn."""
    with pikepdf.new() as joined:
        while len(joined.pages) < n_pages:
            for path in paths:
                try:
                    with pikepdf.open(path) as pdf:
                        joined.pages.extend(pdf.pages[: n_pages - len(joined.pages)])
                except pikepdf.PdfError:
                    continue
        joined.save(target)


def count_pages(path: Path) -> int:
    """The step that is timed."""
    return len(read_document(path, SETTINGS).pages)


def timed(paths: list[Path], n_workers: int) -> tuple[float, int]:
    """Wall seconds and pages."""
    settings = EngineSettings(backend="process", n_workers=n_workers)
    start = time.monotonic()
    n_pages = sum(
        outcome.value or 0 for outcome in engine_map(count_pages, paths, settings=settings)
    )
    return time.monotonic() - start, n_pages


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=SHARED / "real" / "pdf")
    folder = parser.parse_args().folder
    paths = [path for path in sorted(folder.glob("*.pdf")) if path.stat().st_size < MAX_FILE_BYTES]
    with tempfile.TemporaryDirectory() as scratch:
        for n_pages in LENGTHS:
            path = Path(scratch, f"{n_pages}.pdf")
            join(paths, n_pages, path)
            done = subprocess.run(
                [sys.executable, "-c", READ_ONE, str(path)], check=True, capture_output=True
            )
            n_read, here, child = map(int, done.stdout.split())
            print(f"{n_read:5d} pages: this side {here} MB, child {child} MB")
    walls = {1: 1e9, 2: 1e9}
    for _ in range(2):
        for n_workers in walls:
            wall_s, n_pages = timed(paths, n_workers)
            walls[n_workers] = min(walls[n_workers], wall_s)
    print(
        f"{n_pages} pages: one process {walls[1]:.1f} s, two {walls[2]:.1f} s,"
        f" {walls[1] / walls[2]:.2f} times as fast; {os.cpu_count()} processors,"
        f" load {os.getloadavg()[0]:.1f}"
    )


if __name__ == "__main__":
    main()

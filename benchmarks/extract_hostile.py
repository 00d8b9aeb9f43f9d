"""Hostile files and mutants of small PDFs: how each ends, how long it takes, what it leaves.

    python -m benchmarks.extract_hostile [--mutants N] [--ocr]

The files come from tests/extract/hostile.py, the limits are the ordinary ones. "wrong" counts
what must never be: an end without a name, ``ok`` without words, pages that do not add up, a
process left behind, more wall time than the limit.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "extract"))
from hostile import FILES, mutant
from watching import fault_of, left_behind

from workbench.extract import ExtractSettings, OcrSettings, read_document

_SLACK_S = 30.0


def read(path: Path, settings: ExtractSettings) -> tuple[str, float, str]:
    """How the reading of a file ended, wall seconds, and what was wrong with that."""
    start = time.monotonic()
    extraction = read_document(path, settings)
    wall_s = time.monotonic() - start
    document = extraction.document
    end = f"{document.status} {document.reason.number if document.reason else ''}".strip()
    fault = fault_of(extraction)
    if left_behind():
        fault = f"left behind: {left_behind()}"
    if wall_s > settings.wall_s(settings.max_pages) + _SLACK_S:
        fault = "longer than its limit"
    return end, wall_s, fault


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mutants", type=int, default=2_000)
    parser.add_argument("--ocr", action="store_true", help="recognise pictures, too (slow)")
    arguments = parser.parse_args()
    settings = replace(ExtractSettings(), ocr=OcrSettings(is_on=arguments.ocr))
    n_wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "file.pdf")
        print(f"{len(FILES)} hostile files")
        for name, make in FILES.items():
            path.write_bytes(make())
            end, wall_s, fault = read(path, settings)
            n_wrong += bool(fault)
            size = path.stat().st_size
            print(f"{name:34s} {size:9,d} bytes  {end:16s} {wall_s:6.1f} s  {fault}")
        ends, walls = Counter[str](), []
        for number in range(arguments.mutants):
            path.write_bytes(mutant(number))
            end, wall_s, fault = read(path, settings)
            ends[end] += 1
            walls.append(wall_s)
            n_wrong += bool(fault)
            if fault:
                print(f"mutant {number}: {end}: {fault}")
    print(f"{arguments.mutants} mutants")
    for end, n_files in ends.most_common():
        print(f"{end:34s} {n_files:6d}")
    if walls:
        print(f"slowest {max(walls):.2f} s, median {sorted(walls)[len(walls) // 2]:.3f} s")
    print(f"wrong: {n_wrong} of {len(FILES) + arguments.mutants}")


if __name__ == "__main__":
    main()

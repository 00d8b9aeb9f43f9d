"""No file can hang, crash, flood or deceive the reading of it."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest
from hostile import FILES, mutant
from watching import fault_of, left_behind

from workbench.extract import ExtractSettings, OcrSettings, ReasonNumber, read_document
from workbench.records import DocumentStatus

LIMITS = replace(
    ExtractSettings(), cpu_base_s=4, cpu_per_page_s=0.02, page_cpu_s=2.0, memory_bytes=700 * 2**20,
    max_restarts=2, ocr=OcrSettings(is_on=False),
)  # fmt: skip
N_MUTANTS = 80  # benchmarks/extract_hostile.py reads 2,000

ENDS = {
    "empty": ReasonNumber.EMPTY_FILE,
    "a web page": ReasonNumber.HTML,
    "a Word file": ReasonNumber.NOT_A_PDF,
    "a program": ReasonNumber.NOT_A_PDF,
    "a header and no more": ReasonNumber.DAMAGED,
    "a header and noise": ReasonNumber.DAMAGED,
    "a password": ReasonNumber.PASSWORD,
    "unknown encryption": ReasonNumber.ENCRYPTION_UNKNOWN,
    "a bomb": ReasonNumber.MEMORY_LIMIT,
    "a bomb in a bomb": ReasonNumber.MEMORY_LIMIT,
    "a million letters on one page": ReasonNumber.PAGE_TOO_DENSE,
    "20,000 pages": ReasonNumber.TOO_MANY_PAGES,
    "one page 50,000 times": ReasonNumber.TOO_MANY_PAGES,
    "4,000 empty pages": ReasonNumber.NO_WORDS,
    "letters shifted": ReasonNumber.GARBLED,
    "nothing on its page": ReasonNumber.NO_WORDS,
    "spaces on its page": ReasonNumber.NO_WORDS,
    "all text outside": ReasonNumber.NO_WORDS,
}
READ = (
    "startxref elsewhere", "no word xref", "junk before the header", "an owner's password",
    "JavaScript and a program", "a form that draws itself", "an xref table before itself",
    "labels that hold themselves", "an outline that holds itself", "a title of five megabytes",
)  # fmt: skip


def read(folder: Path, content: bytes) -> tuple[DocumentStatus, int]:
    path = folder / "file.pdf"
    path.write_bytes(content)
    start = time.monotonic()
    extraction = read_document(path, LIMITS)
    assert time.monotonic() - start < LIMITS.wall_s(5_000)
    assert fault_of(extraction) == ""
    assert left_behind() == []
    reason = extraction.document.reason
    return extraction.document.status, reason.number if reason else 0


def test_there_are_at_least_forty_of_them() -> None:
    assert len(FILES) >= 40
    assert {*ENDS, *READ} <= FILES.keys()


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_ends_in_a_status_within_its_limits(tmp_path: Path, name: str) -> None:
    status, number = read(tmp_path, FILES[name]())
    if name in ENDS:
        assert number == ENDS[name]
    if name in READ:
        assert status is DocumentStatus.OK


def test_mutants_end_in_a_status_and_leave_nothing_behind(tmp_path: Path) -> None:
    ends = [read(tmp_path, mutant(number))[0] for number in range(N_MUTANTS)]
    assert len(set(ends)) >= 2

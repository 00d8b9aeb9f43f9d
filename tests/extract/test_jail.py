"""Nothing in a file can raise, hang or outlive the reading of it."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from handmade import one_page, painted, stream, text

from workbench.extract import ExtractSettings, read_document
from workbench.records import DocumentStatus


def mutations(content: bytes, seed: int) -> bytes:
    """The file with a few bytes changed, a piece lost, or a piece twice."""
    chance = random.Random(seed)
    changed = bytearray(content)
    for _ in range(chance.choice([1, 5, 40])):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    start = chance.randrange(len(changed))
    piece = changed[start : start + chance.randrange(200)]
    if seed % 3 == 0:
        del changed[start : start + len(piece)]
    elif seed % 3 == 1:
        changed[start:start] = piece
    return bytes(changed)


@pytest.mark.parametrize("seed", range(10))
def test_a_damaged_file_ends_in_a_status(tmp_path: Path, seed: int) -> None:
    whole = painted(tmp_path / "whole.pdf", *[text("The panel met.", "It heard nine.")] * 3)
    path = tmp_path / "damaged.pdf"
    path.write_bytes(mutations(whole.read_bytes(), seed))
    document = read_document(path).document
    assert (document.reason is None) == (document.status is DocumentStatus.OK)


@pytest.mark.parametrize(
    "junk",
    [
        pytest.param(b"HTTP/1.1 200 OK\r\n\r\n", id="a line"),
        pytest.param(b"x" * 1_500, id="more than a reader looks through"),
    ],
)
def test_junk_before_the_header_is_cut_off(tmp_path: Path, junk: bytes) -> None:
    whole = painted(tmp_path / "whole.pdf", text("The panel met.")).read_bytes()
    (tmp_path / "junk.pdf").write_bytes(junk + whole)
    extraction = read_document(tmp_path / "junk.pdf")
    assert [line.text for page in extraction.pages for line in page.lines] == ["The panel met."]


def test_a_damaged_page_among_good_ones_is_told(tmp_path: Path) -> None:
    whole = painted(tmp_path / "whole.pdf", *[text("The panel met.")] * 3).read_bytes()
    second = whole.index(b"/Type /Page", whole.index(b"/Type /Page\n") + 20)
    damaged = whole[:second] + whole[second:].replace(b"/Type /Page", b"/Type /Pole", 1)
    (tmp_path / "damaged.pdf").write_bytes(damaged)
    document = read_document(tmp_path / "damaged.pdf").document
    assert document.n_pages in (2, 3)
    assert document.n_pages == 2 or any("page 2" in warning for warning in document.warnings)


def test_what_a_file_says_of_itself_is_only_text(tmp_path: Path) -> None:
    information = b"<</Title (Overview\\nReport\\000\\007)/Producer (Microsoft Word - x)>>"
    content = one_page(stream(b"BT /F1 9 Tf 72 700 Td (Words) Tj ET"), b"", information)
    path = tmp_path / "file.pdf"
    path.write_bytes(content.replace(b"/Root 1 0 R", b"/Root 1 0 R/Info 6 0 R"))
    assert read_document(path).document.title == "Overview Report"


def test_the_same_file_under_two_names_is_one_document(tmp_path: Path) -> None:
    first = painted(tmp_path / "first.pdf", text("The panel met."))
    (tmp_path / "second name é.pdf").write_bytes(first.read_bytes())
    one, two = read_document(first), read_document(tmp_path / "second name é.pdf")
    assert one.document.document_id == two.document.document_id
    assert one.pages == two.pages
    assert two.document.file_name == "second name é.pdf"


@pytest.mark.skipif(sys.platform != "linux", reason="the signal exists on Linux only")
def test_the_child_dies_with_its_parent(tmp_path: Path) -> None:
    program = (
        "import sys, subprocess; from workbench.extract.jail import limits;"
        "limits.die_with_parent();"
        "print('ready', flush=True); import time; time.sleep(60)"
    )
    starter = (
        "import subprocess, sys;"
        f"c = subprocess.Popen([sys.executable, '-c', {program!r}], stdout=subprocess.PIPE);"
        "c.stdout.readline(); print(c.pid, flush=True); c.wait()"
    )
    with subprocess.Popen([sys.executable, "-c", starter], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        parent.send_signal(signal.SIGKILL)
    for _ in range(100):
        try:
            state = Path(f"/proc/{pid}/stat").read_text().split()[2]
        except FileNotFoundError:
            return
        if state == "Z":
            return
        time.sleep(0.05)
    os.kill(pid, signal.SIGKILL)
    pytest.fail("the child outlived its parent by five seconds")


@pytest.mark.parametrize("changed", [{"max_pages": 0}, {"garbled_min_share": 1.5}])
def test_limits_that_cannot_be_are_refused(changed: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="must"):
        ExtractSettings(**changed)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="found"):
        ExtractSettings(**changed)  # type: ignore[arg-type]


def test_no_reader_of_pdf_is_loaded_outside_the_jail() -> None:
    program = (
        "import sys, workbench.extract;"
        "print([name for name in ('pypdfium2', 'pdfplumber', 'pikepdf') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.strip() == b"[]"

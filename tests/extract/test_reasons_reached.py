"""Each way in which a file can end badly, reached by a file."""

from __future__ import annotations

import os
import signal
import threading
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from handmade import flate, one_page, painted, raw_pdf, stream, text

from workbench.extract import ExtractSettings, ReasonNumber, read_document
from workbench.extract.jail import service
from workbench.records import DocumentStatus

DEFAULTS = ExtractSettings()
#: Each form calls the next one ten times: 10 to the power of 8 strings.
LAUGHS = [b"/X0 Do " * 10] + [b"/X Do " * 10] * 7


def children_of(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(child) for child in listed.read_text().split()]


def ended(path: Path, settings: ExtractSettings = DEFAULTS) -> tuple[DocumentStatus, int]:
    document = read_document(path, settings).document
    assert document.reason is not None
    assert document.reason.text.split(". ")[-1]
    return document.status, document.reason.number


def written(folder: Path, content: bytes) -> Path:
    path = folder / "file.pdf"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("content", "number"),
    [
        pytest.param(b"Minutes of the panel", ReasonNumber.NOT_A_PDF, id="plain text"),
        pytest.param(b"PK\x03\x04" + bytes(99), ReasonNumber.NOT_A_PDF, id="Word file"),
        pytest.param(b"PDF-1.7", ReasonNumber.NOT_A_PDF, id="header without its percent sign"),
        pytest.param(b"\n <!DOCTYPE html><html>404", ReasonNumber.HTML, id="web page"),
        pytest.param(b"<HTML>%PDF-1.4", ReasonNumber.HTML, id="web page that names the header"),
        pytest.param(b"", ReasonNumber.EMPTY_FILE, id="empty"),
        pytest.param(b"%PDF-1.7\n", ReasonNumber.DAMAGED, id="header only"),
        pytest.param(
            raw_pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>"]),
            ReasonNumber.NO_PAGES,
            id="no pages",
        ),
        pytest.param(
            raw_pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R]/Count 1>>"]),
            ReasonNumber.DAMAGED,
            id="page tree that holds itself",
        ),
        pytest.param(
            raw_pdf(
                [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>"],
                b"/Encrypt<</Filter/Unheard/V 9>>/ID[<00><00>]",
            ),
            ReasonNumber.ENCRYPTION_UNKNOWN,
            id="unknown encryption",
        ),
    ],
)
def test_a_file_that_cannot_be_opened_is_quarantined(
    tmp_path: Path, content: bytes, number: int
) -> None:
    assert ended(written(tmp_path, content)) == (DocumentStatus.QUARANTINED, number)


def test_a_truncated_file_is_damaged(tmp_path: Path) -> None:
    content = painted(tmp_path / "whole.pdf", *[text("The panel met.")] * 5).read_bytes()
    half = written(tmp_path, content[: len(content) // 3])
    assert ended(half) == (DocumentStatus.QUARANTINED, ReasonNumber.DAMAGED)


def test_a_password_is_asked_for(tmp_path: Path) -> None:
    with pikepdf.open(painted(tmp_path / "open.pdf", text("The panel met."))) as pdf:
        pdf.save(tmp_path / "file.pdf", encryption=pikepdf.Encryption(user="u", owner="o"))
    assert ended(tmp_path / "file.pdf") == (DocumentStatus.QUARANTINED, ReasonNumber.PASSWORD)


def test_an_owner_password_does_not_keep_from_reading_but_is_said(tmp_path: Path) -> None:
    no_copying = pikepdf.Permissions(extract=False)
    with pikepdf.open(painted(tmp_path / "open.pdf", text("The panel met."))) as pdf:
        encryption = pikepdf.Encryption(user="", owner="o", allow=no_copying)
        pdf.save(tmp_path / "file.pdf", encryption=encryption)
    document = read_document(tmp_path / "file.pdf").document
    assert document.status is DocumentStatus.OK
    assert "asks that text is not copied" in document.warnings[0]


@pytest.mark.parametrize(
    ("settings", "number"),
    [
        pytest.param(
            replace(DEFAULTS, max_file_bytes=100), ReasonNumber.FILE_TOO_LARGE, id="bytes"
        ),
        pytest.param(replace(DEFAULTS, max_pages=2), ReasonNumber.TOO_MANY_PAGES, id="pages"),
        pytest.param(
            replace(DEFAULTS, max_output_bytes=700), ReasonNumber.OUTPUT_TOO_LARGE, id="output"
        ),
        pytest.param(
            replace(DEFAULTS, max_page_chars=10), ReasonNumber.PAGE_TOO_DENSE, id="characters"
        ),
    ],
)
def test_what_is_over_a_limit_is_quarantined(
    tmp_path: Path, settings: ExtractSettings, number: int
) -> None:
    path = painted(tmp_path / "three.pdf", *[text("The panel met twice.")] * 3)
    assert ended(path, settings) == (DocumentStatus.QUARANTINED, number)
    assert read_document(path).document.status is DocumentStatus.OK


@pytest.mark.parametrize("name", ["missing.pdf", "."], ids=["missing", "a folder"])
def test_a_file_that_is_gone_or_no_file_is_unreadable(tmp_path: Path, name: str) -> None:
    assert ended(tmp_path / name) == (DocumentStatus.QUARANTINED, ReasonNumber.UNREADABLE)


def laughing_pdf() -> bytes:
    """Forms that call forms: a small file without an end."""
    forms = [
        stream(
            b"/X Do " * 10,
            b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>"
            % (number + 1),
        )
        for number in range(6, 16)
    ]
    last = stream(b"0 0 m 5 5 l S", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]")
    return one_page(stream(b"/X Do"), b"/XObject<</X 6 0 R>>", *forms, last)


def test_a_file_without_end_meets_the_time_or_memory_limit_in_time(tmp_path: Path) -> None:
    settings = replace(DEFAULTS, cpu_base_s=1, cpu_per_page_s=0.0)
    start = time.monotonic()
    status, number = ended(written(tmp_path, laughing_pdf()), settings)
    assert time.monotonic() - start < settings.wall_s() + 5
    assert status is DocumentStatus.QUARANTINED
    assert number in (ReasonNumber.TIME_LIMIT, ReasonNumber.MEMORY_LIMIT)


def test_a_child_that_never_ends_meets_the_wall_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path, laughing_pdf())
    # The limit that the child takes by itself is the true one, as if it had got rid of it.
    monkeypatch.setattr(ExtractSettings, "wall_s", lambda self, n_pages=0: 0.3)
    start = time.monotonic()
    assert ended(path) == (DocumentStatus.QUARANTINED, ReasonNumber.TIME_LIMIT)
    assert time.monotonic() - start < 8


def test_a_server_that_sleeps_is_ended_and_another_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = painted(tmp_path / "file.pdf", text("The panel met."))
    service.close_server()
    with monkeypatch.context() as sleepy:
        sleepy.setattr(service, "_SERVER", ("-c", "import time; time.sleep(60)"))
        sleepy.setattr(service, "_GRACE_S", 0.1)
        sleepy.setattr(ExtractSettings, "wall_s", lambda self, n_pages=0: 0.2)
        assert ended(path) == (DocumentStatus.QUARANTINED, ReasonNumber.TIME_LIMIT)
    assert read_document(path).document.status is DocumentStatus.OK


@pytest.mark.parametrize("times", [1, 2], ids=["compressed once", "compressed twice"])
def test_a_decompression_bomb_meets_the_memory_limit(tmp_path: Path, times: int) -> None:
    settings = replace(DEFAULTS, memory_bytes=350 * 2**20)
    bomb = one_page(flate(b" " * (300 * 2**20), times))
    assert len(bomb) < 2**21
    status, number = ended(written(tmp_path, bomb), settings)
    assert (status, number) == (DocumentStatus.QUARANTINED, ReasonNumber.MEMORY_LIMIT)


def test_a_page_of_a_million_glyphs_is_refused(tmp_path: Path) -> None:
    string = b"(" + b"a " * 16_000 + b") Tj "  # PDFium cuts longer strings
    content = b"BT /F1 9 Tf 72 700 Td " + string * 31 + b"ET"
    status, number = ended(written(tmp_path, one_page(flate(content))))
    assert (status, number) == (DocumentStatus.QUARANTINED, ReasonNumber.PAGE_TOO_DENSE)


def test_a_child_that_is_killed_is_a_crash(tmp_path: Path) -> None:
    read_document(painted(tmp_path / "first.pdf", text("The panel met.")))
    path = written(tmp_path, laughing_pdf())
    server, is_over = service.server_pid(), threading.Event()
    killed: list[int] = []

    def kill_the_children() -> None:  # each of them: a page or file gets more than one chance
        while not is_over.is_set():
            for pid in children_of(server):
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
                    killed.append(pid)
            time.sleep(0.01)

    killer = threading.Thread(target=kill_the_children, daemon=True)
    killer.start()
    result = ended(path)
    is_over.set()
    killer.join()
    assert killed
    assert result == (DocumentStatus.QUARANTINED, ReasonNumber.CRASHED)

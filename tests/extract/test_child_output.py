"""What comes out of the jail is checked like the file that went in."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from handmade import painted, text

from workbench.extract import ReasonNumber, collect, read_document
from workbench.extract.jail import Task
from workbench.extract.jail.packing import LENGTHS
from workbench.records import DocumentStatus

HEAD = b'{"n_pages":%s,"title":"","producer":"","warnings":[]}'


def frame(text: bytes, numbers: bytes = b"") -> bytes:
    """What a child writes: one frame."""
    return LENGTHS.pack(len(text), len(numbers)) + text + numbers


def page_frame(
    text: str = "", *, source: str = "text", width: str = "9", failure: str = "null",
    confidence: str = "null", numbers: tuple[int, ...] = (0, 0, 0, 0),
) -> bytes:  # fmt: skip
    names = (
        f'{{"label":"","source":"{source}","warnings":[],"failure":{failure},"rotation_deg":0,'
        f'"width_pt":{width},"height_pt":9,"ocr_confidence":{confidence},"scan_turn_deg":0,'
        f'"words":"{text}"}}'
    )
    return frame(names.encode(), struct.pack(f"<{len(numbers)}i", *numbers))


@pytest.mark.parametrize(
    "output",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"not json\n", id="no JSON"),
        pytest.param(frame(HEAD % b"2"), id="no pages"),
        pytest.param(frame(HEAD % b'"2"'), id="no number of pages"),
        pytest.param(frame(HEAD % b"1000000000"), id="more pages than are read"),
        pytest.param(frame(HEAD % b"1") + page_frame() * 2, id="a page too many"),
        pytest.param(frame(b"[" * 100_000), id="deep nesting"),
        pytest.param(frame(HEAD % b"1") + frame(b"[" * 100_000), id="deep nesting in a page"),
        pytest.param(frame(b"\xff\xfe"), id="no text"),
        pytest.param(frame(HEAD % b"1") + page_frame(text="half \\ud800"), id="half a character"),
        pytest.param(frame(HEAD % b"1") + page_frame(text="two"), id="words without places"),
        pytest.param(frame(HEAD % b"1") + page_frame(source="elsewhere"), id="unknown source"),
        pytest.param(frame(HEAD % b"1") + page_frame(width="NaN"), id="no width"),
        pytest.param(frame(HEAD % b"1") + page_frame(failure="1"), id="unknown failure"),
        pytest.param(frame(HEAD % b"1") + page_frame(confidence="1.5"), id="surer than sure"),
        pytest.param(frame(HEAD % b"1") + page_frame(numbers=(9,)), id="numbers cut off"),
        pytest.param(
            frame(HEAD % b"1") + page_frame(numbers=(0, 0, -1, 1)), id="fewer than no edges"
        ),
        pytest.param(
            frame(HEAD % b"1") + page_frame(numbers=(0, 0, 1, 0, 2**30, 0, 0, 0)),
            id="an edge out of this world",
        ),
        pytest.param(
            frame(HEAD % b"1")
            + page_frame("a", numbers=(1, 1, 0, 0, 0, 0, 9, 9, 9, 0, 0, 1, 9, 0, 0, 9, 9, 0)),
            id="a word from right to left",
        ),
        pytest.param(
            frame(HEAD % b"1")
            + page_frame("a", numbers=(1, 1, 0, 0, 0, 0, 9, 9, 9, 0, 0, 2, 0, 0, 9, 9, 9, 0)),
            id="a line of more words than there are",
        ),
        pytest.param(
            frame(HEAD % b"1")
            + page_frame("a", numbers=(1, 1, 0, 0, 0, 0, 9, 9, 9, 7, 0, 1, 0, 0, 9, 9, 9, 0)),
            id="neither bold nor not",
        ),
    ],
)
def test_what_the_child_writes_is_not_trusted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, output: bytes
) -> None:
    def run_child(task: Task, *_: object) -> None:
        Path(task.target).write_bytes(output)

    monkeypatch.setattr(collect, "run_child", run_child)
    path = painted(tmp_path / "file.pdf", text("The panel met."))
    document = read_document(path).document
    assert document.status is DocumentStatus.QUARANTINED
    assert document.reason is not None
    assert document.reason.number == ReasonNumber.BAD_OUTPUT


def test_what_an_honest_child_writes_is_believed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The frames above are wrong in one thing each."""
    word = (1, 1, 0, 0, 0, 0, 900, 900, 900, 0, 0, 1, 0, 0, 900, 900, 900, 0)

    def run_child(task: Task, *_: object) -> None:
        page = page_frame("Panel", confidence="0.9", numbers=word)
        Path(task.target).write_bytes(frame(HEAD % b"1") + page)

    monkeypatch.setattr(collect, "run_child", run_child)
    (page,) = read_document(painted(tmp_path / "file.pdf", text("The panel met."))).pages
    assert [line.text for line in page.lines] == ["Panel"]
    assert page.ocr_confidence == 0.9

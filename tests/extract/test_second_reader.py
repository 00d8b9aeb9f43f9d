"""Damaged files are mended or read by the second reader; the two readers are compared."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from handmade import painted, text
from PIL import Image

from workbench.extract import (
    Extraction,
    ExtractSettings,
    OpinionSettings,
    collect,
    mend,
    read_document,
    render_pages,
)
from workbench.extract.head import PageRead
from workbench.extract.jail import Task, TaskName, run_child
from workbench.extract.reasons import ReasonNumber, reason
from workbench.extract.second.agreement import agreement, is_odd, pages_to_compare
from workbench.records import DocumentStatus, Line, Page, PageSource, Reason, Word

ALL_PAGES = replace(ExtractSettings(), opinion=OpinionSettings(every=1))
LINES = ("4.12 The panel heard that nobody had asked the family.", "Nine agencies met in May.") * 6


def texts(extraction: Extraction) -> list[str]:
    return [line.text for page in extraction.pages for line in page.lines]


def headless(folder: Path) -> Path:
    """A file that has lost its end, with all that says where things are."""
    content = painted(folder / "whole.pdf", *[text(*LINES)] * 3).read_bytes()
    (folder / "damaged.pdf").write_bytes(content[: content.index(b"\nxref\n") + 10])
    return folder / "damaged.pdf"


def test_a_file_that_pdfium_refuses_is_mended_by_rewriting_it(tmp_path: Path) -> None:
    extraction = read_document(headless(tmp_path))
    assert extraction.document.status is DocumentStatus.OK
    assert texts(extraction) == list(LINES) * 3
    assert extraction.document.warnings[0].startswith("damaged, and mended by rewriting it")


def test_the_pages_of_a_mended_file_are_painted(tmp_path: Path) -> None:
    images = render_pages(headless(tmp_path), [1, 3], tmp_path / "images")
    assert list(images) == [1, 3]
    with Image.open(images[3]) as image:
        assert np.asarray(image.convert("L")).min() < 100


def test_what_cannot_be_mended_is_read_by_the_second_reader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def without_pdfium(task: Task, *rest: object) -> Reason | None:
        if task.name in (TaskName.READ, TaskName.REWRITE):
            return reason(ReasonNumber.DAMAGED)
        return run_child(task, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(collect, "run_child", without_pdfium)
    monkeypatch.setattr(mend, "run_child", without_pdfium)
    extraction = read_document(painted(tmp_path / "file.pdf", *[text(*LINES)] * 2))
    assert texts(extraction) == list(LINES) * 2
    first, second = extraction.document.warnings
    assert first.startswith("damaged, and read by the second reader")
    assert second.startswith("page 1-2: read by pdfplumber")
    size = extraction.pages[0].lines[0].size_pt
    assert size == 11


def test_junk_before_the_header_is_told(tmp_path: Path) -> None:
    whole = painted(tmp_path / "whole.pdf", text(*LINES)).read_bytes()
    (tmp_path / "junk.pdf").write_bytes(b"x" * 1_500 + whole)
    warnings = read_document(tmp_path / "junk.pdf").document.warnings
    assert warnings == ("damaged, and mended: 1,500 bytes before its header were cut off",)


def test_a_refused_file_keeps_the_reason_of_the_first_reader(tmp_path: Path) -> None:
    (tmp_path / "noise.pdf").write_bytes(b"%PDF-1.7\n" + bytes(range(256)) * 40)
    document = read_document(tmp_path / "noise.pdf").document
    assert document.reason is not None
    assert document.reason.number == ReasonNumber.DAMAGED


def test_readers_that_agree_say_nothing(tmp_path: Path) -> None:
    document = read_document(painted(tmp_path / "file.pdf", text(*LINES)), ALL_PAGES).document
    assert document.warnings == ()


def test_readers_that_disagree_are_a_warning_of_that_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = read_document(painted(tmp_path / "other.pdf", text("Something else.", *LINES[:6])))

    def second(target: Path, document_id: str, numbers: list[int], settings: object) -> object:
        pages = [replace(other.pages[0], number=number) for number in numbers]
        return None, [PageRead(page=page) for page in pages]

    monkeypatch.setattr("workbench.extract.second.opinion.load_pages", second)
    path = painted(tmp_path / "file.pdf", text(*LINES), text("short"))
    settings = replace(ALL_PAGES, opinion=OpinionSettings(every=1, min_agreement=0.95))
    (warning,) = read_document(path, settings).document.warnings
    assert warning.startswith("page 1-2: two PDF readers disagree on its words (less than 95 %")


def page(words: list[str], number: int = 1, source: PageSource = PageSource.TEXT) -> Page:
    made = tuple(Word(word, 10, 10, 20, 20, 10) for word in words)
    line = Line(words=made, x0=10, top=10, x1=20, bottom=20, size_pt=10)
    return Page(
        document_id="0" * 64, number=number, label="", width_pt=595, height_pt=842,
        rotation_deg=0, source=source, lines=(line,) if words else (),
    )  # fmt: skip


SENTENCE = "the panel heard that nobody had asked the family what they wanted to do next"
PLAIN = SENTENCE.split()


@pytest.mark.parametrize(
    ("words", "odd"),
    [
        pytest.param(PLAIN * 10, False, id="plain"),
        pytest.param(list("".join(PLAIN * 3)), True, id="glyph by glyph"),
        pytest.param(["".join(PLAIN)] * 30, True, id="joined"),
        pytest.param([*PLAIN * 10, "\ufffd" * 9], True, id="unmapped"),
        pytest.param(PLAIN * 150, True, id="too many for the page"),
        pytest.param(["thr", "pnl", "hard", "tht", "nbdy", "asked"] * 30, True, id="no vowels"),
        pytest.param(["1", "2", "a"], False, id="too few to say"),
    ],
)
def test_odd_signals(words: list[str], odd: bool) -> None:
    assert is_odd(page(words), ExtractSettings()) is odd


def test_the_sample_depends_on_the_file_alone_and_odd_pages_are_limited() -> None:
    pages = [page(PLAIN * 10, number) for number in range(1, 2_001)]
    settings = replace(ExtractSettings(), opinion=OpinionSettings(every=50))
    sample = pages_to_compare(pages, settings)
    assert sample == pages_to_compare(pages, settings)
    assert 20 <= len(sample) <= 65
    odd = [page(list("".join(PLAIN)) * 3, number) for number in range(1, 100)]
    none = replace(ExtractSettings(), opinion=OpinionSettings(every=0, max_odd_pages=3))
    assert pages_to_compare(odd, none) == [1, 2, 3]
    assert pages_to_compare([page(PLAIN * 10, 1, PageSource.OCR)], settings) == []


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (["a", "b."], ["a,", "b"], 1.0),
        (["a", "b"], ["a", "c"], 0.5),
        (["a", "a"], ["a"], 2 / 3),
        ([], ["."], 1.0),
        (["a"], [], 0.0),
    ],
)
def test_agreement_is_f1_of_two_bags_of_words(
    left: list[str], right: list[str], expected: float
) -> None:
    assert agreement(left, right) == pytest.approx(expected)

"""Scanned pages are recognised, straightened, and say so."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from handmade import painted, text
from PIL import Image
from reportlab.pdfgen.canvas import Canvas
from scanning import TEXT_LINES, bound, picture, scanned

from workbench.extract import (
    Extraction,
    ExtractSettings,
    OcrSettings,
    ReasonNumber,
    read_document,
    render_pages,
)
from workbench.records import DocumentStatus, Page, PageSource

needs_tesseract = pytest.mark.skipif(
    shutil.which("tesseract") is None, reason="tesseract is not installed: make system"
)
OFF = replace(ExtractSettings(), ocr=OcrSettings(is_on=False))


def page_of_text(folder: Path, lines: Sequence[str] = TEXT_LINES) -> Path:
    return painted(folder / "text.pdf", text(*lines, font="Times-Roman", size=12))


def words_of(page: Page) -> list[str]:
    return [word.text for line in page.lines for word in line.words]


@pytest.fixture(scope="module")
def turned_ways(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Extraction]:
    """Four pages with the same text: askew, on its left side, on its head, on its right side."""
    folder = tmp_path_factory.mktemp("turned")
    image = picture(page_of_text(folder, TEXT_LINES * 3))
    pages = [
        scanned(image, skew_deg=2.0, noise=6.0),
        scanned(image, turn_deg=90),
        scanned(image, turn_deg=180, skew_deg=-1.0),
        scanned(image, turn_deg=270),
    ]
    path = bound(folder / "scan.pdf", pages)
    return path, read_document(path)


@needs_tesseract
def test_a_scan_ends_well_and_names_the_pages_that_were_recognised(
    turned_ways: tuple[Path, Extraction],
) -> None:
    document = turned_ways[1].document
    assert (document.status, document.reason) == (DocumentStatus.OK, None)
    assert document.warnings[0].startswith("page 1-4: a picture, its text recognised here")


@needs_tesseract
@pytest.mark.parametrize(
    ("index", "turn_deg"), [(0, 2.0), (1, 90.0), (2, 179.0), (3, 270.0)],
    ids=["askew", "left side", "head", "right side"],
)  # fmt: skip
def test_words_are_read_whichever_way_the_page_lies(
    turned_ways: tuple[Path, Extraction], index: int, turn_deg: float
) -> None:
    page = turned_ways[1].pages[index]
    expected = " ".join(TEXT_LINES * 3).split()
    found = words_of(page)
    assert page.source is PageSource.OCR
    assert page.scan_turn_deg == pytest.approx(turn_deg, abs=0.15)
    assert (page.width_pt, page.height_pt) == pytest.approx((595.2, 841.7), abs=1)
    assert len(set(expected) & set(found)) > 0.93 * len(set(expected))
    assert page.ocr_confidence is not None
    assert 0.8 < page.ocr_confidence <= 1
    assert all(line.size_pt == pytest.approx(12, abs=0.9) for line in page.lines)


@needs_tesseract
def test_boxes_lie_on_the_ink_of_the_page_image(
    turned_ways: tuple[Path, Extraction], tmp_path: Path
) -> None:
    path, extraction = turned_ways
    turns = {page.number: page.scan_turn_deg for page in extraction.pages}
    images = render_pages(path, [1, 2, 3, 4], tmp_path, turns_deg=turns)
    for page in extraction.pages:
        with Image.open(images[page.number]) as image:
            gray = np.asarray(image.convert("L"))
        scale = gray.shape[1] / page.width_pt
        assert gray.shape[0] == pytest.approx(page.height_pt * scale, abs=2)
        for line in page.lines:
            for word in line.words:
                rows = slice(round(word.top * scale), round(word.bottom * scale))
                assert gray[rows, round(word.x0 * scale) : round(word.x1 * scale)].min() < 130
            above = slice(round((line.top - 1.5) * scale), round((line.top + 0.3) * scale))
            strip = gray[above, round(line.x0 * scale) : round(line.x1 * scale)]
            assert (strip < 130).mean() < 0.02, line.text


@needs_tesseract
def test_rules_and_bars_of_a_scan_are_found_and_not_read_as_letters(tmp_path: Path) -> None:
    def form(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 12)
        for row, cells in enumerate((("Date", "Event"), ("12 May", "Seen at home"))):
            for column, cell in enumerate(cells):
                canvas.rect(72 + 120 * column, 640 - 30 * row, 120, 30)
                canvas.drawString(78 + 120 * column, 650 - 30 * row, cell)
        canvas.drawString(72, 500, "The mother was told by")
        canvas.rect(205, 496, 90, 15, fill=1)
        canvas.drawString(300, 500, "on the telephone.")

    path = bound(
        tmp_path / "scan.pdf",
        [scanned(picture(painted(tmp_path / "form.pdf", form)), skew_deg=0.6, noise=4.0)],
    )
    page = read_document(path).pages[0]
    lines = [line.text for line in page.lines]
    assert lines[:4] == ["Date", "Event", "12 May", "Seen at home"]
    assert " ".join(lines[4:]) == "The mother was told by on the telephone."
    upright = [edge for edge in page.edges if edge.bottom - edge.top > 50]
    level = [edge for edge in page.edges if edge.x1 - edge.x0 > 200]
    assert (len(upright), len(level)) == (3, 3)
    (bar,) = page.filled_boxes
    assert (bar.x1 - bar.x0, bar.bottom - bar.top) == pytest.approx((90, 15), abs=1.5)


@needs_tesseract
def test_only_the_pictures_of_a_mixed_document_are_recognised(tmp_path: Path) -> None:
    written = page_of_text(tmp_path)
    scan = bound(tmp_path / "scan.pdf", [scanned(picture(written, dpi=200), noise=3.0)], dpi=200)
    import pikepdf

    with pikepdf.open(written) as mixed, pikepdf.open(scan) as pictures:
        mixed.pages.extend(pictures.pages)
        mixed.save(tmp_path / "mixed.pdf")
    pages = read_document(tmp_path / "mixed.pdf").pages
    assert [page.source for page in pages] == [PageSource.TEXT, PageSource.OCR]
    assert [page.ocr_confidence is None for page in pages] == [True, False]
    assert words_of(pages[0]) == " ".join(TEXT_LINES).split()


@needs_tesseract
def test_a_picture_without_words_is_said_to_have_none(tmp_path: Path) -> None:
    photograph = Image.linear_gradient("L").resize((620, 877))
    document = read_document(bound(tmp_path / "photograph.pdf", [photograph])).document
    assert document.reason is not None
    assert document.reason.number == ReasonNumber.OCR_FAILED
    assert any("no words were recognised" in warning for warning in document.warnings)


@needs_tesseract
def test_a_page_whose_picture_shows_no_language_stays_garbled(tmp_path: Path) -> None:
    plain = "the panel heard that the mother had asked for help on several occasions"
    moved = "".join(chr(ord(char) - 29) if char > " " else " " for char in plain)
    document = read_document(painted(tmp_path / "moved.pdf", text(*[moved] * 3))).document
    assert document.reason is not None
    assert document.reason.number == ReasonNumber.GARBLED


@needs_tesseract
def test_a_page_whose_text_layer_lies_is_read_from_its_picture(tmp_path: Path) -> None:
    import pikepdf

    # The letters are drawn as they should be, and a table says that they are others.
    to_unicode = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap "
        b"1 begincodespacerange <00> <ff> endcodespacerange "
        b"1 beginbfrange <20> <7e> <0003> endbfrange endcmap end end"
    )
    with pikepdf.open(page_of_text(tmp_path, TEXT_LINES * 3)) as pdf:
        for font in pdf.pages[0].Resources.Font.values():
            font.ToUnicode = pdf.make_stream(to_unicode)
        pdf.save(tmp_path / "lying.pdf")
    assert read_document(tmp_path / "lying.pdf", OFF).pages[0].source is PageSource.GARBLED
    page = read_document(tmp_path / "lying.pdf").pages[0]
    assert page.source is PageSource.OCR
    assert len(set(words_of(page)) & set(" ".join(TEXT_LINES).split())) > 40


def test_recognition_can_be_switched_off(tmp_path: Path) -> None:
    path = bound(tmp_path / "scan.pdf", [picture(page_of_text(tmp_path))])
    document = read_document(path, OFF).document
    assert document.reason is not None
    assert document.reason.number == ReasonNumber.IMAGE_ONLY


def test_without_tesseract_the_reason_says_how_to_install_it(tmp_path: Path) -> None:
    path = bound(tmp_path / "scan.pdf", [picture(page_of_text(tmp_path))])
    missing = replace(ExtractSettings(), ocr=OcrSettings(program=str(tmp_path / "tesseract")))
    document = read_document(path, missing).document
    assert document.status is DocumentStatus.NEEDS_OCR
    assert document.reason is not None
    assert document.reason.number == ReasonNumber.OCR_MISSING
    assert "apt-get install tesseract-ocr" in document.reason.text


def test_a_tesseract_that_fails_leaves_the_page_a_picture(tmp_path: Path) -> None:
    program = tmp_path / "tesseract"
    program.write_text("#!/bin/sh\nexit 3\n")
    program.chmod(0o755)
    path = bound(tmp_path / "scan.pdf", [picture(page_of_text(tmp_path))])
    settings = replace(ExtractSettings(), ocr=OcrSettings(program=str(program)))
    document = read_document(path, settings).document
    assert document.status is DocumentStatus.NEEDS_OCR
    assert any("text recognition fails" in warning for warning in document.warnings)


@pytest.mark.parametrize("changed", [{"resolution_dpi": 20}, {"page_cpu_s": 0}])
def test_settings_that_cannot_be_are_refused(changed: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="must"):
        OcrSettings(**changed)  # type: ignore[arg-type]

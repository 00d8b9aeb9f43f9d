"""Word boxes lie where a rendered page has ink, and nowhere else is ink."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2 as pdfium
import pytest
from handmade import painted, text
from numpy.typing import NDArray
from reportlab.pdfgen.canvas import Canvas

from workbench.extract import read_document, render_pages
from workbench.records import Page, Word

SCALE = 3  # pixels per point
LINES = ("4.12 The panel heard, on 12 May, that nobody", "had asked (gypsy) Quay fjord.", "Why?")


def ink(path: Path) -> NDArray[np.bool_]:
    pdf = pdfium.PdfDocument(path)
    image = pdf[0].render(scale=SCALE, grayscale=True).to_numpy()
    pdf.close()
    return np.asarray(image).reshape(image.shape[:2]) < 128


def words_of(page: Page) -> list[Word]:
    return [word for line in page.lines for word in line.words]


def pixels(word: Word, shape: tuple[int, ...], margin_pt: float = 0.0) -> tuple[slice, slice]:
    top, left = (word.top - margin_pt) * SCALE, (word.x0 - margin_pt) * SCALE
    bottom, right = (word.bottom + margin_pt) * SCALE, (word.x1 + margin_pt) * SCALE
    rows = slice(max(0, round(top)), min(shape[0], round(bottom)))
    return rows, slice(max(0, round(left)), min(shape[1], round(right)))


def assert_words_cover_the_ink(path: Path, *, upright: bool = False) -> Page:
    """``upright``: the words run up or down the page as displayed."""
    page = read_document(path).pages[0]
    black = ink(path)
    assert black.shape == (round(page.height_pt * SCALE), round(page.width_pt * SCALE))
    left = black.copy()
    for word in words_of(page):
        found = black[pixels(word, black.shape)]
        along = np.flatnonzero(found.any(axis=1 if upright else 0))
        assert len(along), f"no ink under {word}"
        length = found.shape[0 if upright else 1]
        assert along[-1] - along[0] > 0.75 * length, f"longer than its ink: {word}"
        left[pixels(word, black.shape, margin_pt=0.7)] = False
    assert left.sum() == 0
    return page


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize(
    ("media", "crop"),
    [
        pytest.param((0, 0, 595, 842), None, id="plain"),
        pytest.param((0, 0, 595, 842), (30, 500, 590, 800), id="cropped"),
        pytest.param((-20, -40, 575, 802), None, id="origin elsewhere"),
        pytest.param((-20, -40, 575, 802), (10, 500, 900, 790), id="crop over the edge"),
    ],
)
def test_boxes_are_in_display_space(
    tmp_path: Path,
    rotation: int,
    media: tuple[int, int, int, int],
    crop: tuple[int, int, int, int] | None,
) -> None:
    with pikepdf.open(painted(tmp_path / "plain.pdf", text(*LINES))) as pdf:
        page = pdf.pages[0]
        page.obj.MediaBox = list(media)
        page.obj.Rotate = rotation
        if crop:
            page.obj.CropBox = list(crop)
        pdf.save(tmp_path / "page.pdf")
    found = assert_words_cover_the_ink(tmp_path / "page.pdf", upright=rotation in (90, 270))
    assert found.rotation_deg == rotation
    assert sorted(word.text for word in words_of(found)) == sorted(" ".join(LINES).split())


def test_a_landscape_page_made_by_turning_reads_from_left_to_right(tmp_path: Path) -> None:
    def sideways(canvas: Canvas) -> None:
        canvas.rotate(90)
        canvas.setFont("Times-Roman", 12)
        canvas.drawString(72, -100, "Agencies met in May and")
        canvas.drawString(72, -120, "again in June.")

    with pikepdf.open(painted(tmp_path / "upright.pdf", sideways)) as pdf:
        pdf.pages[0].obj.Rotate = 90
        pdf.save(tmp_path / "page.pdf")
    page = assert_words_cover_the_ink(tmp_path / "page.pdf")
    assert page.width_pt > page.height_pt
    assert [line.text for line in page.lines] == ["Agencies met in May and", "again in June."]


@pytest.mark.parametrize("scale", [0.5, 0.75, 1.0, 2.0])
def test_the_size_is_the_size_as_displayed(tmp_path: Path, scale: float) -> None:
    def scaled(canvas: Canvas) -> None:
        canvas.scale(scale, scale)
        canvas.setFont("Helvetica", 12)
        canvas.drawString(72 / scale, 700 / scale, "Scaled")

    page = assert_words_cover_the_ink(painted(tmp_path / "page.pdf", scaled))
    assert words_of(page)[0].size_pt == pytest.approx(12 * scale, abs=0.05)


def test_text_at_an_angle_has_one_box_around_it(tmp_path: Path) -> None:
    def stamped(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 30)
        canvas.translate(200, 300)
        canvas.rotate(45)
        canvas.drawString(0, 0, "CONFIDENTIAL")

    path = painted(tmp_path / "page.pdf", stamped)
    (word,) = words_of(read_document(path).pages[0])
    black = ink(path)
    rows, columns = np.nonzero(black)
    assert word.text == "CONFIDENTIAL"
    found = np.array([columns.min(), rows.min(), columns.max(), rows.max()]) / SCALE
    assert found == pytest.approx([word.x0, word.top, word.x1, word.bottom], abs=15)


def test_upright_margin_text_is_one_word_on_its_own_line(tmp_path: Path) -> None:
    def margin(canvas: Canvas) -> None:
        text("The panel met on four occasions.", "It heard nine agencies.")(canvas)
        canvas.translate(40, 700)
        canvas.rotate(90)
        canvas.drawString(0, 0, "DRAFT")

    page = read_document(painted(tmp_path / "page.pdf", margin)).pages[0]
    assert sorted(line.text for line in page.lines) == [
        "DRAFT", "It heard nine agencies.", "The panel met on four occasions.",
    ]  # fmt: skip


def test_page_images_have_their_origin_where_the_boxes_have_it(tmp_path: Path) -> None:
    from PIL import Image

    path = painted(tmp_path / "page.pdf", text(*LINES))
    page = read_document(path).pages[0]
    image = Image.open(render_pages(path, [1], tmp_path / "images")[1]).convert("L")
    scale = image.width / page.width_pt
    assert image.height == pytest.approx(page.height_pt * scale, abs=1.5)
    for word in words_of(page):
        box = (word.x0 * scale, word.top * scale, word.x1 * scale, word.bottom * scale)
        left, top, right, bottom = map(round, box)
        assert np.asarray(image.crop((left, top, right, bottom))).min() < 128, word
    assert image.getpixel((2, 2)) == 255

"""Rules of tables, dark boxes, pictures, labels."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from handmade import one_page, painted, stream, text
from page_reading import read_page, read_pages
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from workbench.records import Edge, PageSource

HEIGHT = 842.0
TABLE = [
    Edge(100, 142, 300, 142),
    Edge(100, 142, 100, 182),
    Edge(100, 182, 300, 182),
    Edge(300, 142, 300, 182),
]


def drawn(content: bytes, *more: bytes, resources: bytes = b"") -> list[Edge]:
    return sorted(read_page(one_page(stream(content), resources, *more)).edges)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"100 660 200 40 re S", id="a stroked rectangle"),
        pytest.param(b"100 660 m 300 660 l 300 700 l 100 700 l h S", id="a closed path"),
        pytest.param(
            b"100 700 m 300 700 l S 100 700 m 100 660 l S 100 660 m 300 660 l S"
            b" 300 700 m 300 660 l S",
            id="four strokes",
        ),
        pytest.param(
            b"100 699.5 200 1 re f 100 659.5 200 1 re f 99.5 660 1 40 re f 299.5 660 1 40 re f",
            id="thin filled rectangles",
        ),
        pytest.param(b"0.5 0 0 0.5 0 0 cm 200 1320 400 80 re S", id="scaled"),
        pytest.param(b".9 g 100 660 200 40 re f", id="shading"),
        pytest.param(
            b"100 660 m 100 660 100 700 100 700 c 100 700 300 700 300 700 c"
            b" 300 700 300 660 300 660 c 300 660 100 660 100 660 c S",
            id="curves that do not bend",
        ),
    ],
)
def test_the_sides_of_a_cell_are_edges(content: bytes) -> None:
    assert drawn(content) == sorted(TABLE)


def test_edges_of_a_form_are_placed_where_the_form_is() -> None:
    form = stream(
        b"0 0 200 40 re S",
        b"/Type/XObject/Subtype/Form/BBox[-1 -1 201 41]/Matrix[1 0 0 1 100 0]",
    )
    placed = drawn(b"q 1 0 0 1 0 660 cm /X Do Q", form, resources=b"/XObject<</X 6 0 R>>")
    assert placed == sorted(TABLE)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"1 g 100 660 200 40 re f", id="white on white"),
        pytest.param(b"100 660 200 40 re W n", id="a clip"),
        pytest.param(b"100 660 m 300 700 l S", id="a slanted stroke"),
        pytest.param(b"100 660 2 2 re S", id="a dot"),
        pytest.param(b"100 660 m 9000000 660 l S", id="a stroke out of this world"),
        pytest.param(b"0 0 595 842 re S", id="the frame of the page"),
    ],
)
def test_what_is_no_rule_is_no_edge(content: bytes) -> None:
    assert drawn(content) == []


@pytest.mark.parametrize(
    ("content", "n_boxes"),
    [
        pytest.param(b"0 g 100 690 60 12 re f", 1, id="black"),
        pytest.param(b".2 g 100 690 60 12 re f", 1, id="dark grey"),
        pytest.param(b".8 g 100 690 60 12 re f", 0, id="light shading"),
        pytest.param(b"0 g 100 690 60 1 re f", 0, id="a rule"),
        pytest.param(b"0 g 100 690 m 130 720 l 160 690 l f", 0, id="a triangle"),
        pytest.param(b"0 G 100 690 60 12 re S", 0, id="only stroked"),
    ],
)
def test_dark_boxes_may_be_redactions(content: bytes, n_boxes: int) -> None:
    boxes = read_page(one_page(stream(content))).filled_boxes
    assert boxes == (Edge(100, 140, 160, 152),) * n_boxes


BOX = b"0 g 100 688 100 20 re f "
HIDDEN = b"BT /F1 12 Tf 104 694 Td (Adult A) Tj ET "
WHITE = b"1 g BT /F1 12 Tf 104 694 Td (Date) Tj ET "


def test_words_under_a_dark_box_are_not_read_and_told() -> None:
    page = read_page(one_page(stream(b"BT /F1 12 Tf 60 694 Td (seen) Tj ET " + HIDDEN + BOX)))
    assert [line.text for line in page.lines] == ["seen"]
    assert page.filled_boxes == (Edge(100, 134, 200, 154),)
    assert page.warnings[0].startswith("words under dark boxes (2) are left out")


def test_words_on_a_dark_box_are_read_and_the_box_is_no_redaction() -> None:
    page = read_page(one_page(stream(BOX + WHITE)))
    assert [line.text for line in page.lines] == ["Date"]
    assert (page.filled_boxes, page.warnings) == ((), ())


def picture(share: float) -> Image.Image:
    return Image.new("L", (30, 40), int(200 * share))


@pytest.mark.parametrize(
    ("order", "source"),
    [
        pytest.param("picture, text", PageSource.TEXT, id="a background"),
        pytest.param("text, picture", PageSource.FOREIGN_OCR, id="text under a scan"),
        pytest.param("picture, unseen text", PageSource.FOREIGN_OCR, id="unseen text on a scan"),
    ],
)
def test_a_full_picture_is_a_scan_when_its_text_is_not_seen(
    tmp_path: Path, order: str, source: PageSource
) -> None:
    def paint(canvas: Canvas) -> None:
        for part in order.split(", "):
            if part == "picture":
                canvas.drawImage(ImageReader(picture(1)), 0, 0, 595, HEIGHT)
            else:
                words = canvas.beginText(72, 700)
                words.setTextRenderMode(3 if part == "unseen text" else 0)
                words.textLine("The panel met on four occasions and heard nine agencies.")
                canvas.drawText(words)

    assert read_page(painted(tmp_path / "page.pdf", paint)).source is source


def test_a_scan_in_strips_is_one_picture(tmp_path: Path) -> None:
    def strips(canvas: Canvas) -> None:
        for number in range(10):
            image = ImageReader(picture(number / 10))
            canvas.drawImage(image, 0, number * HEIGHT / 10, 595, HEIGHT / 10)

    assert read_page(painted(tmp_path / "page.pdf", strips)).source is PageSource.IMAGE_ONLY


def test_pages_carry_the_labels_that_the_file_gives_them(tmp_path: Path) -> None:
    path = painted(tmp_path / "plain.pdf", *[text("The panel met.")] * 4)
    with pikepdf.open(path) as pdf:
        pdf.Root.PageLabels = pikepdf.Dictionary(
            Nums=[0, pikepdf.Dictionary(S=pikepdf.Name.r), 2, pikepdf.Dictionary(S=pikepdf.Name.D)]
        )
        pdf.save(tmp_path / "labelled.pdf")
    pages = read_pages(tmp_path / "labelled.pdf")
    assert [page.label for page in pages] == ["i", "ii", "1", "2"]
    assert [page.number for page in pages] == [1, 2, 3, 4]


@pytest.mark.parametrize(("value", "n_warnings"), [("filled in", 1), ("", 0)])
def test_form_fields_that_are_filled_in_are_told(
    tmp_path: Path, value: str, n_warnings: int
) -> None:
    def form(canvas: Canvas) -> None:
        text("The coroner writes below.")(canvas)
        canvas.acroForm.textfield(name="concern", x=72, y=500, width=200, height=20, value=value)

    warnings = read_page(painted(tmp_path / "form.pdf", form)).warnings
    assert len(warnings) == n_warnings
    assert all("form fields that are filled in (1)" in warning for warning in warnings)

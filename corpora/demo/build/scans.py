"""Made reviews as a scanner leaves them: pictures of pages, with or without words beneath."""

from __future__ import annotations

import random
import re
from io import BytesIO
from typing import Any

import numpy as np
import pdfplumber
import pypdfium2
from PIL import Image, ImageFilter
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

SCAN_DPI = 130
SKEWS_DEGREES = (0.7, -0.5, 0.4, 0.9, -0.8, 0.3)
SEED = 20_240_601


def scanned(pdf: bytes, title: str) -> bytes:
    """The document as grey, noisy, slightly skewed pictures without a text layer."""
    generator = np.random.default_rng(SEED)
    images = []
    for number, page in enumerate(_rendered(pdf)):
        skew = SKEWS_DEGREES[number % len(SKEWS_DEGREES)]
        turned = page.rotate(skew, resample=Image.Resampling.BICUBIC, fillcolor=250)
        soft = turned.filter(ImageFilter.GaussianBlur(0.55))
        grain = generator.normal(0.0, 9.0, size=(soft.height, soft.width))
        shade = np.linspace(-10, 4, soft.width)[None, :]  # the lamp is weaker at one side
        grey = np.clip(np.asarray(soft, dtype=float) * 0.97 + grain + shade, 0, 255)
        images.append(Image.fromarray(_with_specks(grey.astype(np.uint8), generator)))
    return _bound(images, pdf, title, [])


def foreign_ocr(pdf: bytes, title: str, misread: dict[str, str]) -> bytes:
    """The document as clean pictures over somebody else's invisible text.

    Args:
        pdf: The set pages.
        title: Goes into the file's metadata.
        misread: Words and what the recognition made of them, everywhere.
    """
    lines = _lines(pdf, misread)
    return _bound(list(_rendered(pdf)), pdf, title, lines)


def _rendered(pdf: bytes) -> list[Image.Image]:
    document = pypdfium2.PdfDocument(pdf)
    return [page.render(scale=SCAN_DPI / 72).to_pil().convert("L") for page in document]


def _with_specks(grey: Any, generator: np.random.Generator) -> Any:  # noqa: ANN401
    for _ in range(60):
        y, x = generator.integers(4, grey.shape[0] - 4), generator.integers(4, grey.shape[1] - 4)
        size = int(generator.integers(1, 3))
        grey[y : y + size, x : x + size] = 60
    return grey


def _lines(pdf: bytes, misread: dict[str, str]) -> list[list[dict[str, Any]]]:
    chooser = random.Random(SEED)
    pages = []
    with pdfplumber.open(BytesIO(pdf)) as document:
        for page in document.pages:
            words = page.extract_words(x_tolerance_ratio=0.15)
            for word in words:
                word["text"] = word["text"].replace("(cid:127)", "\u2022")
                word["text"] = re.sub(r"[A-Za-z]+", lambda m: misread.get(m[0], m[0]), word["text"])
                word["x0"] += chooser.uniform(-0.6, 0.6)  # recognition places words roughly
            pages.append(words)
    return pages


def _bound(
    images: list[Image.Image], pdf: bytes, title: str, words: list[list[dict[str, Any]]]
) -> bytes:
    """The pictures as pages of the size of the original's, with invisible words if there are."""
    sizes = [page.get_size() for page in pypdfium2.PdfDocument(pdf)]
    buffer = BytesIO()
    canvas = Canvas(buffer, invariant=1)
    canvas.setTitle(title)
    for number, image in enumerate(images):
        wide, high = sizes[number]
        canvas.setPageSize((wide, high))
        packed = BytesIO()
        image.save(packed, "JPEG", quality=38)
        packed.seek(0)
        canvas.drawImage(ImageReader(packed), 0, 0, wide, high)
        for word in words[number] if words else ():
            _write_invisibly(canvas, word, high)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _write_invisibly(canvas: Canvas, word: dict[str, Any], page_height: float) -> None:
    size = (word["bottom"] - word["top"]) * 0.9
    text = canvas.beginText(word["x0"], page_height - word["bottom"] + 0.2 * size)
    text.setTextRenderMode(3)
    text.setFont("Times-Roman", size)
    natural = canvas.stringWidth(word["text"], "Times-Roman", size)
    if natural:
        text.setHorizScale(100 * (word["x1"] - word["x0"]) / natural)
    text.textOut(word["text"] + " ")
    canvas.drawText(text)

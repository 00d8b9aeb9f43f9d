"""Pages as a scanner leaves them: pictures, askew, turned, with noise."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
from PIL import Image, ImageFilter
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

A4_PT = (595.28, 841.89)
TEXT_LINES = (
    "4.3 The panel heard that nobody had asked the family what they wanted",
    "to happen next. Seven agencies had met on 12 May and again in June.",
    "4.4 The school nurse wrote to the surgery, and the letter was filed",
    "without being read by the doctor whom it was addressed to.",
)


def picture(pdf: Path | bytes, index: int = 0, dpi: int = 150) -> Image.Image:
    """A page of a file, in grey."""
    document = pdfium.PdfDocument(pdf)
    image: Image.Image = document[index].render(scale=dpi / 72, grayscale=True).to_pil()
    document.close()
    return image.convert("L")


def scanned(
    image: Image.Image,
    *,
    turn_deg: int = 0,
    skew_deg: float = 0.0,
    noise: float = 0.0,
    seed: int = 1,
) -> Image.Image:
    """The picture as it comes from a scanner: askew anticlockwise, then turned anticlockwise."""
    image = image.rotate(skew_deg, Image.Resampling.BICUBIC, fillcolor=255)
    image = image.rotate(turn_deg, expand=True)
    if not noise:
        return image
    soft = np.asarray(image.filter(ImageFilter.GaussianBlur(0.5)), dtype=float)
    grain = np.random.default_rng(seed).normal(0.0, noise, soft.shape)
    return Image.fromarray(np.clip(0.97 * soft + grain, 0, 255).astype(np.uint8))


def bound(path: Path, images: Sequence[Image.Image], dpi: int = 150) -> Path:
    """A PDF whose pages are these pictures."""
    canvas = Canvas(str(path), invariant=True)
    for image in images:
        packed = io.BytesIO()
        image.save(packed, "JPEG", quality=70)
        packed.seek(0)
        size = image.width * 72 / dpi, image.height * 72 / dpi
        canvas.setPageSize(size)
        canvas.drawImage(ImageReader(packed), 0, 0, *size)
        canvas.showPage()
    canvas.save()
    return path

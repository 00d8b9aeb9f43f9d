"""Page images, made inside the jail."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image

from workbench.extract.ocr.straighten import turned
from workbench.extract.settings import RenderSettings

_NEARLY_WHITE = 250


def paint_pages(
    pdf: pdfium.PdfDocument,
    numbers: Sequence[int],
    turns_deg: Mapping[int, float],
    folder: Path,
    settings: RenderSettings,
) -> None:
    """Write one ``N.png`` for each page number (from 1) that the file has and can be painted.

    An image appears under its name only when it is whole. Scans are turned clockwise by their
    turn, as they were before they were recognised.
    """
    for number in numbers:
        if not 1 <= number <= len(pdf):
            continue
        try:
            page = pdf[number - 1]
        except pdfium.PdfiumError:
            continue
        unfinished = folder / f"{number}.part"
        image = _paint(page, turns_deg.get(number, 0.0), settings)
        image.save(unfinished, "PNG", compress_level=6)
        unfinished.replace(folder / f"{number}.png")
        page.close()


def _paint(page: pdfium.PdfPage, turn_deg: float, settings: RenderSettings) -> Image.Image:
    """The page in a few colours: a quarter of the bytes, and text stays as crisp."""
    scale = min(settings.resolution_dpi / 72, settings.max_side_px / max(page.get_size()))
    image: Image.Image = page.render(scale=scale, rev_byteorder=True).to_pil().convert("RGB")
    if turn_deg:
        image = turned(image, turn_deg)
    image = image.quantize(settings.colours, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    # The palette is made of averages, which turns paper white into a faint grey.
    palette = image.getpalette() or []
    white = [palette[index : index + 3] for index in range(0, len(palette), 3)]
    white = [[255] * 3 if min(colour) >= _NEARLY_WHITE else colour for colour in white]
    image.putpalette([channel for colour in white for channel in colour])
    return image

"""Page images, made inside the jail."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image

from workbench.extract.settings import RenderSettings


def paint_pages(
    pdf: pdfium.PdfDocument, numbers: Sequence[int], folder: Path, settings: RenderSettings
) -> None:
    """Write one ``N.png`` for each page number (from 1) that the file has and can paint."""
    for number in numbers:
        if not 1 <= number <= len(pdf):
            continue
        try:
            page = pdf[number - 1]
        except pdfium.PdfiumError:
            continue
        scale = settings.resolution_dpi / 72
        scale = min(scale, settings.max_side_px / max(page.get_size()))
        image = page.render(scale=scale, rev_byteorder=True).to_pil().convert("RGB")
        page.close()
        palette = image.quantize(
            colors=settings.colours, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE
        )
        palette.save(folder / f"{number}.png", optimize=True)

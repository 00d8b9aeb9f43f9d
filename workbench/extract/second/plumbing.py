"""Pages as pdfplumber reads them. Runs inside the jail only."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from typing import Any

import pdfplumber

from workbench.extract.head import Head, PageRead
from workbench.extract.page.drawings import Drawings
from workbench.extract.page.lines import build_lines
from workbench.extract.page.reading import cut_to_length
from workbench.extract.page.triage import page_source
from workbench.extract.page.words import repaired
from workbench.extract.settings import ExtractSettings
from workbench.records import Edge, Page, Word

#: Gaps are judged by the size of type; the default, three points, glues small type together.
_GAP_PER_SIZE = 0.15
_BOLD = re.compile(r"bold|black|heavy|semibold|demi", re.IGNORECASE)
_WARNING = (
    "read by pdfplumber, because PDFium does not open this file: dark boxes were not looked for, "
    "so words under a redaction may be shown"
)


def open_pdf(content: bytes) -> Any:  # noqa: ANN401 - no types
    """The opened document; whatever goes wrong ends the child."""
    return pdfplumber.open(io.BytesIO(content))


def read_head(pdf: Any) -> Head:  # noqa: ANN401
    """The head of an opened file."""
    metadata = pdf.metadata or {}
    return Head(
        n_pages=len(pdf.pages),
        title=_text(metadata.get("Title")),
        producer=_text(metadata.get("Producer")),
        warnings=(),
    )


def read_pages(
    pdf: Any,  # noqa: ANN401
    document_id: str,
    numbers: Iterable[int],
    settings: ExtractSettings,
) -> Iterator[PageRead]:
    """The pages of these numbers (from 1)."""
    for number in numbers:
        page = pdf.pages[number - 1]
        words, _ = cut_to_length([word for word in _words(page) if _is_inside(word, page)])
        edges = [Edge(*_box(edge)) for edge in page.edges[: settings.max_page_drawings]]
        drawings = Drawings(edges=edges, image_share=_image_share(page), n_texts=1)
        yield PageRead(
            page=Page(
                document_id=document_id,
                number=number,
                label="",
                width_pt=round(float(page.width), 2),
                height_pt=round(float(page.height), 2),
                rotation_deg=(page.rotation or 0) % 360,
                source=page_source(words, drawings, settings),
                lines=build_lines(words, edges),
                edges=tuple(edges),
                warnings=(_WARNING,),
            )
        )
        page.close()


def _words(page: Any) -> Iterator[Word]:  # noqa: ANN401
    found = page.extract_words(x_tolerance_ratio=_GAP_PER_SIZE, extra_attrs=["size", "fontname"])
    for word in found:
        x0, top, x1, bottom = _box(word)
        size, bold = round(float(word["size"]), 2), bool(_BOLD.search(str(word["fontname"])))
        for text in repaired(word["text"]).split():
            yield Word(text, x0, top, x1, bottom, abs(size), bold)


def _is_inside(word: Word, page: Any) -> bool:  # noqa: ANN401
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return -1 < x < float(page.width) + 1 and -1 < y < float(page.height) + 1


def _box(found: dict[str, Any]) -> tuple[float, float, float, float]:
    x0, top, x1, bottom = (round(float(found[side]), 2) for side in ("x0", "top", "x1", "bottom"))
    return min(x0, x1), min(top, bottom), max(x0, x1), max(top, bottom)


def _image_share(page: Any) -> float:  # noqa: ANN401
    boxes = map(_box, page.images)
    covered = sum((x1 - x0) * (bottom - top) for x0, top, x1, bottom in boxes)
    area = float(page.width) * float(page.height)
    return min(1.0, covered / area) if area > 0 else 0.0


def _text(value: object) -> str:
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value or "")
    text = text.encode("utf-8", "replace").decode()
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())[:500]

"""What comes out of the jail, checked: the file may have taken the child over."""

from __future__ import annotations

import math
from pathlib import Path

from workbench.extract.head import Head
from workbench.extract.settings import ExtractSettings
from workbench.records import Edge, Line, Page, Word, codec

_MAX_COORDINATE_PT = 1e6


def load_pages(
    target: Path, document_id: str, settings: ExtractSettings
) -> tuple[Head, tuple[Page, ...]]:
    """The head and the pages that the child wrote.

    Raises:
        ValueError: It is not what an honest child writes.
    """
    if target.is_symlink() or target.stat().st_size > settings.max_output_bytes:
        raise ValueError("it is larger than allowed")
    try:
        with target.open("rb") as lines:
            head = codec.loads(Head, lines.readline())
            pages = tuple(codec.loads(Page, line) for line in lines)
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
    _check_head(head)
    for number, page in enumerate(pages, start=1):
        _check_page(page, document_id, number)
    if len(pages) != head.n_pages:
        raise ValueError(f"{len(pages)} pages came back of {head.n_pages}")
    return head, pages


def _check_head(head: Head) -> None:
    texts = (head.title, head.producer, *head.warnings)
    if type(head.n_pages) is not int or not all(type(text) is str for text in texts):
        raise ValueError("its head holds values of the wrong kind")


def _check_page(page: Page, document_id: str, number: int) -> None:
    if page.document_id != document_id or page.number != number:
        raise ValueError(f"page {number} is another one")
    texts = (page.label, *page.warnings)
    numbers = (page.width_pt, page.height_pt, page.rotation_deg)
    well = all(type(text) is str for text in texts) and all(map(_is_place, numbers))
    if not well or page.rotation_deg not in (0, 90, 180, 270):
        raise ValueError(f"page {number} holds values of the wrong kind")
    if not all(map(_is_edge, (*page.edges, *page.filled_boxes))):
        raise ValueError(f"page {number} holds a rule that cannot be")
    if not all(map(_is_line, page.lines)):
        raise ValueError(f"page {number} holds a line that cannot be")


def _is_line(line: Line) -> bool:
    return bool(
        line.words
        and all(map(_is_word, line.words))
        and all(map(_is_place, (line.x0, line.top, line.x1, line.bottom, line.size_pt)))
        and type(line.bold) is bool
    )


def _is_word(word: Word) -> bool:
    text, x0, top, x1, bottom, size, bold = word
    limit = _MAX_COORDINATE_PT
    try:
        return (
            type(text) is str
            and text.split() == [text]
            and type(bold) is bool
            and -limit < x0 <= x1 < limit
            and -limit < top <= bottom < limit
            and 0 <= size < limit
        )
    except TypeError:
        return False


def _is_edge(edge: Edge) -> bool:
    return all(map(_is_place, edge))


def _is_place(value: object) -> bool:
    return (
        type(value) in (int, float)
        and math.isfinite(value)  # type: ignore[arg-type]  # the line above says so
        and abs(value) < _MAX_COORDINATE_PT  # type: ignore[arg-type]
    )

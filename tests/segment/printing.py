"""Pages by hand: a small printer that sets words as Page records."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from workbench.records import Document, DocumentStatus, Edge, Line, Page, PageSource, Word
from workbench.segment import Segmentation, segment_document

WIDTH, HEIGHT = 595.0, 842.0
DOCUMENT_ID = "d" * 64


def line(  # noqa: PLR0913
    text: str,
    top: float,
    x0: float = 72.0,
    *,
    size: float = 11.0,
    bold: bool = False,
    tab: float = 0.0,
    raised: str = "",
) -> Line:
    """One printed line: half a type size for each letter, a quarter for a space.

    ``tab`` sets the text behind the first word at that place; ``raised`` hangs a small mark
    on the last word.
    """
    words: list[Word] = []
    at = x0
    for position, text_of_word in enumerate(text.split()):
        if position == 1 and tab:
            at = tab
        width = 0.5 * size * len(text_of_word)
        words.append(Word(text_of_word, at, top, at + width, top + size, size, bold))
        at += width + 0.25 * size
    if raised:
        end = words[-1].x1
        words.append(Word(raised, end, top - 1, end + 3, top + 0.5 * size, 0.55 * size, False))
    return of_words(words, size, bold=bold)


def of_words(words: Sequence[Word], size: float, *, bold: bool = False) -> Line:
    return Line(
        words=tuple(words),
        x0=words[0].x0,
        top=min(word.top for word in words),
        x1=max(word.x1 for word in words),
        bottom=max(word.bottom for word in words),
        size_pt=size,
        bold=bold,
    )


def paragraph(  # noqa: PLR0913
    text: str,
    top: float,
    x0: float = 72.0,
    *,
    size: float = 11.0,
    pitch: float = 14.0,
    right: float = 523.0,
    hang: float = 0.0,
) -> list[Line]:
    """Text broken into full lines; ``hang`` is the left edge of the text behind a number."""
    lines: list[Line] = []
    words = text.split()
    while words:
        left = x0 if not lines else (hang or x0)
        at, taken = left, 0
        for position, word in enumerate(words):
            if position == 1 and not lines and hang:
                at = hang
            width = 0.5 * size * len(word)
            if taken and at + width > right:
                break
            at += width + 0.25 * size
            taken += 1
        printed = " ".join(words[:taken])
        tab = hang if not lines else 0.0
        lines.append(line(printed, top + pitch * len(lines), left, size=size, tab=tab))
        words = words[taken:]
    return lines


def page(
    number: int,
    lines: Iterable[Line],
    edges: Iterable[Edge] = (),
    *,
    width: float = WIDTH,
    height: float = HEIGHT,
) -> Page:
    return Page(
        document_id=DOCUMENT_ID,
        number=number,
        label="",
        width_pt=width,
        height_pt=height,
        rotation_deg=0,
        source=PageSource.TEXT,
        lines=tuple(sorted(lines, key=lambda line: (line.top, line.x0))),
        edges=tuple(edges),
    )


def grid(lefts: Sequence[float], tops: Sequence[float]) -> list[Edge]:
    """Edges of a fully ruled table."""
    across = [Edge(lefts[0], top, lefts[-1], top) for top in tops]
    return across + [Edge(left, tops[0], left, tops[-1]) for left in lefts]


def segmented(*pages: Page) -> Segmentation:
    document = Document(
        document_id=DOCUMENT_ID, file_name="made.pdf", status=DocumentStatus.OK, n_pages=len(pages)
    )
    return segment_document(document, pages)

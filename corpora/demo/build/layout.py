"""Setting a manuscript into pages, and noting on which pages each block came to stand.

ReportLab's own frames have no footnotes and no sideways pages, so the filling of pages is done
here: one column after the other, footnotes at the foot of the page that refers to them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

import matplotlib
import reportlab
from flowables import block_flowables, font_names
from markup import Block
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

NOTE_RULE_PT = 9.0  # between text and footnotes


def register_fonts() -> None:
    """Make the fonts known that come with ReportLab (Vera) and matplotlib (DejaVu)."""
    vera = Path(reportlab.__file__).parent / "fonts"
    dejavu = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    for folder, names in (
        (vera, ("Vera", "VeraBd", "VeraIt")),
        (dejavu, ("DejaVuSerif", "DejaVuSerif-Bold", "DejaVuSerif-Italic")),
        (dejavu, ("DejaVuSans", "DejaVuSans-Bold", "DejaVuSans-Oblique")),
    ):
        for name in names:
            pdfmetrics.registerFont(TTFont(name, folder / f"{name}.ttf"))


@dataclass
class Setting:
    """The finished pages."""

    pdf: bytes
    n_pages: int
    pages_of: dict[int, set[int]]  # block index -> pages
    split_tables: set[int] = field(default_factory=set)  # head rows that are repeated


def set_pages(blocks: list[Block], style: Mapping[str, Any], title: str) -> Setting:
    """The manuscript as a PDF: set twice, so that the foot can give the number of pages."""
    first = _Pages(style, 0, title)
    first.fill(blocks)
    second = _Pages(style, first.number, title)
    second.fill(blocks)
    return Setting(second.finish(), second.number, second.pages_of, second.split_tables)


class _Pages:
    """The page that is being filled."""

    def __init__(self, style: Mapping[str, Any], n_pages: int, title: str) -> None:
        self.style, self.n_pages = style, n_pages
        self.buffer = BytesIO()
        self.canvas = Canvas(self.buffer, pagesize=style["page"], invariant=1)
        self.canvas.setTitle(title)
        self.canvas.setAuthor("Fictional document for software testing")
        self.number, self.column, self.rotated = 0, 0, False
        self.pages_of: dict[int, set[int]] = {}
        self.split_tables: set[int] = set()
        self.notes: list[Flowable] = []
        self.y = self.bottom = 0.0

    def fill(self, blocks: list[Block]) -> None:
        self._new_page()
        for item in self._items(blocks):
            if isinstance(item, Block):
                self.rotated = item.turn == "rotated"
                self._new_page()
            else:
                self._place(*item)

    def _items(
        self, blocks: list[Block]
    ) -> Iterator[Block | tuple[Flowable, list[Flowable], float]]:
        yield from block_flowables(blocks, self.style, self.pages_of, lambda: self.width)

    @property
    def width(self) -> float:
        """Width of a column in points."""
        left, right = self.style["margins"][:2]
        if self.rotated:  # the long side is now the width
            return float(self.style["page"][1] - 2 * 50)
        columns, gutter = self.style.get("columns", 1), self.style.get("gutter", 0)
        return float((self.style["page"][0] - left - right - (columns - 1) * gutter) / columns)

    @property
    def room(self) -> float:
        return self.y - self.bottom - self._notes_height(self.notes)

    def _notes_height(self, notes: list[Flowable]) -> float:
        heights = [note.wrap(self.width, 1000)[1] + 2 for note in notes]
        return sum(heights) + (NOTE_RULE_PT if notes else 0)

    def _new_page(self) -> None:
        if self.number:
            self._end_page()
        self.number += 1
        self.column = 0
        wide, high = self.style["page"]
        if self.rotated:  # draw in the upright space that a viewer shows after /Rotate
            self.canvas.setPageRotation(90)
            self.canvas.setPageSize((high, wide))  # ReportLab turns the page box once more
            self.canvas.transform(0, 1, -1, 0, wide, 0)
            wide, high = high, wide
        else:
            self.canvas.setPageRotation(0)
            self.canvas.setPageSize((wide, high))
        self.size = (wide, high)
        self._draw_running()
        self.y, self.bottom = high - self.style["margins"][2], self.style["margins"][3]

    def _end_page(self) -> None:
        y = self.bottom + self._notes_height(self.notes) - NOTE_RULE_PT
        if self.notes:
            self.canvas.setLineWidth(0.5)
            self.canvas.line(self._x(0), y + 4, self._x(0) + 130, y + 4)
        for note in self.notes:
            y -= note.wrap(self.width, 1000)[1] + 2
            note.drawOn(self.canvas, self._x(0), y)
        self.notes = []
        self.canvas.showPage()

    def _draw_running(self) -> None:
        wide, high = self.size
        names = font_names(self.style)
        self.canvas.setFont(names[0], 8)
        left, right = (50, 50) if self.rotated else self.style["margins"][:2]
        texts = {
            high - 36: self.style["header"] if self.number > 1 else ("", ""),
            34: self.style["footer"],
        }
        for y, pair in texts.items():
            start, end = (
                part.format(page=self.number, pages=self.n_pages) for part in pair
            )  # fmt: skip
            self.canvas.drawString(left, y, start)
            self.canvas.drawRightString(wide - right, y, end)

    def _x(self, column: int) -> float:
        left = 50 if self.rotated else self.style["margins"][0]
        return float(left + column * (self.width + self.style.get("gutter", 0)))

    def _next_column(self) -> None:
        if self.rotated or self.column + 1 >= self.style.get("columns", 1):
            self._new_page()
        else:
            self.column += 1
            self.y = self.size[1] - self.style["margins"][2]

    def _place(self, flowable: Flowable, notes: list[Flowable], keep: float) -> None:
        at_top = self.y == self.size[1] - self.style["margins"][2]
        space = 0 if at_top else flowable.getSpaceBefore()
        height = flowable.wrap(self.width, 10_000)[1]
        needed = height + space + keep
        extra = self._notes_height(self.notes + notes) - self._notes_height(self.notes)
        if needed + extra <= self.room:
            self._draw(flowable, height + space)
            self.notes += notes
            return
        parts = [] if notes or keep else flowable.split(self.width, self.room - space)
        if len(parts) == 2 and self.room - space > 0:
            self.split_tables |= {getattr(flowable, "head_index", -1)} - {-1, None}
            parts[1].head_index = getattr(flowable, "head_index", None)
            self._draw(parts[0], parts[0].wrap(self.width, 10_000)[1] + space)
            self._next_column()
            self._place(parts[1], [], 0)
        elif at_top:
            raise ValueError(f"a block is higher than the page: {flowable}")
        else:
            self._next_column()
            self._place(flowable, notes, keep)

    def _draw(self, flowable: Flowable, height: float) -> None:
        self.y -= height
        flowable.drawOn(self.canvas, self._x(self.column), self.y)
        self.y -= flowable.getSpaceAfter()

    def finish(self) -> bytes:
        """The bytes of the PDF."""
        self._end_page()
        self.canvas.save()
        return self.buffer.getvalue()

"""Blocks of a manuscript as ReportLab flowables that note the page on which they are drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any
from xml.sax.saxutils import escape

from markup import NOTE, Block
from reportlab.lib.colors import HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable, Paragraph, Table

FONTS = {
    "serif": ("Times-Roman", "Times-Bold", "Times-Italic"),
    "sans": ("Vera", "VeraBd", "VeraIt"),
    "dejavu": ("DejaVuSerif", "DejaVuSerif-Bold", "DejaVuSerif-Italic"),
}
HEADING_SIZES = {0: 2.0, 1: 1.4, 2: 1.15, 3: 1.0}
KEEP_PT = 46.0  # a heading wants this much of what follows it below itself
PagesOf = dict[int, set[int]]
Placed = tuple[Flowable, list[Flowable], float]  # with its footnotes, and the room to keep below


class NotedParagraph(Paragraph):
    """A paragraph that adds its page to ``pages_of`` when it is drawn."""

    index: int
    pages_of: PagesOf

    def drawOn(self, canvas: Any, x: float, y: float, _sW: float = 0) -> None:  # noqa: ANN401, N802, N803
        """Draw, and note the page."""
        self.pages_of.setdefault(self.index, set()).add(canvas.getPageNumber())
        super().drawOn(canvas, x, y, _sW)

    def split(self, availWidth: float, availHeight: float) -> list[Flowable]:  # noqa: N803
        """The parts, which go on noting."""
        parts = super().split(availWidth, availHeight)
        for part in parts:
            part.index, part.pages_of = self.index, self.pages_of
        return parts


def font_names(style: Mapping[str, Any]) -> tuple[str, str, str]:
    """Upright, bold and italic."""
    return FONTS[style["font"]]


def block_flowables(
    blocks: list[Block], style: Mapping[str, Any], pages_of: PagesOf, width: Callable[[], float]
) -> Iterator[Block | Placed]:
    """What is to be placed, in order; a page break comes as its block."""
    notes = {block.number: i for i, block in enumerate(blocks) if block.kind == "footnote"}
    index = 0
    while index < len(blocks):
        block = blocks[index]
        if block.kind == "break":
            yield block
        elif block.cells:
            last = index
            while (
                last + 1 < len(blocks) and blocks[last + 1].cells and not blocks[last + 1].is_head
            ):
                last += 1
            yield _table(blocks, range(index, last + 1), style, pages_of, width()), [], 0.0
            index = last
        elif block.kind != "footnote":
            below = [_noted(blocks[notes[n]], notes[n], style, pages_of) for n in block.notes]
            keep = KEEP_PT if block.kind in ("heading", "caption") else 0.0
            yield _noted(block, index, style, pages_of), below, keep
        index += 1


def _noted(block: Block, index: int, style: Mapping[str, Any], pages_of: PagesOf) -> Flowable:
    text = NOTE.sub(r"<super rise=3.5 size=7>\1</super>", escape(block.printed))
    bullet = block.number
    if block.kind == "bullet":
        bullet = block.number or "•"
    elif block.kind == "footnote":
        text, bullet = f"<super rise=3 size=6>{block.number}</super> {text}", None
    elif block.kind == "heading" and block.number:
        text, bullet = f"{escape(block.number)} {text}", None
    made = NotedParagraph(text, _paragraph_style(block, style), bulletText=bullet)
    made.index, made.pages_of = index, pages_of
    return made


def _paragraph_style(block: Block, style: Mapping[str, Any]) -> ParagraphStyle:
    upright, bold, italic = font_names(style)
    size, leading, indent = style["size"], style["leading"], style["number_indent"]
    made = ParagraphStyle(
        block.kind, fontName=upright, fontSize=size, leading=leading, spaceAfter=leading * 0.5,
        bulletFontName=upright, bulletFontSize=size, alignment=4 if style["justify"] else 0,
    )  # fmt: skip
    if block.kind == "heading":
        scale = HEADING_SIZES[block.level or 0]
        made.fontName, made.fontSize, made.leading = bold, size * scale, leading * scale
        made.textColor, made.alignment = HexColor(style["colour"]), 0
        made.spaceBefore = 0 if block.level == 0 else leading * 0.6
    elif block.kind == "bullet":
        made.leftIndent, made.bulletIndent = indent + 20, indent + 2
    elif block.kind == "quotation":
        made.fontName, made.leftIndent, made.rightIndent = italic, indent + 22, 22
    elif block.kind == "footnote":
        made.fontSize, made.leading, made.spaceAfter = size * 0.78, leading * 0.76, 0
    elif block.kind == "caption":
        made.fontName, made.spaceBefore = bold, leading * 0.4
    elif block.kind == "recommendation":
        made.leftIndent = max(indent, stringWidth(block.number or "", bold, size) + 10)
        made.bulletFontName = bold
    elif block.number:
        made.leftIndent = indent
    return made


def _table(
    blocks: list[Block], rows: range, style: Mapping[str, Any], pages_of: PagesOf, width: float
) -> Table:
    shares = blocks[rows[0]].shares
    widths = [width * share / sum(shares) for share in shares]
    data = [[_cell(blocks[i], i, n, style, pages_of) for n in range(len(shares))] for i in rows]
    has_head = blocks[rows[0]].is_head
    table = Table(data, colWidths=widths, repeatRows=1 if has_head else 0)
    colour = HexColor(style["colour"])
    rules = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("TOPPADDING", (0, 0), (-1, -1), 3),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
    ]
    if style["table"] == "ruled":
        rules.append(("GRID", (0, 0), (-1, -1), 0.6, HexColor("#444444")))
    else:
        rules.append(("LINEBELOW", (0, 0), (-1, -1), 0.4, HexColor("#999999")))
    if has_head:
        rules.append(("LINEBELOW", (0, 0), (-1, 0), 1.2, colour))
    table.setStyle(rules)
    table.spaceAfter = style["leading"]
    table.spaceBefore = 2
    table.head_index = rows[0] if has_head else None
    return table


def _cell(
    block: Block, index: int, column: int, style: Mapping[str, Any], pages_of: PagesOf
) -> Flowable:
    upright, bold, _ = font_names(style)
    size, leading = style["size"] * 0.9, style["leading"] * 0.88
    look = ParagraphStyle(
        "cell", fontName=bold if block.is_head else upright, fontSize=size, leading=leading
    )
    made = NotedParagraph(escape(block.cells[column]), look)
    made.index, made.pages_of = index, pages_of
    return made

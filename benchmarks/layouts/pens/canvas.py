"""Draw set pages with reportlab, in one of several modes that real producers have."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, pairwise
from pathlib import Path

from reportlab.lib.colors import HexColor
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from benchmarks.layouts.setting.breaking import Ink
from benchmarks.layouts.setting.fonts import EMBEDDED, Face, drawn, glyph_offsets, width_of
from benchmarks.layouts.setting.looks import House
from benchmarks.layouts.setting.pages import SetPage
from benchmarks.layouts.setting.strips import Stroke

MODES = ("lines", "spaced", "words", "glyphs", "kerned", "kerned_spaces")


def draw_canvas(pages: list[SetPage], house: House, path: Path) -> None:
    """Write the pages to a PDF file; the same pages give the same bytes."""
    canvas = Canvas(str(path), invariant=1, pageCompression=1)
    canvas.setTitle(house.title)
    canvas.setAuthor("Fictional document for software testing")
    for page in pages:
        sheet = page.sheet
        # The canvas itself exchanges width and height of a page that it rotates by a quarter.
        wide, high, bleed = sheet.width, sheet.height, sheet.bleed
        canvas.setPageSize((wide + 2 * bleed, high + 2 * bleed))
        if bleed:
            canvas.setCropBox((bleed, bleed, bleed + wide, bleed + high))
        canvas.setPageRotation(sheet.rotate)
        canvas.saveState()
        canvas.translate(bleed, bleed)
        turn(canvas, page)
        Pen(canvas, page, house).draw()
        canvas.restoreState()
        if bleed:
            slug(canvas, page.number, bleed)
        canvas.showPage()
    canvas.save()


def turn(canvas: Canvas, page: SetPage) -> None:
    """Make the canvas upright as the viewer shows it."""
    wide, high = page.sheet.width, page.sheet.height
    matrices = {90: (0, 1, -1, 0, high, 0), 180: (-1, 0, 0, -1, wide, high)}
    matrices[270] = (0, -1, 1, 0, 0, wide)
    if page.sheet.rotate:
        canvas.transform(*matrices[page.sheet.rotate])


def slug(canvas: Canvas, number: int, bleed: float) -> None:
    """Printer's marks outside the crop box, which no viewer shows."""
    canvas.setFont("Helvetica", 6)
    canvas.drawString(bleed, bleed / 3, f"Report_v7_proof.indd {number} outside the page")
    canvas.line(bleed, 0, bleed, bleed / 2)


class Pen:
    """Draws one page."""

    def __init__(self, canvas: Canvas, page: SetPage, house: House) -> None:
        self.canvas = canvas
        self.page = page
        self.house = house
        self.mode = house.drawing.mode
        self.high = page.sheet.height

    def draw(self) -> None:
        """Fills, rules, then words."""
        for stroke in sorted(self.page.strokes, key=lambda stroke: not stroke.filled):
            self.rule(stroke)
        for zone, inks in groupby(self.ordered(), key=lambda ink: ink.zone):
            self.zone(zone, list(inks))

    def ordered(self) -> list[Ink]:
        """The words in the order in which they are drawn."""
        inks, order = self.page.inks, self.house.drawing.order
        if order == "feet_first":
            return sorted(inks, key=lambda ink: ("foot", "head", "note", "body").index(ink.zone))
        if order == "rows":
            return sorted(inks, key=lambda ink: (round(ink.y), ink.x))
        if order == "bold_last":
            return sorted(inks, key=lambda ink: ink.runs[0][1].style == "b")
        return inks

    def zone(self, zone: str, inks: list[Ink]) -> None:
        """The words of a zone, as an artifact of the page where the file is tagged."""
        tagged = self.house.drawing.tagged
        if tagged:
            kind = {"head": "Header", "foot": "Footer"}.get(zone)
            artifact = f"/Artifact <</Type /Pagination /Subtype /{kind}>> BDC"
            self.canvas._code.append(artifact if kind else "/P <</MCID 0>> BDC")
        for line in chunks(inks):
            self.line(line)
            bold = line[0].runs[0][1].style == "b"
            if self.house.drawing.double_struck and bold:
                self.canvas.saveState()
                self.canvas.translate(0.25, 0)
                self.line(line)
                self.canvas.restoreState()
        if tagged:
            self.canvas._code.append("EMC")

    def line(self, inks: list[Ink]) -> None:
        """The words of one line in one face."""
        if inks[0].turn:
            self.canvas.saveState()
            self.canvas.translate(inks[0].x, self.high - inks[0].y)
            self.canvas.rotate(90)
            at = inks[0].y
            moved = [(ink, at - ink.y, 0.0) for ink in inks]
            self.words(moved)
            self.canvas.restoreState()
        else:
            self.words([(ink, ink.x, self.high - ink.y) for ink in inks])

    def words(self, placed: list[tuple[Ink, float, float]]) -> None:
        """Draw words of one line, each at its place."""
        joined = self.mode in ("lines", "kerned", "kerned_spaces")
        if joined and len(placed[0][0].runs) == 1:
            face = placed[0][0].runs[0][1]
            if self.mode == "lines" and not face.kerned:
                self.whole(placed, face)
            else:
                self.kerned(placed, face)
            return
        for k, (ink, x, y) in enumerate(placed):
            for n, (text, face, dx) in enumerate(ink.runs):
                end = n == len(ink.runs) - 1 and k < len(placed) - 1
                self.run(text, face, (x + dx, y), " " if end else "")

    def run(self, text: str, face: Face, at: tuple[float, float], space: str) -> None:
        """Draw one run: whole, or glyph by glyph."""
        self.ready(face)
        x, y = at
        if self.mode == "glyphs":
            for sign, offset in zip(drawn(text, face), glyph_offsets(text, face)[0], strict=True):
                self.canvas.drawString(x + offset, y, sign)
            return
        space = space if self.mode not in ("words", "glyphs") else ""
        self.canvas.drawString(x, y, drawn(text, face) + space, charSpace=face.tracking or None)

    def ready(self, face: Face) -> None:
        """Set font and colour."""
        self.canvas.setFillColor(HexColor(face.color))
        self.canvas.setFont(face.font, face.size)

    def whole(self, placed: list[tuple[Ink, float, float]], face: Face) -> None:
        """The line as one string; justified lines have wider spaces."""
        self.ready(face)
        words = [drawn(ink.text, face) for ink, _, _ in placed]
        text = self.canvas.beginText(placed[0][1], placed[0][2])
        if face.tracking:
            text.setCharSpace(face.tracking)
        if len(placed) > 1:
            (first, x0, _), (_, x1, _) = placed[0], placed[1]
            gap = x1 - x0 - first.width
            # Character space comes after the word and after the space too.
            text.setWordSpace(gap - width_of(" ", face) - 2 * face.tracking)
        text.textOut(" ".join(words))
        if face.tracking:
            text.setCharSpace(0)
        text.setWordSpace(0)
        self.canvas.drawText(text)

    def kerned(self, placed: list[tuple[Ink, float, float]], face: Face) -> None:
        """The line as one TJ array: kerning, and gaps with or without a space glyph."""
        self.ready(face)
        text = self.canvas.beginText(placed[0][1], placed[0][2])
        gaps = [b[1] - a[1] - a[0].width for a, b in pairwise(placed)]
        parts: list[tuple[str, float]] = []
        for (ink, _, _), gap in zip(placed, [*gaps, 0.0], strict=True):
            parts += kerned_parts(ink.text, face)
            if gap and self.mode == "kerned":
                parts.append(("", gap))
            elif gap:
                parts.append((" ", gap - width_of(" ", face)))
        text._code.append(array_of(self.canvas, parts, face))
        self.canvas.drawText(text)

    def rule(self, stroke: Stroke) -> None:
        """A filled rectangle, or a rule: stroked, as a thin rectangle, or in pieces."""
        canvas, kind = self.canvas, self.house.drawing.rules
        color = HexColor(stroke.color)
        wide, tall = stroke.x1 - stroke.x0, stroke.bottom - stroke.top
        canvas.setFillColor(color)
        canvas.setStrokeColor(color)
        canvas.setLineWidth(0.6)
        y = self.high - stroke.bottom
        if stroke.filled:
            canvas.rect(stroke.x0, y, wide, tall, stroke=0, fill=1)
        elif kind == "filled":
            canvas.rect(stroke.x0, y, max(wide, 0.5), max(tall, 0.5), stroke=0, fill=1)
        elif kind == "pieces" and wide > 60.0:
            for k in range(4):
                x = stroke.x0 + k * wide / 4
                canvas.line(x, y, x + wide / 4, y)
        else:
            canvas.line(stroke.x0, self.high - stroke.top, stroke.x1, y)


def chunks(inks: list[Ink]) -> Iterator[list[Ink]]:
    """Words that one operator may draw: of one line and one face."""
    for _, group in groupby(inks, key=lambda ink: (ink.line, ink.runs[0][1], ink.part)):
        yield list(group)


def kerned_parts(text: str, face: Face) -> list[tuple[str, float]]:
    """Glyphs with the extra advance (points) after each."""
    signs = drawn(text, face)
    offsets, width = glyph_offsets(text, face)
    ends = [*offsets[1:], width]
    return [
        (sign, end - start - pdfmetrics.stringWidth(sign, face.font, face.size))
        for sign, start, end in zip(signs, offsets, ends, strict=True)
    ]


def array_of(canvas: Canvas, parts: list[tuple[str, float]], face: Face) -> str:
    """A TJ operator; an embedded font changes to the subset that has the glyph."""
    code: list[str] = []
    held: list[str] = []
    font = pdfmetrics.getFont(face.font)

    def add(shown: str, extra: float) -> None:
        held.append(f"({shown})" if shown else "")
        if abs(extra) > 1e-6:
            held.append(f"{-extra * 1000 / face.size:.2f}")

    if face.family not in EMBEDDED:
        for sign, extra in parts:
            add(canvas._escape(sign.encode("cp1252").decode("latin-1")) if sign else "", extra)
        return "[" + "".join(f"{item} " for item in held) + "] TJ"
    subset = None
    for sign, extra in parts:
        for number, shown in font.splitString(sign, canvas._doc) if sign else ():
            if number != subset:
                code.append("[" + " ".join(held) + "] TJ" if held else "")
                held.clear()
                name = font.getSubsetInternalName(number, canvas._doc)
                code.append(f"{name} {face.size} Tf")
                subset = number
            add(canvas._escape(shown), 0.0)
        add("", extra)
    code.append("[" + " ".join(held) + "] TJ")
    return " ".join(part for part in code if part)

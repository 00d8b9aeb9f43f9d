"""Blocks to strips: bands of the page that hold one printed line each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import count

from benchmarks.layouts.setting.breaking import Ink, Manner, SetLine, runs_of, set_lines
from benchmarks.layouts.setting.fonts import Face, rise_and_drop, width_of
from benchmarks.layouts.setting.looks import House, Look
from benchmarks.layouts.story.blocks import Block, Token, tokens_of


@dataclass(slots=True, kw_only=True)
class Stroke:
    """A rule or a filled rectangle, relative until its page is set."""

    x0: float
    top: float
    x1: float
    bottom: float
    color: str = "#000000"
    filled: bool = False


@dataclass(slots=True, kw_only=True, eq=False)
class Frame:
    """What is drawn around the strips of one row or box, on each page anew."""

    x0: float
    x1: float
    uprights: tuple[float, ...] = ()
    top: bool = False
    bottom: bool = False
    fill: str = ""
    bar: str = ""
    closed: bool = True  # drawn at a page break too
    repeat: list[Strip] = field(default_factory=list)  # head strips for the next page
    table: int = 0


@dataclass(slots=True, kw_only=True, eq=False)
class Strip:
    """A band of the page. Its words lie relative to its top left corner."""

    height: float
    inks: list[Ink] = field(default_factory=list)
    strokes: list[Stroke] = field(default_factory=list)
    notes: list[Block] = field(default_factory=list)
    frame: Frame | None = None
    gap: float = 0.0  # above; dropped at the top of a column
    keep: bool = False  # stays with the next strip
    chapter: str = ""  # running heads take it up


class Setter:
    """Sets blocks in one house style, and knows what was printed for each."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.lines = count(1)
        self.tables = count(1)
        self.printed: dict[Block, str] = {}
        self.broken: set[Block] = set()  # blocks with a word broken at a line end

    def look(self, block: Block) -> Look:
        """The look of a block."""
        return self.house.looks[block.look or block.kind]

    def manner(self, look: Look) -> Manner:
        """How lines of a look are broken."""
        house = self.house
        hyphenate = house.hyphenate and not look.keep
        return Manner(
            face=house.face(look), align=look.align, hyphenate=hyphenate, hyphen=house.hyphen
        )

    def cased(self, tokens: Sequence[Token], look: Look) -> tuple[Token, ...]:
        """The tokens in capitals where the look wants them."""
        if not look.upper:
            return tuple(tokens)
        return tuple(token._replace(text=token.text.upper()) for token in tokens)

    def block(self, block: Block, width: float) -> list[Strip]:
        """The strips of a block of prose in a frame of the given width."""
        look = self.look(block)
        tokens = self.cased(block.tokens, look)
        label, face = block.bullet or block.number, self.number_face(look)
        label_width = width_of(label, face)
        start = look.first
        if label and look.number == "run_in":
            start = look.number_at - look.indent + label_width + 0.9 * look.size
        elif label and look.number_at + label_width + 2 > look.indent:
            start = look.number_at + label_width + 3 - look.indent

        def frame(n: int) -> tuple[float, float]:
            indent = look.indent + (start if n == 0 else 0.0)
            return indent, width - indent - look.right

        lines = set_lines(tokens, frame, self.manner(look))
        strips = [self.strip(line, look) for line in lines]
        if label:
            x = look.number_at
            if look.number == "tight":
                x = max(look.indent - label_width - 2.2, 0.0)
            strips[0].inks[:0] = self.label(block, look, x)
        self.finish(block, strips, look, any(line.broken for line in lines))
        if block.margin_note is not None:
            self.beside(block.margin_note, strips)
        return strips

    def label(self, block: Block, look: Look, x: float) -> list[Ink]:
        """The number or bullet of a block as words on one line."""
        face = self.number_face(look)
        inks: list[Ink] = []
        for word in (block.bullet or block.number).split():
            runs, width = runs_of(word, face)
            ink = Ink(text=word, runs=runs, x=x, y=self.baseline(look), width=width)
            ink.part = "bullet" if block.bullet else "number"
            ink.y -= 0.3 * look.size if look.number_raised else 0.0
            inks.append(ink)
            x += width + width_of(" ", face)
        self.on_line(inks)
        return inks

    def number_face(self, look: Look) -> Face:
        """The face of numbers and bullets beside a look."""
        face = self.house.face(look, look.number_style)
        face = replace(face, color=look.number_color or face.color, small_caps=False)
        return replace(face, size=face.size * 0.65) if look.number_raised else face

    def baseline(self, look: Look) -> float:
        """The baseline under the top of a strip."""
        rise, drop = rise_and_drop(self.house.face(look).font)
        spare = (look.leading - rise - drop) / 2
        return (spare + rise) * look.size

    def strip(self, line: SetLine, look: Look) -> Strip:
        """One printed line as a strip."""
        for ink in line.inks:
            ink.y += self.baseline(look)
        self.on_line(line.inks)
        return Strip(height=look.leading * look.size, inks=line.inks, notes=line.notes)

    def on_line(self, inks: list[Ink]) -> None:
        """Say that one operator may draw these words."""
        number = next(self.lines)
        for ink in inks:
            ink.line = number

    def finish(self, block: Block, strips: list[Strip], look: Look, broken: bool) -> None:
        """Mark the words with their block, set gaps, rules and what stays together."""
        for row, strip in enumerate(strips):
            strip.keep = look.keep or (row == 0 and len(strips) > 2)
            strip.keep = strip.keep or (row == len(strips) - 2 and len(strips) > 1)
            for ink in strip.inks:
                ink.block, ink.row = block, row
        strips[-1].keep = look.keep
        strips[0].gap = look.before
        if look.under:
            strips[-1].strokes.append(self.rule(strips[-1], look))
        if look.band:
            frame = Frame(x0=-4.0, x1=1e6, fill=look.band)
            for strip in strips:
                strip.frame = frame
        strips.append(Strip(height=look.after, keep=look.keep))
        if block.kind == "heading" and block.level == 1:
            strips[0].chapter = block.text
        self.printed[block] = block.text.upper() if look.upper or look.small_caps else block.text
        if broken:
            self.broken.add(block)

    def rule(self, strip: Strip, look: Look) -> Stroke:
        """The rule under a block, over the whole frame."""
        at = strip.height + 1.5
        return Stroke(x0=0.0, top=at, x1=1e6, bottom=at, color=look.under)

    def beside(self, note: Block, strips: list[Strip]) -> None:
        """Put a margin note at the left of a block, one line of it on each strip."""
        look = self.house.looks["margin_note"]
        lines = set_lines(note.tokens, lambda _: (-78.0, 66.0), self.manner(look))
        self.printed[note] = note.text
        for row, line in enumerate(lines[: len(strips)]):
            for ink in line.inks:
                ink.y += self.baseline(self.house.looks["paragraph"])
                ink.block, ink.row, ink.part = note, row, "margin_note"
            self.on_line(line.inks)
            strips[row].inks += line.inks

    def line(self, text: str, look: Look, part: str = "body") -> list[Ink]:
        """Words on one line from x 0 and baseline 0, of no block yet."""
        manner = replace(self.manner(look), align="left", hyphenate=False)
        inks = set_lines(tokens_of(text), lambda _: (0.0, 1e6), manner)[0].inks
        for ink in inks:
            ink.part = part
        self.on_line(inks)
        return inks

"""Pages: columns that take strips until they are full, notes at their foot, frames around rows."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from benchmarks.layouts.setting.breaking import Ink
from benchmarks.layouts.setting.looks import Sheet
from benchmarks.layouts.setting.strips import Frame, Setter, Strip, Stroke
from benchmarks.layouts.story.blocks import Block

NOTE_GAP = 10.0  # points between the text and the notes, where their rule stands


@dataclass(slots=True, kw_only=True)
class SetPage:
    """A finished page in display space: origin at the top left, points."""

    number: int
    sheet: Sheet
    label: str = ""
    front: bool = False
    chapter: str = ""
    columns: int = 1  # the most that the page has
    inks: list[Ink] = field(default_factory=list)
    strokes: list[Stroke] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Column:
    """A column of a page while it is filled, in the coordinates of the body."""

    x: float
    width: float
    top: float
    bottom: float
    y: float
    notes: list[Strip] = field(default_factory=list)
    frame: Frame | None = None
    frame_top: float = 0.0
    resumed: bool = False  # its frame began on the page before

    @property
    def room(self) -> float:
        """Points left for text above the notes."""
        return self.bottom - self.y - self.note_height(self.notes)

    @staticmethod
    def note_height(notes: list[Strip]) -> float:
        """The height of notes with the gap above them."""
        return sum(n.height for n in notes) + NOTE_GAP if notes else 0.0

    @property
    def fresh(self) -> bool:
        """Whether nothing stands in it yet."""
        return self.y == self.top


class Pager:
    """Takes strips, gives pages."""

    def __init__(self, setter: Setter, sheet: Sheet) -> None:
        self.setter = setter
        self.sheet = sheet
        self.pages: list[SetPage] = []
        self.columns: list[Column] = []
        self.at = 0  # the column that is filled
        self.n_columns = 1
        self.front = False
        self.chapter = ""
        self.carried: list[Strip] = []  # lines of a note for the next column
        self.new_page()

    # --- geometry

    def body(self) -> tuple[float, float]:
        """Width and height of the body of the sheet, as its text runs."""
        left, top, right, bottom = self.sheet.margins
        across, down = self.sheet.width - left - right, self.sheet.height - top - bottom
        return (down, across) if self.sheet.turned else (across, down)

    @property
    def width(self) -> float:
        """The width of the present columns."""
        across = self.body()[0]
        return (across - (self.n_columns - 1) * self.sheet.gutter) / self.n_columns

    def placed(self, x: float, y: float) -> tuple[float, float]:
        """A point of the body on the page."""
        left, top, right, bottom = self.sheet.margins
        if self.sheet.mirrored and self.pages[-1].number % 2 == 0:
            left = right
        if self.sheet.turned:
            return left + y, self.sheet.height - bottom - x
        return left + x, top + y

    # --- pages and columns

    def new_page(self) -> None:
        """Close the page, begin another."""
        self.close_columns()
        page = SetPage(number=len(self.pages) + 1, sheet=self.sheet, front=self.front)
        self.pages.append(page)
        self.open_columns(0.0)

    def open_columns(self, top: float) -> None:
        """Begin the columns at a height of the body."""
        step = self.width + self.sheet.gutter
        self.columns = [
            Column(x=k * step, width=self.width, top=top, bottom=self.body()[1], y=top)
            for k in range(self.n_columns)
        ]
        self.at = 0
        self.pages[-1].columns = max(self.pages[-1].columns, self.n_columns)
        self.take_carried()

    def take_carried(self) -> None:
        """Put what is left of a note at the foot of a new column."""
        self.columns[self.at].notes, self.carried = self.carried, []

    def close_columns(self) -> None:
        """Finish the notes and frames of all columns."""
        for column in self.columns:
            self.end_frame(column, broken=False)
            self.put_notes(column)
        self.columns = []

    def level_columns(self, strips: list[Strip]) -> None:
        """Make the columns as short as the strips allow, so that they end at one height."""
        total = sum(strip.height + strip.gap for strip in strips)
        notes = any(strip.notes for strip in strips)
        for column in self.columns:
            low = column.top + total / len(self.columns) + 40.0
            column.bottom = column.bottom if notes else min(column.bottom, low)

    def set_columns(self, n: int) -> None:
        """Go on with another number of columns, under what is there; notes need a new page."""
        if any(column.notes for column in self.columns):
            self.n_columns = n
            self.new_page()
            return
        low = max(column.y for column in self.columns)
        fresh = all(column.fresh for column in self.columns)
        self.close_columns()
        self.n_columns = n
        self.open_columns(low if fresh else low + 8.0)
        if self.columns[0].bottom - self.columns[0].y < 120.0:
            self.new_page()

    def next_column(self, strip: Strip) -> None:
        """Go on at the top of the next column or page; a table that goes on repeats its head."""
        column = self.columns[self.at]
        frame = column.frame
        self.end_frame(column, broken=True)
        if self.at + 1 < len(self.columns):
            self.at += 1
            self.take_carried()
        else:
            self.new_page()
        if frame is not None and strip.frame is not None and frame.table == strip.frame.table:
            for head in frame.repeat:
                self.put(replace(head, inks=[replace(ink) for ink in head.inks]))

    # --- strips

    def flow(self, strips: list[Strip]) -> None:
        """Place strips, keeping together what must stay together."""
        at = 0
        while at < len(strips):
            end = at
            while end + 1 < len(strips) and strips[end].keep:
                end += 1
            chain = strips[at : end + 1]
            full = self.body()[1] * 0.8
            if sum(s.height + s.gap for s in chain) > full:
                chain = strips[at : at + 1]
            column = self.columns[self.at]
            if not self.fits(chain) and not self.settled(column):
                if chain[0].inks or chain[0].strokes or chain[0].frame:
                    self.next_column(chain[0])
                else:
                    at += 1  # white space ends at the end of a column
                continue
            for strip in chain:
                self.put(strip)
            at += len(chain)

    def settled(self, column: Column) -> bool:
        """Whether the column holds nothing but, perhaps, the repeated head of a table."""
        head = column.frame.repeat if column.frame is not None else []
        return column.y - column.top <= sum(strip.height for strip in head) + 1.0

    def note_strips(self, notes: list[Block]) -> list[Strip]:
        """The lines of the notes that a strip calls."""
        width = self.columns[self.at].width
        return [s for note in notes for s in self.setter.block(note, width)]

    def fits(self, chain: list[Strip]) -> bool:
        """Whether the strips and their notes go into the column."""
        column = self.columns[self.at]
        need = sum(strip.height + strip.gap for strip in chain)
        notes = self.note_strips([note for strip in chain for note in strip.notes])
        split = self.setter.house.split_notes and len(notes) > 4
        asked = column.notes + (notes[:2] if split else notes)
        return column.y + need + Column.note_height(asked) <= column.bottom + 0.01

    def put(self, strip: Strip) -> None:
        """Place one strip in the column."""
        column = self.columns[self.at]
        if strip.frame is not column.frame:
            self.end_frame(column, broken=False)
        column.y += 0.0 if column.fresh else strip.gap
        if strip.frame is not None and column.frame is None:
            column.frame, column.frame_top = strip.frame, column.y
        page = self.pages[-1]
        if strip.chapter:
            page.chapter = page.chapter or strip.chapter
            self.chapter = strip.chapter
        page.chapter = page.chapter or self.chapter
        if not (column.fresh and not strip.inks and strip.frame is None):
            self.draw(strip, column, column.y, "body")
            column.y += strip.height
        self.take_notes(strip, column)

    def take_notes(self, strip: Strip, column: Column) -> None:
        """Put the notes of a strip at the foot; what does not fit is carried over."""
        for line in self.note_strips(strip.notes):
            grown = Column.note_height([*column.notes, line])
            if self.carried or column.y + grown > column.bottom + 0.01:
                self.carried.append(line)
            else:
                column.notes.append(line)

    def put_notes(self, column: Column) -> None:
        """Draw the notes at the foot of a column, and their rule."""
        share = self.setter.house.note_rule
        y = column.bottom - sum(note.height for note in column.notes)
        if column.notes and share:
            rule = Stroke(x0=0.0, top=-4.0, x1=share * column.width, bottom=-4.0)
            self.draw(Strip(height=0.0, strokes=[rule]), column, y, "note")
        for note in column.notes:
            self.draw(note, column, y, "note")
            y += note.height

    def draw(self, strip: Strip, column: Column, y: float, zone: str) -> None:
        """Put the words and rules of a strip on the page."""
        page = self.pages[-1]
        for ink in strip.inks:
            ink.zone = zone
            ink.turn = 90 if self.sheet.turned else 0
            ink.x, ink.y = self.placed(column.x + ink.x, y + ink.y)
            page.inks.append(ink)
        for stroke in strip.strokes:
            self.rule(replace(stroke, x1=min(stroke.x1, column.width)), column.x, y)

    def rule(self, stroke: Stroke, x: float, y: float) -> None:
        """Put a rule or a filled rectangle on the page."""
        x0, top = self.placed(x + stroke.x0, y + stroke.top)
        x1, bottom = self.placed(x + stroke.x1, y + stroke.bottom)
        box = (min(x0, x1), min(top, bottom), max(x0, x1), max(top, bottom))
        color, filled = stroke.color, stroke.filled
        self.pages[-1].strokes.append(
            Stroke(x0=box[0], top=box[1], x1=box[2], bottom=box[3], color=color, filled=filled)
        )

    def end_frame(self, column: Column, *, broken: bool) -> None:
        """Draw the frame around what stands in it on this page."""
        frame, column.frame = column.frame, None
        top, bottom = column.frame_top, column.y
        if frame is None or bottom - top < 1.0:
            return
        x1 = min(frame.x1, column.width)
        open_top, column.resumed = column.resumed and not frame.closed, broken
        sides: list[Stroke] = []
        if frame.fill:
            sides.append(Stroke(x0=frame.x0, top=top, x1=x1, bottom=bottom, color=frame.fill))
        if frame.bar:
            sides.append(Stroke(x0=0.0, top=top, x1=3.0, bottom=bottom, color=frame.bar))
        for side in sides:
            side.filled = True
        for x in frame.uprights:
            sides.append(Stroke(x0=x, top=top, x1=x, bottom=bottom))
        if frame.top and not open_top:
            sides.append(Stroke(x0=frame.x0, top=top, x1=x1, bottom=top))
        if frame.bottom and (frame.closed or not broken):
            sides.append(Stroke(x0=frame.x0, top=bottom, x1=x1, bottom=bottom))
        for side in sides:
            self.rule(side, column.x, 0.0)

"""Blocks of text before they are set: tokens, blocks and the items of a document's flow."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple


class Token(NamedTuple):
    """One word of a block, or a raised mark that stands at the word before it."""

    text: str
    style: str = "r"  # r, b, i, bi
    raised: bool = False
    note: Block | None = None  # the note that a raised mark calls
    break_after: bool = False  # a line ends here by order of the author


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Block:
    """A paragraph, heading, row or note: the unit that the truth tells of."""

    kind: str
    tokens: tuple[Token, ...] = ()
    cells: tuple[tuple[Token, ...], ...] = ()
    number: str = ""  # as printed
    bullet: str = ""  # the sign before a bullet
    level: int = 0
    role: str = ""  # section role, where the heading makes it plain
    look: str = ""  # the look it is set in; its kind by default
    margin_note: Block | None = None
    scored: bool = True  # its words always count; its boundaries only when scored
    traits: tuple[str, ...] = ()  # what it exercises: ruled, half_ruled, unruled, head, boxed ...
    also: tuple[tuple[str, str], ...] = ()  # other readings of number and text that are right too

    @property
    def text(self) -> str:
        """The text without number and note marks, cells joined by " | "."""
        if self.cells:
            return " | ".join(plain(cell) for cell in self.cells)
        return plain(self.tokens)


def plain(tokens: Iterable[Token]) -> str:
    """The tokens with one space between them, without raised marks."""
    return " ".join(token.text for token in tokens if not token.raised)


def tokens_of(text: str, style: str = "r") -> tuple[Token, ...]:
    """The words of a text as tokens."""
    return tuple(Token(word, style) for word in text.split())


@dataclass(slots=True, kw_only=True, eq=False)
class Table:
    """Rows of blocks with cells."""

    rows: list[Block]
    shares: tuple[float, ...]  # of the frame's width
    rules: str = "full"  # full, half (under each row), head (under the head only), none
    n_head: int = 1
    split_rows: bool = True
    repeat_head: bool = True
    zebra: bool = False
    dark_head: bool = False
    open_breaks: bool = False  # a split row has no rule at the page break


@dataclass(slots=True, kw_only=True, eq=False)
class Boxed:
    """Blocks inside a bordered or filled box, or under a coloured band, or beside a bar."""

    blocks: list[Block]
    border: bool = True
    fill: str = ""
    bar: str = ""  # colour of a bar at the left
    pad: float = 6.0


@dataclass(slots=True, kw_only=True, eq=False)
class FormRow:
    """A box of a form: a number in a narrow cell, prose in a wide one."""

    number: Block | None
    blocks: list[Block]


@dataclass(slots=True, kw_only=True, eq=False)
class Form:
    """A whole document inside one table."""

    rows: list[FormRow]
    narrow: float = 26.0


@dataclass(slots=True, kw_only=True, eq=False)
class Figure:
    """A bar chart with printed labels; the caption is a block of its own."""

    values: tuple[int, ...]
    labels: tuple[str, ...]
    block: Block
    height: float = 130.0


@dataclass(slots=True, kw_only=True, eq=False)
class Break:
    """A new page, a new sheet or another number of columns."""

    page: bool = False
    sheet: str = ""  # name of a sheet of the house
    columns: int = 0
    front: bool | None = None  # roman page numbers from here on, or the end of them
    chapter: str = ""


@dataclass(slots=True, kw_only=True, eq=False)
class Contents:
    """The place of the contents page; its lines follow from the headings."""

    depth: int = 2
    style: str = "dots"  # dots, spaced_dots, none, page_first, two_columns


Item = Block | Table | Boxed | Form | Figure | Break | Contents


@dataclass(slots=True, kw_only=True)
class Story:
    """A document before it is set."""

    title: str
    items: list[Item] = field(default_factory=list)

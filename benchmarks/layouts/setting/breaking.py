"""Tokens to printed lines: greedy breaking, hyphens at line ends, justified lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from benchmarks.layouts.setting.fonts import Face, hyphen_points, width_of
from benchmarks.layouts.story.blocks import Block, Token


@dataclass(slots=True, kw_only=True)
class Ink:
    """One printed word; x and y (the baseline) are relative until its page is set."""

    text: str
    runs: tuple[tuple[str, Face, float], ...]  # text, face, offset from x
    x: float
    y: float
    width: float
    part: str = "body"
    block: Block | None = None
    cell: int = 0
    row: int = 0  # line in its block or cell
    line: int = 0  # unique printed line: words that one operator may draw
    zone: str = "body"
    turn: int = 0  # 90: reads upwards on the page
    note: Block | None = None

    @property
    def size(self) -> float:
        """The size of the first run."""
        return self.runs[0][1].size


class Unit(NamedTuple):
    """A word with the marks that stand at it."""

    text: str
    token: Token
    marks: tuple[Token, ...]


class SetLine(NamedTuple):
    """A printed line: its words, and the notes that its marks call."""

    inks: list[Ink]
    notes: list[Block]
    broken: bool  # ends in a hyphen that repair takes away


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How lines are broken."""

    face: Face
    align: str = "left"
    hyphenate: bool = False
    hyphen: str = "-"
    mark_size: float = 0.62  # of the text's size


def styled(face: Face, style: str) -> Face:
    """The face in the style of a token; a bold or italic face keeps its own as well."""
    if style == "r" or style in face.style:
        return face
    joined = {face.style, style} - {"r"}
    return replace(face, style="bi" if len(joined) == 2 else style)


def runs_of(text: str, face: Face) -> tuple[tuple[tuple[str, Face, float], ...], float]:
    """The runs that draw a word, and its width. Small capitals take two sizes."""
    if not face.small_caps:
        return ((text, face, 0.0),), width_of(text, face)
    small = replace(face, size=face.size * 0.8)
    runs: list[tuple[str, Face, float]] = []
    at, start = 0.0, 0
    for place in range(1, len(text) + 1):
        if place == len(text) or text[place].islower() != text[start].islower():
            piece, own = text[start:place].upper(), small if text[start].islower() else face
            runs.append((piece, own, at))
            at += width_of(piece, own) + face.tracking
            start = place
    return tuple(runs), at - face.tracking


def units_of(tokens: Sequence[Token]) -> list[Unit]:
    """Words with their raised marks."""
    units: list[Unit] = []
    for token in tokens:
        if token.raised and units:
            units[-1] = units[-1]._replace(marks=(*units[-1].marks, token))
        else:
            units.append(Unit(token.text, token, ()))
    return units


def unit_width(unit: Unit, manner: Manner) -> float:
    """The width of a word with its marks."""
    face = styled(manner.face, unit.token.style)
    mark = replace(face, size=face.size * manner.mark_size)
    return runs_of(unit.text, face)[1] + sum(width_of(m.text, mark) for m in unit.marks)


def split_unit(unit: Unit, room: float, manner: Manner) -> tuple[Unit, Unit, bool] | None:
    """The longest beginning of a word that fits the room, its rest, and whether a hyphen came in.

    A word that has a hyphen is broken after it, whether the manner hyphenates or not.
    """
    if "-" in unit.text[1:-1]:
        points, sign = [at + 1 for at, s in enumerate(unit.text[:-1]) if s == "-" and at > 1], ""
    elif manner.hyphenate:
        points, sign = hyphen_points(unit.text), manner.hyphen
    else:
        return None
    for at in reversed(points):
        head = Unit(unit.text[:at] + sign, unit.token, ())
        if unit_width(head, manner) <= room:
            return head, Unit(unit.text[at:], unit.token, unit.marks), bool(sign)
    return None


def set_lines(
    tokens: Sequence[Token], frame: Callable[[int], tuple[float, float]], manner: Manner
) -> list[SetLine]:
    """Break tokens into lines. The frame gives left edge and width of the n-th line."""
    lines: list[SetLine] = []
    waiting = units_of(tokens)
    space = width_of(" ", manner.face) + manner.face.tracking
    while waiting:
        left, width = frame(len(lines))
        taken, used, broken = [waiting.pop(0)], 0.0, False
        used = unit_width(taken[0], manner)
        while waiting and not taken[-1].token.break_after:
            need = space + unit_width(waiting[0], manner)
            if used + need <= width:
                used += need
                taken.append(waiting.pop(0))
                continue
            parts = split_unit(waiting[0], width - used - space, manner)
            if parts is not None:
                taken.append(parts[0])
                used += space + unit_width(parts[0], manner)
                waiting[0] = parts[1]
                broken = parts[2]
            break
        ended = not waiting or taken[-1].token.break_after
        lines.append(_placed(taken, (left, width, used, space), manner, ended, broken))
    return lines


def _placed(
    units: list[Unit],
    measure: tuple[float, float, float, float],
    manner: Manner,
    last: bool,
    broken: bool,
) -> SetLine:
    left, width, used, space = measure
    gap = space
    if manner.align == "justify" and not last and len(units) > 1:
        gap += min((width - used) / (len(units) - 1), 3.5 * space)
    shift = {"right": width - used, "center": (width - used) / 2}.get(manner.align, 0.0)
    at = left + shift
    inks: list[Ink] = []
    notes: list[Block] = []
    for unit in units:
        face = styled(manner.face, unit.token.style)
        runs, wide = runs_of(unit.text, face)
        inks.append(Ink(text=_printed(runs), runs=runs, x=at, y=0.0, width=wide))
        at += wide
        for mark in unit.marks:
            small = replace(face, size=face.size * manner.mark_size, tracking=0.0)
            wide = width_of(mark.text, small)
            run = ((mark.text, small, 0.0),)
            rise = -0.36 * face.size
            inks.append(Ink(text=mark.text, runs=run, x=at, y=rise, width=wide, part="mark"))
            inks[-1].note = mark.note
            notes += [mark.note] if mark.note else []
            at += wide
        at += gap
    return SetLine(inks, notes, broken)


def _printed(runs: tuple[tuple[str, Face, float], ...]) -> str:
    return "".join(text for text, _, _ in runs)

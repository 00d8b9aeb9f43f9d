"""The words of a page with their boxes, from PDFium's character list.

One bulk call gives all characters; a word then costs a box call for its first and its last
glyph, one call for its size and one for its font. Only a word that bends (it runs over a line
end, or is set at an angle) or is implausibly wide is looked at glyph by glyph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from workbench.extract.page.frame import Frame
from workbench.extract.page.glyphs import GlyphBox, Glyphs
from workbench.records import Word

_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl",
              0xFB05: "st", 0xFB06: "st"}  # fmt: skip
_HYPHENS = {0xFFFE: "-", 0x02: "-"}  # PDFium's marks for a hyphen at a line end
# Bullets of the Symbol and Wingdings fonts arrive at their private code points.
_BULLETS = {0xF0B7: "•", 0xF0A7: "▪", 0xF0A8: "▪", 0xF06E: "▪", 0xF06C: "•", 0xF0D8: "➢",
            0xF0FC: "✓", 0xF0FE: "☑", 0xF0E0: "→", 0xF076: "❖", 0xF02D: "-"}  # fmt: skip
_DROPPED = dict.fromkeys((0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD))
_REPAIRS: dict[int, str | None] = {**_LIGATURES, **_HYPHENS, **_BULLETS, **_DROPPED}
_NEEDS_REPAIR = re.compile("[" + "".join(map(chr, _REPAIRS)) + "\ud800-\udfff]")
_WORD = re.compile(r"[^\s\x00\x01\x03-\x08\x0e-\x1b\x7f]+")
#: Neighbours on one baseline with a smaller gap (share of the height) are one word.
_MAX_GLUE = 0.13
#: A word this much wider (in heights) for each of its glyphs has a hole in it.
_MAX_ADVANCE = 1.3
#: A hole between two glyphs of one word (share of the height) that parts them.
_MIN_HOLE = 0.5


class _Run(NamedTuple):
    """Characters start to end (excluded) and their box in display space."""

    start: int
    end: int
    box: GlyphBox
    is_level: bool = True


def read_words(text_page: object, frame: Frame) -> list[Word]:
    """The visible words of a page in the order of the file, boxes in display space."""
    glyphs = Glyphs(text_page, frame)
    runs = (run for match in _WORD.finditer(glyphs.text) for run in _runs(glyphs, *match.span()))
    words = (_word(glyphs, *glued) for glued in _glue(glyphs, runs))
    width, height = frame.width_pt, frame.height_pt
    return [
        word
        for word in words
        if word.text
        and -1 < (word.x0 + word.x1) / 2 < width + 1
        and -1 < (word.top + word.bottom) / 2 < height + 1
    ]


def repaired(text: str) -> str:
    """Ligatures to letters, hyphen marks to hyphens, known bullets; soft hyphens inside dropped.

    A soft hyphen at the end of a word stands at a line end and is printed: it becomes "-".
    """
    if not _NEEDS_REPAIR.search(text):
        return text
    if text[-1] == "\u00ad" and len(text) > 1:
        text = text[:-1] + "-"
    # Two halves of one astral character arrive as two surrogates.
    text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text.translate(_REPAIRS)


def _runs(glyphs: Glyphs, start: int, end: int) -> Iterator[_Run]:
    """The pieces of text between two spaces: one, unless it runs over a line end."""
    first = glyphs.box(start)
    if end - start == 1:
        yield _Run(start, end, first)
        return
    last = glyphs.box(end - 1)
    height = first[3] - first[1]
    straight = abs(last[3] - first[3]) < 0.6 * height + 1 and last[2] >= first[2] - 0.5
    if straight and last[2] - first[0] <= _MAX_ADVANCE * height * (end - start) + 1:
        yield _Run(start, end, _union(first, last))
    elif glyphs.angle_deg(start) in range(3, 358):
        yield from _turned_runs(glyphs, start, end)
    else:
        yield from _bent_runs(glyphs, start, end)


def _bent_runs(glyphs: Glyphs, start: int, end: int) -> Iterator[_Run]:
    """Parts of level text between line ends and holes."""
    box, begin = glyphs.box(start), start
    for index in range(start + 1, end):
        glyph = glyphs.box(index)
        if glyph[2] <= glyph[0] and glyph[3] <= glyph[1]:
            continue
        height = box[3] - box[1]
        next_line = abs(glyph[3] - box[3]) > 0.6 * height + 1 or glyph[0] < box[0] - 1
        if next_line or glyph[0] - box[2] > _MIN_HOLE * height:
            yield _Run(begin, index, box)
            box, begin = glyph, index
        else:
            box = _union(box, glyph)
    yield _Run(begin, end, box)


def _turned_runs(glyphs: Glyphs, start: int, end: int) -> Iterator[_Run]:
    """Text at an angle: one box around all glyphs that follow each other closely."""
    box = previous = glyphs.box(start)
    begin = start
    for index in range(start + 1, end):
        glyph = glyphs.box(index)
        reach = max(previous[2] - previous[0], previous[3] - previous[1])
        if max(abs(glyph[0] - previous[0]), abs(glyph[1] - previous[1])) > 2.5 * reach + 1:
            yield _Run(begin, index, box, is_level=False)
            box, begin = glyph, index
        else:
            box = _union(box, glyph)
        previous = glyph
    yield _Run(begin, end, box, is_level=False)


def _glue(glyphs: Glyphs, runs: Iterator[_Run]) -> Iterator[tuple[str, _Run]]:
    """Join pieces that PDFium parted though nothing parts them on the page.

    Files drawn glyph by glyph need this. A space glyph in the file always parts.
    """
    text, held = "", None
    for run in runs:
        piece = glyphs.text[run.start : run.end]
        if held is not None and _touches(glyphs, held, run):
            text, held = text + piece, _Run(held.start, run.end, _union(held.box, run.box))
            continue
        if held is not None:
            yield text, held
        text, held = piece, run
    if held is not None:
        yield text, held


def _touches(glyphs: Glyphs, left: _Run, right: _Run) -> bool:
    height = left.box[3] - left.box[1]
    gap = right.box[0] - left.box[2]
    return (
        left.is_level
        and right.is_level
        and -0.5 * height < gap < _MAX_GLUE * height
        and abs(right.box[3] - left.box[3]) < 0.1 * height
        and abs(right.box[1] - left.box[1]) < 0.1 * height
        and right.box[2] > left.box[2]
        and all(glyphs.is_generated(index) for index in range(left.end, right.start))
    )


def _word(glyphs: Glyphs, text: str, run: _Run) -> Word:
    size = glyphs.size_pt(run.start, run.box[3] - run.box[1])
    box = glyphs.levelled(run.box, run.start, size) if run.is_level else run.box
    x0, top, x1, bottom = (round(value, 2) for value in box)
    return Word(repaired(text), x0, top, x1, bottom, size, glyphs.bold(run.start))


def _union(left: GlyphBox, right: GlyphBox) -> GlyphBox:
    return (
        min(left[0], right[0]),
        min(left[1], right[1]),
        max(left[2], right[2]),
        max(left[3], right[3]),
    )

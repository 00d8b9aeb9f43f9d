"""The words of a page with their boxes, from PDFium's character list.

One bulk call gives all characters; a word then costs a box call for its first and its last
glyph and one for its style. Only a word that bends (it runs over a line end, or is set at an
angle) or is implausibly wide is looked at glyph by glyph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from workbench.extract.page.frame import Frame
from workbench.extract.page.glyphs import GlyphBox, Glyphs, Style
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
#: Signs that a raised mark of a note is made of.
_MARKS = frozenset("0123456789*†‡§")
_MAX_MARK_SIZE = 0.8  # share of the size of the word it stands on
#: Neighbours on one baseline with a smaller gap (share of the size) are one word.
_MAX_GLUE = 0.15
#: A word this much wider (in sizes) for each of its glyphs has a hole in it.
_MAX_ADVANCE = 1.5
#: A hole between two glyphs of one word (share of the size) that parts them.
_MIN_HOLE = 0.5

#: Glyphs whose baselines differ by more (share of the size) stand on two lines.
_MIN_LEADING = 0.7

#: text, first character, end (excluded), box (top and bottom to 0.01), style of the first
#: character
_Run = tuple[str, int, int, GlyphBox, Style]


def read_words(text_page: object, frame: Frame) -> tuple[list[Word], int]:
    """The visible words of a page in the order of the file, boxes in display space.

    Returns:
        The words, and how many more lie outside the visible page and were left out.
    """
    max_x, max_y = frame.width_pt + 1, frame.height_pt + 1
    words, n_outside = [], 0
    glyphs = Glyphs(text_page, frame)
    needs_repair = _NEEDS_REPAIR.search(glyphs.text)
    for text, _, _, (x0, top, x1, bottom), style in _glued(glyphs):
        if needs_repair:
            text = repaired(text)
            if not text:
                continue
        if x1 < x0:  # a damaged font may have widths below zero
            x0, x1 = x1, x0
        if not (-2 < x0 + x1 < 2 * max_x and -2 < top + bottom < 2 * max_y):
            n_outside += 1
            continue
        words.append(
            Word(
                text,
                round(max(x0, -max_x), 2), max(top, -max_y),
                round(min(x1, 2 * max_x), 2), min(bottom, 2 * max_y),
                style.size_pt, style.bold,
            )
        )  # fmt: skip
    return words, n_outside


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


def _glued(glyphs: Glyphs) -> Iterator[_Run]:
    """Join pieces that PDFium parted though nothing parts them on the page.

    Files drawn glyph by glyph need this. A space glyph in the file always parts, and so does
    a gap inside one drawn string: there the writer meant it.
    """
    held: _Run | None = None
    for match in _WORD.finditer(glyphs.text):
        for run in _runs(glyphs, match.group(), match.start(), match.end()):
            if held is not None:
                is_near = run[3][0] - held[3][2] < _MAX_GLUE * held[4].size_pt
                if is_near and _touch(glyphs, held, run):
                    held = (held[0] + run[0], held[1], run[2], _union(held[3], run[3]), held[4])
                    continue
                yield held
            held = run
    if held is not None:
        yield held


def _touch(glyphs: Glyphs, left: _Run, right: _Run) -> bool:
    style, next_style = left[4], right[4]
    size = style.size_pt
    return (
        style.is_level
        and next_style.is_level
        and style.string != next_style.string
        and -0.5 * size < right[3][0] - left[3][2] < _MAX_GLUE * size
        and right[3][2] > left[3][2]
        and abs(next_style.bottom - style.bottom) < 0.1 * size
        and abs(next_style.top - style.top) < 0.1 * size
        and all(glyphs.is_generated(index) for index in range(left[2], right[1]))
    )


def _runs(glyphs: Glyphs, text: str, start: int, end: int) -> tuple[_Run, ...]:
    """The pieces of what stands between two spaces: one, unless it bends or bears a mark."""
    style, box = glyphs.style(start), glyphs.box(start)
    x0, x1, top, bottom = box[0], box[2], style.top, style.bottom
    if end - start > 1:
        last_box, size = glyphs.box(end - 1), style.size_pt
        x1 = last_box[2]
        # Glyphs that stand equally low are set alike: this saves a call for most words.
        last_style = style if last_box[3] == box[3] else glyphs.style(end - 1)
        if not style.is_level:
            return tuple(_turned_runs(glyphs, start, end))
        if abs(last_style.bottom - bottom) > _MIN_LEADING * size or not (
            box[2] - 0.5 <= x1 < x0 + _MAX_ADVANCE * size * (end - start) + 1
        ):
            return tuple(_bent_runs(glyphs, start, end))
        if style is not last_style:
            parts = _parted_from_mark(glyphs, start, end)
            if parts:
                return parts
            top, bottom = min(top, last_style.top), max(bottom, last_style.bottom)
    elif not style.is_level:
        _, top, _, bottom = _rounded(box)
    return ((text, start, end, (x0, top, x1, bottom), style),)


def _parted_from_mark(glyphs: Glyphs, start: int, end: int) -> tuple[_Run, ...]:
    """The word and the smaller mark before or after it; nothing when there is no such mark."""
    first, last = glyphs.style(start), glyphs.style(end - 1)
    if last.size_pt < _MAX_MARK_SIZE * first.size_pt:
        cut = end - 1
        while cut > start + 1 and glyphs.style(cut - 1).size_pt == last.size_pt:
            cut -= 1
        mark = glyphs.text[cut:end]
    elif first.size_pt < _MAX_MARK_SIZE * last.size_pt:
        cut = start + 1
        while cut < end - 1 and glyphs.style(cut).size_pt == first.size_pt:
            cut += 1
        mark = glyphs.text[start:cut]
    else:
        return ()
    if not _MARKS.issuperset(mark):
        return ()
    return _level_run(glyphs, start, cut), _level_run(glyphs, cut, end)


def _level_run(glyphs: Glyphs, start: int, end: int) -> _Run:
    style, last_style = glyphs.style(start), glyphs.style(end - 1)
    box = (
        glyphs.box(start)[0], min(style.top, last_style.top),
        glyphs.box(end - 1)[2], max(style.bottom, last_style.bottom),
    )  # fmt: skip
    return (glyphs.text[start:end], start, end, box, style)


def _bent_runs(glyphs: Glyphs, start: int, end: int) -> Iterator[_Run]:
    """Parts of level text between line ends and holes."""
    begin, style = start, glyphs.style(start)
    x0, _, x1, _ = glyphs.box(start)
    for index in range(start + 1, end):
        left, top, right, bottom = glyphs.box(index)
        if right <= left and bottom <= top:
            continue
        size, next_style = style.size_pt, glyphs.style(index)
        next_line = abs(next_style.bottom - style.bottom) > _MIN_LEADING * size or left < x0 - 1
        if next_line or left - x1 > _MIN_HOLE * size:
            yield _level_run(glyphs, begin, index)
            begin, style, x0 = index, next_style, left
        x1 = right
    yield _level_run(glyphs, begin, end)


def _turned_runs(glyphs: Glyphs, start: int, end: int) -> Iterator[_Run]:
    """Text at an angle: one box around all glyphs that follow each other closely."""
    box = previous = glyphs.box(start)
    begin = start
    for index in range(start + 1, end):
        glyph = glyphs.box(index)
        reach = max(previous[2] - previous[0], previous[3] - previous[1])
        if max(abs(glyph[0] - previous[0]), abs(glyph[1] - previous[1])) > 2.5 * reach + 1:
            yield (glyphs.text[begin:index], begin, index, _rounded(box), glyphs.style(begin))
            box, begin = glyph, index
        else:
            box = _union(box, glyph)
        previous = glyph
    yield (glyphs.text[begin:end], begin, end, _rounded(box), glyphs.style(begin))


def _rounded(box: GlyphBox) -> GlyphBox:
    x0, top, x1, bottom = box
    return (x0, round(top, 2), x1, round(bottom, 2))


def _union(left: GlyphBox, right: GlyphBox) -> GlyphBox:
    return (
        min(left[0], right[0]),
        min(left[1], right[1]),
        max(left[2], right[2]),
        max(left[3], right[3]),
    )

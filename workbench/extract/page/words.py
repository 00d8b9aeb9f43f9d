"""The words of a page with their boxes, from PDFium's character list.

One bulk call gives all characters; a word then costs a box call for its first and its last
glyph and one for its style. Only a word that bends (it runs over a line end, or is set at an
angle) or is implausibly wide is looked at glyph by glyph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

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
#: Signs that a raised mark of a note is made of.
_MARKS = frozenset("0123456789*†‡§")
_MAX_MARK_SIZE = 0.8  # share of the size of the word it stands on
#: Neighbours on one baseline with a smaller gap (share of the height) are one word.
_MAX_GLUE = 0.13
#: A word this much wider (in heights) for each of its glyphs has a hole in it.
_MAX_ADVANCE = 1.3
#: A hole between two glyphs of one word (share of the height) that parts them.
_MIN_HOLE = 0.5

#: text, first character, end (excluded), box, whether the text is level
_Run = tuple[str, int, int, GlyphBox, bool]


def read_words(text_page: object, frame: Frame) -> list[Word]:
    """The visible words of a page in the order of the file, boxes in display space."""
    glyphs = Glyphs(text_page, frame)
    max_x, max_y = frame.width_pt + 1, frame.height_pt + 1
    words = []
    for run in _glued(glyphs):
        word = _word(glyphs, run)
        inside = -1 < (word.x0 + word.x1) / 2 < max_x and -1 < (word.top + word.bottom) / 2 < max_y
        if inside and word.text:
            words.append(word)
    return words


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

    Files drawn glyph by glyph need this. A space glyph in the file always parts.
    """
    held: _Run | None = None
    for match in _WORD.finditer(glyphs.text):
        for run in _runs(glyphs, match.group(), match.start(), match.end()):
            if held is not None:
                if run[3][0] - held[3][2] < 4 and _touch(glyphs, held, run):
                    box = _union(held[3], run[3])
                    held = (held[0] + run[0], held[1], run[2], box, True)
                    continue
                yield held
            held = run
    if held is not None:
        yield held


def _touch(glyphs: Glyphs, left: _Run, right: _Run) -> bool:
    box, next_box = left[3], right[3]
    height = box[3] - box[1]
    return (
        left[4]
        and right[4]
        and -0.5 * height < next_box[0] - box[2] < _MAX_GLUE * height
        and abs(next_box[3] - box[3]) < 0.1 * height
        and abs(next_box[1] - box[1]) < 0.1 * height
        and next_box[2] > box[2]
        and all(glyphs.is_generated(index) for index in range(left[2], right[1]))
    )


def _runs(glyphs: Glyphs, text: str, start: int, end: int) -> tuple[_Run, ...]:
    """The pieces of what stands between two spaces: one, unless it bends or bears a mark."""
    first = glyphs.box(start)
    if end - start == 1:
        return ((text, start, end, first, True),)
    last = glyphs.box(end - 1)
    height = first[3] - first[1]
    straight = abs(last[3] - first[3]) < 0.6 * height + 1 and last[2] >= first[2] - 0.5
    if not straight or last[2] - first[0] > _MAX_ADVANCE * height * (end - start) + 1:
        turned = 3 <= glyphs.angle_deg(start) <= 357
        runs = _turned_runs if turned else _bent_runs
        return tuple(runs(glyphs, start, end))
    if (text[-1] in _MARKS) != (text[0] in _MARKS) or text[-1] in _MARKS:
        parts = _parted_from_mark(glyphs, start, end)
        if parts:
            return parts
    return ((text, start, end, _union(first, last), True),)


def _parted_from_mark(glyphs: Glyphs, start: int, end: int) -> tuple[_Run, ...]:
    """The word and the smaller mark before or after it; nothing when there is no such mark."""
    first, last = glyphs.text_object(start), glyphs.text_object(end - 1)
    if first == last:
        return ()
    sizes = [
        glyphs.style(index, box[3] - box[1]).size_pt
        for index, box in ((start, glyphs.box(start)), (end - 1, glyphs.box(end - 1)))
    ]
    if sizes[1] < _MAX_MARK_SIZE * sizes[0]:
        cut = end - 1
        while glyphs.text_object(cut - 1) == last:
            cut -= 1
        mark = range(cut, end)
    elif sizes[0] < _MAX_MARK_SIZE * sizes[1]:
        cut = start + 1
        while glyphs.text_object(cut) == first:
            cut += 1
        mark = range(start, cut)
    else:
        return ()
    if not _MARKS.issuperset(glyphs.text[index] for index in mark):
        return ()
    return _level_run(glyphs, start, cut), _level_run(glyphs, cut, end)


def _level_run(glyphs: Glyphs, start: int, end: int) -> _Run:
    box = _union(glyphs.box(start), glyphs.box(end - 1))
    return (glyphs.text[start:end], start, end, box, True)


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
            yield (glyphs.text[begin:index], begin, index, box, True)
            box, begin = glyph, index
        else:
            box = _union(box, glyph)
    yield (glyphs.text[begin:end], begin, end, box, True)


def _turned_runs(glyphs: Glyphs, start: int, end: int) -> Iterator[_Run]:
    """Text at an angle: one box around all glyphs that follow each other closely."""
    box = previous = glyphs.box(start)
    begin = start
    for index in range(start + 1, end):
        glyph = glyphs.box(index)
        reach = max(previous[2] - previous[0], previous[3] - previous[1])
        if max(abs(glyph[0] - previous[0]), abs(glyph[1] - previous[1])) > 2.5 * reach + 1:
            yield (glyphs.text[begin:index], begin, index, box, False)
            box, begin = glyph, index
        else:
            box = _union(box, glyph)
        previous = glyph
    yield (glyphs.text[begin:end], begin, end, box, False)


def _word(glyphs: Glyphs, run: _Run) -> Word:
    text, start, _, box, is_level = run
    style = glyphs.style(start, box[3] - box[1])
    if style.has_odd_height and is_level:
        box = glyphs.levelled(box, start, style.size_pt)
    x0, top, x1, bottom = box
    if _NEEDS_REPAIR.search(text):
        text = repaired(text)
    return Word(
        text, round(x0, 2), round(top, 2), round(x1, 2), round(bottom, 2),
        style.size_pt, style.bold,
    )  # fmt: skip


def _union(left: GlyphBox, right: GlyphBox) -> GlyphBox:
    x0, top, x1, bottom = left
    p0, q0, p1, q1 = right
    return (
        x0 if x0 < p0 else p0,
        top if top < q0 else q0,
        x1 if x1 > p1 else p1,
        bottom if bottom > q1 else q1,
    )

"""The words of a page with their boxes, from PDFium's character list.

One bulk call gives all characters; a word then costs a box call for its first and its last
glyph and one for its style. Only a word that bends (it runs over a line end, or is set at an
angle) or is implausibly wide is looked at glyph by glyph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from workbench.extract.page.calls import loose_box, text_object
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
_REPAIRED = frozenset(map(chr, (*_REPAIRS, *range(0xD800, 0xE000))))
_WORD = re.compile(r"[^\s\x00\x01\x03-\x08\x0e-\x1b\x7f]+")
#: Signs that a raised mark of a note is made of.
_MARKS = frozenset("0123456789*†‡§")
_MAX_MARK_SIZE = 0.8  # share of the size of the word it stands on
_FAR = 1e9
#: A hole between two glyphs of one word (share of the size) that parts them.
_MIN_HOLE = 0.5

_MARGIN_SHARE = 0.15  # of the height of the page, where heads and feet stand

#: Glyphs whose baselines differ by more (share of the size) stand on two lines.
_MIN_LEADING = 0.7

#: As ``Word._make``, without a call of Python for each word.
_word = partial(tuple.__new__, Word)

#: word, first character, end (excluded), style of the first character
_Run = tuple[Word, int, int, Style]


class PageWords(NamedTuple):
    """The visible words of a page in the order of the file, boxes in display space."""

    words: list[Word]
    n_outside: int  # words that lie outside the visible page and were left out
    artifacts: frozenset[Word]  # those near the top and bottom that are marked as no text


def read_words(text_page: object, frame: Frame) -> PageWords:
    """The words of a page."""
    glyphs = Glyphs(text_page, frame)
    runs = _glued(glyphs)
    words = [run[0] for run in runs]
    high, low = _MARGIN_SHARE * frame.height_pt, (1 - _MARGIN_SHARE) * frame.height_pt
    marked = [
        index
        for index, (word, _, _, style) in enumerate(runs)
        if not high < word[2] < low and glyphs.is_artifact(style.string)
    ]
    artifacts: frozenset[Word] = frozenset()
    if _NEEDS_REPAIR.search(glyphs.text):
        is_sound = _REPAIRED.isdisjoint
        mended = [
            word if is_sound(word[0]) else word._replace(text=repaired(word[0])) for word in words
        ]
        artifacts = frozenset(mended[index] for index in marked)
        words = [word for word in mended if word[0]]
    elif marked:
        artifacts = frozenset(words[index] for index in marked)
    return PageWords(*_inside(words, frame.width_pt + 1, frame.height_pt + 1), artifacts)


def _inside(words: list[Word], max_x: float, max_y: float) -> tuple[list[Word], int]:
    """The words whose middle lies on the page, boxes kept near it, and how many do not."""
    if not words:
        return words, 0
    _, x0s, tops, x1s, bottoms, _, _ = zip(*words, strict=True)
    if min(x0s) > -2 and max(x1s) < max_x and min(tops) > -2 and max(bottoms) < max_y:
        return words, 0
    kept = []
    for text, left, top, right, bottom, size, bold in words:
        if -2 < left + right < 2 * max_x and -2 < top + bottom < 2 * max_y:
            box = max(left, -max_x), max(top, -max_y), min(right, 2 * max_x), min(bottom, 2 * max_y)
            kept.append(Word(text, *box, size, bold))
    return kept, len(words) - len(kept)


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


def _glued(glyphs: Glyphs) -> list[_Run]:
    """What stands between two spaces, less the parting that PDFium did by its own judgement.

    Files drawn glyph by glyph need this. A space glyph in the file always parts, and so does
    a gap inside one drawn string: there the writer meant it.
    """
    runs: list[_Run] = []
    if glyphs.is_upright:
        _read_upright(glyphs, runs)
    else:
        for match in _WORD.finditer(glyphs.text):
            for run in _runs(glyphs, *match.span()):
                _add_or_glue(glyphs, runs, run)
    return runs


def _read_upright(glyphs: Glyphs, runs: list[_Run]) -> None:
    """Add the runs of a page that is not turned.

    This loop costs as much as all else that is done with a page, so it calls PDFium itself.
    """
    add, styles, read_style, rect = runs.append, glyphs.styles, glyphs.style, glyphs.rect
    page, target, left = glyphs.page, glyphs.rect_at, glyphs.left
    limit = -_FAR  # what stands left of it is close to the run before
    for match in _WORD.finditer(glyphs.text):
        start, end = match.span()
        style = styles.get(text_object(page, start)) or read_style(start)
        _, size, bold, is_level, top, bottom, near, advance = style
        loose_box(page, start, target)
        x0, low = rect.left - left, rect.bottom
        if end - start > 1:
            loose_box(page, end - 1, target)
        x1 = rect.right - left
        # Glyphs that stand equally low are set alike.
        if rect.bottom == low and is_level and x0 <= x1 < x0 + advance * (end - start) + 1:
            run = (_word((match.group(), x0, top, x1, bottom, size, bold)), start, end, style)
            if x0 >= limit:
                add(run)
            else:
                _add_or_glue(glyphs, runs, run)
        else:
            for run in _runs(glyphs, start, end):
                _add_or_glue(glyphs, runs, run)
            x1, near = runs[-1][0].x1, runs[-1][3].near
        limit = x1 + near


def _add_or_glue(glyphs: Glyphs, runs: list[_Run], run: _Run) -> None:
    """Add a run, or make it part of the one before when they touch."""
    if runs and _touch(glyphs, runs[-1], run):
        (word, start, _, style), (more, _, end, _) = runs[-1], run
        box = _union(word[1:5], more[1:5])
        runs[-1] = (Word(word.text + more.text, *box, word.size_pt, word.bold), start, end, style)
    else:
        runs.append(run)


def _touch(glyphs: Glyphs, left: _Run, right: _Run) -> bool:
    (word, _, end, style), (next_word, start, _, next_style) = left, right
    size = style.size_pt
    return (
        -0.5 * size < next_word.x0 - word.x1 < style.near
        and style.is_level
        and next_style.is_level
        and style.string != next_style.string
        and next_word.x1 > word.x1
        and abs(next_style.bottom - style.bottom) < 0.1 * size
        and abs(next_style.top - style.top) < 0.1 * size
        and all(glyphs.is_generated(index) for index in range(end, start))
    )


def _runs(glyphs: Glyphs, start: int, end: int) -> tuple[_Run, ...]:
    """The pieces of what stands between two spaces: one, unless it bends or bears a mark."""
    style, box = glyphs.style(start), glyphs.box(start)
    x0, x1, top, bottom = box[0], box[2], style.top, style.bottom
    if end - start > 1:
        last_box, size = glyphs.box(end - 1), style.size_pt
        x1 = last_box[2]
        # Glyphs that stand equally low are set alike.
        last_style = style if last_box[3] == box[3] else glyphs.style(end - 1)
        if not style.is_level:
            return tuple(_turned_runs(glyphs, start, end))
        if abs(last_style.bottom - bottom) > _MIN_LEADING * size or not (
            box[2] - 0.5 <= x1 < x0 + style.advance * (end - start) + 1
        ):
            return tuple(_bent_runs(glyphs, start, end))
        if style is not last_style:
            parts = _parted_from_mark(glyphs, start, end)
            if parts:
                return parts
            top, bottom = min(top, last_style.top), max(bottom, last_style.bottom)
    elif not style.is_level:
        _, top, _, bottom = _rounded(box)
    return (_run(glyphs, start, end, (x0, top, x1, bottom)),)


def _run(glyphs: Glyphs, start: int, end: int, box: GlyphBox) -> _Run:
    style, (x0, top, x1, bottom) = glyphs.style(start), box
    box = min(x0, x1), top, max(x0, x1), bottom  # a damaged font may have widths below zero
    return Word(glyphs.text[start:end], *box, style.size_pt, style.bold), start, end, style


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
    return _run(glyphs, start, end, box)


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
            yield _run(glyphs, begin, index, _rounded(box))
            box, begin = glyph, index
        else:
            box = _union(box, glyph)
        previous = glyph
    yield _run(glyphs, begin, end, _rounded(box))


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

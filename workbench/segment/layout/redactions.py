"""Filled boxes in the lines of a page: what is blacked out reads "[redacted]"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from workbench.records import Edge, Line, Page, Word

REDACTED = "[redacted]"
LOWEST, HIGHEST = 0.6, 1.6  # of a box, in type sizes: thinner is a rule, higher is decoration
NARROWEST = 0.8  # type sizes
NARROWEST_FIRST = 1.5  # before the first word a narrower box is a bullet
REACH = 0.6  # type sizes between a box and the word that it stands beside
OVERLAP_PT = 2.0


def with_redactions(page: Page) -> list[Line]:
    """The lines of a page, with a word "[redacted]" where a filled box stands for words.

    A box counts when it is as high as text, covers no word, and stands on a line between two
    words or right beside its first or last. On a page with such boxes those of the same
    height that fill a whole line count too. Bands behind headings, bars and bullets do not.
    """
    lines = list(page.lines)
    heights: list[float] = []
    alone: list[Edge] = []
    for box in _boxes(page):
        level = [at for at, line in enumerate(lines) if _is_level(box, line)]
        if any(_covers(box, word) for at in level for word in lines[at].words):
            continue
        at = _home(box, lines, level)
        if at is not None:
            lines[at] = _inserted(lines[at], box)
            heights.append(box.bottom - box.top)
        elif not level:
            alone.append(box)
    lines.extend(_whole_lines(alone, heights, lines))
    return lines


def _is_level(box: Edge, line: Line) -> bool:
    overlap = min(box.bottom, line.bottom) - max(box.top, line.top)
    return overlap > 0.5 * line.size_pt and box.bottom - box.top <= HIGHEST * line.size_pt


def _covers(box: Edge, word: Word) -> bool:
    return box.x0 + OVERLAP_PT < word.x1 and box.x1 - OVERLAP_PT > word.x0


def _home(box: Edge, lines: Sequence[Line], level: Sequence[int]) -> int | None:
    """The line that a box belongs to: around it, else ending at it, else beginning behind it."""
    width, height = box.x1 - box.x0, box.bottom - box.top
    ranked: list[tuple[int, float, int]] = []
    for at in level:
        line = lines[at]
        if height < LOWEST * line.size_pt or width < NARROWEST * line.size_pt:
            continue
        before, behind = box.x0 - line.x1, line.x0 - box.x1
        if line.x0 < box.x0 and box.x1 < line.x1:
            ranked.append((0, 0.0, at))
        elif -OVERLAP_PT <= before <= REACH * line.size_pt:
            ranked.append((1, before, at))
        elif -OVERLAP_PT <= behind <= REACH * line.size_pt and (
            width >= NARROWEST_FIRST * line.size_pt
        ):
            ranked.append((2, behind, at))
    return min(ranked)[2] if ranked else None


def _inserted(line: Line, box: Edge) -> Line:
    word = Word(REDACTED, box.x0, line.top, box.x1, line.bottom, line.size_pt)
    words = tuple(sorted((*line.words, word), key=lambda each: (each.x0 + each.x1) / 2))
    x1 = max(line.x1, box.x1)
    return replace(line, words=words, x0=min(line.x0, box.x0), x1=x1)


def _boxes(page: Page) -> list[Edge]:
    """The filled boxes from the top; pieces that touch on one height are one."""
    found: list[Edge] = []
    for box in sorted(page.filled_boxes, key=lambda box: (round(box.top), box.x0)):
        last = found[-1] if found else None
        level = last and abs(last.top - box.top) <= 1 and abs(last.bottom - box.bottom) <= 1
        if last and level and box.x0 - last.x1 < 1.0:
            found[-1] = last._replace(x1=max(last.x1, box.x1))
        else:
            found.append(box)
    return found


def _whole_lines(
    boxes: Sequence[Edge], heights: Sequence[float], lines: Sequence[Line]
) -> list[Line]:
    """Lines of nothing but a redaction, in the type of the nearest line."""
    found = []
    for box in boxes:
        height = box.bottom - box.top
        if not any(abs(height - other) <= 1.0 for other in heights) or box.x1 - box.x0 < 40:
            continue
        near = min(lines, key=lambda line: abs(line.top - box.top))
        word = Word(REDACTED, box.x0, box.top, box.x1, box.bottom, near.size_pt)
        found.append(
            Line(words=(word,), x0=box.x0, top=box.top, x1=box.x1, bottom=box.bottom,
                 size_pt=near.size_pt)
        )  # fmt: skip
    return found

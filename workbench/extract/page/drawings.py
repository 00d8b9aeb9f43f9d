"""What is drawn on a page beside words: rules, dark boxes, pictures."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium_c

from workbench.extract.page import calls
from workbench.extract.page.frame import Frame, Matrix, Point, apply, times
from workbench.records import Edge

_MIN_SCAN_SHARE = 0.5  # of the page under pictures that may be a scan
_MAX_DEPTH = 8  # forms within forms
_MIN_RULE_PT = 4.0  # shorter strokes are dots, ticks and parts of letters
_MAX_RULE_WIDTH_PT = 2.5  # a filled rectangle this thin is a rule
_LEVEL_PT = 0.5  # a stroke that leaves its direction by less is straight
_DARK = 90  # brightness (0-255) below which a fill hides what is under it
_MIN_BOX_PT = (6.0, 5.0)  # width, height of a possible redaction
_PAGE_SHARE = 0.85  # larger rectangles are backgrounds, not cells
_MAX_CURVES = 12  # a path with more is a letter or a picture, not rules
_MAX_SEGMENTS = 4_000
_MAX_RULE_SEGMENTS = 16  # a rectangle of curves has 13
_MAX_LETTER_PT = 40.0
_FAR_PT = 1e5  # what lies further away comes from a damaged file

_MODES = calls.Places(ctypes.c_int, 2)
_COLOUR = calls.Places(ctypes.c_uint, 4)
_BOUNDS = calls.Places(ctypes.c_float, 4)
_POINT = calls.Places(ctypes.c_float, 2)
_MATRIX = calls.Places(ctypes.c_float, 6)

_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_Item = Any  # an object of the page, as an argument of PDFium's functions
_Stroke = tuple[float, float, float, float]  # x0, top, x1, bottom in display space


@dataclass(slots=True)
class Drawings:
    """The drawings of one page, in display space."""

    edges: list[Edge] = field(default_factory=list)
    filled_boxes: list[Edge] = field(default_factory=list)
    image_share: float = 0.0  # share of the page under pictures, 0-1
    image_is_last: bool = False  # a picture is drawn after the last text
    n_paths: int = 0
    n_curved_paths: int = 0  # letters drawn as outlines, pictures
    n_texts: int = 0
    n_invisible_texts: int = 0  # counted where pictures cover much of the page
    is_complete: bool = True  # false: there were more objects than may be read


def read_drawings(page: object, frame: Frame, max_objects: int) -> Drawings:
    """Rules, dark boxes and pictures of a page."""
    found = Drawings()
    text, path, image = (
        pdfium_c.FPDF_PAGEOBJ_TEXT, pdfium_c.FPDF_PAGEOBJ_PATH, pdfium_c.FPDF_PAGEOBJ_IMAGE,
    )  # fmt: skip
    texts = []
    for n_seen, (item, kind, matrix) in enumerate(_objects(page)):
        if n_seen >= max_objects:
            found.is_complete = False
            break
        if kind == text:
            found.n_texts += 1
            found.image_is_last = False
            if found.filled_boxes:
                _show(item, matrix, frame, found)
            texts.append(item)
        elif kind == path:
            found.n_paths += 1
            _read_path(item, matrix, frame, found)
        elif kind == image:
            _read_image(item, matrix, frame, found)
    if found.image_share > _MIN_SCAN_SHARE:
        unseen = pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE
        found.n_invisible_texts = sum(calls.render_mode(item) == unseen for item in texts)
    return found


def _objects(page: object) -> Iterator[tuple[_Item, int, Matrix]]:
    """All objects of a page and of the forms on it, each with the matrix of its form."""
    get, kind_of, argument = calls.page_object, calls.kind_of, calls.argument
    form, on_page = pdfium_c.FPDF_PAGEOBJ_FORM, argument(calls.address_of(page))
    for index in range(calls.count_objects(on_page)):
        item = argument(get(on_page, index))
        kind = kind_of(item)
        if kind == form:
            yield from _form_objects(item, _IDENTITY, 1)
        else:
            yield item, kind, _IDENTITY


def _form_objects(form: _Item, outer: Matrix, depth: int) -> Iterator[tuple[_Item, int, Matrix]]:
    matrix = times(_matrix_of(form), outer)
    for index in range(calls.count_form_objects(form)):
        item = calls.argument(calls.form_object(form, index))
        kind = calls.kind_of(item)
        if kind != pdfium_c.FPDF_PAGEOBJ_FORM:
            yield item, kind, matrix
        elif depth < _MAX_DEPTH:
            yield from _form_objects(item, matrix, depth + 1)


def _matrix_of(item: _Item) -> Matrix:
    if not calls.matrix_of(item, _MATRIX.at[0]):
        return _IDENTITY
    a, b, c, d, e, f = _MATRIX.values
    return a, b, c, d, e, f


def _bounds_of(item: _Item) -> tuple[float, float, float, float]:
    """Left, bottom, right, top, before the matrix of its form; zeros for nothing."""
    if not calls.bounds_of(item, *_BOUNDS.at):
        return 0.0, 0.0, 0.0, 0.0
    left, bottom, right, top = _BOUNDS.values
    return left, bottom, right, top


def _show(text: _Item, outer: Matrix, frame: Frame, found: Drawings) -> None:
    """A box under text that is drawn later is a background (of a table's head), no redaction."""
    left, bottom, right, top = _bounds_of(text)
    x, y = apply(outer, (left + right) / 2, (bottom + top) / 2)
    x, y = frame.to_display()(x, y, x, y)[:2]
    found.filled_boxes = [box for box in found.filled_boxes if not covers(box, x, y)]


def covers(box: Edge, x: float, y: float) -> bool:
    """Whether the point lies in the box."""
    return box.x0 <= x <= box.x1 and box.top <= y <= box.bottom


def _read_image(item: _Item, outer: Matrix, frame: Frame, found: Drawings) -> None:
    matrix = times(_matrix_of(item), outer)  # an image is the unit square, transformed
    corners = [apply(matrix, x, y) for x in (0.0, 1.0) for y in (0.0, 1.0)]
    left, right = min(x for x, _ in corners), max(x for x, _ in corners)
    bottom, top = min(y for _, y in corners), max(y for _, y in corners)
    width = min(right, frame.right) - max(left, frame.left)
    height = min(top, frame.top) - max(bottom, frame.bottom)
    area = (frame.right - frame.left) * (frame.top - frame.bottom)
    share = max(0.0, width) * max(0.0, height) / area if area > 0 else 0.0
    # Scanners cut a page into strips, so shares are added up.
    found.image_share = min(1.0, found.image_share + share)
    found.image_is_last = True


def _read_path(item: _Item, outer: Matrix, frame: Frame, found: Drawings) -> None:
    if not calls.draw_mode(item, *_MODES.at):
        return
    fill_mode, stroked = _MODES.values
    filled = fill_mode != pdfium_c.FPDF_FILLMODE_NONE
    if not filled and not stroked:
        return  # a clipping path
    brightness = _brightness(item, filled=filled)
    if brightness is None or (brightness > 250 and not stroked):
        return  # nothing to be seen: transparent, or white on white
    strokes = None
    if not _is_letter(item):
        strokes = _strokes(item, times(times(_matrix_of(item), outer), frame.matrix))
    if strokes is None:
        found.n_curved_paths += 1
    elif strokes:
        is_dark = filled and brightness < _DARK
        _note(strokes, frame, found, is_filled=filled, is_dark=is_dark)


def _note(
    strokes: list[_Stroke], frame: Frame, found: Drawings, *, is_filled: bool, is_dark: bool
) -> None:
    """Note what the strokes of one path are: rules, a dark box, or nothing that counts."""
    x0s, tops, x1s, bottoms = zip(*strokes, strict=True)
    box = min(x0s), min(tops), max(x1s), max(bottoms)
    width, height = box[2] - box[0], box[3] - box[1]
    if width > _PAGE_SHARE * frame.width_pt and height > _PAGE_SHARE * frame.height_pt:
        return
    if is_filled and min(width, height) <= _MAX_RULE_WIDTH_PT:
        strokes = [_middle(box)]
    elif is_dark and _hides(strokes, width, height):
        found.filled_boxes.append(_edge(box))
    found.edges += [_edge(stroke) for stroke in strokes if _is_rule(stroke)]


def _is_letter(path: _Item) -> bool:
    """Whether the path is small and has many segments, as a letter drawn as an outline has."""
    if calls.count_segments(path) <= _MAX_RULE_SEGMENTS:
        return False
    left, bottom, right, top = _bounds_of(path)
    return max(right - left, top - bottom) < _MAX_LETTER_PT


def _brightness(item: _Item, *, filled: bool) -> float | None:
    """Of what the path paints with, 0-255; None for (nearly) transparent."""
    ask = calls.fill_colour if filled else calls.stroke_colour
    if not ask(item, *_COLOUR.at):
        return 0.0
    red, green, blue, alpha = _COLOUR.values
    return None if alpha < 128 else 0.299 * red + 0.587 * green + 0.114 * blue


def _strokes(path: _Item, matrix: Matrix) -> list[_Stroke] | None:
    """The straight parts of a path, in display space; None for a shape of many curves."""
    begin = here = (0.0, 0.0)
    curve: list[Point] = []
    strokes, n_curves = [], 0
    for kind, closes, there in _segments(path, matrix):
        if kind == pdfium_c.FPDF_SEGMENT_BEZIERTO:
            curve.append(there)
            if len(curve) < 3:  # two points of control, then the end
                continue
            # Some writers draw the sides of rectangles as curves that do not bend.
            if _is_straight([here, *curve]):
                strokes.append(_stroke(here, there))
            else:
                n_curves += 1
                if n_curves > _MAX_CURVES:
                    return None
            curve = []
        elif kind == pdfium_c.FPDF_SEGMENT_LINETO:
            strokes.append(_stroke(here, there))
        else:
            begin = there
        if closes:
            strokes.append(_stroke(there, begin))
        here = there
    return strokes


def _segments(path: _Item, matrix: Matrix) -> Iterator[tuple[int, int, Point]]:
    """Kind, whether it closes the shape, and end of each segment of a path."""
    a, b, c, d, e, f = matrix
    (at_x, at_y), place = _POINT.at, _POINT.values
    get, kind_of, closes, point, argument = (
        calls.path_segment, calls.segment_kind, calls.segment_closes, calls.segment_point,
        calls.argument,
    )  # fmt: skip
    for index in range(min(calls.count_segments(path), _MAX_SEGMENTS)):
        segment = argument(get(path, index))
        point(segment, at_x, at_y)
        x, y = place
        yield kind_of(segment), closes(segment), (a * x + c * y + e, b * x + d * y + f)


def _is_straight(points: list[Point]) -> bool:
    """Whether the points stand on one upright or level line."""
    return any(max(axis) - min(axis) <= _LEVEL_PT for axis in zip(*points, strict=True))


def _stroke(start: Point, end: Point) -> _Stroke:
    (x0, y0), (x1, y1) = start, end
    if x0 > x1:
        x0, x1 = x1, x0
    return (x0, y0, x1, y1) if y0 <= y1 else (x0, y1, x1, y0)


def _is_rule(stroke: _Stroke) -> bool:
    width, height = stroke[2] - stroke[0], stroke[3] - stroke[1]
    if width < height:
        width, height = height, width
    return height <= _LEVEL_PT and width >= _MIN_RULE_PT and max(map(abs, stroke)) < _FAR_PT


def _hides(strokes: list[_Stroke], width: float, height: float) -> bool:
    """Whether the path is a rectangle that could hide a word."""
    if width < _MIN_BOX_PT[0] or height < _MIN_BOX_PT[1]:
        return False
    if max(abs(value) for stroke in strokes for value in stroke) > _FAR_PT:
        return False
    sides = [(x1 - x0, bottom - top) for x0, top, x1, bottom in strokes]
    sides = [side for side in sides if max(side) > 0]
    return 3 <= len(sides) <= 6 and all(min(side) <= _LEVEL_PT for side in sides)


def _middle(box: _Stroke) -> _Stroke:
    """The line through the middle of a thin rectangle."""
    x0, top, x1, bottom = box
    if x1 - x0 >= bottom - top:
        y = (top + bottom) / 2
        return x0, y, x1, y
    x = (x0 + x1) / 2
    return x, top, x, bottom


def _edge(stroke: _Stroke) -> Edge:
    x0, top, x1, bottom = stroke
    return Edge(round(x0, 2), round(top, 2), round(x1, 2), round(bottom, 2))

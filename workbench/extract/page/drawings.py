"""What is drawn on a page beside words: rules, dark boxes, pictures."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field

import pypdfium2.raw as pdfium_c

from workbench.extract.page.frame import Frame, ToDisplay
from workbench.records import Edge

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

_Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_Point = tuple[float, float]


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
    n_invisible_texts: int = 0
    is_complete: bool = True  # false: there were more objects than may be read


def read_drawings(page: object, frame: Frame, max_objects: int) -> Drawings:
    """Rules, dark boxes and pictures of a page."""
    found = Drawings()
    for n_seen, (item, kind, matrix) in enumerate(_objects(page)):
        if n_seen >= max_objects:
            found.is_complete = False
            break
        if kind == pdfium_c.FPDF_PAGEOBJ_PATH:
            found.n_paths += 1
            _read_path(item, matrix, frame, found)
        elif kind == pdfium_c.FPDF_PAGEOBJ_IMAGE:
            _read_image(item, matrix, frame, found)
        elif kind == pdfium_c.FPDF_PAGEOBJ_TEXT:
            found.n_texts += 1
            found.image_is_last = False
            if found.filled_boxes:
                _show(item, matrix, frame, found)
            mode = pdfium_c.FPDFTextObj_GetTextRenderMode(item)
            found.n_invisible_texts += mode == pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE
    return found


def _objects(page: object) -> Iterator[tuple[object, int, _Matrix]]:
    """All objects of a page and of the forms on it, each with the matrix of its form."""
    for index in range(pdfium_c.FPDFPage_CountObjects(page)):
        item = pdfium_c.FPDFPage_GetObject(page, index)
        kind = pdfium_c.FPDFPageObj_GetType(item)
        if kind == pdfium_c.FPDF_PAGEOBJ_FORM:
            yield from _form_objects(item, _IDENTITY, 1)
        else:
            yield item, kind, _IDENTITY


def _form_objects(
    form: object, outer: _Matrix, depth: int
) -> Iterator[tuple[object, int, _Matrix]]:
    matrix = _times(_matrix_of(form), outer)
    for index in range(pdfium_c.FPDFFormObj_CountObjects(form)):
        item = pdfium_c.FPDFFormObj_GetObject(form, index)
        kind = pdfium_c.FPDFPageObj_GetType(item)
        if kind != pdfium_c.FPDF_PAGEOBJ_FORM:
            yield item, kind, matrix
        elif depth < _MAX_DEPTH:
            yield from _form_objects(item, matrix, depth + 1)


def _matrix_of(item: object) -> _Matrix:
    matrix = pdfium_c.FS_MATRIX()
    if not pdfium_c.FPDFPageObj_GetMatrix(item, ctypes.byref(matrix)):
        return _IDENTITY
    return (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def _times(inner: _Matrix, outer: _Matrix) -> _Matrix:
    """First the inner, then the outer."""
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (
        a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s,
        e * p + f * r + t, e * q + f * s + u,
    )  # fmt: skip


def _apply(matrix: _Matrix, x: float, y: float) -> _Point:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _show(text: object, outer: _Matrix, frame: Frame, found: Drawings) -> None:
    """A box under text that is drawn later is a background (of a table's head), no redaction."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not pdfium_c.FPDFPageObj_GetBounds(text, *map(ctypes.byref, (left, bottom, right, top))):
        return
    x, y = _apply(outer, (left.value + right.value) / 2, (bottom.value + top.value) / 2)
    x, y = frame.to_display()(x, y, x, y)[:2]
    found.filled_boxes = [box for box in found.filled_boxes if not covers(box, x, y)]


def covers(box: Edge, x: float, y: float) -> bool:
    """Whether the point lies in the box."""
    return box.x0 <= x <= box.x1 and box.top <= y <= box.bottom


def _read_image(item: object, outer: _Matrix, frame: Frame, found: Drawings) -> None:
    matrix = _times(_matrix_of(item), outer)  # an image is the unit square, transformed
    corners = [_apply(matrix, x, y) for x in (0.0, 1.0) for y in (0.0, 1.0)]
    left, right = min(x for x, _ in corners), max(x for x, _ in corners)
    bottom, top = min(y for _, y in corners), max(y for _, y in corners)
    width = min(right, frame.right) - max(left, frame.left)
    height = min(top, frame.top) - max(bottom, frame.bottom)
    area = (frame.right - frame.left) * (frame.top - frame.bottom)
    share = max(0.0, width) * max(0.0, height) / area if area > 0 else 0.0
    # Scanners cut a page into strips, so shares are added up.
    found.image_share = min(1.0, found.image_share + share)
    found.image_is_last = True


def _read_path(item: object, outer: _Matrix, frame: Frame, found: Drawings) -> None:
    mode, stroked = ctypes.c_int(), ctypes.c_int()
    if not pdfium_c.FPDFPath_GetDrawMode(item, ctypes.byref(mode), ctypes.byref(stroked)):
        return
    filled = mode.value != pdfium_c.FPDF_FILLMODE_NONE
    if not filled and not stroked.value:
        return  # a clipping path
    brightness = _brightness(item, filled=filled)
    if brightness is None or (brightness > 250 and not stroked.value):
        return  # nothing to be seen: transparent, or white on white
    strokes = None if _is_letter(item) else _strokes(item, _times(_matrix_of(item), outer), frame)
    if strokes is None:
        found.n_curved_paths += 1
        return
    if not strokes:
        return
    box = Edge(
        min(edge.x0 for edge in strokes), min(edge.top for edge in strokes),
        max(edge.x1 for edge in strokes), max(edge.bottom for edge in strokes),
    )  # fmt: skip
    width, height = box.x1 - box.x0, box.bottom - box.top
    if width > _PAGE_SHARE * frame.width_pt and height > _PAGE_SHARE * frame.height_pt:
        return
    if filled and min(width, height) <= _MAX_RULE_WIDTH_PT:
        strokes = [_middle(box)]
    elif filled and brightness < _DARK and _hides(strokes, width, height):
        found.filled_boxes.append(_rounded(box))
    found.edges += [_rounded(edge) for edge in strokes if _is_rule(edge)]


def _is_letter(path: object) -> bool:
    """Whether the path is small and has many segments, as a letter drawn as an outline has."""
    if pdfium_c.FPDFPath_CountSegments(path) <= _MAX_RULE_SEGMENTS:
        return False
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium_c.FPDFPageObj_GetBounds(path, *map(ctypes.byref, (left, bottom, right, top)))
    return max(right.value - left.value, top.value - bottom.value) < _MAX_LETTER_PT


def _brightness(item: object, *, filled: bool) -> float | None:
    """Of what the path paints with, 0-255; None for (nearly) transparent."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    ask = pdfium_c.FPDFPageObj_GetFillColor if filled else pdfium_c.FPDFPageObj_GetStrokeColor
    if not ask(item, *map(ctypes.byref, (red, green, blue, alpha))):
        return 0.0
    if alpha.value < 128:
        return None
    return 0.299 * red.value + 0.587 * green.value + 0.114 * blue.value


def _strokes(path: object, matrix: _Matrix, frame: Frame) -> list[Edge] | None:
    """The straight parts of a path, in display space; None for a shape of many curves."""
    to_display = frame.to_display()
    begin = here = (0.0, 0.0)
    curve: list[_Point] = []
    strokes, n_curves = [], 0
    for kind, closes, there in _segments(path, matrix):
        if kind == pdfium_c.FPDF_SEGMENT_BEZIERTO:
            curve.append(there)
            if len(curve) < 3:  # two points of control, then the end
                continue
            # Some writers draw the sides of rectangles as curves that do not bend.
            if _is_straight([here, *curve]):
                strokes.append(_edge(to_display, here, there))
            else:
                n_curves += 1
                if n_curves > _MAX_CURVES:
                    return None
            curve = []
        elif kind == pdfium_c.FPDF_SEGMENT_LINETO:
            strokes.append(_edge(to_display, here, there))
        else:
            begin = there
        if closes:
            strokes.append(_edge(to_display, there, begin))
        here = there
    return strokes


def _segments(path: object, matrix: _Matrix) -> Iterator[tuple[int, bool, _Point]]:
    """Kind, whether it closes the shape, and end of each segment of a path."""
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(min(pdfium_c.FPDFPath_CountSegments(path), _MAX_SEGMENTS)):
        segment = pdfium_c.FPDFPath_GetPathSegment(path, index)
        pdfium_c.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        yield (
            pdfium_c.FPDFPathSegment_GetType(segment),
            bool(pdfium_c.FPDFPathSegment_GetClose(segment)),
            _apply(matrix, x.value, y.value),
        )


def _is_straight(points: list[_Point]) -> bool:
    """Whether the points stand on one upright or level line."""
    return any(max(axis) - min(axis) <= _LEVEL_PT for axis in zip(*points, strict=True))


def _edge(to_display: ToDisplay, start: _Point, end: _Point) -> Edge:
    (x0, y0), (x1, y1) = start, end
    return Edge(*to_display(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))


def _is_rule(edge: Edge) -> bool:
    width, height = edge.x1 - edge.x0, edge.bottom - edge.top
    near = max(map(abs, edge)) < _FAR_PT
    return near and min(width, height) <= _LEVEL_PT and max(width, height) >= _MIN_RULE_PT


def _hides(strokes: list[Edge], width: float, height: float) -> bool:
    """Whether the path is a rectangle that could hide a word."""
    if width < _MIN_BOX_PT[0] or height < _MIN_BOX_PT[1]:
        return False
    if max(abs(value) for edge in strokes for value in edge) > _FAR_PT:
        return False
    sides = [edge for edge in strokes if max(edge.x1 - edge.x0, edge.bottom - edge.top) > 0]
    level = all(min(edge.x1 - edge.x0, edge.bottom - edge.top) <= _LEVEL_PT for edge in sides)
    return 3 <= len(sides) <= 6 and level


def _middle(box: Edge) -> Edge:
    """The line through the middle of a thin rectangle."""
    if box.x1 - box.x0 >= box.bottom - box.top:
        y = (box.top + box.bottom) / 2
        return Edge(box.x0, y, box.x1, y)
    x = (box.x0 + box.x1) / 2
    return Edge(x, box.top, x, box.bottom)


def _rounded(edge: Edge) -> Edge:
    return Edge(*(round(value, 2) for value in edge))

"""From the page space of a PDF to display space."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

#: left, bottom, right, top in page space -> x0, top, x1, bottom in display space
ToDisplay = Callable[[float, float, float, float], tuple[float, float, float, float]]

Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The visible part of a page (crop box within media box) and how it is turned.

    PDFium gives all coordinates in page space: points, origin at the bottom left of the
    unturned media box.
    """

    left: float
    bottom: float
    right: float
    top: float
    rotation_deg: int  # clockwise: 0, 90, 180 or 270

    @property
    def width_pt(self) -> float:
        """Width as displayed."""
        turned = self.rotation_deg in (90, 270)
        return self.top - self.bottom if turned else self.right - self.left

    @property
    def height_pt(self) -> float:
        """Height as displayed."""
        turned = self.rotation_deg in (90, 270)
        return self.right - self.left if turned else self.top - self.bottom

    @property
    def matrix(self) -> Matrix:
        """From page space to display space: ``x' = ax + cy + e``, ``y' = bx + dy + f``."""
        return {
            0: (1.0, 0.0, 0.0, -1.0, -self.left, self.top),
            90: (0.0, 1.0, 1.0, 0.0, -self.bottom, -self.left),
            180: (-1.0, 0.0, 0.0, 1.0, self.right, -self.bottom),
            270: (0.0, -1.0, -1.0, 0.0, self.top, self.right),
        }[self.rotation_deg]

    def to_display(self) -> ToDisplay:
        """A function that turns a rectangle of page space into one of display space.

        A function and not a method per rectangle: it is called twice for every word.
        """
        left, bottom, right, top = self.left, self.bottom, self.right, self.top

        def upright(x0: float, y0: float, x1: float, y1: float) -> tuple[float, ...]:
            return x0 - left, top - y1, x1 - left, top - y0

        def quarter(x0: float, y0: float, x1: float, y1: float) -> tuple[float, ...]:
            return y0 - bottom, x0 - left, y1 - bottom, x1 - left

        def half(x0: float, y0: float, x1: float, y1: float) -> tuple[float, ...]:
            return right - x1, y0 - bottom, right - x0, y1 - bottom

        def three_quarters(x0: float, y0: float, x1: float, y1: float) -> tuple[float, ...]:
            return top - y1, right - x1, top - y0, right - x0

        turns = {0: upright, 90: quarter, 180: half, 270: three_quarters}
        return turns[self.rotation_deg]  # type: ignore[return-value]  # tuples of four


def times(inner: Matrix, outer: Matrix) -> Matrix:
    """First the inner, then the outer."""
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (
        a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s,
        e * p + f * r + t, e * q + f * s + u,
    )  # fmt: skip


def apply(matrix: Matrix, x: float, y: float) -> Point:
    """The place of a point under a matrix."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f

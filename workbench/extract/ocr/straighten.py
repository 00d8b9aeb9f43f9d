"""How a scanned page lies, and the same page upright."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from PIL import Image

Gray = NDArray[np.uint8]

_MAX_SKEW_DEG = 5.0
_STEPS_DEG = ((0.5, _MAX_SKEW_DEG), (0.05, 0.5))  # step and reach of each search
_MIN_SKEW_DEG = 0.1  # less does no harm
_SHRINK = 2  # the search looks at every second pixel of every second row
_MAX_POINTS = 60_000
_MIN_POINTS = 500
_WHITE = 255


def skew_deg(gray: Gray) -> float:
    """How far the lines of a page climb to the right, in degrees; 0 where that cannot be seen.

    Lines of print make the sharpest profile when it is taken along them.
    """
    small = gray[::_SHRINK, ::_SHRINK]
    dark = np.nonzero(small < dark_level(small))
    if len(dark[0]) < _MIN_POINTS:
        return 0.0
    step = 1 + len(dark[0]) // _MAX_POINTS
    ys, xs = (axis[::step].astype(np.float32) for axis in dark)
    best = 0.0
    for step_deg, reach_deg in _STEPS_DEG:
        n_steps = round(reach_deg / step_deg)
        angles = [best + step_deg * n for n in range(-n_steps, n_steps + 1)]
        best = max(angles, key=lambda angle: (_sharpness(ys, xs, angle), -abs(angle)))
    return best if _MIN_SKEW_DEG < abs(best) < _MAX_SKEW_DEG else 0.0


def _sharpness(ys: NDArray[np.float32], xs: NDArray[np.float32], angle_deg: float) -> float:
    rows = np.rint(ys + xs * np.float32(np.tan(np.radians(angle_deg)))).astype(np.int64)
    profile = np.bincount(rows - rows.min())
    return float(np.square(profile).sum())


def dark_level(gray: Gray) -> int:
    """The brightness that parts ink from paper best.

    Source: Otsu (1979), IEEE Trans. Syst. Man Cybern. 9(1), 62-66.
    """
    counts = np.bincount(gray.ravel(), minlength=256).astype(float)
    weights = counts.cumsum()
    sums = (counts * np.arange(256)).cumsum()
    rest = weights[-1] - weights
    with np.errstate(divide="ignore", invalid="ignore"):
        between = np.square(sums[-1] * weights / weights[-1] - sums) / (weights * rest)
    return int(np.nanargmax(between)) + 1 if np.isfinite(between).any() else 0


def turned(image: Image.Image, turn_deg: float) -> Image.Image:
    """The picture turned clockwise; its size stays, or swaps for a quarter turn."""
    from PIL import Image

    quarters = round(turn_deg / 90)
    transposes = {
        1: Image.Transpose.ROTATE_270,
        2: Image.Transpose.ROTATE_180,
        3: Image.Transpose.ROTATE_90,
    }
    if quarters % 4:
        image = image.transpose(transposes[quarters % 4])
    rest_deg = turn_deg - 90 * quarters
    if not rest_deg:
        return image
    white = _WHITE if image.mode == "L" else (_WHITE,) * len(image.getbands())
    return image.rotate(-rest_deg, Image.Resampling.BICUBIC, fillcolor=white)

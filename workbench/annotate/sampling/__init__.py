"""Which documents and segments are to be coded, how likely each was, and who codes them."""

from __future__ import annotations

from workbench.annotate.sampling.assign import AssignSettings, assign
from workbench.annotate.sampling.draw import SampleSettings, draw
from workbench.annotate.sampling.records import (
    WHOLE,
    Assignment,
    Drawn,
    DrawnUnit,
    FrameUnit,
    Method,
    Sample,
    Stratum,
)

__all__ = [
    "WHOLE",
    "AssignSettings",
    "Assignment",
    "Drawn",
    "DrawnUnit",
    "FrameUnit",
    "Method",
    "Sample",
    "SampleSettings",
    "Stratum",
    "assign",
    "draw",
]

"""What the segment stage may be told."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentSettings:
    """Thresholds of the layout rules; lengths are in points or in multiples of the type size.

    Raises:
        ValueError: A share is not between 0 and 1, or a length is not positive.
    """

    margin_share: float = 0.15  # of the page height at the top and at the bottom, 0-1
    running_share: float = 0.2  # of the pages on which running matter recurs, 0-1
    running_drift_pt: float = 4.0  # how far its height may wander
    note_size_ratio: float = 0.94  # a footnote is set smaller than this share of the body size
    mark_size_ratio: float = 0.8  # a raised note mark is smaller than this share of its line
    paragraph_pitch_ratio: float = 1.22  # line pitch over the usual pitch that ends a paragraph
    column_fill_share: float = 0.75  # of a column's width that most of its lines fill, 0-1
    prose_cell_lines: int = 9  # a table cell with more lines than this holds prose

    def __post_init__(self) -> None:
        for name in ("margin_share", "running_share", "column_fill_share"):
            if not 0 < getattr(self, name) < 1:
                raise ValueError(
                    f"{name} is {getattr(self, name)}, expected a share between 0 and 1"
                )
        for name in ("running_drift_pt", "note_size_ratio", "mark_size_ratio",
                     "paragraph_pitch_ratio", "prose_cell_lines"):  # fmt: skip
            if getattr(self, name) <= 0:
                raise ValueError(f"{name} is {getattr(self, name)}, expected more than 0")

"""What a coder must beat: the codebook's own words, and the plainest learned model."""

from __future__ import annotations

from workbench.learn.gold.baselines.linear import LINEAR, LINEAR_DESCRIPTION, linear_codings
from workbench.learn.gold.baselines.plain import (
    CUES,
    CUES_AND_PROXIMITY,
    DESCRIPTIONS,
    PlainCoder,
)

__all__ = [
    "CUES",
    "CUES_AND_PROXIMITY",
    "DESCRIPTIONS",
    "LINEAR",
    "LINEAR_DESCRIPTION",
    "PlainCoder",
    "linear_codings",
]

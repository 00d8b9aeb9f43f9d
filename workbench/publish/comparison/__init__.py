"""The page that sets one corpus beside another."""

from __future__ import annotations

from workbench.publish.comparison.page import (
    ComparedFactor,
    ComparedTerm,
    Comparison,
    PassageLink,
    write_comparison,
)

__all__ = ["ComparedFactor", "ComparedTerm", "Comparison", "PassageLink", "write_comparison"]

"""Segments to people and codings: phrases, proximity and context, by rule.

The rules need no model and no network. What they cannot know (a paraphrase that shares no word
with the codebook) is left to the learned models.
"""

from __future__ import annotations

from workbench.coding.coder import CODING_VERSION, Coder
from workbench.coding.matrix import matrix_rows
from workbench.coding.rules.check import check_rules

__all__ = ["CODING_VERSION", "Coder", "check_rules", "matrix_rows"]

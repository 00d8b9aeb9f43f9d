"""Decisions replayed: which are in force, what each coder marked, what becomes of the codings."""

from __future__ import annotations

from workbench.annotate.decisions.applying import (
    Applied,
    Dispute,
    apply_decisions,
    settled_codes,
)
from workbench.annotate.decisions.checking import decision_problems
from workbench.annotate.decisions.coders import coded_units, work_by_segment
from workbench.annotate.decisions.replay import Anchored, anchor, in_force

__all__ = [
    "Anchored",
    "Applied",
    "Dispute",
    "anchor",
    "apply_decisions",
    "coded_units",
    "decision_problems",
    "in_force",
    "settled_codes",
    "work_by_segment",
]

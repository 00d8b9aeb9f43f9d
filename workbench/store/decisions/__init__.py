"""Reviewers' decisions: appended in a chain, read back, checked.

They stand apart from readings, so that no run loses them.
"""

from __future__ import annotations

from workbench.store.decisions.effective import (
    decided_problems,
    read_decided,
    replace_decided,
)
from workbench.store.decisions.log import append_decisions, chain_problems, read_decisions

__all__ = [
    "append_decisions",
    "chain_problems",
    "decided_problems",
    "read_decided",
    "read_decisions",
    "replace_decided",
]

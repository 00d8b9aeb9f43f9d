"""Findings counted again by other code: see ``recount`` and ``recount_problems``."""

from __future__ import annotations

from workbench.findings.recount.count import recount
from workbench.findings.recount.problems import recount_problems

__all__ = ["recount", "recount_problems"]

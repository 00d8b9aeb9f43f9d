"""Two workspaces beside one another: what one corpus speaks of more than the other."""

from __future__ import annotations

from workbench.pipeline.comparing.job import Compared, compare_workspaces

__all__ = ["Compared", "compare_workspaces"]

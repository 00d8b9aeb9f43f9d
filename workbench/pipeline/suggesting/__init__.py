"""Bare passages: coded by the coder that reads whole documents."""

from __future__ import annotations

from workbench.pipeline.suggesting.suggest import Suggested, SuggestSettings, suggest

__all__ = ["SuggestSettings", "Suggested", "suggest"]

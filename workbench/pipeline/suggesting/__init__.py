"""Bare passages: coded by the coder that reads whole documents, and measured against gold."""

from __future__ import annotations

from workbench.learn.llm import load_settings
from workbench.pipeline.suggesting.gold import MeasuredGold, measure_gold
from workbench.pipeline.suggesting.suggest import Suggested, SuggestSettings, suggest

__all__ = [
    "MeasuredGold",
    "SuggestSettings",
    "Suggested",
    "load_settings",
    "measure_gold",
    "suggest",
]

"""A coder that asks a language model: off unless configured, and believed only where it quotes."""

from __future__ import annotations

from workbench.learn.llm.coder import LlmCoder, LlmReading
from workbench.learn.llm.settings import LlmSettings, load_settings

__all__ = ["LlmCoder", "LlmReading", "LlmSettings", "load_settings"]

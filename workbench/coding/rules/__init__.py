"""The files a domain expert edits: what decides about a cue, and the patterns of every code."""

from __future__ import annotations

from workbench.coding.rules.context import Context, load_context
from workbench.coding.rules.lexicon import Lexicon, Pattern, RuleKind, load_lexicon

__all__ = ["Context", "Lexicon", "Pattern", "RuleKind", "load_context", "load_lexicon"]

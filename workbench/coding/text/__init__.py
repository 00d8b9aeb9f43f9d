"""Segments as the rules read them: words, sentences, clauses, and phrases found in them."""

from __future__ import annotations

from workbench.coding.text.passage import Passage, keys_of, read_passage
from workbench.coding.text.terms import Spans, Terms, within

__all__ = ["Passage", "Spans", "Terms", "keys_of", "read_passage", "within"]

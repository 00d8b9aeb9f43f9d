"""Topics: passages that are about one thing, found without the codebook, and judged.

``find_topics`` groups them (BERTopic, or a quick preview), names them by their terms, and says of
each whether it comes back, which reviews carry it, and whether the codebook knows it already.
"""

from __future__ import annotations

from workbench.findings.topics.find import find_topics
from workbench.findings.topics.model import (
    Coded,
    CodeOverlap,
    InYear,
    Join,
    Member,
    Method,
    Stability,
    Term,
    Topic,
    TopicPassage,
    Topics,
    TopicSettings,
    Verdict,
)
from workbench.findings.topics.rows import word_rows

__all__ = [
    "CodeOverlap",
    "Coded",
    "InYear",
    "Join",
    "Member",
    "Method",
    "Stability",
    "Term",
    "Topic",
    "TopicPassage",
    "TopicSettings",
    "Topics",
    "Verdict",
    "find_topics",
    "word_rows",
]

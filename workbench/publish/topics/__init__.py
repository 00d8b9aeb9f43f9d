"""The pages of topics: a folder of their own beside the report, with links to its pages."""

from __future__ import annotations

from workbench.publish.topics.pages import write_topics
from workbench.publish.topics.shown import (
    ShownCode,
    ShownPassage,
    ShownTopic,
    ShownYear,
    TopicsPublication,
    TreeRow,
)

__all__ = [
    "ShownCode",
    "ShownPassage",
    "ShownTopic",
    "ShownYear",
    "TopicsPublication",
    "TreeRow",
    "write_topics",
]

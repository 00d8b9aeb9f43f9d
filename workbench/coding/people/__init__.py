"""The people of a document: found, described, and met again in its sentences."""

from __future__ import annotations

from workbench.coding.people.directory import Directory, find_people
from workbench.coding.people.mentions import Mention, MentionFinder

__all__ = ["Directory", "Mention", "MentionFinder", "find_people"]

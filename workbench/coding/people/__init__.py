"""The people of a document: found, described, and met again in its sentences."""

from __future__ import annotations

from workbench.coding.people.directory import Directory
from workbench.coding.people.finding import find_people
from workbench.coding.people.memory import Memory, Mention
from workbench.coding.people.mentions import MentionFinder

__all__ = ["Directory", "Memory", "Mention", "MentionFinder", "find_people"]

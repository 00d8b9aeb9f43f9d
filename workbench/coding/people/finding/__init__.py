"""The people of a document found in its text: names, tables of people, kinship and roles."""

from __future__ import annotations

from workbench.coding.people.finding.assembly import find_people

__all__ = ["find_people"]

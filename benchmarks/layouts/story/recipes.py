"""All documents of the benchmark."""

from __future__ import annotations

from benchmarks.layouts.story import partnerships, reports
from benchmarks.layouts.story.recipe import Recipe


def all_recipes() -> list[Recipe]:
    """Every document, by name."""
    groups = (
        reports.inquiries(),
        reports.committees(),
        reports.columned(),
        partnerships.tabled(),
        partnerships.shaped(),
        partnerships.letters_and_forms(),
    )
    return sorted((recipe for group in groups for recipe in group), key=lambda recipe: recipe.name)

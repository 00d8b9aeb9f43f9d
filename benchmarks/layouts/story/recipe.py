"""What a document is made from: a house style, a way of drawing, and sections in order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.layouts.setting.looks import House
from benchmarks.layouts.story.blocks import Story
from benchmarks.layouts.story.writer import Writer, open_writer

Section = Callable[[Writer], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """One document to be made."""

    house: House
    sections: tuple[Section, ...]
    traits: tuple[str, ...]
    note_share: float = 0.0
    settings: tuple[str, ...] = ()  # switches of the writer

    @property
    def name(self) -> str:
        """The stem of the file."""
        return self.house.name


def write(recipe: Recipe, seed: int) -> Story:
    """The story of a recipe; the seed changes texts and sizes, not the kind of layout."""
    writer = open_writer(recipe.house, seed)
    writer.note_share = recipe.note_share
    for switch in recipe.settings:
        setattr(writer, switch, True)
    for section in recipe.sections:
        section(writer)
    return Story(title=recipe.house.title, items=writer.items)

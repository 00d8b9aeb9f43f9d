"""The block that the steps of this folder build: what will be one segment."""

from __future__ import annotations

from dataclasses import dataclass, field

from workbench.records import SectionRole, SegmentKind
from workbench.segment.layout.lines import Region, TextLine


@dataclass(slots=True, eq=False)
class Block:
    """Lines that belong together; ``cells`` instead of ``lines`` for a table row."""

    kind: SegmentKind
    lines: list[TextLine]
    region: Region
    number: str = ""
    n_label_words: int = 0  # words of the first line that are its number or bullet
    level: int = 0
    cells: list[list[TextLine]] = field(default_factory=list)
    is_head_row: bool = False
    table: int = 0  # the same number for the rows of one table, over pages
    gap_above_pt: float = 0.0
    role: SectionRole = SectionRole.FACTS
    path: tuple[str, ...] = ()
    is_endnote: bool = False

    @property
    def text(self) -> str:
        """The words with single spaces, without number and bullet; for rules, not for print."""
        words = [word.text for line in self.lines for word in line.words]
        return " ".join(words[self.n_label_words :])

    @property
    def first(self) -> TextLine:
        """The first printed line."""
        return self.lines[0]

    @property
    def size_pt(self) -> float:
        """The type size of the first line."""
        return self.lines[0].size_pt

    @property
    def is_bold(self) -> bool:
        """Whether every line is bold."""
        return all(line.bold for line in self.lines)

    @property
    def text_left(self) -> float:
        """Left edge of the text behind the number or bullet."""
        words = self.lines[0].words
        return words[min(self.n_label_words, len(words) - 1)].x0

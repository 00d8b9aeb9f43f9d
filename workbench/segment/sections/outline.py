"""The sections of a document: headings with what stands below them, nested by level."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from workbench.records import SectionRole, SegmentKind
from workbench.segment.blocks.block import Block
from workbench.segment.sections import titles
from workbench.segment.sections.lexicon import STRONG
from workbench.segment.sections.titles import first_match

#: Such a heading with no text of its own holds the headings of its type that follow.
HOLDING = frozenset({SectionRole.RECOMMENDATIONS, SectionRole.FINDINGS})
COVER_WORDS = 160  # a first page with fewer words is a cover


@dataclass(slots=True)
class Section:
    """A heading with the blocks that follow it up to the next heading."""

    title: str
    level: int
    parent: Section | None
    role: SectionRole | None = None
    is_appendix: bool = False
    is_summary: bool = False
    cell: int = 0  # of a heading in a box whose content stands in the same box
    holds: bool = False  # headings of its own level stand below it
    is_mixed: bool = False  # conclusions beside recommendations
    blocks: list[Block] = field(default_factory=list)

    @property
    def path(self) -> tuple[str, ...]:
        """Titles from the outermost section to this one."""
        above = self.parent.path if self.parent else ()
        return (*above, self.title) if self.title else above


def sections_of(blocks: Sequence[Block], n_pages: int) -> list[Section]:
    """The sections in reading order; the first holds what stands above all headings."""
    root = Section("", 0, None, SectionRole.FRONT_MATTER)
    sections = [root]
    last_title = _last_title(blocks, n_pages)
    for index, block in enumerate(blocks):
        _close_box(sections, block)
        if block.kind is SegmentKind.HEADING and index > last_title:
            boxed = (
                index + 1 < len(blocks) and 0 < block.region.cell == blocks[index + 1].region.cell
            )
            sections.append(_opened(block, sections[-1], in_box=boxed))
        sections[-1].blocks.append(block)
    return sections


def _close_box(sections: list[Section], block: Block) -> None:
    """Behind a box with a heading of its own, the section around the box goes on."""
    open_section = sections[-1]
    around = open_section.parent
    if open_section.cell and block.region.cell != open_section.cell and around is not None:
        sections.append(Section(around.title, around.level, around.parent, around.role,
                                around.is_appendix, around.is_summary, around.cell,
                                is_mixed=around.is_mixed))  # fmt: skip


def _last_title(blocks: Sequence[Block], n_pages: int) -> int:
    """Place of the last heading of the first page that only names the document, -1 without.

    It is the largest one of that page, when what stands above it opens no section; all of the
    page when it is a cover.
    """
    first = [
        (i, b) for i, b in enumerate(blocks) if b.kind is SegmentKind.HEADING and page_of(b) == 1
    ]
    if not first:
        return -1
    if _has_cover(blocks, n_pages):
        return first[-1][0]
    at, largest = max(first, key=lambda each: each[1].size_pt)
    leads = not any(b.number or titles.is_telling(b.text) for i, b in first if i < at)
    if titles.is_telling(largest.text) and _is_of_many(largest, blocks[at + 1 :]):
        return -1
    return at if leads and not largest.number else -1


def _is_of_many(heading: Block, later: Sequence[Block]) -> bool:
    """Whether a heading is set no larger than one that follows it, and so names a section."""
    return any(
        block.kind is SegmentKind.HEADING and block.size_pt >= heading.size_pt - 0.5
        for block in later
    )


def page_of(block: Block) -> int:
    """The page on which a block begins, from 1."""
    return block.lines[0].page


def _has_cover(blocks: Sequence[Block], n_pages: int) -> bool:
    words = sum(
        len(line.words)
        for block in blocks
        for line in block.lines
        if line.page == 1 and block.kind is not SegmentKind.RUNNING_MATTER
    )
    return n_pages > 5 and words < COVER_WORDS


def _opened(block: Block, open_section: Section, *, in_box: bool) -> Section:
    parent: Section | None = open_section
    if _holds(open_section, block):
        open_section.holds = True
    if first_match(block.text, titles.RECORDS):  # it closes all that stands before it
        while parent is not None and parent.parent is not None:
            parent = parent.parent
    while parent is not None and _is_closed_by(parent, block, in_box=in_box):
        parent = parent.parent
    is_appendix = bool(titles.APPENDIX.match(block.text)) or bool(parent and parent.is_appendix)
    is_summary = bool(titles.SUMMARY.search(block.text)) or bool(parent and parent.is_summary)
    boxed = in_box and parent is not None and bool(parent.title)
    level = parent.level + 1 if boxed and parent else max(block.level, 1)
    pure = first_match(block.text, STRONG) in HOLDING and not titles.AND_MORE.search(block.text)
    above = bool(parent and parent.is_mixed) and not pure
    return Section(
        block.text, level, parent, None, is_appendix, is_summary,
        block.region.cell if boxed else 0, is_mixed=titles.is_mixed(block.text) or above,
    )  # fmt: skip


def _holds(section: Section, block: Block) -> bool:
    """Whether a heading right below another of its level, with no role of its own, is its part."""
    return (
        len(section.blocks) == 1
        and section.level == max(block.level, 1)
        and first_match(section.title, STRONG) in HOLDING
        and not titles.is_telling(block.text)
        and not block.number
    )


def _is_closed_by(section: Section, block: Block, *, in_box: bool) -> bool:
    """Whether a heading ends a section; one in a box stands below the section around it."""
    level = max(block.level, 1)
    if titles.CONTENTS.match(section.title):
        return True
    if section.holds and section.level == level and not titles.is_telling(block.text):
        return False
    around = in_box and section.title and not section.cell
    return section.level >= level and not around

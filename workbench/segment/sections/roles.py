"""Section path and section role of every block, from headings, their nesting and content."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from workbench.records import EVIDENCE_ROLES, SectionRole, SegmentKind
from workbench.segment.blocks.block import Block
from workbench.segment.sections import lexicon
from workbench.segment.sections.lexicon import first_match
from workbench.segment.sections.passages import evidence_role, opening_role
from workbench.segment.sections.unheaded import paragraph_roles

#: Where a role usually stands in a review; sections without a telling heading fit in between.
ORDER = {
    SectionRole.FRONT_MATTER: 0,
    SectionRole.TERMS_OF_REFERENCE: 1,
    SectionRole.METHODOLOGY: 1,
    SectionRole.FACTS: 2,
    SectionRole.LITERATURE: 3,
    SectionRole.ANALYSIS: 4,
    SectionRole.FINDINGS: 5,
    SectionRole.RECOMMENDATIONS: 6,
    SectionRole.GLOSSARY: 7,
    SectionRole.APPENDIX: 7,
}
#: Below these a heading that names another role only names its topic.
CLOSED = frozenset({SectionRole.RECOMMENDATIONS, SectionRole.GLOSSARY, SectionRole.LITERATURE})
PROSE = (
    SegmentKind.PARAGRAPH, SegmentKind.BULLET, SegmentKind.QUOTATION, SegmentKind.RECOMMENDATION
)  # fmt: skip
IN_TEXT = (SegmentKind.QUOTATION, SegmentKind.FOOTNOTE)
#: Such a heading with no text of its own holds the headings of its type that follow.
HOLDING = frozenset({SectionRole.RECOMMENDATIONS, SectionRole.FINDINGS})
FEWEST_WORDS = 400  # of a document without headings, before its paragraphs are asked
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
    blocks: list[Block] = field(default_factory=list)

    @property
    def path(self) -> tuple[str, ...]:
        """Titles from the outermost section to this one."""
        above = self.parent.path if self.parent else ()
        return (*above, self.title) if self.title else above


def assign_sections(blocks: Sequence[Block], n_pages: int) -> None:
    """Set ``path`` and ``role`` of every block, in reading order."""
    sections = _sections(blocks, n_pages)
    for section in sections:
        section.role = _named_role(section)
    _fill_by_content(sections)
    for section in sections:
        for block in section.blocks:
            block.path = section.path
            block.role = section.role or SectionRole.FACTS
    _read_unheaded(sections)
    _close_letters(sections)


def _close_letters(sections: Sequence[Section]) -> None:
    """What follows the close of a letter or opens the imprint is no evidence."""
    for section in sections:
        page = 0
        for block in section.blocks:
            if lexicon.CLOSING.search(block.text) and block.kind not in IN_TEXT:
                page = _page(block)
            if page and page <= _page(block) <= page + 1:
                block.role = SectionRole.FRONT_MATTER


def _read_unheaded(sections: Sequence[Section]) -> None:
    """Where hardly any text stands under a heading, the paragraphs speak for themselves."""
    prose = [block for block in sections[0].blocks if block.kind in PROSE]
    words = sum(len(block.text.split()) for block in prose)
    total = sum(len(text.split()) for section in sections for text in _prose([section]))
    if words < FEWEST_WORDS or words < 0.7 * total:
        return
    for block, role in zip(prose, paragraph_roles([b.text for b in prose]), strict=True):
        block.role = role


def _sections(blocks: Sequence[Block], n_pages: int) -> list[Section]:
    root = Section("", 0, None, SectionRole.FRONT_MATTER)
    sections = [root]
    title = _title_block(blocks, n_pages)
    for index, block in enumerate(blocks):
        _close_box(sections, block)
        if block.kind is SegmentKind.HEADING and not _is_title(block, title, blocks, n_pages):
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
                                around.is_appendix, around.is_summary, around.cell))  # fmt: skip


def _title_block(blocks: Sequence[Block], n_pages: int) -> Block | None:
    """The largest heading of the first page, when the document has no cover."""
    first = [b for b in blocks if b.kind is SegmentKind.HEADING and _page(b) == 1]
    if not first or _has_cover(blocks, n_pages):
        return None
    largest = max(first, key=lambda block: block.size_pt)
    return largest if largest is first[0] and not largest.number else None


def _is_title(block: Block, title: Block | None, blocks: Sequence[Block], n_pages: int) -> bool:
    return block is title or (_page(block) == 1 and _has_cover(blocks, n_pages))


def _page(block: Block) -> int:
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
    while parent is not None and _is_closed_by(parent, block, in_box=in_box):
        parent = parent.parent
    is_appendix = bool(lexicon.APPENDIX.match(block.text)) or bool(parent and parent.is_appendix)
    is_summary = bool(lexicon.SUMMARY.search(block.text)) or bool(parent and parent.is_summary)
    boxed = in_box and parent is not None and bool(parent.title)
    level = parent.level + 1 if boxed and parent else max(block.level, 1)
    return Section(
        block.text, level, parent, None, is_appendix, is_summary, block.region.cell if boxed else 0
    )


def _holds(section: Section, block: Block) -> bool:
    """Whether a heading right below another of its level, with no role of its own, is its part."""
    return (
        len(section.blocks) == 1
        and section.level == max(block.level, 1)
        and first_match(section.title, lexicon.STRONG) in HOLDING
        and not lexicon.is_telling(block.text)
        and not block.number
    )


def _is_closed_by(section: Section, block: Block, *, in_box: bool) -> bool:
    """Whether a heading ends a section; one in a box stands below the section around it."""
    level = max(block.level, 1)
    if lexicon.CONTENTS.match(section.title):
        return True
    if section.holds and section.level == level and not lexicon.is_telling(block.text):
        return False
    around = in_box and section.title and not section.cell
    return section.level >= level and not around


def _named_role(section: Section) -> SectionRole | None:
    """The role that the heading gives, or inherits; None where neither says."""
    if not section.title:
        return SectionRole.FRONT_MATTER
    title = section.title
    parent = section.parent.role if section.parent and section.parent.title else None
    if role := first_match(title, lexicon.FORM_BOXES):
        return role
    if parent in CLOSED:
        return parent
    strong = first_match(title, lexicon.STRONG)
    if section.is_appendix:
        return _appendix_role(strong)
    if lexicon.ACTION_PLAN.search(title):
        return SectionRole.APPENDIX
    if strong is not None:
        return strong
    inside = section.parent is not None and bool(section.parent.title)
    if inside or lexicon.OPENING.search(title):
        return parent
    return first_match(title, lexicon.WEAK)


def _appendix_role(strong: SectionRole | None) -> SectionRole:
    kept = (SectionRole.GLOSSARY, SectionRole.TERMS_OF_REFERENCE, SectionRole.LITERATURE)
    return strong if strong in kept else SectionRole.APPENDIX


def _fill_by_content(sections: Sequence[Section]) -> None:
    """Give sections without a telling heading the role that their content and place suggest."""
    words = [sum(len(text.split()) for text in _prose([section])) for section in sections]
    for index, section in enumerate(sections):
        if section.role is not None:
            continue
        if section.parent and section.parent.title and section.parent.role:
            section.role = section.parent.role
            continue
        family = [s for s in sections[index:] if s is section or _is_under(s, section)]
        text = " ".join(_prose(family))
        before, after = _order_before(sections[:index]), _order_after(sections[index + 1 :])
        if lexicon.OPENING.search(section.title):
            section.role = opening_role(text)
        elif before >= ORDER[SectionRole.RECOMMENDATIONS] and _is_late(sections, index, words):
            section.role = SectionRole.APPENDIX
        elif before <= ORDER[SectionRole.METHODOLOGY] and _is_on_method(text, after):
            section.role = SectionRole.METHODOLOGY
        else:
            shift = 6.0 * (after <= ORDER[SectionRole.FACTS]) - 6.0 * (
                before >= ORDER[SectionRole.ANALYSIS]
            )
            section.role = evidence_role(text, shift)


def _is_late(sections: Sequence[Section], index: int, words: Sequence[int]) -> bool:
    """Whether most of the text stands before a section, and no evidence behind it."""
    evidence = any(section.role in EVIDENCE_ROLES for section in sections[index + 1 :])
    return not evidence and sum(words[:index]) > 0.6 * sum(words)


def _is_on_method(text: str, after: int) -> bool:
    return after <= ORDER[SectionRole.FACTS] and opening_role(text) is SectionRole.METHODOLOGY


def _is_under(section: Section, other: Section) -> bool:
    parent = section.parent
    while parent is not None:
        if parent is other:
            return True
        parent = parent.parent
    return False


def _prose(family: Sequence[Section]) -> list[str]:
    skipped = (SegmentKind.HEADING, SegmentKind.FOOTNOTE, SegmentKind.CAPTION)
    return [block.text for s in family for block in s.blocks if block.kind not in skipped]


def _order_before(sections: Sequence[Section]) -> int:
    """Place in the order of the nearest top section before; a summary does not count."""
    return next(
        (ORDER[s.role] for s in reversed(sections) if s.role and s.level <= 1 and not s.is_summary),
        0,
    )


def _order_after(sections: Sequence[Section]) -> int:
    return next((ORDER[s.role] for s in sections if s.role and s.level <= 1), 9)

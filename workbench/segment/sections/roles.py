"""Section path and section role of every block, from headings, their nesting and content."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.records import EVIDENCE_ROLES, SectionRole, SegmentKind
from workbench.segment.blocks.block import Block
from workbench.segment.sections import titles
from workbench.segment.sections.letters import close_letter, open_letter
from workbench.segment.sections.lexicon import STRONG, WEAK
from workbench.segment.sections.mixed import is_reply, mark_quoted, sort_mixed
from workbench.segment.sections.outline import Section, page_of, sections_of
from workbench.segment.sections.passages import evidence_role, opening_role
from workbench.segment.sections.titles import first_match
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
FEWEST_WORDS = 400  # of a document without headings, before its paragraphs are asked
OWN_WORDS = 80  # below an introduction a section with as many words speaks for itself


def assign_sections(blocks: Sequence[Block], n_pages: int) -> None:
    """Set ``path`` and ``role`` of every block, in reading order."""
    sections = sections_of(blocks, n_pages)
    reply = is_reply(blocks)
    for section in sections:
        section.role = _named_role(section, is_reply=reply)
    _fill_by_content(sections, _contents_page(blocks))
    for section in sections:
        for block in section.blocks:
            block.path = section.path
            block.role = section.role or SectionRole.FACTS
        if section.is_mixed and section.role is SectionRole.RECOMMENDATIONS:
            sort_mixed(section.blocks)
        elif reply and section.role in (*EVIDENCE_ROLES, SectionRole.RECOMMENDATIONS):
            mark_quoted(section.blocks)
    if not _read_unheaded(sections):
        open_letter(sections[0].blocks)
    close_letter([section.blocks for section in sections])


def _contents_page(blocks: Sequence[Block]) -> int:
    """The page of the table of contents; 0 without one."""
    for block in blocks:
        headed = block.kind is SegmentKind.HEADING and titles.CONTENTS.match(block.text)
        if headed or block.kind is SegmentKind.CONTENTS_LINE:
            return page_of(block)
    return 0


def _read_unheaded(sections: Sequence[Section]) -> bool:
    """Where hardly any text stands under a heading, the paragraphs speak for themselves.

    Returns:
        Whether that is so.
    """
    prose = [block for block in sections[0].blocks if block.kind in PROSE]
    words = sum(len(block.text.split()) for block in prose)
    total = sum(len(text.split()) for section in sections for text in _prose([section]))
    if words < FEWEST_WORDS or words < 0.7 * total:
        return False
    for block, role in zip(prose, paragraph_roles([b.text for b in prose]), strict=True):
        block.role = role
    return True


def _named_role(section: Section, *, is_reply: bool) -> SectionRole | None:
    """The role that the heading gives, or inherits; None where neither says."""
    if not section.title:
        return SectionRole.FRONT_MATTER
    title = section.title
    parent = section.parent.role if section.parent and section.parent.title else None
    plain = first_match(title, titles.FORM_BOXES) or first_match(title, titles.RECORDS)
    if is_reply:
        plain = first_match(title, titles.REPLIES) or plain
    if plain is not None:
        return plain
    if parent in CLOSED and not _tells_apart(section):
        return parent
    strong = first_match(title, STRONG)
    if section.is_appendix:
        return _appendix_role(strong)
    if titles.ACTION_PLAN.search(title):
        return SectionRole.APPENDIX
    if strong is not None:
        return strong
    inside = section.parent is not None and bool(section.parent.title)
    if inside or titles.OPENING.search(titles.plain(title)):
        return parent
    return first_match(title, WEAK)


def _tells_apart(section: Section) -> bool:
    """Whether a section of findings stands under conclusions and recommendations."""
    above = section.parent is not None and section.parent.is_mixed
    return above and first_match(section.title, STRONG) is SectionRole.FINDINGS


def _appendix_role(strong: SectionRole | None) -> SectionRole:
    kept = (SectionRole.GLOSSARY, SectionRole.TERMS_OF_REFERENCE, SectionRole.LITERATURE)
    return strong if strong in kept else SectionRole.APPENDIX


def _fill_by_content(sections: Sequence[Section], contents_page: int) -> None:
    """Give sections without a telling heading the role that their content and place suggest.

    What stands before the table of contents and says nothing of itself is front matter.
    """
    words = [sum(len(text.split()) for text in _prose([section])) for section in sections]
    for index, section in enumerate(sections):
        if section.role is not None:
            continue
        if section.blocks and page_of(section.blocks[0]) < contents_page:
            section.role = SectionRole.FRONT_MATTER
            continue
        if section.parent and section.parent.title and section.parent.role:
            section.role = section.parent.role
            own = words[index] >= OWN_WORDS and not titles.ON_REVIEW.search(section.title)
            if own and _is_opened(section.parent):
                section.role = opening_role(" ".join(_prose([section])))
            continue
        family = [s for s in sections[index:] if s is section or _is_under(s, section)]
        text = " ".join(_prose(family))
        before, after = _order_before(sections[:index]), _order_after(sections[index + 1 :])
        if titles.OPENING.search(titles.plain(section.title)):
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


def _is_opened(section: Section) -> bool:
    """Whether a section is an introduction, whose parts tell of different things."""
    title = titles.plain(section.title)
    return titles.OPENING.search(title) is not None and first_match(title, STRONG) is None


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

"""What each block is: heading, quotation, caption, bullet, with the levels of the last two."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise

from workbench.records import SegmentKind
from workbench.segment.blocks.block import Block
from workbench.segment.blocks.measures import Measures

CAPTION = re.compile(
    r"^(?:table|figure|fig\.|chart|map|diagram|box)\s+[A-Z]?\d{1,3}\b[.:]?", re.IGNORECASE
)
OPEN_QUOTE = ("“", '"', "‘", "«")
CLOSED_QUOTE = re.compile(r"[”\"’»][.,]?\d{0,2}(?:\s*\([^)]{1,60}\)\.?|\s*[-–—]\s*.{1,60})?$")
SUB_NUMBER = re.compile(
    r"^\(?(?:[a-z]{1,2}|[ivxl]+)[.)]?$|^\(\d{1,2}\)$|^\d{1,2}\)$", re.IGNORECASE
)
#: Causes of death count in a way of their own: "1(a)", "1b", then "2".
CAUSE = re.compile(r"^\d\(?[a-d]\)?$")
OTHER_CAUSE = re.compile(r"^(?:2|ii)[.:]?$", re.IGNORECASE)
POSTCODE = re.compile(r"^[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}$")
SALUTATION = re.compile(r"^dear\s+(?:\S+\s*){1,10}$", re.IGNORECASE)
ENDS_SENTENCE = re.compile(r"[.;,][”\"’)]?\d{0,2}$")
#: A short line that stands apart and is no heading: farewells, dates, "Lead: the Trust".
NO_HEADING = re.compile(
    r"^(?:dear|yours|kind regards|signed|copy|cc)\b|^(?:\w+ )?(?:19|20)\d\d$|^\W"
    r"|^[a-z]+(?: [a-z]+){0,2}:\s",
    re.IGNORECASE,
)
MIRRORED_PT = 5.0  # between the left edges of odd and even pages
APART = 1.3  # line pitches above a heading that is set like the body
FEWEST_LINES_BELOW = 2
WIDEST_SHARE = 0.75  # of its column that such a heading fills
MAX_HEADING_WORDS = 28
MAX_PLAIN_HEADING_WORDS = 7
MAX_HEADING_LINES = 4


def set_kinds(
    blocks: Sequence[Block], measures: Measures, is_telling: Callable[[str], bool]
) -> None:
    """Set the kind of every block that is not yet a table row, note or contents line.

    Args:
        blocks: In reading order.
        measures: Of the document.
        is_telling: Whether a text is a usual heading of a review; such a line is one even
            where its type is that of the body.
    """
    lefts = _lefts(blocks)
    previous: Block | None = None
    for block, following in zip(blocks, [*blocks[1:], None], strict=False):  # may be empty
        if block.kind is SegmentKind.PARAGRAPH:
            block.kind = _kind(block, previous, measures, lefts[_parity(block)])
            if block.kind is SegmentKind.PARAGRAPH and _is_plain_heading(block, measures):
                told = is_telling(block.text) or _stands_apart(block, previous, following, measures)
                block.kind = SegmentKind.HEADING if told else block.kind
        previous = block
    _open_letter(blocks)
    _list_in_bold(blocks)
    _list_causes(blocks)
    _set_bullet_levels(blocks)


def _open_letter(blocks: Sequence[Block]) -> None:
    """Neither the salutation of a letter nor a town in capitals above it is a heading."""
    first = [block for block in blocks if block.lines and block.first.page == 1]
    at = next((i for i, block in enumerate(first) if SALUTATION.match(block.text)), None)
    for block in first[: at + 1] if at is not None else ():
        heading = block.kind is SegmentKind.HEADING
        if heading and (block is first[at or 0] or not block.is_bold):
            block.kind = SegmentKind.PARAGRAPH


def _list_in_bold(blocks: Sequence[Block]) -> None:
    """Numbered bold lines below a colon are a list, when none of them heads a text.

    So is a single one whose number the next heading begins with anew (whom a form is sent to).
    """
    for at, lead in enumerate(blocks):
        if not lead.text.rstrip().endswith(":"):
            continue
        run = _numbered_run(blocks[at + 1 :])
        behind = blocks[at + 1 + len(run)] if at + 1 + len(run) < len(blocks) else None
        anew = behind is not None and bool(run) and behind.number == run[0].number
        if len(run) > 1 or anew:
            for block in run:
                block.kind = SegmentKind.BULLET


def _numbered_run(blocks: Sequence[Block]) -> list[Block]:
    """The headings at the start that count on from 1, with nothing between them."""
    run: list[Block] = []
    for block in blocks:
        digits = block.number.strip("().:")
        if block.kind is not SegmentKind.HEADING or digits != str(len(run) + 1):
            break
        run.append(block)
    return run


def _list_causes(blocks: Sequence[Block]) -> None:
    """Causes of death in bold are a list; the second part is counted without a letter."""
    for upper, lower in pairwise(blocks):
        if CAUSE.match(lower.number) and lower.kind is SegmentKind.HEADING:
            lower.kind = SegmentKind.BULLET
        first = lower.first.words[0].text if lower.lines else ""
        beside = CAUSE.match(upper.number) and upper.kind is SegmentKind.BULLET
        if beside and lower.kind is SegmentKind.HEADING and OTHER_CAUSE.match(first):
            lower.kind = SegmentKind.BULLET
            if not lower.number and len(lower.first.words) > 1:
                lower.number, lower.n_label_words = first.rstrip(".:"), 1


def _parity(block: Block) -> int:
    return block.first.page % 2 if block.lines else 0


def _lefts(blocks: Sequence[Block]) -> tuple[tuple[float, float], tuple[float, float]]:
    """Left edges of most running text and of most numbers, on even and on odd pages.

    They are told apart only where the margins are mirrored.
    """
    held = [
        block
        for block in blocks
        if block.kind is SegmentKind.PARAGRAPH and block.lines and not block.region.cell
    ]
    by_parity = [[block for block in held if _parity(block) == parity] for parity in (0, 1)]
    even, odd = (_usual_left(own) for own in by_parity)
    if even and odd and abs(even - odd) > MIRRORED_PT:
        numbers = [_usual_number_left(own) for own in by_parity]
        return (even, numbers[0]), (odd, numbers[1])
    both = _usual_left(held), _usual_number_left(held)
    return both, both


def _usual_left(blocks: Sequence[Block]) -> float:
    """Left edge of most text of the blocks, in points; 0 without blocks."""
    counts: Counter[int] = Counter()
    for block in blocks:
        counts[round(block.text_left)] += len(block.text)
    return float(max(counts, key=lambda x: (counts[x], -x))) if counts else 0.0


def _usual_number_left(blocks: Sequence[Block]) -> float:
    counts = Counter(round(block.first.x0) for block in blocks if block.number)
    return float(max(counts, key=lambda x: (counts[x], -x))) if counts else 0.0


def _kind(
    block: Block, previous: Block | None, measures: Measures, lefts: tuple[float, float]
) -> SegmentKind:
    text = block.text
    if CAPTION.match(text) and _is_captionlike(block, measures):
        return SegmentKind.CAPTION
    if _is_quotation(block, lefts[0]):
        return SegmentKind.QUOTATION
    if _is_heading(block, previous, measures):
        return SegmentKind.HEADING
    if block.number and _is_list_item(block, previous, lefts[1]):
        return SegmentKind.BULLET
    return SegmentKind.PARAGRAPH


def _is_captionlike(block: Block, measures: Measures) -> bool:
    """Captions are short, and bold, smaller or without a full stop: sentences are neither."""
    return len(block.lines) <= 3 and (
        block.is_bold or block.size_pt < 0.97 * measures.body_pt
        or not ENDS_SENTENCE.search(block.text)
    )  # fmt: skip


def _is_quotation(block: Block, left: float) -> bool:
    text = block.text
    if block.number or not text.startswith(OPEN_QUOTE) or block.is_bold:
        return False
    inside = text[1:-1]
    closed = CLOSED_QUOTE.search(text)
    indented = block.region.cell == 0 and block.text_left > left + 0.8 * block.size_pt
    if closed and (indented or not re.search(r"”\s+\w.*\w.*“", inside)):
        return indented or len(text.split()) > 4
    return indented and len(block.lines) > 1


def _is_heading(block: Block, previous: Block | None, measures: Measures) -> bool:
    text = block.text
    n_words = len(text.split())
    if n_words > MAX_HEADING_WORDS or len(block.lines) > MAX_HEADING_LINES:
        return False
    if not re.search(r"[^\W\d_]|^(?:19|20)\d\d$", text) or _is_left_open(text):
        return False
    if POSTCODE.match(text):
        return False
    large = block.size_pt > 1.12 * measures.body_pt
    capitals = _is_capitals(text)
    if not (large or block.is_bold or capitals):
        return False
    if ENDS_SENTENCE.search(text) and not (large and n_words < 12):
        return False
    attributes = previous is not None and previous.kind is SegmentKind.QUOTATION
    return not (attributes and block.size_pt < 0.97 * measures.body_pt)


def _is_left_open(text: str) -> bool:
    """Whether a quotation opens and does not close: a heading inside of what is quoted."""
    return text.startswith("“") and "”" not in text


def _is_plain_heading(block: Block, measures: Measures) -> bool:
    """Whether a block stands alone like a heading, though it is set like the body."""
    text = block.text
    apart = block.gap_above_pt == 0 or block.gap_above_pt > 1.3 * measures.pitch(block.size_pt)
    return (
        len(block.lines) == 1
        and block.region.cell <= 0
        and len(text.split()) <= MAX_PLAIN_HEADING_WORDS
        and text[:1].isupper()
        and not re.search(r"[.;,:?!]$", text)
        and apart
    )


def _stands_apart(
    block: Block, previous: Block | None, following: Block | None, measures: Measures
) -> bool:
    """Whether white space above and a full paragraph below make a plain line a heading.

    Italic headings look so where the type is not known.
    """
    if following is None or NO_HEADING.search(block.text) or block.number:
        return False
    if previous is not None and previous.kind is SegmentKind.QUOTATION:
        return False  # who said it
    opens = following.kind is SegmentKind.PARAGRAPH and not following.is_bold
    below = opens and len(following.lines) >= FEWEST_LINES_BELOW and bool(following.lines)
    near = below and following.first.page == block.first.page
    if not near or not (following.number or following.text[:1].isupper()):
        return False
    pitch = measures.pitch(block.size_pt)
    width = block.region.right - block.region.left
    narrow = block.first.x1 - block.first.x0 <= WIDEST_SHARE * width
    above = block.gap_above_pt > APART * pitch and block.gap_above_pt >= following.gap_above_pt - 1
    return narrow and above and previous is not None and bool(ENDS_SENTENCE.search(previous.text))


def _is_capitals(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) >= 4 and sum(letter.isupper() for letter in letters) >= 0.8 * len(letters)


def _is_list_item(block: Block, previous: Block | None, numbers_left: float) -> bool:
    """Whether a numbered paragraph is part of a list and no paragraph in its own right."""
    if block.region.cell < 0:  # in a form the numbers count the points of one box
        return True
    inside = bool(numbers_left) and block.first.x0 > numbers_left + 5
    if not SUB_NUMBER.match(block.number):
        return inside and block.number.isdigit()
    if block.region.cell or inside:
        return True
    if previous is None:
        return False
    if previous.kind is SegmentKind.BULLET and previous.number:
        return abs(block.first.x0 - previous.first.x0) < 5
    return previous.text.rstrip().endswith(":")


def _set_bullet_levels(blocks: Sequence[Block]) -> None:
    """Levels from 1 by indent; a block that is no bullet closes the list."""
    indents: list[float] = []
    for block in blocks:
        if block.kind is not SegmentKind.BULLET:
            if block.kind is not SegmentKind.FOOTNOTE:
                indents = []
            continue
        x0 = block.first.x0
        while indents and x0 < indents[-1] - 5:
            indents.pop()
        if not indents or x0 > indents[-1] + 5:
            indents.append(x0)
        block.level = len(indents)

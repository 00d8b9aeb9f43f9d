"""What a document says of itself: title, kind of review, publisher."""

from __future__ import annotations

import re
from collections.abc import Sequence

from workbench.records import SegmentKind
from workbench.segment.blocks.block import Block

#: The closed vocabulary of kinds, most telling first; matched against the opening pages.
KINDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        ("prevention_of_future_deaths_report",
         r"regulation 28|reports? to prevent future deaths|prevention of future deaths"),
        ("joint_review",
         r"\bjoint\b.{0,60}\breview\b"
         r"|domestic homicide review and .{0,60}(?:practice|case) review"),
        ("thematic_review", r"\bthematic\b.{0,60}\breview\b"),
        ("offensive_weapons_homicide_review", r"offensive weapons? homicide review"),
        ("mental_health_homicide_review",
         r"mental health (?:care )?(?:related )?homicide|homicide independent investigation"
         r"|independent (?:mental health )?investigation into the care and treatment"),
        ("domestic_homicide_review",
         r"domestic homicide review|domestic abuse[- ]related death review|\bDHR\b|\bDARDR\b"),
        ("safeguarding_adults_review", r"safeguarding adults? review"),
        ("child_safeguarding_practice_review",
         r"child safeguarding practice review|\bLCSPR\b|\bCSPR\b"),
        ("serious_case_review", r"serious case review"),
    )
)  # fmt: skip
PUBLISHER = re.compile(
    r"\b(?:safeguarding (?:children |adults? )?(?:board|partnership|partners)"
    r"|community safety partnership|safer \w+(?: \w+)? partnership"
    r"|coroner(?:[’']s)? (?:court|service|office)"
    r"|review partners|safety partnership|county council|borough council|city council|nhs england"
    r"|ofsted|violence reduction unit|partnership board)\b",
    re.IGNORECASE,
)
SKIPPED = frozenset({SegmentKind.RUNNING_MATTER, SegmentKind.CONTENTS_LINE, SegmentKind.FOOTNOTE})
MAX_TITLE_WORDS = 40


def _opening(blocks: Sequence[Block], last_page: int = 1) -> list[Block]:
    return [b for b in blocks if b.kind not in SKIPPED and b.lines[0].page <= last_page]


def title(blocks: Sequence[Block]) -> str:
    """The largest text on the first page with words, "" when there is none.

    Lines of nearly that size directly below (a subtitle) belong to it.
    """
    if not blocks:
        return ""
    opening = _opening(blocks, min(block.lines[0].page for block in blocks))
    opening = [block for block in opening if re.search(r"[^\W\d_]{2}", block.text)]
    if not opening:
        return ""
    largest = max(block.size_pt for block in opening)
    at = next(i for i, block in enumerate(opening) if block.size_pt == largest)
    parts = [opening[at].text]
    for block in opening[at + 1 :]:
        if block.size_pt < 0.75 * largest or block.kind is not SegmentKind.HEADING:
            break
        parts.append(block.text)
    return " ".join(" ".join(parts).split()[:MAX_TITLE_WORDS])


def review_type(blocks: Sequence[Block]) -> str:
    """The kind of review in the closed vocabulary of the truth files, "" when not stated.

    Asked of the titles and short lines of the first page, then of the running matter, then
    of the headings of the first three pages: text may speak of any other review.
    """
    running = [block.text for block in blocks if block.kind is SegmentKind.RUNNING_MATTER]
    titles = [
        block.text
        for block in _opening(blocks)
        if block.kind is SegmentKind.HEADING or len(block.text.split()) <= MAX_TITLE_WORDS
    ]
    headings = [b.text for b in _opening(blocks, 3) if b.kind is SegmentKind.HEADING]
    for texts in (titles, running[:20], headings):
        for kind, pattern in KINDS:
            if pattern.search(" ".join(texts)):
                return kind
    return ""


def publisher(blocks: Sequence[Block]) -> str:
    """The board, partnership or coroner's service that the first page or its heads name."""
    candidates = [
        *_opening(blocks),
        *(block for block in blocks if block.kind is SegmentKind.RUNNING_MATTER),
    ]
    for block in candidates:
        if len(block.text.split()) <= 14 and PUBLISHER.search(block.text):
            return re.sub(r"^\d+\s+|\s+\d+$", "", block.text)
    return ""

"""What a file is, what stands on its pages, and the frozen text with its segments."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import NamedTuple

from workbench.errors import OffsetError
from workbench.records.vocabulary import DocumentStatus, PageSource, SectionRole, SegmentKind

_OF_PAGES = re.compile(r"page (\d+(?:-\d+)?(?:, \d+(?:-\d+)?)*): (.*)", re.DOTALL)
_RANGE = re.compile(r"(\d+)(?:-(\d+))?")


class Reason(NamedTuple):
    """A numbered reason for a status: the number is stable, the text is for people."""

    number: int
    text: str


class Box(NamedTuple):
    """A rectangle on a page, in points, display space."""

    page: int  # from 1
    x0: float
    top: float
    x1: float
    bottom: float


class Word(NamedTuple):
    """One word as it is drawn. Its box is the font's line box, not the ink."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size_pt: float
    bold: bool = False


class Edge(NamedTuple):
    """A drawn rule, or one side of a drawn rectangle, in points, display space."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Words on one baseline without a column gap between them, left to right."""

    words: tuple[Word, ...]
    x0: float
    top: float
    x1: float
    bottom: float
    size_pt: float  # the size that most characters have
    bold: bool = False  # most characters are bold
    is_artifact: bool = False  # the file marks it as no part of the text (a head, a foot)

    @property
    def text(self) -> str:
        """The words with one space between them."""
        return " ".join(word.text for word in self.words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page as it was read: lines in the order of the page, rules, filled boxes."""

    document_id: str
    number: int  # from 1
    label: str  # as the file names the page ("iv"); "" when it does not
    width_pt: float
    height_pt: float
    rotation_deg: int  # the file's /Rotate, already applied to every coordinate
    source: PageSource
    lines: tuple[Line, ...]
    edges: tuple[Edge, ...] = ()
    filled_boxes: tuple[Edge, ...] = ()  # opaque dark rectangles: possible redactions
    warnings: tuple[str, ...] = ()
    ocr_confidence: float | None = None  # mean of our recognition's own, 0-1, by characters
    #: Clockwise turn that made a scan upright and straight before it was recognised; already
    #: applied to every coordinate and to the sizes of the page.
    scan_turn_deg: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One file: what it is, and how its extraction ended."""

    document_id: str  # SHA-256 of the file's bytes, hexadecimal
    file_name: str
    status: DocumentStatus
    reason: Reason | None = None  # set for every status but ok
    n_pages: int = 0
    title: str = ""
    review_type: str = ""
    publisher: str = ""
    producer: str = ""
    warnings: tuple[str, ...] = ()  # those of pages begin with "page 1-3, 7: "

    def warnings_of(self, page: int) -> tuple[str, ...]:
        """The warnings that name a page (from 1), without the numbers before them."""
        found = (_OF_PAGES.match(warning) for warning in self.warnings)
        return tuple(
            match[2]
            for match in found
            if match
            and any(
                int(first) <= page <= int(last or first) for first, last in _RANGE.findall(match[1])
            )
        )


class PlacedWord(NamedTuple):
    """Where a run of the frozen text stands on the page.

    A word broken at a line end has two: each part with its own box.
    """

    start_char: int
    end_char: int
    page: int  # from 1
    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenText:
    """The text of one document, never edited again, and the place of each of its words.

    It holds every segment once, in reading order, with a blank line between two segments.
    Inside a segment line breaks are spaces and hyphens at line ends are repaired, so that a
    quotation that runs over lines or pages is one exact substring.
    """

    document_id: str
    text: str
    words: tuple[PlacedWord, ...]  # by start_char; they do not overlap

    def boxes(self, start_char: int, end_char: int) -> tuple[Box, ...]:
        """Rectangles over the words that the range touches, one for each printed line.

        Raises:
            OffsetError: The range is empty or not inside the text.
        """
        if not 0 <= start_char < end_char <= len(self.text):
            raise OffsetError(
                f"{self.document_id}: [{start_char}:{end_char}] is not a range inside its text of "
                f"{len(self.text)} characters. Run the document again from its PDF."
            )
        first = bisect_right(self.words, start_char, key=lambda word: word.end_char)
        boxes: list[Box] = []
        for word in self.words[first:]:
            if word.start_char >= end_char:
                break
            box = Box(word.page, word.x0, word.top, word.x1, word.bottom)
            if boxes and _same_line(boxes[-1], box):
                box = _union(boxes.pop(), box)
            boxes.append(box)
        return tuple(boxes)


def _same_line(left: Box, right: Box) -> bool:
    overlap = min(left.bottom, right.bottom) - max(left.top, right.top)
    height = min(left.bottom - left.top, right.bottom - right.top)
    return left.page == right.page and right.x0 >= left.x0 and overlap > 0.5 * height


def _union(left: Box, right: Box) -> Box:
    return Box(
        left.page,
        min(left.x0, right.x0),
        min(left.top, right.top),
        max(left.x1, right.x1),
        max(left.bottom, right.bottom),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A passage of one document: the unit that is coded.

    ``text == frozen_text[start_char:end_char]``.
    """

    document_id: str
    ordinal: int  # from 0, reading order
    kind: SegmentKind
    section_role: SectionRole
    start_char: int
    end_char: int
    text: str
    page_start: int
    page_end: int
    number: str = ""  # as the review prints it ("4.12", "(a)"), not part of the text
    section_path: tuple[str, ...] = ()  # headings from the outermost, without their numbers
    level: int = 0  # of a heading (from 1) or a nested bullet (from 1); else 0
    cells: tuple[str, ...] = ()  # of a table row; text is the cells joined by " | "

    def __post_init__(self) -> None:
        check_offsets(self.document_id, self.start_char, self.end_char, self.text)


def check_offsets(document_id: str, start_char: int, end_char: int, text: str) -> None:
    """Refuse a passage whose offsets do not fit its text.

    Raises:
        OffsetError: The range is empty, negative or not as long as the text.
    """
    if start_char < 0 or end_char - start_char != len(text) or not text:
        raise OffsetError(
            f"{document_id}: a passage [{start_char}:{end_char}] spans {end_char - start_char} "
            f"characters, but its text has {len(text)}. Run the document again from its PDF."
        )

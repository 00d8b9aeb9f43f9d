"""The frozen records that travel between the stages, and the vocabularies they use.

    Document -> Page (Line, Word) -> FrozenText + Segment -> Coding, Person -> Case -> Finding

Coordinates are points (1/72 inch) in display space: origin at the top left of the page as a
viewer shows it, after ``/Rotate`` and the crop box. Page numbers start at 1. Character
offsets count Unicode code points of the document's frozen text from 0, end excluded, as in
spaCy.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from workbench.errors import OffsetError


class DocumentStatus(StrEnum):
    """How the extraction of a file ended. Nothing ends in any other way."""

    OK = "ok"
    NEEDS_OCR = "needs_ocr"
    QUARANTINED = "quarantined"


class PageSource(StrEnum):
    """Where the words of a page come from."""

    TEXT = "text"
    OCR = "ocr"  # our own recognition
    FOREIGN_OCR = "foreign_ocr"  # a full-page image under somebody else's text layer
    IMAGE_ONLY = "image_only"  # a picture without a text layer: no words yet
    GARBLED = "garbled"  # a text layer that does not decode to words
    EMPTY = "empty"


class SegmentKind(StrEnum):
    """What a segment is on the page."""

    PARAGRAPH = "paragraph"
    BULLET = "bullet"
    HEADING = "heading"
    FOOTNOTE = "footnote"
    TABLE_ROW = "table_row"
    CHRONOLOGY_ENTRY = "chronology_entry"
    RECOMMENDATION = "recommendation"
    QUOTATION = "quotation"
    CAPTION = "caption"
    CONTENTS_LINE = "contents_line"
    RUNNING_MATTER = "running_matter"


class SectionRole(StrEnum):
    """What the section that holds a segment is for."""

    FACTS = "facts"
    ANALYSIS = "analysis"
    FINDINGS = "findings"
    RECOMMENDATIONS = "recommendations"
    TERMS_OF_REFERENCE = "terms_of_reference"
    METHODOLOGY = "methodology"
    GLOSSARY = "glossary"
    LITERATURE = "literature"
    APPENDIX = "appendix"
    FRONT_MATTER = "front_matter"


#: Sections whose affirmed and negated codings decide the state of a case.
EVIDENCE_ROLES = frozenset({SectionRole.FACTS, SectionRole.ANALYSIS, SectionRole.FINDINGS})


class Assertion(StrEnum):
    """Whether the passage says that the factor was there."""

    AFFIRMED = "affirmed"
    SUSPECTED = "suspected"
    NEGATED = "negated"
    HYPOTHETICAL = "hypothetical"
    GENERAL = "general"  # law, training, research, service names, another case
    RECOMMENDATION = "recommendation"


class SubjectRole(StrEnum):
    """Whose factor it is."""

    INDEX_CHILD = "index_child"
    VICTIM = "victim"
    PERPETRATOR = "perpetrator"
    DECEASED = "deceased"
    PARENT_CARER = "parent_carer"
    SIBLING = "sibling"
    HOUSEHOLD_MEMBER = "household_member"
    PEER = "peer"
    PATIENT_OR_GROUP = "patient_or_group"
    AGENCY = "agency"
    PLACE = "place"
    NOT_APPLICABLE = "not_applicable"


class Temporality(StrEnum):
    """When the factor was there, seen from the index incident."""

    CHILDHOOD = "childhood"
    PAST = "past"
    CURRENT = "current_at_incident"
    INDEX_INCIDENT = "index_incident"
    POST_INCIDENT = "post_incident"
    UNCLEAR = "unclear"


class Valence(StrEnum):
    """Whether a practice coding tells of a failing or of good practice."""

    NEGATIVE = "negative"
    POSITIVE = "positive"
    NOT_APPLICABLE = "not_applicable"


class State(StrEnum):
    """What a case says of a factor. Silence is its own state, never absence."""

    PRESENT = "present"
    RULED_OUT = "ruled_out"
    NOT_MENTIONED = "not_mentioned"


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
    warnings: tuple[str, ...] = ()


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """One entry of the codebook."""

    code_id: str
    label: str
    group: str
    level: str  # L1 to L7, or "case" for incident attributes
    tier: str  # core or extended
    definition: str
    include: str
    exclude: str
    cues: tuple[str, ...]
    false_positives: tuple[str, ...]
    topic_terms: tuple[str, ...]
    roles: tuple[SubjectRole, ...]
    objectives: tuple[str, ...]
    ace: str = ""  # item of the ten-item ACE set, "" for none
    has_valence: bool = False
    is_attribute: bool = False  # an incident fact with a value, not a factor
    values: tuple[str, ...] = ()
    maps: tuple[tuple[str, str], ...] = ()  # framework, name there


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person of one document's case."""

    document_id: str
    person_id: str  # "P1", unique in the document
    name: str  # the pseudonym as the review prints it
    role: SubjectRole
    aliases: tuple[str, ...] = ()
    relation: str = ""  # "mother of index_child"; "" when not stated
    age_years: int | None = None
    sex: str = ""  # "female", "male", "" when not stated
    ethnicity: str = ""
    start_char: int = 0  # first mention
    end_char: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Coding:
    """One use of a code on exact words of a document."""

    document_id: str
    segment: int  # ordinal of the segment
    start_char: int
    end_char: int
    text: str
    code_id: str
    assertion: Assertion
    subject_role: SubjectRole
    section_role: SectionRole
    temporality: Temporality
    valence: Valence
    score: float  # 0-1; what it means depends on the source
    source: str  # "rule:<version>", "model:<name>@<hash>", "human:<coder>"
    person_id: str = ""  # of a Person of the same document, "" when not resolved
    explanation: str = ""  # which pattern, which trigger: for people

    def __post_init__(self) -> None:
        check_offsets(self.document_id, self.start_char, self.end_char, self.text)

    @property
    def coding_id(self) -> str:
        """Stable name: the same words coded in the same way by the same source."""
        document = self.document_id[:12]
        return (
            f"{document}-{self.start_char}-{self.end_char}-{self.code_id}"
            f"-{self.subject_role}-{self.assertion}"
        )

    @property
    def counts_as_evidence(self) -> bool:
        """Whether it may decide the state of a case (see EVIDENCE_ROLES)."""
        return self.section_role in EVIDENCE_ROLES


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseState:
    """What one case says of one code for one role."""

    code_id: str
    subject_role: SubjectRole
    state: State
    score: float = 0.0  # 0-1: the highest score among the codings for the state
    codings_for: tuple[str, ...] = ()  # ids of affirmed codings that count
    codings_against: tuple[str, ...] = ()  # ids of negated codings that count
    codings_suspected: tuple[str, ...] = ()  # reported beside, never counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One review of one index incident; several documents may tell of it."""

    case_id: str
    title: str
    review_type: str
    document_ids: tuple[str, ...]  # the leading document first
    people: tuple[Person, ...]
    states: tuple[CaseState, ...]  # by code and role; not_mentioned ones are left out
    n_segments: int  # segments that were searched
    n_words: int  # words in the sections that count as evidence
    link_reason: str = ""  # why several documents are one case

    def state(self, code_id: str, subject_role: SubjectRole | None = None) -> State:
        """The state of a code for a role, or for any role when none is given."""
        states = {
            state.state
            for state in self.states
            if state.code_id == code_id and subject_role in (None, state.subject_role)
        }
        for candidate in (State.PRESENT, State.RULED_OUT):
            if candidate in states:
                return candidate
        return State.NOT_MENTIONED


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A number that may be published, with all that is behind it."""

    finding_id: str  # stable and fit for a file name
    measure: str  # "prevalence", "ruled_out", "co_occurrence", ...
    label: str  # a sentence fragment for people
    unit: str  # what is counted: "cases", "people"
    numerator: int
    denominator: int
    estimate: float
    low: float | None = None  # bounds of the 95 % interval, where there is one
    high: float | None = None
    p_value: float | None = None
    q_value: float | None = None  # after false-discovery control
    code_ids: tuple[str, ...] = ()
    subject_role: SubjectRole | None = None  # None: any role
    case_ids: tuple[str, ...] = ()  # the cases of the numerator
    coding_ids: tuple[str, ...] = ()  # the passages behind it
    statistics: tuple[tuple[str, float], ...] = field(default=())  # lift, phi, odds_ratio ...


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

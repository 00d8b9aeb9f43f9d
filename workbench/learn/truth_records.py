"""The records of a truth file: what a fictional review says, written down by its author.

A truth file (schema ``truth/1``) is JSON; ``corpora/demo/README.md`` explains every key.
Pages and ages are numbers, 0-based indexes point into ``paragraphs``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from workbench.records import (
    Assertion,
    SectionRole,
    SegmentKind,
    State,
    SubjectRole,
    Temporality,
    Valence,
)

TRUTH_SCHEMA = "truth/1"
KINDS = frozenset(
    {
        "domestic_homicide_review",
        "child_safeguarding_practice_review",
        "serious_case_review",
        "safeguarding_adults_review",
        "mental_health_homicide_review",
        "prevention_of_future_deaths_report",
        "offensive_weapons_homicide_review",
        "thematic_review",
        "joint_review",
    }
)
#: A document can be read as it is, or only after recognition of its page images.
STATUSES = frozenset({"ok", "needs_ocr"})
POSITIONS = frozenset({"header", "footer", "margin"})


@dataclass(frozen=True, slots=True, kw_only=True)
class TruthPerson:
    """A person of the review, as the review calls them."""

    person_id: str
    name: str
    role: SubjectRole
    aliases: tuple[str, ...] = ()
    relation: str = ""  # "mother of victim"; "" when not recorded
    age_years: int | None = None  # at the incident
    sex: str = ""
    ethnicity: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TruthParagraph:
    """One passage in reading order; its text has no printed number and no footnote marks."""

    number: str  # as printed, without a closing full stop; "" for none
    kind: SegmentKind
    section_role: SectionRole
    page: int  # from 1, where it begins
    page_end: int  # from 1, where it ends
    text: str
    cells: tuple[str, ...] = ()  # table rows: the text is the cells joined by " | "
    level: int | None = None  # headings: 1 is the highest


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningMatter:
    """A line that pages repeat: ``pattern`` matches it whole, with single spaces."""

    position: str  # header, footer or margin
    pattern: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TruthCoding:
    """One use of a code on words of a paragraph."""

    paragraph_index: int
    quote: str  # an exact part of the paragraph's text
    code_id: str
    assertion: Assertion
    subject_role: SubjectRole
    temporality: Temporality
    valence: Valence
    person_id: str = ""
    more_quotes: tuple[str, ...] = ()  # further words of the paragraph for the same coding


@dataclass(frozen=True, slots=True, kw_only=True)
class TruthEvent:
    """An entry of the chronology."""

    date: str  # ISO 8601, cut to the precision; a range as "2010/2013"
    precision: str  # day, month, year or range
    event: str
    agencies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TruthRecommendation:
    """A recommendation and to whom it is made."""

    number: str  # "" when the review prints none
    text: str
    addressee: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TruthPart:
    """What a review of several incidents says of one of them."""

    person_id: str  # whose it is
    name: str
    states: Mapping[str, Mapping[SubjectRole, State]]  # what is absent is not_mentioned
    incident: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """All that is known of one document of the demonstration corpus."""

    truth_id: str  # also the stem of its PDF
    case_id: str  # documents that share it tell of one case
    kind: str
    title: str
    pages: int
    status: str = "ok"
    lead: bool = True  # False for a summary or a copy of another document
    people: tuple[TruthPerson, ...] = ()
    paragraphs: tuple[TruthParagraph, ...] = ()
    running_matter: tuple[RunningMatter, ...] = ()
    codings: tuple[TruthCoding, ...] = ()
    optional_codings: tuple[TruthCoding, ...] = ()  # counted neither way
    case: Mapping[str, Mapping[SubjectRole, State]]  # what is absent is not_mentioned
    positive_practice: Mapping[str, tuple[SubjectRole, ...]]
    suspected_only: Mapping[str, tuple[SubjectRole, ...]]
    ace10: Mapping[str, tuple[str, ...]]  # person_id -> codes of the ten-item ACE set
    incident: Mapping[str, object]
    parts: tuple[TruthPart, ...] = ()  # cases of their own; ``case`` has them all together
    chronology: tuple[TruthEvent, ...] = ()
    recommendations: tuple[TruthRecommendation, ...] = ()
    agencies: tuple[str, ...] = ()

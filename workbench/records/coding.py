"""What is said in a document: codes, people, codings and findings."""

from __future__ import annotations

import re
from dataclasses import dataclass

from workbench.records.details import DatedEvent, Metadatum, Recommendation
from workbench.records.document import Document, FrozenText, Segment, check_offsets
from workbench.records.vocabulary import (
    EVIDENCE_ROLES,
    Assertion,
    PersonGrouping,
    SectionRole,
    SubjectRole,
    Temporality,
    Valence,
)

#: Bands of age by their first year: childhood by the ages of school, then of adult life.
AGE_BANDS = (
    (0, "under 10"), (10, "10-15"), (16, "16-17"), (18, "18-24"), (25, "25-44"), (45, "45-64"),
    (65, "65 and over"),
)  # fmt: skip
#: What tables print where nothing is known.
_UNKNOWN = frozenset({"unknown", "not known", "not stated", "not recorded"})
_NOT_WORDS = re.compile(r"[\W_]+")


#: Begins the source of codings that were read from the signs of a table.
SIGNS = "signs:"


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
    same_as: tuple[tuple[str, str], ...] = ()  # (document_id, person_id) elsewhere in the case

    def group(self, grouping: PersonGrouping) -> str:
        """The group of the person, in lower-case words; "" where the review does not say.

        An ethnicity is what the review prints; only case and punctuation are passed over.
        """
        if grouping is PersonGrouping.AGE_BAND:
            age = self.age_years
            reached = [band for first, band in AGE_BANDS if age is not None and first <= age]
            return reached[-1] if reached else ""
        said = self.sex if grouping is PersonGrouping.SEX else self.ethnicity
        words = _NOT_WORDS.sub(" ", said.casefold()).strip()
        return "" if words in _UNKNOWN else words


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
    source: str  # "rule:<version>", "signs:<version>", "model:<name>@<hash>", "human:<coder>"
    person_id: str = ""  # of a Person of the same document, "" when not resolved
    explanation: str = ""  # which pattern, which trigger: for people

    def __post_init__(self) -> None:
        check_offsets(self.document_id, self.start_char, self.end_char, self.text)

    @property
    def coding_id(self) -> str:
        """Stable name: the same words coded in the same way, by whichever source.

        The person is part of it, because one sentence may tell of two children, and so is
        good practice, because one clause may be coded both ways.
        """
        document = self.document_id[:12]
        person = f"-{self.person_id}" if self.person_id else ""
        valence = f"-{self.valence}" if self.valence is Valence.POSITIVE else ""
        return (
            f"{document}-{self.start_char}-{self.end_char}-{self.code_id}"
            f"-{self.subject_role}-{self.assertion}{person}{valence}"
        )

    @property
    def is_of_signs(self) -> bool:
        """Whether signs in a table say it of the person whose column they stand in."""
        return self.source.startswith(SIGNS)

    @property
    def counts_as_evidence(self) -> bool:
        """Whether it may decide the state of a case (see EVIDENCE_ROLES)."""
        return self.section_role in EVIDENCE_ROLES


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that the stages before the cases know of one document."""

    document: Document
    frozen: FrozenText
    segments: tuple[Segment, ...]
    people: tuple[Person, ...] = ()
    codings: tuple[Coding, ...] = ()
    metadata: tuple[Metadatum, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    events: tuple[DatedEvent, ...] = ()


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
    statistics: tuple[tuple[str, float], ...] = ()  # lift, phi, odds_ratio ...
    note: str = ""  # how the number must be read, where that is not plain

"""What a case says of its incident: how, where, when, and who to whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from workbench.records.coding import Coding
from workbench.records.document import check_offsets
from workbench.records.vocabulary import (
    Assertion,
    SectionRole,
    SubjectRole,
    Temporality,
    Valence,
)

#: Codes of the codebook whose values a fact may have.
METHOD, PLACE, TIME, RELATIONSHIP = (
    "incident_method", "incident_place", "incident_time", "incident_relationship",
)  # fmt: skip
#: What a case says nothing of. It is never the value of a fact: there is none then.
NOT_STATED = "not_stated"


class IncidentField(StrEnum):
    """What of the incident a fact tells; each belongs to one code of the codebook."""

    METHOD = "method"
    PLACE = "place"
    AREA = "area"  # borough, ward or town, as printed
    DATE = "date"  # ISO 8601, as exact as printed and no more: "2022-11-19", "2022-11", "2022"
    TIME_BAND = "time_band"
    WEEKDAY = "weekday"  # "monday" ... "sunday"
    DAY_TYPE = "day_type"  # "weekday", "weekend"
    SCHOOL_CALENDAR = "school_calendar"  # "term", "school_holiday"
    RELATIONSHIP = "relationship"  # of the perpetrator to the victim

    @property
    def code_id(self) -> str:
        """The attribute of the codebook that it is a part of."""
        if self is IncidentField.METHOD:
            return METHOD
        if self in (IncidentField.PLACE, IncidentField.AREA):
            return PLACE
        return RELATIONSHIP if self is IncidentField.RELATIONSHIP else TIME

    @property
    def is_coded(self) -> bool:
        """Whether the codebook lists its values; areas, dates and days have too many."""
        return self not in (IncidentField.AREA, IncidentField.DATE, IncidentField.WEEKDAY)


class FactBasis(StrEnum):
    """What a fact rests on."""

    STATED = "stated"  # the words say it
    COMPUTED = "computed"  # follows from what the words say: the weekday of a date
    CALENDAR = "calendar"  # from the calendar that the user gives
    HUMAN = "human"  # a person's decision
    CODED = "coded"  # a table of cases that others coded


class Standing(StrEnum):
    """What the case makes of a fact."""

    VALUE = "value"  # the case's value; a relationship may have one for each perpetrator
    AGREES = "agrees"  # other words, the same value
    DIFFERS = "differs"  # other words, another value: shown, never counted


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentFact:
    """One value that words of a document give of the incident.

    A case that is silent has no fact of the field: silence is never filled in.
    """

    field: IncidentField
    value: str
    basis: FactBasis
    standing: Standing
    score: float  # 0-1: how sure; 1 for what a person chose or coded. A rank, not a chance
    document_id: str
    segment: int  # ordinal of the segment
    start_char: int  # of the words that say it, or from which it follows
    end_char: int
    text: str
    person_id: str = ""  # whom of several subjects it is about; "": the incident as a whole
    explanation: str = ""  # which pattern, which reckoning: for people

    def __post_init__(self) -> None:
        check_offsets(self.document_id, self.start_char, self.end_char, self.text)
        if not self.value or self.value == NOT_STATED or not 0 <= self.score <= 1:
            raise ValueError(f"{self}: needs a value that is stated, and a score from 0 to 1")

    @property
    def code_id(self) -> str:
        """The attribute of the codebook that it is a value of."""
        return self.field.code_id

    def coding(self, section_role: SectionRole = SectionRole.FACTS) -> Coding:
        """The fact as a passage that can be shown and linked to; no case counts it as a factor.

        Args:
            section_role: What the section of its segment is for.
        """
        return Coding(
            document_id=self.document_id,
            segment=self.segment,
            start_char=self.start_char,
            end_char=self.end_char,
            text=self.text,
            code_id=self.code_id,
            assertion=Assertion.AFFIRMED,
            subject_role=SubjectRole.NOT_APPLICABLE,
            section_role=section_role,
            temporality=Temporality.INDEX_INCIDENT,
            valence=Valence.NOT_APPLICABLE,
            score=self.score,
            source=f"incident:{self.basis}",
            explanation=self.explanation,
        )

    @property
    def coding_id(self) -> str:
        """Of its passage: facts of one code that rest on the same words share it."""
        return self.coding().coding_id

    @property
    def exported_value(self) -> str:
        """The value as it may leave the workspace: a date is cut to its month."""
        return self.value[:7] if self.field is IncidentField.DATE else self.value


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarPeriod:
    """A stretch of a school calendar, as the user gives it; both days included."""

    area: str  # "" for every area that has no calendar of its own
    kind: str  # "term" or "school_holiday"
    name: str  # "autumn half-term 2023"
    first: date
    last: date

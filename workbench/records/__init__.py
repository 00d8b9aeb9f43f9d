"""The frozen records that travel between the stages, and the vocabularies they use.

    Document -> Page (Line, Word) -> FrozenText + Segment -> Coding, Person -> Case -> Finding

Coordinates are points (1/72 inch) in display space: origin at the top left of the page as a
viewer shows it, after ``/Rotate`` and the crop box. Page numbers start at 1. Character
offsets count Unicode code points of the document's frozen text from 0, end excluded, as in
spaCy.
"""

from __future__ import annotations

from workbench.records.case import Case, CaseIndex, CasePart, CaseState, SubjectRecord
from workbench.records.coding import (
    AGE_BANDS,
    SIGNS,
    Code,
    Coding,
    Finding,
    Person,
    Reading,
)
from workbench.records.decision import MARKING, Action, Decision, Shown
from workbench.records.details import DatedEvent, Metadatum, Recommendation
from workbench.records.document import (
    Box,
    Document,
    Edge,
    FrozenText,
    Line,
    Page,
    PlacedWord,
    Reason,
    Segment,
    Word,
    check_offsets,
)
from workbench.records.incident import (
    NOT_STATED,
    CalendarPeriod,
    FactBasis,
    IncidentFact,
    IncidentField,
    Standing,
)
from workbench.records.vocabulary import (
    EVIDENCE_ROLES,
    Assertion,
    DateBasis,
    DatePrecision,
    DocumentStatus,
    MetadataField,
    MetadataSource,
    PageSource,
    PersonGrouping,
    SectionRole,
    SegmentKind,
    State,
    SubjectRole,
    Temporality,
    Valence,
)

__all__ = [
    "AGE_BANDS",
    "EVIDENCE_ROLES",
    "MARKING",
    "NOT_STATED",
    "SIGNS",
    "Action",
    "Assertion",
    "Box",
    "CalendarPeriod",
    "Case",
    "CaseIndex",
    "CasePart",
    "CaseState",
    "Code",
    "Coding",
    "DateBasis",
    "DatePrecision",
    "DatedEvent",
    "Decision",
    "Document",
    "DocumentStatus",
    "Edge",
    "FactBasis",
    "Finding",
    "FrozenText",
    "IncidentFact",
    "IncidentField",
    "Line",
    "MetadataField",
    "MetadataSource",
    "Metadatum",
    "Page",
    "PageSource",
    "Person",
    "PersonGrouping",
    "PlacedWord",
    "Reading",
    "Reason",
    "Recommendation",
    "SectionRole",
    "Segment",
    "SegmentKind",
    "Shown",
    "Standing",
    "State",
    "SubjectRecord",
    "SubjectRole",
    "Temporality",
    "Valence",
    "Word",
    "check_offsets",
]

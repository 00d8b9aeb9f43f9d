"""The closed vocabularies of the records."""

from __future__ import annotations

from enum import StrEnum


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


class PersonGrouping(StrEnum):
    """By what people may be grouped, as far as a review says it of them."""

    SEX = "sex"
    AGE_BAND = "age_band"
    ETHNICITY = "ethnicity"


class MetadataField(StrEnum):
    """What may be known of a document as a whole."""

    TITLE = "title"
    REVIEW_TYPE = "review_type"
    PUBLISHER = "publisher"
    AUTHOR = "author"  # or chair, reviewer, coroner
    REPORT_DATE = "report_date"  # published, else completed
    PERIOD = "period"  # that the review looks at
    INCIDENT_DATE = "incident_date"  # to the month
    SUBJECT = "subject"  # pseudonym of whom the review is about; there may be several
    AREA = "area"


class MetadataSource(StrEnum):
    """Where a thing known of a document comes from."""

    PAGE = "page"
    RUNNING_MATTER = "running_matter"
    FILE_NAME = "file_name"
    USER = "user"


class DatePrecision(StrEnum):
    """How exact a date is printed."""

    DAY = "day"
    MONTH = "month"
    SEASON = "season"
    PART_OF_YEAR = "part_of_year"  # "early 2019": the date is the year
    YEAR = "year"
    RANGE = "range"
    UNKNOWN = "unknown"


class DateBasis(StrEnum):
    """What the date of an event rests on."""

    PRINTED = "printed"
    ROW_ABOVE = "row_above"  # the date cell is empty: the entry above has the date
    THAT_DAY = "that_day"  # "later that day", "the next day"
    IN_TEXT = "in_text"  # no entry of a chronology: a sentence of the text has the date
    YEAR_ABOVE = "year_above"  # as in_text, with the year of the date before it
    NONE = "none"

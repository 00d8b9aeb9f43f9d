"""What a document says of itself, what it recommends, and what it dates."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.errors import OffsetError
from workbench.records.vocabulary import DateBasis, DatePrecision, MetadataField, MetadataSource


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadatum:
    """One thing known of a document, with the place it was read from.

    A field that was not found has no Metadatum. ``end_char`` is 0 where the value stands in
    no text of the document (the file's name, the user).
    """

    document_id: str
    field: MetadataField
    value: str  # dates ISO 8601, cut to their precision; a range as "2010-05/2013"
    confidence: float  # 0-1: how sure the rule is that found it; 1 for the user
    source: MetadataSource
    start_char: int = 0  # of the words in the frozen text that say it
    end_char: int = 0

    def __post_init__(self) -> None:
        if not self.value or not 0 <= self.confidence <= 1:
            raise ValueError(f"{self}: needs a value and a confidence between 0 and 1")
        _check_range(self.document_id, self.start_char, self.end_char)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation:
    """A recommendation; its text is that of its segment."""

    document_id: str
    segment: int  # ordinal of the segment
    start_char: int
    end_char: int
    text: str
    number: str = ""  # as printed; "" for none
    addressee: str = ""  # to whom, as the review names them; "" where it does not say
    addressee_start: int = 0  # place of the addressee in the frozen text, end 0: none
    addressee_end: int = 0
    timescale: str = ""  # as printed ("within six months", "March 2025"); "" where not stated

    def __post_init__(self) -> None:
        _check_range(self.document_id, self.start_char, self.end_char)
        _check_range(self.document_id, self.addressee_start, self.addressee_end)


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedEvent:
    """A chronology entry, with its date as exact as it is printed and no more.

    Or a sentence of the text that dates something which no entry has (``is_entry`` False).
    """

    document_id: str
    segment: int  # ordinal of the segment
    date: str  # ISO 8601, EDTF for seasons ("2019-21"), "a/b" for a range; "" when not known
    precision: DatePrecision
    basis: DateBasis
    printed: str  # the date as printed, "" when the row prints none
    text: str  # what happened, without the date and the source
    agency: str = ""  # what the entry's column for source or agency says
    is_approximate: bool = False  # printed with "about", "circa" and the like
    start_char: int  # of the entry
    end_char: int

    def __post_init__(self) -> None:
        _check_range(self.document_id, self.start_char, self.end_char)

    @property
    def is_entry(self) -> bool:
        """Whether it is an entry of a chronology, not a sentence of the text."""
        return self.basis not in (DateBasis.IN_TEXT, DateBasis.YEAR_ABOVE)


def _check_range(document_id: str, start_char: int, end_char: int) -> None:
    if not (start_char == end_char == 0 or 0 <= start_char < end_char):
        raise OffsetError(
            f"{document_id}: [{start_char}:{end_char}] is no range. Run the document again."
        )

"""What coders did, and what their agreement is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from workbench.annotate.statistics.resampling import Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A code that a coder gave to words of a unit, or to the whole of it."""

    code_id: str
    start_char: int = -1  # -1: the words were not recorded
    end_char: int = -1
    assertion: str = ""
    subject_role: str = ""

    @property
    def has_span(self) -> bool:
        """Whether the words are known."""
        return 0 <= self.start_char < self.end_char


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedUnit:
    """What one coder did with one unit that was shown to them; no marks: they found nothing."""

    coder: str
    document_id: str
    unit_id: str  # of the segment or passage, unique in the document
    case_id: str = ""  # "": the document is the case
    marks: tuple[Mark, ...] = ()
    coded_on: date | None = None
    n_chars: int = 0  # length of the unit's text, 0 when not known


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingTable:
    """One category for each unit from each coder: a row a unit, a column a coder."""

    coders: tuple[str, ...]
    unit_ids: tuple[str, ...]
    document_ids: tuple[str, ...]
    values: tuple[tuple[str, ...], ...]  # by unit, then coder; "": no rating
    dates: tuple[date | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementSettings:
    """How agreement is measured."""

    n_resamples: int = 2_000  # of documents, for the intervals
    seed: int = 0
    wanted_width: float = 0.2  # of the interval of alpha, for the number of documents needed
    only_affirmed: bool = False  # count a code only where it says that the factor was there

    def __post_init__(self) -> None:
        if self.n_resamples < 100:
            raise ValueError(f"n_resamples is {self.n_resamples}; an interval needs 100 or more")
        if self.wanted_width <= 0:
            raise ValueError(f"wanted_width is {self.wanted_width}; it must be above 0")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """Agreement on one code, or on all together, at one level."""

    level: str  # "segment", "span", "case"; "unit" for a table of ratings
    code_id: str  # "" for all together
    n_units: int  # that two coders or more have coded
    n_documents: int  # they stand in
    n_marked: int  # of these units, marked by at least one coder
    prevalence: Estimate  # share of ratings that are marks, 0-1
    estimates: Mapping[str, Estimate]  # by name: see MEASURES
    documents_needed: int | None  # for an interval of alpha of the wanted width
    reading: str  # in plain words


@dataclass(frozen=True, slots=True, kw_only=True)
class PairFigure:
    """Agreement of two coders on all codes together, at the level of the unit."""

    coders: tuple[str, str]
    n_units: int
    raw_agreement: Estimate
    positive_agreement: Estimate  # not defined for ratings that are no marks
    cohen_kappa: Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekFigure:
    """Agreement on what was completed in one week: when the last of its coders coded it."""

    week: str  # ISO 8601: "2026-W05"
    n_units: int
    raw_agreement: Estimate
    positive_agreement: Estimate
    krippendorff_alpha: Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """All that can be said of the agreement of some coders."""

    coders: tuple[str, ...]
    n_units: int  # coded by anybody
    n_documents: int
    n_unused_codes: int  # known codes that nobody used: no figure is made of them
    figures: tuple[Figure, ...]  # by level; all together first, then by code
    pairs: tuple[PairFigure, ...]
    weeks: tuple[WeekFigure, ...]
    drift: Estimate  # agreement of the later half of the weeks less that of the earlier half
    notes: tuple[str, ...]  # what was left out, and why
    settings: AgreementSettings = field(default_factory=AgreementSettings)

    def figure(self, level: str, code_id: str = "") -> Figure:
        """The figure of a level and code.

        Raises:
            KeyError: There is none.
        """
        for figure in self.figures:
            if (figure.level, figure.code_id) == (level, code_id):
                return figure
        raise KeyError(f"no agreement on {code_id!r} at the level of the {level}")


#: Name of a measure -> what it is called in a table.
MEASURES: Mapping[str, str] = {
    "raw_agreement": "raw agreement",
    "positive_agreement": "positive agreement",
    "negative_agreement": "negative agreement",
    "cohen_kappa": "Cohen's kappa",
    "fleiss_kappa": "Fleiss' kappa",
    "krippendorff_alpha": "Krippendorff's alpha",
    "gwet_ac1": "Gwet's AC1",
    "masi_alpha": "alpha of code sets (MASI)",
    "span_f1": "F1 of overlapping spans",
    "span_f1_exact": "F1 of equal spans",
}

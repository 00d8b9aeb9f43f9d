"""What the pages of topics show, in words and paths."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPassage:
    """A passage as its review prints it, and its place."""

    document_id: str
    file_name: str
    segment: int  # ordinal
    start_char: int
    end_char: int
    text: str
    number: str  # of the paragraph, "" when it prints none
    page: int  # from 1
    review: str  # title
    section: str
    href: str  # of its page in the report, from the topics' folder; "" without a report
    closeness: float  # cosine to the topic's centre
    assigned: bool  # was an outlier, put here on request
    codes: tuple[str, ...]  # labels of the codes that were used on it


class ShownCode(NamedTuple):
    """A factor that stands on a topic's passages more than elsewhere."""

    code_id: str
    label: str
    n_passages: int
    share: float
    lift: float
    q_value: float
    href: str  # of its page in the report; "" without a report


class ShownYear(NamedTuple):
    """In how many of a year's reviews a topic is."""

    year: int
    n_with: int
    n_reviews: int


class TreeRow(NamedTuple):
    """One line of the hierarchy: a topic, or a join of those below it."""

    depth: int
    topic_id: str  # "" for a join
    distance: float | None  # of a join, 0-1
    n_topics: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownTopic:
    """One topic."""

    topic_id: str
    name: str
    terms: tuple[tuple[str, float], ...]
    passages: tuple[ShownPassage, ...]  # all, the closest first
    nearest: tuple[int, ...]  # places in ``passages`` of those to show first
    reviews: tuple[tuple[str, int], ...]  # title, passages; most first
    carried_by: str  # title of the one review that most of it is from, or ""
    verdict: str  # stable, uncertain, unstable, not_measured
    stability: tuple[tuple[str, float | None], ...]  # seeds, row_order, reviews, terms
    coded: str  # already_coded, partly_coded, new
    coded_share: float
    codes: tuple[ShownCode, ...]
    years: tuple[ShownYear, ...]
    coherence: float | None  # of its terms, -1 to 1


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicsPublication:
    """Everything on the pages."""

    title: str
    method: str  # quick, full
    n_passages: int
    n_reviews: int
    n_left_out: int
    n_runs: int
    topics: tuple[ShownTopic, ...]
    tree: tuple[TreeRow, ...]
    outliers: tuple[ShownPassage, ...]
    has_report: bool
    how: tuple[tuple[str, str], ...]  # what it was made with: name, value
    notes: tuple[str, ...] = ()

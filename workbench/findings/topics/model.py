"""What topics are looked for in, how, and what comes out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from workbench.errors import InputError

Floats = NDArray[np.float32]
Labels = NDArray[np.int64]  # one topic for each passage, from 0; OUTLIER for none
OUTLIER = -1
#: With fewer passages there is nothing to group; the neighbourhoods of UMAP need more than 15.
MIN_PASSAGES = 40


class Method(StrEnum):
    """How passages are grouped."""

    QUICK = "quick"  # principal components and k-means: a preview in seconds
    FULL = "full"  # BERTopic: UMAP, HDBSCAN


class Verdict(StrEnum):
    """How far a topic comes back when the analysis is done again with small changes."""

    STABLE = "stable"
    UNCERTAIN = "uncertain"  # there is a pattern, but who belongs to it is doubtful
    UNSTABLE = "unstable"
    NOT_MEASURED = "not_measured"


class Coded(StrEnum):
    """Whether the codebook has a code for what a topic is about."""

    ALREADY = "already_coded"
    PARTLY = "partly_coded"
    NEW = "new"


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicSettings:
    """How topics are found and judged; stored with them."""

    method: Method = Method.FULL
    seed: int = 20_240_229
    n_topics: int = 0  # of the quick method; 0: a third of the passages' square root
    min_passages: int = 0  # of a topic of the full method; 0: one in 200, 8 or more
    n_runs: int = 5  # repeated runs for each kind of change; 0: stability is not measured
    by_stability: bool = True  # of the full method: take the branches of its tree that come back
    kept_reviews: float = 0.8  # share of the reviews that a resampled run keeps, 0-1
    assign_outliers: bool = False  # put outliers with their nearest topic
    min_closeness: float = 0.4  # cosine to the topic's centre from which that is done, -1 to 1
    n_terms: int = 10
    n_nearest: int = 8  # passages that are shown of a topic
    nearest_of_review: int = 3  # at most so many of them from one review
    one_review_share: float = 0.5  # a review with more of a topic's passages than this carries it
    coded_share: float = 0.25  # of a topic's passages with a code: "already coded as"

    def __post_init__(self) -> None:
        problems = [
            f"{name} is {getattr(self, name)}; at least {least} is needed"
            for name, least in (
                ("n_topics", 0), ("min_passages", 0), ("n_runs", 0), ("n_terms", 3),
                ("n_nearest", 1), ("nearest_of_review", 1),
            )
            if getattr(self, name) < least
        ]  # fmt: skip
        problems += [
            f"{name} is {getattr(self, name)}; it is a share between 0 and 1"
            for name in ("kept_reviews", "one_review_share", "coded_share")
            if not 0 < getattr(self, name) < 1
        ]
        if self.n_topics == 1:
            problems.append("n_topics is 1; one topic tells nothing")
        if problems:
            raise InputError(f"topics: {'; '.join(problems)}.")

    @property
    def n_choosing(self) -> int:
        """Runs of each kind that choose topics by their stability; the others judge them."""
        return self.n_runs // 2 if self.by_stability and self.method is Method.FULL else 0

    @property
    def chooses(self) -> bool:
        """Whether topics are chosen by their stability."""
        return self.n_choosing > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicPassage:
    """A segment as the topics see it."""

    document_id: str
    ordinal: int  # of the segment
    review: str  # several documents may be one review
    text: str  # what is embedded; words such as "the victim" for names, where that is wanted
    named_by: str = ""  # the words that may name its topic: the text without names; "": the text
    codes: tuple[str, ...] = ()  # codes that were used on it, each once
    year: int | None = None  # of the review


class Term(NamedTuple):
    """A word or pair of words with its c-TF-IDF weight."""

    term: str
    weight: float


class InReview(NamedTuple):
    """How many of a topic's passages are from one review."""

    review: str
    n_passages: int


class InYear(NamedTuple):
    """In how many of a year's reviews a topic is."""

    year: int
    n_with: int
    n_reviews: int


class CodeOverlap(NamedTuple):
    """How often a code stands on the passages of a topic."""

    code_id: str
    n_passages: int
    share: float  # of the topic's passages, 0-1
    lift: float  # that share by the share over all passages
    q_value: float  # Fisher's exact test, false discoveries controlled over topics and codes


@dataclass(frozen=True, slots=True, kw_only=True)
class Stability:
    """Mean best-match Jaccard of a topic over repeated runs, 0-1; None: not measured."""

    seeds: float | None = None
    row_order: float | None = None
    reviews: float | None = None
    terms: float | None = None  # of its ranked terms, over all runs

    @property
    def lowest(self) -> float | None:
        """The lowest of the three measures of passages."""
        known = [each for each in (self.seeds, self.row_order, self.reviews) if each is not None]
        return min(known) if known else None

    @property
    def verdict(self) -> Verdict:
        """Stable from 0.75, not to be trusted below 0.6, by the lowest of the three.

        Source: Hennig (2007), Comput. Stat. Data Anal. 52(1), 258-271, and the manual of his
        ``clusterboot``, which gives these two bounds.
        """
        lowest = self.lowest
        if lowest is None:
            return Verdict.NOT_MEASURED
        if lowest < 0.6:
            return Verdict.UNSTABLE
        return Verdict.STABLE if lowest >= 0.75 else Verdict.UNCERTAIN


class Member(NamedTuple):
    """A passage of a topic."""

    document_id: str
    ordinal: int
    closeness: float  # cosine to the topic's centre, -1 to 1
    assigned: bool  # was an outlier and was put here on request


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """Passages that are about one thing, as far as a machine can tell."""

    topic_id: str  # "T01"; by size
    terms: tuple[Term, ...]
    members: tuple[Member, ...]  # the closest first
    nearest: tuple[int, ...]  # places in ``members`` of the passages to show
    reviews: tuple[InReview, ...]  # most passages first
    carried_by: str  # the review that most of it comes from, "" when no single one carries it
    coded_share: float  # of its passages that have any code, 0-1
    overlaps: tuple[CodeOverlap, ...]  # codes used on it more than elsewhere, strongest first
    coded: Coded
    years: tuple[InYear, ...]  # of dated reviews
    stability: Stability
    coherence: float | None  # of its terms in all passages, -1 to 1; None with a single term

    @property
    def name(self) -> str:
        """Its first terms."""
        return ", ".join(term.term for term in self.terms[:4])


class Join(NamedTuple):
    """Two topics or joins that are alike; the nearest are joined first."""

    left: int  # place of a topic; from the number of topics on: place of an earlier join
    right: int
    distance: float  # 0-1: one less the cosine of their terms, averaged


@dataclass(frozen=True, slots=True, kw_only=True)
class Topics:
    """All topics of a corpus, with what belongs to none."""

    settings: TopicSettings
    rows_from: str  # what the numbers of the passages come from
    n_passages: int
    n_reviews: int
    topics: tuple[Topic, ...]
    joins: tuple[Join, ...]
    outliers: tuple[Member, ...]  # passages of no topic; closeness to the nearest topic
    n_runs: int  # repeated runs behind the stability
    n_choosing: int  # further ones, by which the topics were chosen
    notes: tuple[str, ...] = ()


def places_in_order(passages: Sequence[TopicPassage]) -> list[int]:
    """Places of the passages by document and segment: what is found depends on no other order.

    The same words twice in one review (its summary quotes it) are one passage, the first.

    Raises:
        InputError: There are too few to find topics in.
    """
    known: dict[tuple[str, str], int] = {}
    order = sorted(
        range(len(passages)), key=lambda i: (passages[i].document_id, passages[i].ordinal)
    )
    for place in order:
        passage = passages[place]
        known.setdefault((passage.review, " ".join(passage.text.split()).casefold()), place)
    if len(known) < MIN_PASSAGES:
        raise InputError(
            f"topics need {MIN_PASSAGES} passages or more; there are {len(known)}. "
            "Add reviews, or take in more section roles."
        )
    return list(known.values())

"""Passages and their rows to topics, with all that a reader needs to judge them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

import numpy as np
from numpy.typing import NDArray

from workbench.findings.topics.coded import code_overlaps, coded_as
from workbench.findings.topics.describe import (
    carrying_review,
    closeness_to_topics,
    members_of,
    nearest_places,
    reviews_of,
    topics_by_size,
    with_outliers_assigned,
    years_of,
)
from workbench.findings.topics.grouping.branches import Branches, Grouping, stable_branches
from workbench.findings.topics.grouping.full import full_grouping
from workbench.findings.topics.grouping.quick import quick_grouping
from workbench.findings.topics.hierarchy import joined_topics
from workbench.findings.topics.measures.coherence import coherences
from workbench.findings.topics.model import (
    OUTLIER,
    CodeOverlap,
    Floats,
    Labels,
    Member,
    Method,
    Stability,
    Term,
    Topic,
    TopicPassage,
    Topics,
    TopicSettings,
    places_in_order,
)
from workbench.findings.topics.rows import guided, unit_rows
from workbench.findings.topics.stability import (
    MIN_REVIEWS,
    Material,
    RunPlan,
    comes_back,
    measure_stability,
)
from workbench.findings.topics.words import Words, class_tf_idf, term_counts, top_terms

#: stage, done, total
OnProgress = Callable[[str, int, int], None]
_GROUPING, _REPEATING = "grouping passages", "repeating the runs"


def find_topics(
    passages: Sequence[TopicPassage],
    rows: Floats,
    settings: TopicSettings | None = None,
    guides: Floats | None = None,
    rows_from: str = "embeddings",
    on_progress: OnProgress = lambda stage, done, total: None,
) -> Topics:
    """The topics of passages. The order in which they are given does not matter.

    Args:
        passages: Segments of reviews.
        rows: Their embeddings, in the same order; passages x dimensions.
        settings: How topics are found and judged.
        guides: Embeddings of codes to draw topics towards; codes x dimensions.
        rows_from: What the rows come from, for people.
        on_progress: Told after each run.

    Raises:
        InputError: There are too few passages, or BERTopic is wanted and not installed.
        ValueError: There is not one row for each passage.
    """
    if len(rows) != len(passages):
        raise ValueError(f"{len(rows)} rows for {len(passages)} passages")
    settings = settings or TopicSettings()
    order = places_in_order(passages)
    kept = [passages[place] for place in order]
    material = _material(kept, unit_rows(rows[order]), guides)
    grouping: Grouping = (
        quick_grouping(len(kept), settings)
        if settings.method is Method.QUICK
        else full_grouping(len(kept), settings)
    )
    on_progress(_GROUPING, 0, 1)
    found = material.groups(grouping, np.arange(len(kept)), settings.seed)
    on_progress(_GROUPING, 1, 1)
    labels, stability, n_runs = _judged(material, found, grouping, settings, on_progress)
    grouped = _Grouped(
        passages=kept,
        material=material,
        labels=labels,
        closeness=_closeness(unit_rows(rows[order]), labels),
        stability=stability,
        settings=settings,
        review_of={(each.document_id, each.ordinal): each.review for each in kept},
    )
    return grouped.topics(rows_from, n_runs)


def _judged(
    material: Material,
    found: Branches,
    grouping: Grouping,
    settings: TopicSettings,
    on_progress: OnProgress,
) -> tuple[Labels, tuple[Stability, ...], tuple[int, int]]:
    """The topics, how far each comes back, and how many runs chose and judged them.

    The runs that choose are others than those that judge: what was chosen because it came back
    would else look better than it is.
    """
    plan = RunPlan(n_runs=settings.n_runs, seed=settings.seed, kept_reviews=settings.kept_reviews)
    runs = list(plan.runs(material))
    choosing = [run for run in runs if run.number <= settings.n_choosing]
    judging = [run for run in runs if run.number > settings.n_choosing]
    done = count(1)

    def on_run() -> None:
        on_progress(_REPEATING, next(done), len(runs))

    chosen: list[int] | None = None
    if settings.chooses:
        chosen = stable_branches(found, comes_back(material, found, grouping, choosing, on_run))
    labels = topics_by_size(found.labels(chosen))
    stability = measure_stability(material, labels, grouping, judging, on_run)
    return labels, stability, (len(choosing), len(judging))


def _material(passages: Sequence[TopicPassage], rows: Floats, guides: Floats | None) -> Material:
    texts = [each.named_by or each.text for each in passages]
    reviews = [each.review for each in passages]
    words = Words.of(texts)
    counts, terms = term_counts(words, reviews)
    about: Labels | None = None
    if guides is not None and len(guides):
        rows, about = guided(rows, guides)
    return Material(
        texts=texts, reviews=reviews, rows=rows, words=words, counts=counts, terms=terms,
        about=about,
    )  # fmt: skip


def _closeness(rows: Floats, labels: Labels) -> NDArray[np.float64]:
    if labels.max() == OUTLIER:
        return np.zeros((len(labels), 0))
    return closeness_to_topics(rows, labels)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Grouped:
    """Passages with their groups, before anything is said of these."""

    passages: Sequence[TopicPassage]
    material: Material
    labels: Labels  # as grouped
    closeness: NDArray[np.float64]  # passages x topics
    stability: Sequence[Stability]
    settings: TopicSettings
    review_of: Mapping[tuple[str, int], str]  # document and ordinal of a passage -> its review

    def topics(self, rows_from: str, n_runs: tuple[int, int]) -> Topics:
        """All that is said of the groups; ``n_runs`` chose and judged them."""
        labels = self.labels
        n_topics = len(self.stability)
        if self.settings.assign_outliers and n_topics:
            labels = with_outliers_assigned(labels, self.closeness, self.settings.min_closeness)
        weights = class_tf_idf(self.material.counts, self.labels)
        members = [np.flatnonzero(labels == topic).tolist() for topic in range(n_topics)]
        overlaps = code_overlaps(self.passages, members)
        terms = [
            tuple(
                Term(term, round(weight, 6))
                for term, weight in top_terms(of, self.material.terms, self.settings.n_terms)
            )
            for of in weights[:n_topics]
        ]
        coherent = coherences(self.material.words, [[each.term for each in of] for of in terms])
        return Topics(
            settings=self.settings,
            rows_from=rows_from,
            n_passages=len(self.passages),
            n_reviews=len(set(self.material.reviews)),
            topics=tuple(
                self._topic(topic, labels, (terms[topic], coherent[topic]), overlaps[topic])
                for topic in range(n_topics)
            ),
            joins=joined_topics(weights),
            outliers=self._outliers(labels),
            n_runs=n_runs[1],
            n_choosing=n_runs[0],
            notes=tuple(self._notes()),
        )

    def _topic(
        self,
        topic: int,
        labels: Labels,
        named: tuple[tuple[Term, ...], float | None],
        overlaps: tuple[CodeOverlap, ...],
    ) -> Topic:
        chosen, settings = labels == topic, self.settings
        members = members_of(self.passages, self.closeness[:, topic], chosen, self.labels == topic)
        review_of = [self.review_of[member.document_id, member.ordinal] for member in members]
        reviews = reviews_of(review_of)
        places = np.flatnonzero(chosen)
        return Topic(
            topic_id=f"T{topic + 1:02d}",
            terms=named[0],
            coherence=named[1],
            members=members,
            nearest=nearest_places(members, review_of, settings),
            reviews=reviews,
            carried_by=carrying_review(reviews, settings.one_review_share),
            coded_share=sum(bool(self.passages[place].codes) for place in places) / len(places),
            overlaps=overlaps,
            coded=coded_as(overlaps, settings.coded_share),
            years=years_of(self.passages, chosen),
            stability=self.stability[topic],
        )

    def _outliers(self, labels: Labels) -> tuple[Member, ...]:
        outside = labels == OUTLIER
        nearest = self.closeness.max(axis=1) if self.closeness.shape[1] else np.zeros(len(labels))
        return members_of(self.passages, nearest, outside, outside)

    def _notes(self) -> Iterator[str]:
        n_reviews = len(set(self.material.reviews))
        if n_reviews < MIN_REVIEWS:
            yield (
                f"with {n_reviews} review(s) it cannot be measured whether topics come back "
                "among other reviews"
            )
        if not self.settings.n_runs:
            yield "no run was repeated: whether these topics would come back is not known"
        largest = np.bincount(self.labels[self.labels != OUTLIER], minlength=1).max()
        if largest > len(self.labels) / 2:
            yield (
                "one topic holds more than half of the passages, so it says little. Ask for "
                "smaller ones (--min-passages)"
            )
        if not self.stability and self.settings.chooses:
            yield (
                "no group of passages comes back when the analysis is repeated: there are no "
                "topics. Ask for the groups of a single run (--plain), or for a preview (--quick)"
            )
        elif not self.stability:
            yield (
                "no group of passages stands out: there are no topics. Ask for smaller ones "
                "(--min-passages), or for a preview (--quick)"
            )

"""What a topic is made of: its nearest passages, its reviews, its years."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from workbench.findings.topics.model import (
    OUTLIER,
    Floats,
    InReview,
    InYear,
    Labels,
    Member,
    TopicPassage,
    TopicSettings,
)
from workbench.findings.topics.rows import unit_rows


def topics_by_size(labels: Labels) -> Labels:
    """The same groups, numbered by size; of equal ones the one that begins first."""
    groups, first, sizes = np.unique(
        labels[labels != OUTLIER], return_index=True, return_counts=True
    )
    order = sorted(range(len(groups)), key=lambda i: (-sizes[i], first[i]))
    renamed = np.full(len(labels), OUTLIER, dtype=np.int64)
    for number, place in enumerate(order):
        renamed[labels == groups[place]] = number
    return renamed


def closeness_to_topics(rows: Floats, labels: Labels) -> NDArray[np.float64]:
    """Cosine of each row with the mean of each topic's rows: passages x topics, -1 to 1."""
    units = unit_rows(rows)
    n_topics = int(labels.max()) + 1
    centres = np.array([units[labels == topic].mean(axis=0) for topic in range(n_topics)])
    # Rounded, so that sums in another order of threads give the same bytes.
    return np.asarray(np.round(units @ unit_rows(centres).T, 5), dtype=np.float64)


def with_outliers_assigned(
    labels: Labels, closeness: NDArray[np.float64], min_closeness: float
) -> Labels:
    """Outliers put with the nearest topic, where one is near enough."""
    nearest = closeness.argmax(axis=1)
    taken = (labels == OUTLIER) & (closeness.max(axis=1) >= min_closeness)
    return np.asarray(np.where(taken, nearest, labels), dtype=np.int64)


def members_of(
    passages: Sequence[TopicPassage],
    closeness: NDArray[np.float64],
    chosen: NDArray[np.bool_],
    core: NDArray[np.bool_],
) -> tuple[Member, ...]:
    """The chosen passages with their closeness, the closest first."""
    places = np.flatnonzero(chosen)
    order = places[np.argsort(-closeness[places], kind="stable")]
    return tuple(
        Member(
            document_id=passages[place].document_id,
            ordinal=passages[place].ordinal,
            closeness=float(closeness[place]),
            assigned=not bool(core[place]),
        )
        for place in order
    )


def nearest_places(
    members: Sequence[Member], review_of: Sequence[str], settings: TopicSettings
) -> tuple[int, ...]:
    """Places of the members to show: the closest, but of one review only so many."""
    shown: list[int] = []
    of_review: Counter[str] = Counter()
    for place, (member, review) in enumerate(zip(members, review_of, strict=True)):
        if len(shown) == settings.n_nearest:
            break
        if not member.assigned and of_review[review] < settings.nearest_of_review:
            of_review[review] += 1
            shown.append(place)
    return tuple(shown)


def reviews_of(reviews: Sequence[str]) -> tuple[InReview, ...]:
    """How many passages are from each review, most first."""
    counted = Counter(reviews)
    return tuple(
        InReview(review, n) for review, n in sorted(counted.items(), key=lambda x: (-x[1], x[0]))
    )


def carrying_review(reviews: Sequence[InReview], share: float) -> str:
    """The review that has more than that share of the passages, "" for none."""
    total = sum(each.n_passages for each in reviews)
    return reviews[0].review if reviews and reviews[0].n_passages > share * total else ""


def years_of(passages: Sequence[TopicPassage], chosen: NDArray[np.bool_]) -> tuple[InYear, ...]:
    """For each year that has a dated review: reviews with the topic, of all of that year."""
    dated = {each.review: each.year for each in passages if each.year is not None}
    here = {passages[place].review for place in np.flatnonzero(chosen)}
    return tuple(
        InYear(
            year,
            sum(review in here for review, of in dated.items() if of == year),
            sum(of == year for of in dated.values()),
        )
        for year in sorted(set(dated.values()))
    )

"""The full analysis: BERTopic on made-up passages. Loading it takes many seconds."""

from __future__ import annotations

from importlib.util import find_spec

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from topic_making import made_passages

from workbench.findings.topics import Method, TopicSettings, Verdict, find_topics
from workbench.findings.topics.grouping.full import _Clusters
from workbench.findings.topics.words import class_tf_idf
from workbench.records.codec import dumps

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(find_spec("bertopic") is None, reason="BERTopic is not installed"),
    # Of libraries that BERTopic loads; not of this project's code.
    pytest.mark.filterwarnings("ignore"),
]


def test_bertopic_finds_the_topics_that_were_made_whatever_the_order_of_rows() -> None:
    passages, rows = made_passages()
    settings = TopicSettings(method=Method.FULL, min_passages=10, n_runs=1)
    topics = find_topics(passages, rows, settings)
    kinds = [{member.ordinal // 10 for member in topic.members} for topic in topics.topics]
    assert sorted(map(tuple, kinds)) == [(0,), (1,), (2,)]
    assert {topic.stability.verdict for topic in topics.topics} == {Verdict.STABLE}
    order = np.random.default_rng(4).permutation(len(rows))
    shuffled = find_topics([passages[place] for place in order], rows[order], settings)
    assert dumps(shuffled) == dumps(topics)


def test_branches_that_come_back_are_taken_and_noise_has_none() -> None:
    passages, rows = made_passages()
    settings = TopicSettings(method=Method.FULL, min_passages=10, n_runs=2)
    topics = find_topics(passages, rows, settings)
    kinds = [{member.ordinal // 10 for member in topic.members} for topic in topics.topics]
    assert sorted(map(tuple, kinds)) == [(0,), (1,), (2,)]
    assert {topic.stability.verdict for topic in topics.topics} == {Verdict.STABLE}
    assert (topics.n_choosing, topics.n_runs) == (3, 3)
    order = np.random.default_rng(4).permutation(len(rows))
    shuffled = find_topics([passages[place] for place in order], rows[order], settings)
    assert dumps(shuffled) == dumps(topics)
    noise = np.random.default_rng(3).normal(size=rows.shape).astype(np.float32)
    nothing = find_topics(passages, noise, settings)
    assert (nothing.topics, len(nothing.outliers)) == ((), len(passages))
    assert "comes back" in nothing.notes[0]


def test_outliers_are_assigned_on_request_alone_and_marked() -> None:
    passages, rows = made_passages(spread=0.02)
    rows[::12] = rows[::12] * 0.5 + rows[np.arange(0, len(rows), 12) - 5] * 0.5  # between topics
    shown = find_topics(passages, rows, TopicSettings(min_passages=12, n_runs=0))
    assigned = find_topics(
        passages, rows, TopicSettings(min_passages=12, n_runs=0, assign_outliers=True)
    )
    assert shown.outliers
    n_assigned = sum(member.assigned for topic in assigned.topics for member in topic.members)
    assert not any(member.assigned for topic in shown.topics for member in topic.members)
    assert n_assigned == len(shown.outliers) - len(assigned.outliers)
    assert [topic.terms for topic in shown.topics] == [topic.terms for topic in assigned.topics]


def test_our_weights_are_those_of_bertopic() -> None:
    from bertopic.vectorizers import ClassTfidfTransformer

    counts = np.random.default_rng(5).poisson(1.5, size=(12, 9)).astype(float)
    labels = np.repeat([-1, 0, 1, 2], 3)
    summed = csr_matrix(np.vstack([counts[labels == each].sum(axis=0) for each in (-1, 0, 1, 2)]))
    theirs = ClassTfidfTransformer().fit_transform(summed).toarray()
    assert class_tf_idf(csr_matrix(counts), labels) == pytest.approx(theirs[1:])


def test_one_cluster_of_nearly_everything_gives_way_to_the_leaves() -> None:
    from hdbscan import HDBSCAN

    draw = np.random.default_rng(6)
    near = [draw.normal((x, 0), 0.1, (40, 2)) for x in (0, 1, 2)]  # one cluster, three leaves
    rows = np.vstack([*near, draw.normal((40, 40), 0.1, (20, 2))]).astype(np.float32)
    eom, leaf = (
        HDBSCAN(min_cluster_size=10, cluster_selection_method=method) for method in ("eom", "leaf")
    )
    together = _Clusters([_Fixed(np.repeat([0, 1], [120, 20])), leaf])
    assert len(set(together.fit(rows).labels_) - {-1}) >= 4
    assert set(_Clusters([eom, _Fixed(np.zeros(140, dtype=np.int64))]).fit(rows).labels_) >= {
        0,
        1,
        2,
    }


class _Fixed:
    """Gives the clusters that it was made with."""

    def __init__(self, labels: NDArray[np.int64]) -> None:
        self.labels_ = labels

    def fit(self, rows: NDArray[np.float32]) -> _Fixed:
        return self

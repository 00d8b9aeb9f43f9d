"""Whether topics come back."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from topic_making import made_passages

from workbench.findings.topics import Method, Stability, TopicSettings, Verdict, find_topics
from workbench.findings.topics.grouping.branches import Branches, flat
from workbench.findings.topics.stability import average_jaccard, best_matches

groupings = st.lists(st.integers(-1, 3), min_size=1, max_size=40)


def test_ranked_terms_against_the_published_example() -> None:
    # Greene, O'Callaghan and Cunningham (2014), ECML PKDD, table 1.
    first = ["album", "music", "best", "award", "win"]
    second = ["sport", "best", "win", "medal", "award"]
    assert [average_jaccard(first[:d], second[:d]) * d for d in (1, 2)] == [0, 0]
    assert average_jaccard(first, second) == pytest.approx(0.154, abs=5e-4)


def test_equal_lists_are_alike_and_empty_ones_are_not() -> None:
    assert average_jaccard(["a", "b"], ["a", "b"]) == 1
    assert average_jaccard(["a", "b"], ["b", "a"]) == 0.5
    assert average_jaccard([], []) == 0


def test_the_best_match_by_hand() -> None:
    labels = np.array([0, 0, 0, 1, 1, -1])
    again = np.array([0, 0, 1, 1, 1, 0])
    shares, matches = best_matches(flat(labels), flat(again))
    assert shares.tolist() == [2 / 4, 2 / 3]
    assert matches.tolist() == [0, 1]


def test_a_topic_that_falls_apart_into_outliers_does_not_come_back() -> None:
    shares, matches = best_matches(flat(np.array([0, 0])), flat(np.array([-1, -1])))
    assert (shares.tolist(), matches.tolist()) == ([0], [-1])


def test_a_run_without_any_passage_of_a_topic_says_nothing_of_it() -> None:
    labels = flat(np.array([0, 0, 1]))
    kept = Branches(members=labels.members[:2], parents=labels.parents)
    shares, _ = best_matches(kept, flat(np.array([0, 0])))
    assert shares[0] == 1
    assert np.isnan(shares[1])


@given(groupings, st.permutations(range(4)))
def test_other_names_of_the_groups_change_nothing(found: list[int], names: list[int]) -> None:
    labels = np.array(found)
    renamed = np.array([names[label] if label >= 0 else -1 for label in found])
    shares, _ = best_matches(flat(labels), flat(renamed))
    assert all(np.isnan(share) or share == 1 for share in shares)


@given(st.lists(st.tuples(st.integers(-1, 3), st.integers(-1, 3)), min_size=1, max_size=40))
def test_likeness_is_a_share(pairs: list[tuple[int, int]]) -> None:
    labels, again = (np.array(each) for each in zip(*pairs, strict=True))
    shares, _ = best_matches(flat(labels), flat(again))
    assert all(np.isnan(share) or 0 <= share <= 1 for share in shares)


@pytest.mark.parametrize(
    ("measures", "verdict"),
    [
        pytest.param((0.9, 0.9, 0.75), Verdict.STABLE, id="the bound is stable"),
        pytest.param((0.9, 0.74, 0.9), Verdict.UNCERTAIN, id="the lowest decides"),
        pytest.param((1.0, 1.0, 0.59), Verdict.UNSTABLE, id="other reviews do not have it"),
        pytest.param((0.6, None, None), Verdict.UNCERTAIN, id="what is not known is left out"),
        pytest.param((None, None, None), Verdict.NOT_MEASURED, id="nothing known"),
    ],
)
def test_verdicts_have_the_published_bounds(
    measures: tuple[float | None, float | None, float | None], verdict: Verdict
) -> None:
    seeds, row_order, reviews = measures
    assert Stability(seeds=seeds, row_order=row_order, reviews=reviews).verdict is verdict


def test_topics_that_are_there_come_back() -> None:
    settings = TopicSettings(method=Method.QUICK, n_topics=3, n_runs=4)
    passages, rows = made_passages()
    real = find_topics(passages, rows, settings)
    assert [topic.stability.verdict for topic in real.topics] == [Verdict.STABLE] * 3
    assert all((topic.stability.terms or 0) > 0.5 for topic in real.topics)


@pytest.mark.parametrize("seed", range(3))
def test_topics_of_noise_do_not_come_back(seed: int) -> None:
    passages, rows = made_passages(n_reviews=12, n_each=12)
    noise = np.random.default_rng(seed).normal(size=rows.shape).astype(np.float32)
    made_up = find_topics(passages, noise, TopicSettings(method=Method.QUICK, n_runs=3))
    assert [topic.stability.verdict for topic in made_up.topics] == [Verdict.UNSTABLE] * 7


def test_with_three_reviews_nothing_is_said_of_other_reviews() -> None:
    passages, rows = made_passages(n_reviews=3, n_each=6)
    found = find_topics(passages, rows, TopicSettings(method=Method.QUICK, n_topics=3, n_runs=2))
    assert {topic.stability.reviews for topic in found.topics} == {None}
    assert found.n_runs == 4
    assert "other reviews" in found.notes[0]

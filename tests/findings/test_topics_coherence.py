"""Coherence of terms: the limits that Bouma (2009) gives, counts by hand, and laws."""

from __future__ import annotations

from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.findings.topics.measures.coherence import WINDOW_WORDS, coherences, npmi
from workbench.findings.topics.words import Words


@pytest.mark.parametrize(
    ("n_both", "n_first", "n_second", "n", "expected"),
    [
        # Bouma (2009), section 4: only together 1, independent 0, never together -1
        (10, 10, 10, 100, 1.0),
        (10, 50, 20, 100, 0.0),
        (0, 50, 20, 100, -1.0),
        (100, 100, 100, 100, 1.0),
        (20, 40, 25, 100, log(0.2 / (0.4 * 0.25)) / -log(0.2)),
    ],
)
def test_a_pair_has_the_published_limits(
    n_both: int, n_first: int, n_second: int, n: int, expected: float
) -> None:
    assert npmi(n_both, n_first, n_second, n) == pytest.approx(expected)


@pytest.mark.parametrize("counts", [(3, 2, 5, 10), (1, 2, 11, 10), (-1, 2, 2, 10)])
def test_counts_that_cannot_be_are_refused(counts: tuple[int, int, int, int]) -> None:
    with pytest.raises(ValueError, match="cannot be"):
        npmi(*counts)


@given(st.integers(1, 60).flatmap(
    lambda n: st.tuples(st.integers(0, n), st.integers(0, n)).flatmap(
        lambda ab: st.tuples(st.integers(max(0, sum(ab) - n), min(ab)), *map(st.just, (*ab, n)))
    )
))  # fmt: skip
def test_a_pair_lies_between_its_limits_either_way_round(
    counts: tuple[int, int, int, int],
) -> None:
    n_both, n_first, n_second, n = counts
    found = npmi(n_both, n_first, n_second, n)
    assert -1 <= found <= 1 + 1e-9
    assert found == npmi(n_both, n_second, n_first, n)


def test_terms_that_stand_together_are_coherent_and_others_are_not() -> None:
    texts = ["vodka relapse detox", "rent arrears eviction"] * 5
    together, apart = coherences(Words.of(texts), [["vodka", "relapse"], ["vodka", "eviction"]])
    assert (together, apart) == (1.0, -1.0)


def test_a_pair_of_words_is_one_term_where_it_stands_side_by_side() -> None:
    texts = ["domestic abuse known", "domestic violence abuse", "known domestic abuse"]
    # of three windows two have the pair, two "known", and the same two both
    assert coherences(Words.of(texts), [["domestic abuse", "known"]]) == (1.0,)


def test_a_term_counts_once_in_a_window_however_often_it_stands_there() -> None:
    texts = ["vodka vodka relapse", "vodka", "rent", "rent"]
    # two of four windows have "vodka", one "relapse", one both
    assert coherences(Words.of(texts), [["vodka", "relapse"]]) == (round(log(2) / log(4), 6),)


def test_words_further_apart_than_a_window_do_not_meet() -> None:
    near = " ".join(["first", *["filler"] * (WINDOW_WORDS - 2), "second"])
    far = " ".join(["first", *["filler"] * (WINDOW_WORDS - 1), "second"])
    assert coherences(Words.of([near]), [["first", "second"]]) == (1.0,)
    assert coherences(Words.of([far]), [["first", "second"]]) == (-1.0,)


def test_a_single_term_has_no_coherence_and_a_text_of_empty_words_no_window() -> None:
    assert coherences(Words.of(["and then the", "vodka"]), [["vodka"], []]) == (None, None)


@given(st.lists(st.lists(st.sampled_from(["vodka", "rent", "school", "police", "of"]), max_size=30),
                max_size=8), st.randoms(use_true_random=False))  # fmt: skip
def test_the_order_of_texts_and_terms_does_not_matter(
    texts: list[list[str]], random: object
) -> None:
    terms = ["vodka", "rent", "school police", "police"]
    given_texts = [" ".join(words) for words in texts]
    assert coherences(Words.of(given_texts), [terms]) == coherences(
        Words.of(given_texts[::-1]), [terms[::-1]]
    )

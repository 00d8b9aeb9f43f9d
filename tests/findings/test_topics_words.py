"""Terms of passages and topics."""

from __future__ import annotations

from math import log

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from workbench.findings.topics.rows import guided, unit_rows, word_rows
from workbench.findings.topics.words import Words, class_tf_idf, term_counts, top_terms, words_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("He was drinking heavily", ["drinking", "heavily"], id="stop words go"),
        pytest.param("Mother’s drinking", ["mother", "drinking"], id="possessive"),
        pytest.param("in 2019 on 3 March", [], id="dates are no theme"),
        pytest.param("GP at A&E", [], id="two letters say too little"),
        pytest.param("marches", ["marches"], id="near-miss of a month"),
    ],
)
def test_words_that_say_what_a_text_is_about(text: str, expected: list[str]) -> None:
    assert words_of(text) == expected


def test_a_term_of_one_review_alone_is_none() -> None:
    texts = ["Ashgrove hostel evicted", "Ashgrove hostel closed", "hostel opened"]
    assert term_counts(Words.of(texts), ["a", "a", "b"])[1] == ("hostel",)
    assert "ashgrove" in term_counts(Words.of(texts), ["a", "a", "a"])[1]


def test_pairs_are_terms() -> None:
    counts, terms = term_counts(Words.of(["coercive control"] * 2), ["a", "b"])
    assert terms == ("coercive", "coercive control", "control")
    assert counts.toarray().tolist() == [[1, 1, 1], [1, 1, 1]]


def test_weights_follow_the_published_formula() -> None:
    # Grootendorst (2022): W = tf * log(1 + A / f). Two topics of 4 and 2 terms: A = 3.
    counts = csr_matrix(np.array([[3, 1], [0, 2]], dtype=float))
    weights = class_tf_idf(counts, np.array([0, 1]))
    assert weights == pytest.approx(
        np.array([[0.75 * log(1 + 3 / 3), 0.25 * log(1 + 3 / 3)], [0, 1 * log(1 + 3 / 3)]])
    )


def test_outliers_count_as_a_topic_that_is_not_given_back() -> None:
    counts = csr_matrix(np.array([[3, 1], [0, 2]], dtype=float))
    weights = class_tf_idf(counts, np.array([0, -1]))
    assert weights.shape == (1, 2)
    assert weights[0, 0] == pytest.approx(0.75 * log(2))


def test_a_word_that_mostly_stands_in_a_pair_gives_way_to_it() -> None:
    terms = ("abuse", "coercive", "coercive control", "control")
    chosen = top_terms(np.array([0.2, 0.5, 0.4, 0.45]), terms, 3)
    assert [term.term for term in chosen] == ["coercive control", "abuse"]


def test_a_term_without_weight_is_not_shown() -> None:
    assert top_terms(np.array([0.0, 0.3]), ("a", "b"), 5) == (("b", 0.3),)


def test_rows_of_words_bring_like_texts_together_and_are_repeatable() -> None:
    drink = ["alcohol detox relapse", "alcohol relapse sober", "detox sober alcohol"] * 3
    home = ["tenancy eviction rent", "rent arrears eviction", "tenancy arrears rent"] * 3
    reviews = [f"r{i % 5}" for i in range(18)]
    rows = word_rows([*drink, *home], reviews)
    near = rows @ rows.T
    assert near[:9, :9].mean() > 0.5 > near[:9, 9:].mean() + 0.3
    assert rows.tobytes() == word_rows([*drink, *home], reviews).tobytes()


def test_a_passage_is_drawn_to_the_code_that_is_nearer_than_the_mean() -> None:
    rows = unit_rows(np.array([[1, 0, 0], [0, 1, 0], [0, 0, 1]], dtype=np.float32))
    drawn, about = guided(rows, np.array([[1, 0.2, 0]], dtype=np.float32))
    assert about.tolist() == [0, -1, -1]
    assert drawn[0] == pytest.approx([1.0, 0.05, 0])
    assert drawn[1:] == pytest.approx(rows[1:])

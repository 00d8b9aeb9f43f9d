"""Coefficients against published worked examples, other packages, and the laws they obey."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.inter_rater import cohens_kappa, fleiss_kappa

from workbench.annotate.statistics.coefficients import (
    CHANCE_CORRECTED,
    coefficient,
    light_kappa,
    pooled,
    prevalence,
    raw_agreement,
    specific_agreement,
)
from workbench.annotate.statistics.tallies import MISSING, Tallies, resampled, tally

Ratings = NDArray[np.int64]


def total(
    ratings: Ratings, n_categories: int, weights: NDArray[np.float64] | None = None
) -> Tallies:
    return tally(ratings, np.zeros(len(ratings), dtype=np.int64), n_categories, weights)


def cross_table(table: list[list[int]]) -> Ratings:
    rows = [
        (one, other)
        for one, row in enumerate(table)
        for other, n in enumerate(row)
        for _ in range(n)
    ]
    return np.array(rows, dtype=np.int64)


def coders(*rows: str) -> Ratings:
    """Rows of categories 1, 2 ... one for each coder; a point for a missing rating."""
    columns = [[MISSING if mark == "." else int(mark) - 1 for mark in row.split()] for row in rows]
    return np.array(columns, dtype=np.int64).T


def from_counts(counts: list[list[int]]) -> Ratings:
    return np.array([np.repeat(range(len(row)), row) for row in counts], dtype=np.int64)


# Krippendorff (2011), Computing Krippendorff's alpha-reliability, section C; the same ratings are
# Gwet's (2014) example of four raters and the data set cac.raw4raters of his package irrCAC.
FOUR_CODERS = coders(
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
)
# irrCAC 1.0, overview vignette: 100 pregnancies by two abstractors of records.
ABSTRACTORS = cross_table([[13, 0, 0], [0, 20, 7], [0, 4, 56]])
# Ten subjects by fourteen raters: the worked example that statsmodels and many texts use.
FOURTEEN = [
    [0, 0, 0, 0, 14], [0, 2, 6, 4, 2], [0, 0, 3, 5, 6], [0, 3, 9, 2, 0], [2, 2, 8, 1, 1],
    [7, 7, 0, 0, 0], [3, 2, 6, 3, 0], [2, 5, 3, 2, 2], [6, 5, 2, 1, 0], [0, 2, 2, 3, 7],
]  # fmt: skip


@pytest.mark.parametrize(
    ("ratings", "n_categories", "name", "published", "places"),
    [
        pytest.param(FOUR_CODERS, 5, "krippendorff_alpha", 0.743, 3, id="alpha-four-coders"),
        pytest.param(FOUR_CODERS, 5, "gwet_ac1", 0.77544, 5, id="ac1-four-coders"),
        pytest.param(FOUR_CODERS, 5, "fleiss_kappa", 0.76117, 5, id="fleiss-four-coders"),
        pytest.param(ABSTRACTORS, 3, "cohen_kappa", 0.7964094, 7, id="cohen-abstractors"),
        pytest.param(ABSTRACTORS, 3, "gwet_ac1", 0.8493305, 7, id="ac1-abstractors"),
        pytest.param(ABSTRACTORS, 3, "krippendorff_alpha", 0.7972585, 7, id="alpha-abstractors"),
        pytest.param(ABSTRACTORS, 3, "fleiss_kappa", 0.7962397, 7, id="scott-abstractors"),
        pytest.param(from_counts(FOURTEEN), 5, "fleiss_kappa", 0.210, 3, id="fleiss-fourteen"),
        # Krippendorff (2011), section A: two observers, ten articles, two categories.
        pytest.param(
            coders("1 2 1 1 1 1 1 1 2 1", "2 2 2 1 1 2 1 1 1 1"),
            2, "krippendorff_alpha", 0.095, 3, id="alpha-two-categories",
        ),
        # Krippendorff (2011), section B: two observers, twelve articles, five categories.
        pytest.param(
            coders("1 1 2 2 4 3 3 3 5 4 4 1", "2 1 2 2 2 3 3 3 5 4 4 4"),
            5, "krippendorff_alpha", 0.692, 3, id="alpha-five-categories",
        ),
        # Artstein and Poesio (2008), Comput. Linguist. 34, 555-596: dialogue acts.
        pytest.param(
            cross_table([[46, 6, 0], [0, 32, 0], [0, 6, 10]]),
            3, "cohen_kappa", 0.801, 3, id="cohen-dialogue-acts",
        ),
        pytest.param(
            cross_table([[46, 6, 0], [0, 32, 0], [0, 6, 10]]),
            3, "fleiss_kappa", 0.80, 2, id="pi-dialogue-acts",
        ),
        # Gwet (2002), Statistical Methods for Inter-Rater Reliability Assessment, no. 1: 94 in
        # 100 agree and kappa falls below 0; AC1 does not.
        pytest.param(
            cross_table([[118, 5], [2, 0]]), 2, "cohen_kappa", -0.0234, 4, id="cohen-paradox"
        ),
        pytest.param(cross_table([[118, 5], [2, 0]]), 2, "gwet_ac1", 0.9408, 4, id="ac1-paradox"),
        # Feinstein and Cicchetti (1990), J. Clin. Epidemiol. 43, 543-549: equal raw agreement.
        pytest.param(
            cross_table([[40, 9], [6, 45]]), 2, "cohen_kappa", 0.70, 2, id="cohen-balanced"
        ),
        pytest.param(
            cross_table([[80, 10], [5, 5]]), 2, "cohen_kappa", 0.32, 2, id="cohen-skewed"
        ),
    ],
)  # fmt: skip
def test_published_examples_come_out(
    ratings: Ratings, n_categories: int, name: str, published: float, places: int
) -> None:
    (value,) = coefficient(total(ratings, n_categories), name)
    assert value == pytest.approx(published, abs=0.5001 * 10**-places)


def test_percent_agreement_is_that_of_the_published_examples() -> None:
    assert raw_agreement(total(FOUR_CODERS, 5)) == pytest.approx([0.8181818], abs=5e-8)
    assert raw_agreement(total(ABSTRACTORS, 3)) == pytest.approx([0.89])


@pytest.mark.parametrize(
    ("table", "positive", "negative"),
    [
        # Cicchetti and Feinstein (1990), J. Clin. Epidemiol. 43, 551-558.
        pytest.param([[45, 6], [9, 40]], 0.84, 0.86, id="balanced"),
        pytest.param([[5, 5], [10, 80]], 0.91, 0.40, id="skewed"),
    ],
)
def test_positive_and_negative_agreement_are_told_apart(
    table: list[list[int]], positive: float, negative: float
) -> None:
    tallies = total(cross_table(table), 2)
    assert specific_agreement(tallies, 1) == pytest.approx([positive], abs=0.0051)
    assert specific_agreement(tallies, 0) == pytest.approx([negative], abs=0.0051)


RATINGS = st.integers(2, 4).flatmap(
    lambda n_coders: st.lists(
        st.lists(st.integers(0, 2), min_size=n_coders, max_size=n_coders), min_size=3, max_size=25
    )
)


def varied(rows: list[list[int]]) -> Ratings | None:
    """The ratings, unless somebody used one category only (then packages give up differently)."""
    ratings = np.array(rows, dtype=np.int64)
    return ratings if all(len(set(column)) > 1 for column in ratings.T) else None


@given(RATINGS)
@settings(max_examples=60, deadline=None)
def test_other_packages_give_the_same_figures(rows: list[list[int]]) -> None:
    ratings = varied(rows)
    if ratings is None:
        return
    tallies = total(ratings, 3)
    pairs = list(combinations(range(ratings.shape[1]), 2))
    by_sklearn = [cohen_kappa_score(ratings[:, a], ratings[:, b]) for a, b in pairs]
    assert light_kappa(tallies)[0] == pytest.approx(np.mean(by_sklearn), abs=1e-9)
    counts = np.array([[(row == k).sum() for k in range(3)] for row in ratings])
    by_statsmodels = fleiss_kappa(counts, method="fleiss")
    assert coefficient(tallies, "fleiss_kappa")[0] == pytest.approx(by_statsmodels, abs=1e-9)
    first = cohens_kappa(np.asarray(total(ratings[:, :2], 3).pairs[0, 0]), return_results=False)
    assert coefficient(total(ratings[:, :2], 3), "cohen_kappa")[0] == pytest.approx(first, abs=1e-9)


@given(RATINGS, st.integers(0, 2**31))
@settings(max_examples=60, deadline=None)
def test_alpha_is_that_of_nltk_also_with_missing_ratings(rows: list[list[int]], seed: int) -> None:
    agreement = pytest.importorskip("nltk.metrics.agreement")
    ratings = np.array(rows, dtype=np.int64)
    ratings[np.random.default_rng(seed).random(ratings.shape) < 0.2] = MISSING
    paired = ratings[(ratings != MISSING).sum(axis=1) >= 2]
    if len(np.unique(paired[paired != MISSING])) < 2:
        return
    task = agreement.AnnotationTask(
        data=[
            (f"c{coder}", f"i{unit}", f"v{value}")
            for unit, row in enumerate(paired)
            for coder, value in enumerate(row)
            if value != MISSING
        ]
    )
    found = coefficient(total(ratings, 3), "krippendorff_alpha")[0]
    assert found == pytest.approx(task.alpha(), abs=1e-9)


def ac1_by_definition(ratings: Ratings, n_categories: int) -> float:
    """Gwet (2008), equations 4 to 6, written out for ratings without gaps."""
    agreeing = [
        sum(a == b for a, b in combinations(row, 2)) / len(list(combinations(row, 2)))
        for row in ratings.tolist()
    ]
    shares = [(ratings == k).mean() for k in range(n_categories)]
    by_chance = sum(share * (1 - share) for share in shares) / (n_categories - 1)
    return float((np.mean(agreeing) - by_chance) / (1 - by_chance))


@given(RATINGS)
@settings(max_examples=60, deadline=None)
def test_ac1_is_its_definition_written_out(rows: list[list[int]]) -> None:
    ratings = np.array(rows, dtype=np.int64)
    found = coefficient(total(ratings, 3), "gwet_ac1")[0]
    assert found == pytest.approx(ac1_by_definition(ratings, 3), abs=1e-9)


@given(RATINGS, st.permutations(range(4)))
@settings(max_examples=40, deadline=None)
def test_names_and_order_of_coders_and_units_do_not_matter(
    rows: list[list[int]], order: list[int]
) -> None:
    ratings = np.array(rows, dtype=np.int64)
    shuffled = ratings[::-1, [at for at in order if at < ratings.shape[1]]]
    for name in CHANCE_CORRECTED:
        one, other = (coefficient(total(each, 3), name) for each in (ratings, shuffled))
        assert one == pytest.approx(other, abs=1e-12, nan_ok=True)


@given(RATINGS, st.integers(2, 4))
@settings(max_examples=30, deadline=None)
def test_a_weight_is_the_same_as_so_many_units(rows: list[list[int]], times: int) -> None:
    ratings = np.array(rows, dtype=np.int64)
    weighted = total(ratings, 3, np.full(len(ratings), float(times)))
    repeated = total(np.repeat(ratings, times, axis=0), 3)
    for name in CHANCE_CORRECTED:
        assert coefficient(weighted, name) == pytest.approx(
            coefficient(repeated, name), abs=1e-12, nan_ok=True
        )


def test_a_resample_is_the_coefficient_of_the_documents_it_holds() -> None:
    ratings = np.array([[0, 0], [0, 1], [1, 1], [1, 1], [0, 0], [1, 0]], dtype=np.int64)
    documents = np.array([0, 0, 1, 1, 2, 2])
    by_document = tally(ratings, documents, 2)
    sample = resampled(by_document, np.array([[2.0, 0.0, 1.0]]))
    taken = np.concatenate([ratings[:2], ratings[:2], ratings[4:]])
    for name in CHANCE_CORRECTED:
        assert coefficient(sample, name) == pytest.approx(coefficient(total(taken, 2), name))


@pytest.mark.parametrize("name", CHANCE_CORRECTED)
def test_perfect_agreement_is_one(name: str) -> None:
    ratings = np.array([[0, 0, 0], [1, 1, 1], [1, 1, 1]], dtype=np.int64)
    assert coefficient(total(ratings, 2), name) == pytest.approx([1.0])


@pytest.mark.parametrize("name", ["cohen_kappa", "fleiss_kappa", "krippendorff_alpha"])
def test_one_category_for_everything_has_no_chance_corrected_figure(name: str) -> None:
    tallies = total(np.zeros((4, 2), dtype=np.int64), 2)
    assert np.isnan(coefficient(tallies, name)).all()
    assert raw_agreement(tallies) == pytest.approx([1.0])
    assert np.isnan(specific_agreement(tallies, 1)).all()


def test_units_that_nobody_shares_give_no_figure() -> None:
    tallies = total(np.array([[0, MISSING], [MISSING, 1]], dtype=np.int64), 2)
    assert np.isnan(raw_agreement(tallies)).all()
    assert all(np.isnan(coefficient(tallies, name)).all() for name in CHANCE_CORRECTED)
    assert prevalence(tallies, 1) == pytest.approx([0.5])


def test_codes_are_pooled_by_mean_observed_and_mean_expected_agreement() -> None:
    # De Vries et al. (2008): pooled kappa is not the mean of the kappas.
    one, other = (
        total(cross_table([[40, 9], [6, 45]]), 2),
        total(cross_table([[80, 10], [5, 5]]), 2),
    )
    observed, expected = (0.85 + 0.85) / 2, (0.5008 + 0.78) / 2
    found = pooled([one, other], CHANCE_CORRECTED["cohen_kappa"])
    assert found == pytest.approx([(observed - expected) / (1 - expected)], abs=1e-3)
    assert pooled([one], CHANCE_CORRECTED["cohen_kappa"]) == pytest.approx(light_kappa(one))


def test_a_rating_that_is_no_category_is_refused() -> None:
    with pytest.raises(ValueError, match="ratings must be -1 or 0 to 1"):
        total(np.array([[0, 2]], dtype=np.int64), 2)
    with pytest.raises(ValueError, match="do not fit"):
        tally(np.array([[0, 1]], dtype=np.int64), np.zeros(2, dtype=np.int64), 2)

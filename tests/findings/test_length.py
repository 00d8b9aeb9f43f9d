"""Pairs of factors among reviews of like length."""

from __future__ import annotations

import numpy as np
import pytest
from finding_making import findings_of, made_case, passage
from numpy.typing import NDArray

from workbench.findings.length import length_adjusted_odds_ratios, pooled_odds_ratios

# Admissions to six departments of Berkeley, 1973 (Bickel, Hammel and O'Connell 1975, Science
# 187, 398-404): men admitted, men rejected, women admitted, women rejected. The common odds
# ratio that R's documentation of mantelhaen.test gives is 0.9047.
BERKELEY = [
    (512, 313, 89, 19), (353, 207, 17, 8), (120, 205, 202, 391),
    (138, 279, 131, 244), (53, 138, 94, 299), (22, 351, 24, 317),
]  # fmt: skip


def rows(both: int, only_first: int, only_second: int, neither: int) -> NDArray[np.int64]:
    kinds = [(1, 1)] * both + [(1, 0)] * only_first + [(0, 1)] * only_second + [(0, 0)] * neither
    return np.array(kinds, dtype=np.int64)


def test_the_pooled_odds_ratio_is_the_published_one() -> None:
    ratios = pooled_odds_ratios([rows(*department) for department in BERKELEY])
    assert ratios[0, 1] == pytest.approx(0.9046968, abs=1e-6)
    assert ratios[0, 1] == ratios[1, 0]


def test_a_pair_that_only_length_makes_is_no_pair_among_like_reviews() -> None:
    # Independent within short reviews (1 in 10 each) and within long ones (9 in 10 each).
    short, long = rows(1, 9, 9, 81), rows(81, 9, 9, 1)
    ratios = length_adjusted_odds_ratios(np.vstack([short, long]), [100] * 100 + [900] * 100)
    assert ratios[0, 1] == pytest.approx(1.0)
    assert 82 * 82 / (18 * 18) > 20  # the plain odds ratio of the same reviews


@pytest.mark.parametrize(
    ("present", "n_words"),
    [
        pytest.param(rows(2, 1, 1, 2), [50] * 6, id="all of one length"),
        pytest.param(rows(3, 0, 0, 3), [1, 2, 3, 4, 5, 6], id="never one without the other"),
    ],
)
def test_where_nothing_can_be_pooled_there_is_no_number(
    present: NDArray[np.int64], n_words: list[int]
) -> None:
    assert np.isnan(length_adjusted_odds_ratios(present, n_words)[0, 1])


def test_the_adjusted_ratio_stands_beside_the_plain_one() -> None:
    present = rows(4, 2, 2, 4)
    cases, codings = [], []
    for number, row in enumerate(present):
        found = [
            passage(f"c{number:02d}", code_id, 10 * place)
            for place, code_id in enumerate(("drug_misuse", "ipa_pattern"))
            if row[place]
        ]
        cases.append(made_case(f"c{number:02d}", found, n_words=100 * (1 + number % 2)))
        codings += found
    statistics = dict(
        findings_of(cases, codings)["cooccurrence-drug_misuse--ipa_pattern"].statistics
    )
    assert statistics["odds_ratio"] == pytest.approx(4.0)
    # Each half is (2, 1, 1, 2) of 6: (2 * 2 / 6 + 2 * 2 / 6) / (1 / 6 + 1 / 6) = 4.
    assert statistics["odds_ratio_length_adjusted"] == pytest.approx(4.0)

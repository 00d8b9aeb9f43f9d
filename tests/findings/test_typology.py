"""Kinds of case: published models, planted kinds, and the words where there are too few cases."""

from __future__ import annotations

import numpy as np
import pytest
from finding_making import CODEBOOK, corpus, findings_of
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from workbench.findings.patterns.latent import fit_latent_classes
from workbench.findings.patterns.typology import typology_of

# Stouffer and Toby (1951), four answers of 216 people, as in Goodman (1974), Biometrika 61,
# 215-231, and Goodman (2002), in Applied Latent Class Analysis, tables 4 and 5.
PATTERNS = [(a, b, c, d) for a in (1, 0) for b in (1, 0) for c in (1, 0) for d in (1, 0)]
COUNTS = [42, 23, 6, 25, 6, 24, 7, 38, 1, 4, 1, 6, 2, 9, 2, 20]
ANSWERS = np.repeat(np.array(PATTERNS, dtype=np.int64), COUNTS, axis=0)
Marks = NDArray[np.int64]
FACTORS = [code.code_id for code in CODEBOOK.factors]


def test_one_and_two_classes_have_the_published_likelihood() -> None:
    # Manual of the R package poLCA, data set "values": -543.6498 and -504.4677.
    assert fit_latent_classes(ANSWERS, 1).log_likelihood == pytest.approx(-543.6498, abs=5e-4)
    two = fit_latent_classes(ANSWERS, 2)
    assert two.log_likelihood == pytest.approx(-504.4677, abs=5e-4)
    assert two.bic == pytest.approx(9 * np.log(216) + 2 * 504.4677, abs=1e-3)
    # Goodman (2002), table 5b: the smaller class and its chances.
    assert two.shares[1] == pytest.approx(0.279, abs=5e-4)
    assert two.profiles[1] == pytest.approx([0.993, 0.940, 0.927, 0.769], abs=2e-3)
    assert two.profiles[0] == pytest.approx([0.714, 0.330, 0.354, 0.132], abs=2e-3)
    assert two.memberships(ANSWERS).sum(axis=1) == pytest.approx(np.ones(216))


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 2**32))
def test_shuffled_rows_give_the_same_model(seed: int) -> None:
    order = np.random.default_rng(seed).permutation(len(ANSWERS))
    one, other = fit_latent_classes(ANSWERS, 2), fit_latent_classes(ANSWERS[order], 2)
    assert one.profiles.tolist() == other.profiles.tolist()
    assert one.shares.tolist() == other.shares.tolist()


@pytest.mark.parametrize(
    ("marks", "n_classes"), [(ANSWERS[:2], 3), (ANSWERS, 0), (ANSWERS[:, :0], 1)]
)
def test_what_cannot_be_fitted_is_refused(marks: Marks, n_classes: int) -> None:
    with pytest.raises(ValueError, match="cannot be told"):
        fit_latent_classes(marks, n_classes)


def planted(n_cases: int, seed: int = 3) -> Marks:
    """Two kinds of case: the one with the first four factors, the other with the last four."""
    draw = np.random.default_rng(seed)
    of_first = np.arange(n_cases) % 5 < 3
    chance = np.where(of_first[:, None], [0.9] * 4 + [0.1] * 4, [0.15] * 4 + [0.85] * 4)
    return (draw.random((n_cases, 8)) < chance).astype(np.int64)


def cases_of(marks: Marks) -> dict[str, list[str]]:
    return {
        FACTORS[column]: [f"c{place:02d}" for place in np.flatnonzero(marks[:, column])]
        for column in range(marks.shape[1])
    }


def test_planted_kinds_are_found_with_their_profile() -> None:
    marks = planted(150)
    made = findings_of(*corpus(cases_of(marks), 150))
    kinds = [f for f in made.values() if f.measure == "typology_class"]
    assert len(kinds) == 2
    assert sum(kind.numerator for kind in kinds) == 150
    first = dict(kinds[0].statistics)
    assert (first["n_classes"], first["exploratory"]) == (2, 0)
    assert first["stability"] > 0.9
    assert first["bic_2_classes"] < min(first["bic_1_classes"], first["bic_3_classes"])
    truly = {f"c{place:02d}" for place in range(150) if place % 5 < 3}
    assert len(truly & set(kinds[0].case_ids)) > 0.95 * len(truly)
    profile = made[f"typology-1__{FACTORS[0]}"]
    assert profile.denominator == kinds[0].numerator
    assert profile.estimate > 0.8
    assert set(profile.case_ids) <= set(kinds[0].case_ids)
    assert "Exploratory" not in kinds[0].note


def test_few_cases_are_exploratory_in_so_many_words() -> None:
    made = findings_of(*corpus(cases_of(planted(40)), 40))
    kinds = [f for f in made.values() if f.measure == "typology_class"]
    assert kinds
    for kind in kinds:
        assert kind.note.startswith("Exploratory: 40 cases are fewer than the 100")
        assert dict(kind.statistics)["exploratory"] == 1


@pytest.mark.parametrize(
    "marks",
    [
        pytest.param(planted(19), id="too few cases"),
        pytest.param(planted(60)[:, :3], id="too few factors"),
        pytest.param(np.ones((60, 8), dtype=np.int64), id="all cases alike"),
    ],
)
def test_without_enough_there_is_no_typology(marks: Marks) -> None:
    assert typology_of(marks) is None


def test_unrelated_factors_show_no_kinds() -> None:
    marks = (np.random.default_rng(5).random((200, 8)) < 0.4).astype(np.int64)
    typology = typology_of(marks)
    assert typology is not None
    assert typology.chosen.n_classes == 1


def test_the_nearest_case_comes_first() -> None:
    marks = planted(120)
    made = findings_of(*corpus(cases_of(marks), 120))
    kind = made["typology-1"]
    typology = typology_of(marks)
    assert typology is not None
    sure = typology.chosen.memberships(marks[:, typology.columns])[:, 0]
    listed = [sure[int(case_id[1:])] for case_id in kind.case_ids]
    assert listed == sorted(listed, reverse=True)

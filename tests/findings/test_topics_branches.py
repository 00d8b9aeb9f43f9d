"""Groups that hold smaller groups, and which of them are taken as topics."""

from __future__ import annotations

from math import sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.findings.topics.grouping.branches import (
    DISSOLVED,
    DOUBTFUL,
    Branches,
    branches_of,
    flat,
    likeness,
    stable_branches,
)

# Ten rows: the root 10 falls apart into 11 (rows 0 to 4) and 12 (rows 5 to 8); row 9 falls out of
# the root. 11 falls apart into 13 (rows 0, 1) and 14 (rows 2, 3); row 4 falls out of it.
PARENTS = np.array([10, 10, 10, 11, 11, 11, 12, 12, 12, 12, 13, 13, 14, 14])
CHILDREN = np.array([11, 12, 9, 13, 14, 4, 5, 6, 7, 8, 0, 1, 2, 3])


@pytest.fixture
def tree() -> Branches:
    return branches_of(PARENTS, CHILDREN, n_rows=10)


def test_a_branch_has_the_rows_of_its_parts(tree: Branches) -> None:
    columns = tree.members.toarray().astype(bool).T
    assert [np.flatnonzero(each).tolist() for each in columns] == [
        [0, 1, 2, 3, 4], [5, 6, 7, 8], [0, 1], [2, 3],
    ]  # fmt: skip
    assert tree.parents.tolist() == [-1, -1, 0, 0]


def test_rows_of_no_chosen_branch_are_outliers(tree: Branches) -> None:
    assert tree.labels([3, 1]).tolist() == [-1, -1, 0, 0, -1, 1, 1, 1, 1, -1]


def test_flat_groups_give_back_their_labels() -> None:
    labels = np.array([1, -1, 0, 1])
    assert flat(labels).labels().tolist() == labels.tolist()
    assert flat(np.array([-1, -1])).members.shape == (2, 0)


def test_likeness_by_hand(tree: Branches) -> None:
    other = flat(np.array([0, 0, 0, 0, -1, 1, 1, 0, -1, -1]))
    assert likeness(tree, other) == pytest.approx(
        np.array([[4 / 6, 0], [1 / 8, 2 / 4], [2 / 5, 0], [2 / 5, 0]])
    )


@pytest.mark.parametrize(
    ("comes_back", "expected"),
    [
        pytest.param((0.9, 0.9, 0.4, 0.4), [0, 1], id="the parts do not come back"),
        pytest.param((0.6, 0.9, 0.9, 0.9), [1, 2, 3], id="the parts come back better"),
        pytest.param((0.5, 0.5, 0.2, 0.5), [], id="what has dissolved is no topic"),
        pytest.param((0.0, 0.6, 0.9, 0.0), [1, 2], id="one part alone, and what is left is none"),
        pytest.param((0.59, 0.9, 0.61, 0.0), [1, 2], id="a part in place of a doubtful whole"),
        pytest.param((0.7, 0.0, 0.7, 0.5), [0], id="a part as stable as the whole is less"),
    ],
)  # fmt: skip
def test_a_group_stays_whole_unless_its_parts_come_back_better(
    tree: Branches, comes_back: tuple[float, ...], expected: list[int]
) -> None:
    assert stable_branches(tree, np.array(comes_back)) == expected


def test_a_branch_of_more_than_half_of_the_passages_is_no_topic() -> None:
    tree = branches_of(np.array([4, 4, 5, 5, 5]), np.array([5, 3, 0, 1, 2]), n_rows=4)
    assert stable_branches(tree, np.array([1.0])) == []


@st.composite
def trees(draw: st.DrawFn) -> tuple[Branches, list[float]]:
    """A tree of up to eight branches over twelve rows, and how far each comes back."""
    n = draw(st.integers(1, 8))
    above = [draw(st.integers(-1, place - 1)) for place in range(n)]
    of_row = [draw(st.integers(-1, n - 1)) for _ in range(12)]
    parents = np.array([12, *(13 + each for each in above), *(13 + each for each in of_row)])
    children = np.array([12, *(13 + place for place in range(n)), *range(12)])
    tree = branches_of(parents[1:], children[1:], n_rows=12)
    return tree, [draw(st.sampled_from([0.2, 0.5, 0.6, 0.8, 1.0])) for _ in range(n)]


@given(trees())
def test_the_chosen_branches_are_worth_most_of_all_choices(
    made: tuple[Branches, list[float]],
) -> None:
    tree, comes_back = made
    sizes, n = tree.sizes, len(comes_back)
    worth = [
        sqrt(sizes[i]) * (comes_back[i] - DISSOLVED)
        if sizes[i] <= 6 and comes_back[i] >= DOUBTFUL
        else 0.0
        for i in range(n)
    ]

    def ancestors(place: int) -> set[int]:
        above = int(tree.parents[place])
        return set() if above < 0 else {above} | ancestors(above)

    best = 0.0
    for mask in range(2**n):
        chosen = [place for place in range(n) if mask >> place & 1]
        if not any(ancestors(place) & set(chosen) for place in chosen):
            best = max(best, sum(worth[place] for place in chosen))
    found = stable_branches(tree, np.array(comes_back))
    assert sum(worth[place] for place in found) == pytest.approx(best)
    assert all(worth[place] > 0 for place in found)
    assert not any(ancestors(place) & set(found) for place in found)

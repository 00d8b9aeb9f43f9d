"""The next batch: what each way of sampling prefers, what chance keeps, and what is recorded."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.learn.active import (
    BatchSettings,
    Chosen,
    Method,
    Pool,
    Round,
    choose_batch,
    pool_share,
)
from workbench.learn.active.diversity import k_center, marginal_relevance
from workbench.learn.active.informativeness import disagreement, uncertainty

PLANNED = [method for method in Method if method is not Method.RANDOM]


def pool(n: int = 50, seed: int = 0) -> Pool:
    random = np.random.default_rng(seed)
    return Pool(
        item_ids=tuple(f"i{at}" for at in range(n)),
        probabilities=random.random((n, 4)),
        others=random.random((n, 4)),
        vectors=random.normal(size=(n, 3)),
    )


def ids(batch: tuple[Chosen, ...], method: Method) -> list[str]:
    return [item.item_id for item in batch if item.method is method]


@pytest.mark.parametrize(
    ("probabilities", "bits"),
    [
        pytest.param([0.5], 1.0, id="a coin"),
        pytest.param([0.0, 1.0], 0.0, id="sure of both"),
        pytest.param([0.5, 0.5, 1.0], 2.0, id="codes add up"),
        # Shannon (1948), Bell Syst. Tech. J. 27, figure 7: H(0.1) = 0.469
        pytest.param([0.1], 0.469, id="one in ten"),
    ],
)
def test_uncertainty_is_entropy_in_bits(probabilities: list[float], bits: float) -> None:
    assert uncertainty(np.array([probabilities]))[0] == pytest.approx(bits, abs=5e-4)


@pytest.mark.parametrize(
    ("one", "other", "bits"),
    [
        pytest.param([0.3, 0.9], [0.3, 0.9], 0.0, id="the same"),
        pytest.param([0.0], [1.0], 1.0, id="sure of opposites"),
        pytest.param([0.0, 1.0], [1.0, 0.0], 2.0, id="for two codes"),
        # H(0.5) - (H(0.1) + H(0.9)) / 2 = 1 - 0.469
        pytest.param([0.1], [0.9], 0.531, id="nearly sure of opposites"),
        pytest.param([0.5], [0.5], 0.0, id="both unsure: no disagreement"),
    ],
)
def test_disagreement_is_divergence_from_the_mean(
    one: list[float], other: list[float], bits: float
) -> None:
    assert disagreement(np.array([one]), np.array([other]))[0] == pytest.approx(bits, abs=5e-4)


def test_scores_that_cannot_be_compared_are_refused() -> None:
    with pytest.raises(ValueError, match="cannot be compared"):
        disagreement(np.zeros((2, 3)), np.zeros((2, 4)))
    with pytest.raises(ValueError, match="between 0 and 1"):
        uncertainty(np.array([[1.2]]))


def test_k_center_takes_the_farthest_item_each_time() -> None:
    line = np.array([[0.0], [1.0], [5.0], [9.0], [10.0]])
    # The middle is 5, then one end, then the other.
    assert k_center(line, 3)[0] == 2
    assert set(k_center(line, 3)) == {2, 0, 4}
    assert k_center(line, 2, covered=np.array([[10.0]])) == [0, 2]


def test_k_center_is_at_most_twice_the_best_radius() -> None:
    """Gonzalez (1985), theorem 2.2, against every possible choice."""
    for seed in range(5):
        vectors = np.random.default_rng(seed).normal(size=(10, 2))
        distances = np.linalg.norm(vectors[:, None] - vectors[None], axis=2)

        def radius(chosen: tuple[int, ...], distances: np.ndarray = distances) -> float:  # type: ignore[type-arg]
            return float(distances[:, chosen].min(axis=1).max())

        best = min(radius(chosen) for chosen in itertools.combinations(range(10), 3))
        assert radius(tuple(k_center(vectors, 3))) <= 2 * best + 1e-9


def test_marginal_relevance_passes_over_a_copy_of_what_it_has() -> None:
    gains = np.array([1.0, 0.99, 0.5])
    vectors = np.array([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0]])
    assert marginal_relevance(gains, vectors, 2, gain_weight=0.5) == [0, 2]
    assert marginal_relevance(gains, vectors, 2, gain_weight=1.0) == [0, 1]


def test_equal_gains_and_empty_vectors_are_no_trouble() -> None:
    assert marginal_relevance(np.ones(3), np.zeros((3, 2)), 5, gain_weight=0.5) == [0, 1, 2]
    assert k_center(np.zeros((0, 2)), 3) == []


@given(
    method=st.sampled_from(list(Method)),
    n_items=st.integers(1, 60),
    random_share=st.floats(0, 1),
    seed=st.integers(0, 5),
)
def test_a_batch_has_its_size_no_item_twice_and_its_random_share(
    method: Method, n_items: int, random_share: float, seed: int
) -> None:
    settings = BatchSettings(n_items=n_items, method=method, random_share=random_share, seed=seed)
    batch = choose_batch(pool(), settings)
    assert len(batch) == min(n_items, 50)
    assert len({item.item_id for item in batch}) == len(batch)
    by_chance = ids(batch, Method.RANDOM)
    if method is not Method.RANDOM and n_items < 50:
        assert len(by_chance) == int(np.ceil(random_share * n_items))
    for item in batch:
        has_probability = item.inclusion_probability is not None
        assert has_probability is (item.method is Method.RANDOM)
        assert item.inclusion_probability in (None, len(by_chance) / 50)
        assert (item.n_pool, item.seed) == (50, seed)


@pytest.mark.parametrize("method", list(Method))
def test_the_same_seed_draws_the_same_batch_and_another_seed_another(method: Method) -> None:
    settings = BatchSettings(n_items=10, method=method, seed=3)
    assert choose_batch(pool(), settings) == choose_batch(pool(), settings)
    other = BatchSettings(n_items=10, method=method, seed=4)
    assert choose_batch(pool(), settings) != choose_batch(pool(), other)


@pytest.mark.parametrize("method", PLANNED)
def test_chance_draws_the_same_items_whatever_the_plan(method: Method) -> None:
    expected = ids(choose_batch(pool(), BatchSettings(n_items=10, seed=1)), Method.RANDOM)
    batch = choose_batch(pool(), BatchSettings(n_items=10, method=method, seed=1))
    assert ids(batch, Method.RANDOM) == expected


def test_planned_items_are_those_with_most_to_teach() -> None:
    probabilities = np.full((20, 1), 0.01)
    probabilities[[4, 9]] = [[0.5], [0.4]]
    items = Pool(
        item_ids=tuple(map(str, range(20))), probabilities=probabilities, others=1 - probabilities
    )
    unsure = BatchSettings(n_items=2, method=Method.UNCERTAINTY, random_share=0.0)
    assert [item.item_id for item in choose_batch(items, unsure)] == ["4", "9"]
    torn = BatchSettings(n_items=18, method=Method.DISAGREEMENT, random_share=0.0)
    assert {"4", "9"} & {item.item_id for item in choose_batch(items, torn)} == set()


def test_every_item_has_the_same_chance_in_the_random_share() -> None:
    counts: dict[str, int] = {}
    for seed in range(400):
        settings = BatchSettings(n_items=10, method=Method.UNCERTAINTY, random_share=0.5, seed=seed)
        for name in ids(choose_batch(pool(20), settings), Method.RANDOM):
            counts[name] = counts.get(name, 0) + 1
    # 400 draws of 5 from 20: 100 expected for each, standard deviation 8.7.
    assert len(counts) == 20
    assert min(counts.values()) > 65
    assert max(counts.values()) < 135


@pytest.mark.parametrize("method", PLANNED)
def test_a_method_says_what_it_lacks(method: Method) -> None:
    bare = Pool(item_ids=("a", "b", "c"))
    with pytest.raises(ValueError, match=f"sampling by {method} needs the"):
        choose_batch(bare, BatchSettings(n_items=2, method=method, random_share=0.0))


def test_settings_that_make_no_sense_are_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        BatchSettings(n_items=0)
    with pytest.raises(ValueError, match="between 0 and 1"):
        BatchSettings(n_items=1, random_share=1.5)
    with pytest.raises(ValueError, match="has 1 rows for 2 items"):
        Pool(item_ids=("a", "b"), vectors=np.zeros((1, 2)))


def test_the_share_of_a_pool_by_hand() -> None:
    # Before: nothing known, 2 of 10 drawn from 100 are positive: 20 of 100.
    # Then: 30 known, 20 of them positive; 1 of 10 drawn from 70: 20 + 7 = 27 of 100.
    first, second = Round(0, 0, 100, 10, 2), Round(30, 20, 70, 10, 1)
    assert pool_share([first]) == pytest.approx(0.20)
    assert pool_share([second]) == pytest.approx(0.27)
    assert pool_share([first, second]) == pytest.approx(0.235)
    assert pool_share([first, second._replace(n_random=30, n_random_positive=3)]) == pytest.approx(
        (10 * 0.20 + 30 * 0.27) / 40
    )


def test_what_chance_did_not_draw_cannot_be_estimated() -> None:
    with pytest.raises(ValueError, match="chance drew no item"):
        pool_share([Round(0, 0, 10, 0, 0)])
    with pytest.raises(ValueError, match="not of one pool"):
        pool_share([Round(0, 0, 10, 1, 0), Round(0, 0, 11, 1, 0)])


def test_the_random_share_is_unbiased_although_the_plan_looks_for_positives() -> None:
    """A plan that always takes the positive items first, as an uncertain model nearly does."""
    truth = np.zeros(60, dtype=bool)
    truth[:12] = True  # one in five
    estimates, naive = [], []
    for seed in range(600):
        random = np.random.default_rng(seed)
        known: list[int] = []
        rounds = []
        for _ in range(3):
            left = [at for at in range(60) if at not in known]
            drawn = random.choice(left, size=3, replace=False).tolist()
            rounds.append(
                Round(len(known), int(truth[known].sum()), len(left), 3, int(truth[drawn].sum()))
            )
            planned = sorted(set(left) - set(drawn), key=lambda at: not truth[at])[:4]
            known += drawn + planned
        estimates.append(pool_share(rounds))
        naive.append(truth[known].mean())
    standard_error = np.std(estimates) / np.sqrt(len(estimates))
    assert abs(np.mean(estimates) - 0.2) < 4 * standard_error
    assert np.mean(naive) > 0.4

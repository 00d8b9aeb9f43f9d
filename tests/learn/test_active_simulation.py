"""A simulation reveals labels batch by batch, never those kept aside, and repeats exactly."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from workbench.learn.active.batch import BatchSettings, Method
from workbench.learn.active.classifier import LinearClassifier
from workbench.learn.active.simulate import (
    CodedTexts,
    SimulationSettings,
    labels_needed,
    simulate,
)

WORDS = ("knife", "drink", "school", "police", "mother")


def coded(n: int = 90) -> CodedTexts:
    """Texts whose codes are words in them; rare codes are rarer."""
    random = np.random.default_rng(1)
    labels = random.random((n, len(WORDS))) < np.array([0.5, 0.4, 0.3, 0.1, 0.08])
    texts = tuple(
        f"text {at} " + " ".join(word for word, has in zip(WORDS, row, strict=True) if has)
        for at, row in enumerate(labels)
    )
    return CodedTexts(
        texts=texts,
        docs=tuple(f"d{at // 2}" for at in range(n)),
        labels=labels,
        others=labels.astype(np.float64),
    )


class Spy:
    """Keeps what it is taught and asked; finds a code by the word that stands for it."""

    taught: list[set[str]]

    def __init__(self, background: Sequence[str]) -> None:
        self.background = set(background)
        Spy.taught = []

    def fit(self, texts: Sequence[str], labels: NDArray[np.bool_]) -> None:
        Spy.taught.append(set(texts))
        self._known = labels.any(axis=0)

    def probabilities(self, texts: Sequence[str]) -> NDArray[np.float64]:
        has = np.array([[word in text for word in WORDS] for text in texts], dtype=np.float64)
        return has * self._known * 0.9

    def vectors(self, texts: Sequence[str]) -> NDArray[np.float64]:
        return np.array([[float(text.split()[1])] for text in texts])


SETTINGS = SimulationSettings(
    n_first=6, n_rounds=3, n_seeds=3, batch=BatchSettings(n_items=8, random_share=0.25)
)


def test_labels_are_revealed_batch_by_batch_and_only_those_of_the_pool() -> None:
    settings = SimulationSettings(n_first=6, n_rounds=3, n_seeds=1, batch=SETTINGS.batch)
    (curve,) = simulate(coded(), Spy, [Method.MIXED], settings)
    assert curve.n_labels == (6, 14, 22, 30)
    assert [len(texts) for texts in Spy.taught] == [6, 14, 22, 30]
    for before, after in zip(Spy.taught, Spy.taught[1:], strict=False):
        assert before < after


@pytest.mark.parametrize("method", list(Method))
def test_no_document_stands_on_both_sides(method: Method) -> None:
    seen: list[set[str]] = []
    texts = coded()

    class Watch(Spy):
        def __init__(self, background: Sequence[str]) -> None:
            super().__init__(background)
            seen.append(set(background))

    simulate(texts, Watch, [method], SETTINGS)
    docs = dict(zip(texts.texts, texts.docs, strict=True))
    for background in seen:
        inside = {docs[text] for text in background}
        outside = {doc for text, doc in docs.items() if text not in background}
        assert not inside & outside
        assert len(outside) == 15  # a third of 45


def test_all_methods_begin_alike_and_two_runs_are_equal() -> None:
    one = simulate(coded(), LinearClassifier, list(Method), SETTINGS)
    two = simulate(coded(), LinearClassifier, list(Method), SETTINGS)
    for curve, again in zip(one, two, strict=True):
        assert curve.f1.shape == (3, 4)
        assert (curve.f1 == again.f1).all()
        assert (curve.macro_f1 == again.macro_f1).all()
        assert (curve.f1[:, 0] == one[0].f1[:, 0]).all()


def test_f1_is_counted_over_pairs_and_its_mean_over_codes() -> None:
    class Half(Spy):
        """Finds the first two codes rightly and no other."""

        def probabilities(self, texts: Sequence[str]) -> NDArray[np.float64]:
            found = np.array([[word in text for word in WORDS] for text in texts], dtype=float)
            found[:, 2:] = 0.0
            return found

    settings = SimulationSettings(n_first=6, n_rounds=0, n_seeds=1, batch=SETTINGS.batch)
    (curve,) = simulate(coded(), Half, [Method.RANDOM], settings)
    assert curve.macro_f1[0, 0] == pytest.approx(2 / 5)
    assert 0.4 < curve.f1[0, 0] < 1


def test_more_labels_teach_more() -> None:
    (curve,) = simulate(coded(), LinearClassifier, [Method.RANDOM], SETTINGS)
    assert curve.f1[:, -1].mean() > curve.f1[:, 0].mean() + 0.1


def test_the_share_of_the_random_part_is_honest_and_that_of_all_labels_is_not() -> None:
    settings = SimulationSettings(
        n_first=6, n_rounds=3, n_seeds=40, batch=BatchSettings(n_items=8, random_share=0.5)
    )
    (curve,) = simulate(coded(), Spy, [Method.UNCERTAINTY], settings)
    assert curve.naive_bias > 0.03
    assert abs(curve.honest_bias) < 0.5 * curve.naive_bias


def test_a_pool_that_is_too_small_is_refused() -> None:
    settings = SimulationSettings(n_first=20, n_rounds=20, batch=BatchSettings(n_items=20))
    with pytest.raises(ValueError, match=r"90 texts of 45 documents leave \d+ for the pool"):
        simulate(coded(), Spy, [Method.RANDOM], settings)


@pytest.mark.parametrize(
    ("f1", "target", "needed"),
    [
        pytest.param([0.1, 0.3, 0.5], 0.3, 20.0, id="reached at a round"),
        pytest.param([0.1, 0.3, 0.5], 0.4, 25.0, id="half way between two rounds"),
        pytest.param([0.6, 0.3, 0.5], 0.4, 10.0, id="reached at once"),
        pytest.param([0.1, 0.5, 0.2], 0.3, 15.0, id="the first time counts"),
        pytest.param([0.1, 0.2, 0.3], 0.4, np.nan, id="never"),
    ],
)
def test_labels_until_a_target(f1: list[float], target: float, needed: float) -> None:
    found = labels_needed((10, 20, 30), np.array([f1]), target)
    assert found[0] == pytest.approx(needed, nan_ok=True)


def test_a_code_without_examples_gets_its_share_as_probability() -> None:
    texts = ["a knife", "a drink", "a school", "a knife and drink"]
    labels = np.array(
        [[True, False, False], [False, False, True], [False] * 3, [True, False, True]]
    )
    classifier = LinearClassifier(texts)
    classifier.fit(texts, labels)
    probabilities = classifier.probabilities(["a knife", "quite other words"])
    assert probabilities.shape == (2, 3)
    assert (probabilities[:, 1] == 0).all()
    assert probabilities[0, 0] > probabilities[1, 0]
    assert classifier.vectors(["unseen words"]).shape == (1, classifier.vectors(texts).shape[1])


def test_settings_of_a_simulation_are_checked() -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        SimulationSettings(test_share=1.0)
    with pytest.raises(ValueError, match="a beginning and a repetition"):
        SimulationSettings(n_seeds=0)

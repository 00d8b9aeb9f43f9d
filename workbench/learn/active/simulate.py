"""What a way of sampling would have saved, played through on texts that are coded already."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from workbench.learn.active.batch import BatchSettings, Method, Pool, choose_batch
from workbench.learn.active.classifier import Classifier
from workbench.learn.active.estimate import Round, pool_share

Labels = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CodedTexts:
    """Texts with all their labels, which the simulation reveals batch by batch."""

    texts: tuple[str, ...]
    docs: tuple[str, ...]  # texts of one document are never split between pool and test
    labels: Labels  # shape (n_texts, n_codes)
    others: NDArray[np.float64] | None = None  # scores of another coder, same shape

    def take(self, positions: NDArray[np.intp]) -> CodedTexts:
        """Some of the texts."""
        return CodedTexts(
            texts=tuple(self.texts[at] for at in positions),
            docs=tuple(self.docs[at] for at in positions),
            labels=self.labels[positions],
            others=None if self.others is None else self.others[positions],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulationSettings:
    """How often, how long and how large."""

    n_first: int = 40  # texts drawn by chance to begin with
    n_rounds: int = 12  # batches after that
    n_seeds: int = 10  # repetitions, each with another split and another beginning
    test_share: float = 1 / 3  # of the documents, 0-1
    threshold: float = 0.3  # from which probability a code counts as found
    batch: BatchSettings = field(default_factory=lambda: BatchSettings(n_items=40))

    def __post_init__(self) -> None:
        if min(self.n_first, self.n_seeds) < 1 or self.n_rounds < 0:
            raise ValueError("a simulation needs a beginning and a repetition")
        if not 0 < self.test_share < 1 or not 0 < self.threshold < 1:
            raise ValueError("test_share and threshold lie between 0 and 1")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Curve:
    """How good a classifier became under one way of sampling."""

    method: Method
    n_labels: tuple[int, ...]  # texts coded so far, after each round
    f1: NDArray[np.float64]  # micro-F1 on texts kept aside, shape (n_seeds, n_rounds + 1)
    macro_f1: NDArray[np.float64]  # mean F1 of the codes that occur there, same shape
    #: Estimated minus true share of each code in the pool, mean over codes and seeds: from all
    #: labels as if they were random, and from the random share of each batch alone.
    naive_bias: float
    honest_bias: float


def simulate(
    coded: CodedTexts,
    make_classifier: Callable[[Sequence[str]], Classifier],
    methods: Sequence[Method],
    settings: SimulationSettings | None = None,
    on_progress: Callable[[int, int], None] = lambda done, total: None,
) -> tuple[Curve, ...]:
    """One curve for each way of sampling; all see the same splits and the same beginnings.

    Args:
        coded: What is known; tests are drawn by document.
        make_classifier: Makes a classifier that knows the words of the pool.
        methods: To compare.
        settings: Of the simulation; the seed of a repetition is the batch's seed plus its number.
        on_progress: Told after each run of one method.

    Raises:
        ValueError: The pool is smaller than the batches need.
    """
    settings = settings or SimulationSettings()
    runs: dict[Method, list[_Run]] = {method: [] for method in methods}
    for repetition in range(settings.n_seeds):
        seed = settings.batch.seed + repetition
        pool, test = _split(coded, settings, seed)
        classifier = make_classifier(pool.texts)
        vectors = classifier.vectors(pool.texts)
        for number, method in enumerate(methods, start=1):
            run = _Run(pool, vectors, classifier, replace(settings.batch, method=method, seed=seed))
            run.play(test, settings)
            runs[method].append(run)
            on_progress(repetition * len(methods) + number, settings.n_seeds * len(methods))
    return tuple(_curve(method, done, settings) for method, done in runs.items())


def labels_needed(
    n_labels: Sequence[int], f1: NDArray[np.float64], target: float
) -> NDArray[np.float64]:
    """Labels until the F1 of each seed first reaches the target, nan where it never does.

    Between two rounds the way is taken as straight.

    Args:
        n_labels: Texts coded after each round.
        f1: Of a curve, shape (n_seeds, n_rounds + 1).
        target: The F1 to reach.
    """
    needed = np.full(len(f1), np.nan)
    for seed, values in enumerate(f1):
        reached = np.flatnonzero(values >= target)
        if not len(reached):
            continue
        at = int(reached[0])
        needed[seed] = n_labels[at]
        if at:
            before, after = values[at - 1], values[at]
            step = n_labels[at] - n_labels[at - 1]
            needed[seed] -= step * (after - target) / (after - before)
    return needed


def _split(
    coded: CodedTexts, settings: SimulationSettings, seed: int
) -> tuple[CodedTexts, CodedTexts]:
    documents = sorted(set(coded.docs))
    order = np.random.default_rng(seed).permutation(len(documents))
    held_out = {documents[at] for at in order[: round(settings.test_share * len(documents))]}
    is_test = np.array([doc in held_out for doc in coded.docs])
    pool, test = coded.take(np.flatnonzero(~is_test)), coded.take(np.flatnonzero(is_test))
    n_needed = settings.n_first + settings.n_rounds * settings.batch.n_items
    if len(pool.texts) < n_needed or not len(test.texts):
        raise ValueError(
            f"{len(coded.texts)} texts of {len(documents)} documents leave {len(pool.texts)} for "
            f"the pool, but {n_needed} are to be labelled. Take fewer or smaller batches."
        )
    return pool, test


class _Run:
    """One way of sampling, played through once."""

    def __init__(
        self,
        pool: CodedTexts,
        vectors: NDArray[np.float64],
        classifier: Classifier,
        batch: BatchSettings,
    ) -> None:
        self._pool, self._vectors = pool, vectors
        self._classifier, self._batch = classifier, batch
        self._known: list[int] = []  # positions in the pool
        self.f1: list[tuple[float, float]] = []  # micro, macro
        #: For each batch: known before, and the positions that chance drew.
        self._history: list[tuple[list[int], list[int]]] = []

    def play(self, test: CodedTexts, settings: SimulationSettings) -> None:
        """Label batch after batch, and measure after each."""
        first = replace(self._batch, method=Method.RANDOM, n_items=settings.n_first)
        self._label(first)
        for _ in range(settings.n_rounds):
            self._learn(test, settings.threshold)
            self._label(self._batch)
        self._learn(test, settings.threshold)

    def biases(self) -> tuple[float, float]:
        """Naive and honest estimate of each code's share, less the true share; means."""
        labels = self._pool.labels
        true = labels.mean(axis=0)
        naive = labels[self._known].mean(axis=0)
        honest = np.array([pool_share(self._rounds(code)) for code in range(labels.shape[1])])
        return float((naive - true).mean()), float((honest - true).mean())

    def _label(self, batch: BatchSettings) -> None:
        left = np.setdiff1d(np.arange(len(self._pool.texts)), self._known)
        names = tuple(str(at) for at in left)
        needs_scores = batch.method not in (Method.RANDOM, Method.DIVERSITY)
        texts = [self._pool.texts[at] for at in left]
        pool = Pool(
            item_ids=names,
            probabilities=self._classifier.probabilities(texts) if needs_scores else None,
            others=None if self._pool.others is None else self._pool.others[left],
            vectors=self._vectors[left],
            covered=self._vectors[self._known] if self._known else None,
        )
        # Another draw for each batch, the same for every method.
        chosen = choose_batch(pool, replace(batch, seed=batch.seed * 1000 + len(self._history)))
        drawn = [int(item.item_id) for item in chosen if item.method is Method.RANDOM]
        self._history.append((list(self._known), drawn))
        self._known += [int(item.item_id) for item in chosen]

    def _learn(self, test: CodedTexts, threshold: float) -> None:
        self._classifier.fit(
            [self._pool.texts[at] for at in self._known], self._pool.labels[self._known]
        )
        found = self._classifier.probabilities(test.texts) >= threshold
        hits = 2 * (found & test.labels).sum(axis=0)
        totals = found.sum(axis=0) + test.labels.sum(axis=0)
        occurs = test.labels.any(axis=0)
        micro = hits.sum() / totals.sum() if totals.sum() else 0.0
        macro = (hits[occurs] / totals[occurs]).mean() if occurs.any() else 0.0
        self.f1.append((float(micro), float(macro)))

    def _rounds(self, code: int) -> list[Round]:
        labels = self._pool.labels[:, code]
        return [
            Round(
                n_known=len(known),
                n_known_positive=int(labels[known].sum()),
                n_remaining=len(labels) - len(known),
                n_random=len(drawn),
                n_random_positive=int(labels[drawn].sum()),
            )
            for known, drawn in self._history
        ]


def _curve(method: Method, runs: Sequence[_Run], settings: SimulationSettings) -> Curve:
    naive, honest = zip(*(run.biases() for run in runs), strict=True)
    rounds = range(settings.n_rounds + 1)
    return Curve(
        method=method,
        n_labels=tuple(settings.n_first + at * settings.batch.n_items for at in rounds),
        f1=np.array([[micro for micro, _ in run.f1] for run in runs]),
        macro_f1=np.array([[macro for _, macro in run.f1] for run in runs]),
        naive_bias=float(np.mean(naive)),
        honest_bias=float(np.mean(honest)),
    )

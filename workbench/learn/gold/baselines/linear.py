"""The plainest learned coder: TF-IDF and logistic regression, never shown what it is tested on."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from workbench.learn.active.classifier import Classifier, LinearClassifier
from workbench.learn.gold.records import Codings, GoldPassage, PassageCoding
from workbench.learn.matching.pairs import is_practice
from workbench.records import SubjectRole

LINEAR = "TF-IDF linear"
N_FOLDS = 5
THRESHOLD = 0.3  # of the balanced probability; not tuned code by code
_MIN_EXAMPLES = 2  # of a code among the training texts
LINEAR_DESCRIPTION = (
    f"logistic regression over TF-IDF of words, one for each code, {N_FOLDS} folds by document: "
    "trained on the passages of all other documents, and affirming only"
)


def linear_codings(
    passages: Sequence[GoldPassage],
    more: Sequence[GoldPassage] = (),
    make_classifier: Callable[[Sequence[str]], Classifier] = LinearClassifier,
    seed: int = 0,
) -> Codings:
    """Codings of each passage by a model that has seen no passage of its document.

    Args:
        passages: To code, and to learn from in the other folds.
        more: To learn from besides; those of a document that is coded in a fold are left out there.
        make_classifier: From the texts that it may know the words of.
        seed: Of the folds.
    """
    documents = sorted({passage.doc for passage in passages})
    order = np.random.default_rng(seed).permutation(len(documents))
    fold_of = {documents[at]: number % N_FOLDS for number, at in enumerate(order)}
    codings: dict[str, tuple[PassageCoding, ...]] = {}
    for fold in range(N_FOLDS):
        tested = [passage for passage in passages if fold_of[passage.doc] == fold]
        held_out = {passage.doc for passage in tested}
        known_ids = {passage.passage_id for passage in tested}
        learned = [
            passage
            for passage in (*passages, *more)
            if passage.doc not in held_out and passage.passage_id not in known_ids
        ]
        if tested and learned:
            codings |= _coded(tested, learned, make_classifier)
    return codings


def _coded(
    tested: Sequence[GoldPassage],
    learned: Sequence[GoldPassage],
    make_classifier: Callable[[Sequence[str]], Classifier],
) -> dict[str, tuple[PassageCoding, ...]]:
    affirmed = [{coding.code_id for coding in p.codings if coding.is_affirmed} for p in learned]
    codes = sorted(
        code
        for code in frozenset().union(*affirmed)
        if sum(code in one for one in affirmed) >= _MIN_EXAMPLES
    )
    if not codes:
        return {passage.passage_id: () for passage in tested}
    labels: NDArray[np.bool_] = np.array([[code in one for code in codes] for one in affirmed])
    texts = [passage.text for passage in learned]
    classifier = make_classifier(texts)
    classifier.fit(texts, labels)
    found = classifier.probabilities([passage.text for passage in tested]) >= THRESHOLD
    return {
        passage.passage_id: tuple(
            _coding(code) for code, has in zip(codes, row, strict=True) if has
        )
        for passage, row in zip(tested, found, strict=True)
    }


def _coding(code_id: str) -> PassageCoding:
    role = SubjectRole.AGENCY.value if is_practice(code_id) else ""
    return PassageCoding(code_id=code_id, assertion="affirmed", subject_role=role)

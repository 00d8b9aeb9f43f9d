"""What each part brings: the same five folds, with parts taken away.

    python -m benchmarks.learning.ablation --tuned FOLDER

The folds and their meaning are those of ``benchmarks.learning.measure``. Thresholds and
calibration are chosen anew for every row of the table, on documents of the other four folds.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.learning import material
from benchmarks.learning.measure import PASSAGES, REVIEWS, tested
from benchmarks.learning.tuning.scores import TunedScores
from workbench.codebook import Codebook
from workbench.learn.models import FitSettings, LabelledDocument
from workbench.learn.models.features.evidence import evidence_columns
from workbench.learn.models.features.lexical import fit_lexical
from workbench.learn.models.features.sight import Sight
from workbench.learn.models.fitting.calibration import Decision
from workbench.learn.models.fitting.fit import Task, decision, stack_data
from workbench.learn.models.fitting.ridge import fit_sentences
from workbench.learn.models.fitting.stacking import StackData, fit_stack, unseen_probabilities
from workbench.records import Assertion

Floats = NDArray[np.float32]
_COLUMNS = evidence_columns(with_tuned=True)
_OF_COLLECTION = ("code frequency", "bare x frequency")  # known of what was learned from only


@dataclass(frozen=True)
class Side:
    """The documents of one side of a fold, with scores of their sentences."""

    task: Task
    words: Floats
    tuned: Floats


@dataclass(frozen=True)
class Row:
    """One way of working: what is changed before the stack is fitted."""

    name: str
    hidden: tuple[str, ...] = ()  # beginnings of the names of columns that are hidden
    of_documents: Callable[[LabelledDocument], LabelledDocument] = lambda document: document
    has_words: bool = True
    has_tuned: bool = True
    has_own_thresholds: bool = True
    has_own_calibration: bool = True  # for bare passages


def without_rules(document: LabelledDocument) -> LabelledDocument:
    """As if the rules had found nothing."""
    return replace(document, rule_views=tuple(() for _ in document.rule_views))


def without_context(document: LabelledDocument) -> LabelledDocument:
    """As if whatever the rules found were affirmed."""
    views = tuple(
        tuple(replace(coding, assertion=Assertion.AFFIRMED) for coding in view)
        for view in document.rule_views
    )
    return replace(document, rule_views=views)


ROWS = (
    Row("TF-IDF alone", of_documents=without_rules, has_tuned=False),
    Row("tuned encoder alone", of_documents=without_rules, has_words=False),
    Row("TF-IDF and rules (the variant `lexical`)", has_tuned=False),
    Row("tuned encoder and rules", has_words=False),
    Row("TF-IDF and tuned encoder, no rules", of_documents=without_rules),
    Row("all (the variant `embedding`)"),
    Row("all, rules without context (assertion)", of_documents=without_context),
    Row("all, without section role and kind of segment", hidden=("section:", "kind:")),
    Row("all, without what is known of bare passages", hidden=("bare",), has_own_calibration=False),
    Row("all, one threshold for all codes", has_own_thresholds=False),
    Row("all, every document weighs 1", of_documents=lambda document: replace(document, weight=1)),
)


def sides(
    documents: Sequence[LabelledDocument], codes: Codebook, scores: TunedScores, fold: int
) -> tuple[Side, Side]:
    """What is learned from and what is tested in a fold."""
    fold_of = scores.fold_of
    seen = [document for document in documents if fold_of[document.group] != fold]
    left_out = [document for document in documents if fold_of[document.group] == fold]
    counted = tested(left_out)
    task = Task.of(seen, codes)
    space = fit_lexical(task.units.sentence_texts, task.units.sentence_groups)
    settings = FitSettings()
    words, unseen = fit_sentences(
        Sight(words=space.transform(task.units.sentence_texts)),
        task.targets.sentences,
        task.units.sentence_groups,
        penalty=settings.penalty,
        meaning_weight=settings.meaning_weight,
    )
    other = Task.of([*counted[REVIEWS], *counted[PASSAGES]], codes)
    texts = other.units.sentence_texts
    return (
        Side(task, unseen, scores.tuned(fold).unseen(task.units)),
        Side(
            other,
            words.score(Sight(words=space.transform(texts))),
            scores.scorer(fold).score(texts),
        ),
    )


def data_of(side: Side, row: Row) -> StackData:
    """The cells of one side, as a row of the table sees them."""
    task = replace(side.task, documents=[row.of_documents(each) for each in side.task.documents])
    words = side.words if row.has_words else np.zeros_like(side.words)
    data = stack_data(task, words, None, side.tuned if row.has_tuned else None)
    hidden = [
        i
        for i, name in enumerate(_COLUMNS[: data.evidence.shape[2]])
        if name.startswith(row.hidden or ("-",))
    ]
    data.evidence[:, :, hidden] = 0
    return data


def decided(learned: StackData, asked: StackData, row: Row) -> NDArray[np.bool_]:
    """What is suggested of the second by a stack of the first."""
    known = [_COLUMNS.index(name) for name in _OF_COLLECTION]
    asked.evidence[:, :, known[0]] = learned.evidence[0, :, known[0]]
    asked.evidence[:, :, known[1]] = asked.bare[:, None] * learned.evidence[0, :, known[0]]
    raw = unseen_probabilities(learned)
    every = np.ones(len(learned.bare), dtype=bool)
    whole = decision(learned, raw, ~learned.bare if row.has_own_calibration else every)
    bare = decision(learned, raw, learned.bare if row.has_own_calibration else every)
    given = fit_stack(learned).probability(asked.evidence, asked.candidates)
    found = np.zeros(given.shape, dtype=bool)
    for rows, own in ((~asked.bare, whole), (asked.bare, bare)):
        least = own.thresholds if row.has_own_thresholds else own.threshold
        found[rows] = _calibrated(own, given[rows], asked.candidates[rows]) >= least
    return found


def _calibrated(own: Decision, given: Floats, candidates: NDArray[np.bool_]) -> Floats:
    return np.where(candidates, own.calibrator(given), -1).astype(np.float32)


def counts(found: NDArray[np.bool_], asked: StackData, n: int) -> dict[str, NDArray[np.float64]]:
    """Hits, wrong and missed by code, of reviews and of passages; each segment once."""
    result = {}
    for name, rows in ((REVIEWS, ~asked.bare[:n]), (PASSAGES, asked.bare[:n])):
        said, right = found[:n][rows], asked.targets[:n][rows] > 0
        counted = asked.counted[:n][rows]
        result[name] = np.stack(
            [(each & counted).sum(0) for each in (said & right, said & ~right, ~said & right)]
        ).astype(np.float64)
    return result


def f1(total: NDArray[np.float64]) -> tuple[float, float]:
    """Micro-F1, and the mean over codes with at least five uses."""
    hits, wrong, missed = total
    common = hits + missed >= 5
    own = 2 * hits / np.maximum(2 * hits + wrong + missed, 1)
    return float(2 * hits.sum() / (2 * hits + wrong + missed).sum()), float(own[common].mean())


def main() -> None:
    """Measure every row, print a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--tuned", type=Path, required=True)
    arguments = parser.parse_args()
    codes = material.codebook()
    documents = material.documents(codes)
    scores = TunedScores(documents, material.passage_ids(material.DOUBLE_CODED), arguments.tuned)
    totals: dict[str, dict[str, NDArray[np.float64]]] = {row.name: {} for row in ROWS}
    for fold in range(5):
        seen, left_out = sides(documents, codes, scores, fold)
        for row in ROWS:
            asked = data_of(left_out, row)
            found = decided(data_of(seen, row), asked, row)
            for name, own in counts(found, asked, len(left_out.task.units.segments)).items():
                totals[row.name][name] = totals[row.name].get(name, np.zeros_like(own)) + own
        print(f"fold {fold} done", flush=True)
    print("| parts | passages micro | macro | reviews micro | macro |\n|---|---:|---:|---:|---:|")
    for row in ROWS:
        numbers = (*f1(totals[row.name][PASSAGES]), *f1(totals[row.name][REVIEWS]))
        print(f"| {row.name} | " + " | ".join(f"{number:.3f}" for number in numbers) + " |")


if __name__ == "__main__":
    main()

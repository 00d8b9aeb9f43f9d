"""Codings of passages, held against gold and beside the plainest coders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from workbench.learn.evaluation.pooling import Bootstrap, EvaluationSettings
from workbench.learn.evaluation.records import Evaluation
from workbench.learn.gold.mistakes import find_mistakes
from workbench.learn.gold.pairs import pair_passages
from workbench.learn.gold.records import Codings, GoldEvaluation, GoldPassage
from workbench.learn.gold.sections import (
    baseline_section,
    code_section,
    group_section,
    matched_section,
    mistake_section,
    weighted_section,
)


def evaluate_passages(
    passages: Sequence[GoldPassage],
    codings: Codings,
    *,
    system: str,
    baselines: Mapping[str, tuple[str, Codings]],
    settings: EvaluationSettings | None = None,
) -> GoldEvaluation:
    """How well codings agree with the gold, pooled over (passage, code) pairs.

    A code counts once for each passage. Intervals are drawn over documents, since passages of
    one document are no independent evidence.

    Args:
        passages: Of the gold.
        codings: What is measured; a passage that is not in them has none.
        system: What made them, in words.
        baselines: Name -> what it is, and its codings of the same passages.
        settings: Of the intervals.
    """
    settings = settings or EvaluationSettings()
    bootstrap = Bootstrap(list(dict.fromkeys(passage.doc for passage in passages)), settings)
    pairs = pair_passages(passages, codings)
    plain = {name: pair_passages(passages, theirs) for name, (_, theirs) in baselines.items()}
    mistakes = find_mistakes(pairs)
    sections = [
        code_section(pairs, bootstrap),
        matched_section(pairs, bootstrap),
        baseline_section(system, pairs, plain, bootstrap),
        mistake_section(mistakes),
        group_section(pairs, bootstrap),
    ]
    if any(passage.stratum for passage in passages):
        sections.insert(2, weighted_section(pairs, bootstrap))
    return GoldEvaluation(
        figures=Evaluation(
            documents=(),
            sections=tuple(sections),
            n_resamples=settings.n_resamples,
            seed=settings.seed,
        ),
        mistakes=mistakes,
        system=system,
        baselines={name: what for name, (what, _) in baselines.items()},
        n_passages=len(passages),
        n_documents=len({passage.doc for passage in passages}),
        n_codings=sum(len(passage.codings) for passage in passages),
        coders=_coders(passages),
        n_missing=sum(passage.passage_id not in codings for passage in passages),
    )


def _coders(passages: Sequence[GoldPassage]) -> tuple[str, ...]:
    if not all(passage.coders for passage in passages):
        return ()
    return tuple(sorted({coder for passage in passages for coder in passage.coders}))

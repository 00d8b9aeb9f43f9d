"""How well the learned models suggest, on documents that no part of them has seen.

    python -m benchmarks.learning.measure --tuned FOLDER --keep KEPT

Five folds by case and by report, over both genres: fiction and passages. For each fold all is
fitted anew on the other four: vocabulary, sentence models, tuned encoder, the encoders whose
scores teach the stack (they saw neither the fold nor the sentence), calibration, thresholds.
``--tuned`` is what ``benchmarks.learning.tuning.fit`` wrote; without it the embeddings are used
as they come. ``--keep`` keeps what was said of each segment for cards, curves and tables.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from pathlib import Path

import numpy as np

from benchmarks.learning import material
from benchmarks.learning.tuning.prepare import folds_of
from benchmarks.learning.tuning.scores import FoldScorer, TunedScores
from workbench.learn.models import LabelledDocument, ModelCoder, StoredModel, fit_model
from workbench.learn.models.features.embedding import Embedder
from workbench.learn.models.fitting.measures import Figures, Share, figures
from workbench.learn.models.fitting.validation import Unseen, apply_model, joined
from workbench.learn.models.model import Model

REVIEWS, PASSAGES = "reviews", "passages"
#: The same, each segment read alone, as ``workbench suggest`` reads a passage.
BARE = {"bare paragraphs of reviews": REVIEWS, "bare passages": PASSAGES}
Fold = tuple[int, Model, list[LabelledDocument], FoldScorer | None]


def fitted(
    documents: Sequence[LabelledDocument],
    embedder: Embedder | None,
    tuned: Path | None,
    folds: Iterable[int] = range(5),
) -> Iterator[Fold]:
    """For each fold a model that never saw it, its documents, and the encoder's scores of them."""
    codes = material.codebook()
    double = material.passage_ids(material.DOUBLE_CODED)
    fold_of = folds_of(documents, double)
    scores = TunedScores(documents, double, tuned) if tuned is not None else None
    for fold in folds:
        model = fit_model(
            [document for document in documents if fold_of[document.group] != fold],
            codes,
            embedder,
            tuned=scores.tuned(fold) if scores is not None else None,
        )
        left_out = [document for document in documents if fold_of[document.group] == fold]
        yield fold, model, left_out, scores.scorer(fold) if scores is not None else None


def tested(documents: Sequence[LabelledDocument]) -> dict[str, list[LabelledDocument]]:
    """What is counted: whole reviews, and the passages that were coded twice."""
    double = material.passage_ids(material.DOUBLE_CODED)
    passages = [each for each in documents if each.document.document_id in double]
    reviews = [each for each in documents if each.kind == "review"]
    return {REVIEWS: reviews, PASSAGES: passages}


def show(name: str, numbers: Figures, *, per_code: bool) -> None:
    """Figures for people."""
    print(f"{name}: {numbers.n_segments} segments of {numbers.n_groups} cases or reports")
    print(
        f"  micro-F1 {_share(numbers.micro_f1)}  P {numbers.precision or 0:.3f} "
        f"R {numbers.recall or 0:.3f}"
    )
    print(f"  macro-F1 {_share(numbers.macro_f1)} over {numbers.n_codes} codes")
    print(f"  rules    {_share(numbers.rules_micro_f1)}")
    print(
        f"  calibration error {numbers.calibration_error:.3f} (suggested "
        f"{numbers.suggestion_calibration_error:.3f}), Brier {numbers.brier:.3f}"
    )
    for code in numbers.codes if per_code else ():
        if code.support:
            print(
                f"    {code.code_id:30s} n {code.support:4d}  P {code.precision or 0:.2f}  "
                f"R {code.recall or 0:.2f}  F1 {_share(code.f1)}"
            )


def _share(share: Share) -> str:
    return f"{share.value or 0:.3f} ({share.low or 0:.3f} to {share.high or 0:.3f})"


def keep(unseen: Unseen, path: Path) -> None:
    """Write rows to a file without pickle."""
    arrays = {each.name: np.asarray(getattr(unseen, each.name)) for each in fields(unseen)}
    np.savez_compressed(path, allow_pickle=False, **arrays)


def kept(path: Path) -> Unseen:
    """The rows of a file."""
    with np.load(path, allow_pickle=False) as arrays:
        return Unseen(
            code_ids=tuple(arrays["code_ids"].tolist()),
            groups=tuple(arrays["groups"].tolist()),
            kinds=tuple(arrays["kinds"].tolist()),
            document_ids=tuple(arrays["document_ids"].tolist()),
            probabilities=arrays["probabilities"],
            chosen=arrays["chosen"],
            ruled=arrays["ruled"],
            targets=arrays["targets"],
            counted=arrays["counted"],
        )


def measure(
    documents: Sequence[LabelledDocument],
    embedder: Embedder | None,
    tuned: Path | None,
    predictions: Path | None = None,
) -> dict[tuple[str, str], Unseen]:
    """By (what is counted, variant), what was said of it."""
    found: dict[tuple[str, str], list[Unseen]] = {}
    lines: list[str] = []
    start = time.monotonic()
    for fold, model, left_out, scorer in fitted(documents, embedder, tuned):
        counted = tested(left_out)
        for name in (*counted, *BARE):
            part, view = counted[BARE.get(name, name)], int(name in BARE)
            for variant, unseen in apply_model(model, part, embedder, view, scorer).items():
                found.setdefault((name, variant), []).append(unseen)
        if predictions is not None:
            stored = StoredModel(model=model, name="fold", sha256="-")
            coder = ModelCoder(stored, material.codebook(), embedder, scorer)
            lines += [predicted(coder, each) for part in counted.values() for each in part]
            predictions.write_text("".join(lines), encoding="utf-8")
        print(f"fold {fold}: {time.monotonic() - start:.0f} s", flush=True)
    return {key: joined(parts) for key, parts in found.items()}


def predicted(coder: ModelCoder, labelled: LabelledDocument) -> str:
    """The codings of a document as a line of JSON."""
    codings = coder.suggest(labelled.document, labelled.segments, labelled.rule_views[0])
    line = {
        "id": labelled.name,
        "codings": [
            {
                "segment": coding.segment,
                "code": coding.code_id,
                "assertion": coding.assertion.value,
                "subject_role": coding.subject_role.value,
                "temporality": coding.temporality.value,
                "valence": coding.valence.value,
                "quote": coding.text,
                "score": coding.score,
                "alone": coding.explanation.startswith("model"),
            }
            for coding in codings
        ],
    }
    return json.dumps(line, ensure_ascii=False) + "\n"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--tuned", type=Path)
    parser.add_argument("--cache", type=Path, help="keeps embeddings that are not tuned")
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--codes", action="store_true", help="figures for each code")
    parser.add_argument("--predictions", type=Path, help="write the codings here, JSON lines")
    arguments = parser.parse_args()
    documents = material.documents(material.codebook())
    embedder = material.embedder(arguments.cache)
    found = measure(documents, embedder, arguments.tuned, arguments.predictions)
    for (name, variant), unseen in sorted(found.items()):
        show(f"{name}, {variant}", figures(unseen), per_code=arguments.codes)
        if arguments.keep:
            arguments.keep.mkdir(parents=True, exist_ok=True)
            keep(unseen, arguments.keep / f"{name.replace(' ', '-')}.{variant}.npz")


if __name__ == "__main__":
    main()

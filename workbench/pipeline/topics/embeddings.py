"""Embeddings of passages, each made once: kept in the workspace by text and by model."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from workbench.learn.models import Embedder
from workbench.pipeline.run import OnProgress, silent
from workbench.store.objects import ObjectStore, step_key

Floats = NDArray[np.float32]
_STEP, _VERSION = "embeddings", "1"
STAGE = "embedding passages"


def stored_rows(
    objects: ObjectStore,
    parts: Sequence[str],
    texts: Sequence[str],
    embedder: Embedder,
    on_progress: OnProgress = silent,
) -> Floats:
    """One row for each text, in their order; made only where it is not kept.

    What is kept are the rows of the texts of one part (a section role of a document), under a
    key of the hashes of these texts and of the model's weights: a changed text, or another
    model, makes new rows.

    Args:
        objects: Of the workspace.
        parts: The part that each text belongs to.
        texts: What is embedded.
        embedder: Makes the rows.
        on_progress: Told after each part.

    Raises:
        StoreError: The workspace cannot be written.
    """
    rows = np.zeros((len(texts), embedder.n_dimensions), dtype=np.float32)
    places: dict[str, list[int]] = {}
    for place, part in enumerate(parts):
        places.setdefault(part, []).append(place)
    done = 0
    on_progress(STAGE, 0, len(texts), "")
    for members in places.values():
        rows[members] = _rows(objects, [texts[place] for place in members], embedder)
        done += len(members)
        on_progress(STAGE, done, len(texts), "")
    return rows


def _rows(objects: ObjectStore, texts: Sequence[str], embedder: Embedder) -> Floats:
    hashes = [hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest() for text in texts]
    key = step_key(_STEP, _VERSION, [embedder.sha256, *hashes])
    shape = (len(texts), embedder.n_dimensions)
    kept = objects.recall(key)
    if kept is not None:
        stored = np.frombuffer(objects.get(kept), dtype="<f4")
        if stored.size == shape[0] * shape[1]:
            return stored.reshape(shape)
    made = np.ascontiguousarray(embedder.encode(texts), dtype="<f4")
    objects.remember(key, objects.put(made.tobytes()))
    return made

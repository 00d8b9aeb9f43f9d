"""Models as files: ``model.npz`` and ``card.json`` in a folder, without pickle.

The archive is written here, member by member with a fixed date, because ``numpy.savez`` puts
the time of day into it: the same model is the same bytes.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workbench.codebook import Codebook
from workbench.errors import ModelError
from workbench.learn.models.features.embedding import FourierFeatures
from workbench.learn.models.features.lexical import LexicalSpace
from workbench.learn.models.features.similarity import CodeTexts
from workbench.learn.models.fitting.calibration import Calibrator
from workbench.learn.models.fitting.stacking import Stack
from workbench.learn.models.model import Model, Variant
from workbench.records import SubjectRole

FORMAT = "workbench-model/1"
WEIGHTS_NAME, CARD_NAME = "model.npz", "card.json"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_STRINGS = ("known", "word_terms", "run_terms")
Arrays = Mapping[str, NDArray[Any]]


def model_bytes(model: Model) -> bytes:
    """The model as an npz archive; equal models give equal bytes."""
    arrays: dict[str, NDArray[Any]] = {
        "about": _text(json.dumps(_about(model), sort_keys=True)),
        "frequency": model.frequency,
        "known": _text("\n".join(sorted(model.lexical.known))),
        "word_terms": _text("\n".join(model.lexical.word_terms)),
        "run_terms": _text("\n".join(model.lexical.run_terms)),
        "word_idf": model.lexical.word_idf.astype(np.float32),
        "run_idf": model.lexical.run_idf.astype(np.float32),
    }
    if model.fourier is not None:
        arrays["directions"] = model.fourier.directions.astype(np.float16)
    if model.code_texts is not None:
        arrays["code_texts"] = model.code_texts.rows.astype(np.float16)
        arrays["code_texts.n_rows"] = np.array(model.code_texts.n_rows, dtype=np.int32)
    for variant in model.variants.values():
        arrays |= {f"{variant.name}.{key}": value for key, value in _of_variant(variant).items()}
    return _archive(arrays)


def _about(model: Model) -> dict[str, object]:
    return {
        "format": FORMAT,
        "codebook_id": model.codebook_id,
        "codebook_version": model.codebook_version,
        "code_ids": list(model.code_ids),
        "is_learned": list(model.is_learned),
        "n_examples": list(model.n_examples),
        "embedder_sha256": model.embedder_sha256,
        "variants": sorted(model.variants),
        "roles": {code: dict(kinds) for code, kinds in model.roles.items()},
    }


def _of_variant(variant: Variant) -> dict[str, NDArray[Any]]:
    arrays: dict[str, NDArray[Any]] = {
        "mean": variant.mean,
        "stack.centre": variant.stack.centre,
        "stack.scale": variant.stack.scale,
        "stack.weights": variant.stack.weights,
        "stack.intercept": np.array([variant.stack.intercept], dtype=np.float32),
        "calibrator.given": variant.calibrator.given,
        "calibrator.meant": variant.calibrator.meant,
        "threshold": np.array([variant.threshold], dtype=np.float32),
        "thresholds": variant.thresholds,
    }
    for i, block in enumerate(variant.weights):
        arrays[f"weights.{i}"] = block.astype(np.float16)
    if variant.similarity_centre is not None and variant.similarity_scale is not None:
        arrays["similarity.centre"] = variant.similarity_centre
        arrays["similarity.scale"] = variant.similarity_scale
    return arrays


def _text(text: str) -> NDArray[np.uint8]:
    return np.frombuffer(text.encode(), dtype=np.uint8)


def _archive(arrays: Arrays) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(arrays):
            member = io.BytesIO()
            np.save(member, np.ascontiguousarray(arrays[name]), allow_pickle=False)
            entry = zipfile.ZipInfo(f"{name}.npy", date_time=_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, member.getvalue(), compresslevel=9)
    return buffer.getvalue()


def save_model(model: Model, card: Mapping[str, Any], folder: Path) -> str:
    """Write a model and its card; gives the SHA-256 of the weights.

    Args:
        model: Fitted.
        card: What is known of it; hash, format and codebook are added here.
        folder: Made where it is missing.

    Raises:
        ModelError: The folder cannot be written.
    """
    content = model_bytes(model)
    sha256 = hashlib.sha256(content).hexdigest()
    about = {key: value for key, value in _about(model).items() if key != "roles"}
    full = {**card, **about, "name": folder.name, "sha256": sha256}
    text = json.dumps(full, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / WEIGHTS_NAME).write_bytes(content)
        (folder / CARD_NAME).write_text(text, encoding="utf-8")
    except OSError as error:
        raise ModelError(f"{folder}: the model cannot be written ({error.strerror}).") from error
    return sha256


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


def load_model(folder: Path, codebook: Codebook | None = None) -> tuple[Model, str]:
    """The model of a folder, and the SHA-256 of its weights.

    A model may know codes that the codebook lacks, and lack some that it has: it then speaks of
    those that both have. See ``ModelCoder.notes``.

    Raises:
        ModelError: There is no model, its bytes are not those of its card, or it was trained
            for another codebook.
    """
    card = load_card(folder)
    path = folder / WEIGHTS_NAME
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ModelError(
            f"{path}: cannot be read ({error.strerror}). Train the model again, or fetch it again."
        ) from error
    sha256 = hashlib.sha256(content).hexdigest()
    if sha256 != card.get("sha256"):
        raise ModelError(
            f"{path}: has the hash {sha256[:12]}, but its card says {str(card.get('sha256'))[:12]}."
            " The file was changed or damaged; fetch it again or train the model again."
        )
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
            model = _model({name: arrays[name] for name in arrays.files})
    except (KeyError, ValueError, zipfile.BadZipFile) as error:
        raise ModelError(f"{path}: holds no model ({error}). Train the model again.") from error
    if codebook is not None and model.codebook_id != codebook.codebook_id:
        raise ModelError(
            f"{folder}: was trained for the codebook {model.codebook_id!r}, but "
            f"{codebook.codebook_id!r} is used. Train a model for it, or work by rules alone."
        )
    return model, sha256


def _model(arrays: Arrays) -> Model:
    about = json.loads(_string(arrays["about"]))
    strings = {name: tuple(_string(arrays[name]).split("\n")) for name in _STRINGS}
    fourier = None
    if "directions" in arrays:
        fourier = FourierFeatures(arrays["directions"].astype(np.float32))
    code_texts = None
    if "code_texts" in arrays:
        code_texts = CodeTexts(
            rows=arrays["code_texts"].astype(np.float32),
            n_rows=tuple(int(n) for n in arrays["code_texts.n_rows"]),
        )
    return Model(
        codebook_id=about["codebook_id"],
        codebook_version=about["codebook_version"],
        code_ids=tuple(about["code_ids"]),
        is_learned=tuple(about["is_learned"]),
        frequency=arrays["frequency"],
        n_examples=tuple(about["n_examples"]),
        lexical=LexicalSpace(
            known=frozenset(strings["known"]),
            word_terms=strings["word_terms"],
            run_terms=strings["run_terms"],
            word_idf=arrays["word_idf"],
            run_idf=arrays["run_idf"],
        ),
        fourier=fourier,
        code_texts=code_texts,
        embedder_sha256=about["embedder_sha256"],
        variants={name: _variant(name, arrays) for name in about["variants"]},
        roles={
            code: {kind: tuple(map(SubjectRole, roles)) for kind, roles in kinds.items()}
            for code, kinds in about["roles"].items()
        },
    )


def _variant(name: str, arrays: Arrays) -> Variant:
    own = {k.removeprefix(f"{name}."): v for k, v in arrays.items() if k.startswith(f"{name}.")}
    n_blocks = sum(key.startswith("weights.") for key in own)
    return Variant(
        name=name,
        mean=own["mean"],
        weights=tuple(own[f"weights.{i}"].astype(np.float32) for i in range(n_blocks)),
        stack=Stack(
            centre=own["stack.centre"],
            scale=own["stack.scale"],
            weights=own["stack.weights"],
            intercept=float(own["stack.intercept"][0]),
        ),
        calibrator=Calibrator(given=own["calibrator.given"], meant=own["calibrator.meant"]),
        threshold=float(own["threshold"][0]),
        thresholds=own["thresholds"],
        similarity_centre=own.get("similarity.centre"),
        similarity_scale=own.get("similarity.scale"),
    )


def _string(array: NDArray[Any]) -> str:
    return array.tobytes().decode()

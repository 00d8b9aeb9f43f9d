"""A model as bytes and back: an npz archive without pickle, equal bytes for equal models.

The archive is written here, member by member with a fixed date, because ``numpy.savez`` puts
the time of day into it.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workbench.learn.models.features.lexical import LexicalSpace
from workbench.learn.models.features.meaning import MeaningSpace
from workbench.learn.models.features.sight import Spaces
from workbench.learn.models.features.similarity import CodeTexts
from workbench.learn.models.fitting.calibration import Calibrator, Decision
from workbench.learn.models.fitting.ridge import SentenceModel
from workbench.learn.models.fitting.stacking import Stack
from workbench.learn.models.model import LEXICAL, Model, Variant
from workbench.records import SubjectRole

FORMAT = "workbench-model/2"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_NEWLINE = "\n"
Arrays = Mapping[str, NDArray[Any]]


def pack(model: Model) -> bytes:
    """The model as an npz archive; equal models give equal bytes."""
    lexical = model.spaces.lexical
    arrays: dict[str, NDArray[Any]] = {
        "about": _text(json.dumps({**about(model), "roles": _roles(model)}, sort_keys=True)),
        "frequency": model.frequency,
        "known": _text(_NEWLINE.join(sorted(lexical.known))),
        "word_terms": _text(_NEWLINE.join(lexical.word_terms)),
        "run_terms": _text(_NEWLINE.join(lexical.run_terms)),
        "word_idf": lexical.word_idf,
        "run_idf": lexical.run_idf,
    }
    if model.spaces.meaning is not None and model.spaces.code_texts is not None:
        arrays |= {
            "meaning.centre": model.spaces.meaning.centre.astype(np.float16),
            "meaning.directions": model.spaces.meaning.directions.astype(np.float16),
            "code_texts": model.spaces.code_texts.rows.astype(np.float16),
            "code_texts.n_rows": np.array(model.spaces.code_texts.n_rows, dtype=np.int32),
        }
    if model.spaces.adapter is not None:
        arrays |= {f"adapter.{name}": array for name, array in model.spaces.adapter.items()}
    shared = model.variants[LEXICAL].sentences
    for variant in model.variants.values():
        own = _of_variant(variant)
        if variant.sentences is not shared or variant.name == LEXICAL:
            own |= _of_sentences(variant.sentences)
        arrays |= {f"{variant.name}.{key}": value for key, value in own.items()}
    return _archive(arrays)


def about(model: Model) -> dict[str, object]:
    """What a card repeats of the model."""
    return {
        "format": FORMAT,
        "codebook_id": model.codebook_id,
        "codebook_version": model.codebook_version,
        "code_ids": list(model.code_ids),
        "is_learned": list(model.is_learned),
        "n_examples": list(model.n_examples),
        "embedder_sha256": model.embedder_sha256,
        "variants": sorted(model.variants),
    }


def _roles(model: Model) -> dict[str, dict[str, list[str]]]:
    return {
        code: {kind: [role.value for role in roles] for kind, roles in kinds.items()}
        for code, kinds in model.roles.items()
    }


def _of_sentences(sentences: SentenceModel) -> dict[str, NDArray[Any]]:
    arrays: dict[str, NDArray[Any]] = {
        "mean": sentences.mean,
        "words": sentences.words.astype(np.float16),
    }
    if sentences.meanings is not None:
        arrays["meanings"] = sentences.meanings.astype(np.float16)
    return arrays


def _of_variant(variant: Variant) -> dict[str, NDArray[Any]]:
    arrays: dict[str, NDArray[Any]] = {
        "stack.centre": variant.stack.centre,
        "stack.scale": variant.stack.scale,
        "stack.weights": variant.stack.weights,
        "stack.intercept": np.array([variant.stack.intercept], dtype=np.float32),
    }
    for name, decision in (("whole", variant.whole), ("bare", variant.bare)):
        arrays |= {
            f"{name}.given": decision.calibrator.given,
            f"{name}.meant": decision.calibrator.meant,
            f"{name}.threshold": np.array([decision.threshold], dtype=np.float32),
            f"{name}.thresholds": decision.thresholds,
        }
    if variant.similarity_centre is not None and variant.similarity_scale is not None:
        arrays["similarity.centre"] = variant.similarity_centre
        arrays["similarity.scale"] = variant.similarity_scale
    return arrays


def _text(text: str) -> NDArray[np.uint8]:
    return np.frombuffer(text.encode(), dtype=np.uint8)


def _archive(arrays: Arrays) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(arrays):
            member = io.BytesIO()
            np.save(member, np.ascontiguousarray(arrays[name]), allow_pickle=False)
            entry = zipfile.ZipInfo(f"{name}.npy", date_time=_EPOCH)
            archive.writestr(entry, member.getvalue(), zipfile.ZIP_DEFLATED, compresslevel=9)
    return buffer.getvalue()


def unpack(content: bytes) -> Model:
    """The model of an archive.

    Raises:
        ValueError: The bytes are no such archive; also KeyError and zipfile.BadZipFile.
    """
    with np.load(io.BytesIO(content), allow_pickle=False) as archive:
        arrays = {name: archive[name] for name in archive.files}
    known = json.loads(_string(arrays["about"]))
    if known["format"] != FORMAT:
        raise ValueError(f"format {known['format']}, not {FORMAT}")
    return Model(
        codebook_id=known["codebook_id"],
        codebook_version=known["codebook_version"],
        code_ids=tuple(known["code_ids"]),
        is_learned=tuple(known["is_learned"]),
        frequency=arrays["frequency"],
        n_examples=tuple(known["n_examples"]),
        spaces=_spaces(arrays),
        embedder_sha256=known["embedder_sha256"],
        variants=_variants(known["variants"], arrays),
        roles={
            code: {kind: tuple(map(SubjectRole, roles)) for kind, roles in kinds.items()}
            for code, kinds in known["roles"].items()
        },
    )


def _spaces(arrays: Arrays) -> Spaces:
    lexical = LexicalSpace(
        known=frozenset(_strings(arrays["known"])),
        word_terms=_strings(arrays["word_terms"]),
        run_terms=_strings(arrays["run_terms"]),
        word_idf=arrays["word_idf"],
        run_idf=arrays["run_idf"],
    )
    adapter = _own("adapter", arrays)
    if "code_texts" not in arrays:
        return Spaces(lexical=lexical, adapter=adapter or None)
    return Spaces(
        lexical=lexical,
        meaning=MeaningSpace(
            centre=_floats(arrays["meaning.centre"]),
            directions=_floats(arrays["meaning.directions"]),
        ),
        code_texts=CodeTexts(
            rows=_floats(arrays["code_texts"]),
            n_rows=tuple(int(n) for n in arrays["code_texts.n_rows"]),
        ),
    )


def _variants(names: Sequence[str], arrays: Arrays) -> dict[str, Variant]:
    """The variants; the scores of sentences are the lexical ones where a variant has none."""
    found: dict[str, Variant] = {}
    shared = _sentences(_own(LEXICAL, arrays))
    for name in names:
        own = _own(name, arrays)
        sentences = _sentences(own) if "words" in own and name != LEXICAL else shared
        found[name] = _variant(name, sentences, own)
    return found


def _own(prefix: str, arrays: Arrays) -> Arrays:
    """The arrays below a name."""
    start = f"{prefix}."
    return {name.removeprefix(start): a for name, a in arrays.items() if name.startswith(start)}


def _sentences(own: Arrays) -> SentenceModel:
    return SentenceModel(
        mean=own["mean"],
        words=_floats(own["words"]),
        meanings=_floats(own["meanings"]) if "meanings" in own else None,
    )


def _variant(name: str, sentences: SentenceModel, own: Arrays) -> Variant:
    return Variant(
        name=name,
        sentences=sentences,
        stack=Stack(
            centre=own["stack.centre"],
            scale=own["stack.scale"],
            weights=own["stack.weights"],
            intercept=float(own["stack.intercept"][0]),
        ),
        whole=_decision(_own("whole", own)),
        bare=_decision(_own("bare", own)),
        similarity_centre=own.get("similarity.centre"),
        similarity_scale=own.get("similarity.scale"),
    )


def _decision(own: Arrays) -> Decision:
    return Decision(
        calibrator=Calibrator(given=own["given"], meant=own["meant"]),
        threshold=float(own["threshold"][0]),
        thresholds=own["thresholds"],
    )


def _floats(array: NDArray[Any]) -> NDArray[np.float32]:
    return array.astype(np.float32)


def _string(array: NDArray[Any]) -> str:
    return array.tobytes().decode()


def _strings(array: NDArray[Any]) -> tuple[str, ...]:
    text = _string(array)
    return tuple(text.split(_NEWLINE)) if text else ()

"""A model of labelled documents: ``workbench train``."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from workbench.errors import InputError, ModelError
from workbench.learn.gold.read import read_gold
from workbench.learn.models import (
    Embedder,
    FitSettings,
    LabelledDocument,
    available_minilm,
    fit_model,
    labelled_passage,
    labelled_review,
    load_card,
    save_model,
)
from workbench.learn.models.card import card_text, make_card
from workbench.learn.models.fitting.validation import (
    Unseen,
    apply_model,
    even_folds,
    fitted_folds,
    joined,
)
from workbench.learn.models.store import CARD_NAME, CARD_TEXT_NAME
from workbench.learn.truth import load_truth
from workbench.pipeline.coders.plan import MODELS, RULES_ONLY, CombinedCoder, coder_plan
from workbench.pipeline.run import OnProgress, silent
from workbench.pipeline.versions import file_hash
from workbench.records import Coding

_NAME = re.compile(r"[a-z0-9][a-z0-9.-]{0,60}")


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainSettings:
    """What is measured beside the fit, and how."""

    n_folds: int = 5  # parts that are left out in their turn, by case or report; 0: no figures
    embeddings: bool = True  # fit the variant with embeddings too, where they are installed
    replace: bool = False  # write over a model of the same name

    def __post_init__(self) -> None:
        if self.n_folds < 0 or self.n_folds == 1:
            raise InputError(f"{self.n_folds} parts: give 2 or more, or 0 for no figures.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trained:
    """A model that was made."""

    folder: Path
    card: dict[str, Any]
    notes: tuple[str, ...]


def train(
    root: Path,
    name: str,
    truths: Sequence[Path],
    gold: Sequence[Path],
    settings: TrainSettings | None = None,
    on_progress: OnProgress = silent,
) -> Trained:
    """Fit a model on labelled documents, measure it on parts left out, store it in a workspace.

    The same documents, settings and machine give the same bytes.

    Args:
        root: The workspace, whose codebook and rules are used.
        name: Of the model: lower-case letters, digits, dots and hyphens.
        truths: Folders with ``truth/<id>.json``, and the PDFs beside them.
        gold: Files of coded passages, one JSON object a line.
        settings: What is measured, and how.
        on_progress: Told after each step.

    Raises:
        InputError: The name is taken or is no name; nothing labelled was given.
        TruthError: A truth file has problems; all of them are listed.
        PassagesError: A gold file has problems; all of them are listed.
        ModelError: There is too little to learn from.
    """
    settings = settings or TrainSettings()
    folder = _free_folder(root, name, settings)
    coder = CombinedCoder(coder_plan(root, RULES_ONLY))
    documents = labelled_documents(truths, gold, coder, on_progress)
    embedder, missing = available_minilm() if settings.embeddings else (None, "")
    validated = _validated(documents, coder, embedder, settings, on_progress)
    on_progress("fitting the model", 0, 1, "")
    fit = FitSettings()
    card = make_card(documents, fit, validated, {})
    card["trained_on"] = sorted(trained_on(truths, gold, coder))
    save_model(fit_model(documents, coder.codebook, embedder, fit), card, folder)
    full = load_card(folder)
    (folder / CARD_TEXT_NAME).write_text(card_text(full), encoding="utf-8")
    on_progress("fitting the model", 1, 1, name)
    notes = (f"without embeddings: {missing}",) if missing else ()
    return Trained(folder=folder, card=full, notes=notes)


def models_without(
    truths: Path,
    gold: Sequence[Path],
    n_folds: int,
    folder: Path,
    on_progress: OnProgress = silent,
) -> Iterator[tuple[Path, frozenset[str]]]:
    """Models that never saw some of the reviews, so that these can be measured honestly.

    Cases are parted into ``n_folds`` parts; each model is fitted on all other cases and on the
    passages. They use words and rules only: to read everything anew with embeddings for each part
    takes an hour.

    Args:
        truths: A folder with ``truth/<id>.json``.
        gold: Files of coded passages, for all models to learn from.
        n_folds: Parts, 2 or more.
        folder: Where the models are put, with the shipped codebook and rules.
        on_progress: Told after each step.

    Yields:
        A model's folder, and the names of the reviews that it never saw.
    """
    coder = CombinedCoder(coder_plan(None, RULES_ONLY))
    documents = labelled_documents([truths], gold, coder, on_progress)
    sizes: dict[str, int] = {}
    for document in documents:
        if document.kind == "review":
            sizes[document.group] = sizes.get(document.group, 0) + len(document.segments)
    for number, fold in enumerate(even_folds(sizes, n_folds), start=1):
        kept = [document for document in documents if document.group not in fold]
        model = fit_model(kept, coder.codebook)
        target = folder / f"part-{number}-left-out"
        save_model(model, make_card(kept, FitSettings(), {}, {}), target)
        yield target, frozenset(each.name for each in documents if each.group in fold)


def _free_folder(root: Path, name: str, settings: TrainSettings) -> Path:
    if not _NAME.fullmatch(name) or name == RULES_ONLY:
        raise InputError(
            f"{name!r} is no name for a model: use lower-case letters, digits, dots and hyphens."
        )
    folder = root / MODELS / name
    if (folder / CARD_NAME).exists() and not settings.replace:
        raise InputError(f"{folder}: there is a model already. Choose another name, or --replace.")
    return folder


def labelled_documents(
    truths: Sequence[Path],
    gold: Sequence[Path],
    coder: CombinedCoder,
    on_progress: OnProgress = silent,
) -> list[LabelledDocument]:
    """Labelled reviews and passages, each with the codings of the rules.

    Passages are read twice by the rules: with the kind of their document stated, and without,
    since bare passages do not state it.

    Raises:
        InputError: Nothing labelled is there.
    """
    files = [path for each in truths for path in _truth_files(each)]
    codes = {code.code_id for code in coder.codebook.codes}
    passages = [passage for path in gold for passage in read_gold(path, codes)]
    total = len(files) + len(passages)
    if not total:
        raise InputError(
            "nothing to learn from: give --truth FOLDER (such as corpora/demo) or --gold FILE."
        )
    found = []
    for path in files:
        review = labelled_review(load_truth(path))
        found.append(replace(review, rule_views=(_by_rules(coder, review),)))
        on_progress("reading labelled documents", len(found), total, path.stem)
    for passage in passages:
        stated, bare = labelled_passage(passage), labelled_passage(passage, states_type=False)
        views = (_by_rules(coder, stated), _by_rules(coder, bare))
        found.append(replace(stated, rule_views=views))
        on_progress("reading labelled documents", len(found), total, "")
    return found


def _truth_files(folder: Path) -> list[Path]:
    files = sorted((folder / "truth").glob("*.json"))
    if not files:
        raise InputError(f"{folder}: holds no truth/*.json. Give a corpus such as corpora/demo.")
    return files


def _by_rules(coder: CombinedCoder, document: LabelledDocument) -> tuple[Coding, ...]:
    return coder.rules.code(document.document, document.segments)[1]


def trained_on(truths: Sequence[Path], gold: Sequence[Path], coder: CombinedCoder) -> Iterator[str]:
    """Hashes of what a model was fitted on, so that it is noticed when it is used on that.

    Of a review the SHA-256 of its PDF, which is its document id; of a passage that of its text
    with single spaces.
    """
    for folder in truths:
        for path in _truth_files(folder):
            pdf = folder / "pdf" / f"{path.stem}.pdf"
            if pdf.is_file():
                yield file_hash(pdf)
    codes = {code.code_id for code in coder.codebook.codes}
    for path in gold:
        for passage in read_gold(path, codes):
            yield passage_hash(passage.text)


def passage_hash(text: str) -> str:
    """SHA-256 of a passage's text with single spaces, hexadecimal."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()


def _validated(
    documents: Sequence[LabelledDocument],
    coder: CombinedCoder,
    embedder: Embedder | None,
    settings: TrainSettings,
    on_progress: OnProgress,
) -> dict[str, Unseen]:
    """For each variant what is said of every document by a model that never saw its case."""
    if not settings.n_folds:
        return {}
    sizes: dict[str, int] = {}
    for document in documents:
        sizes[document.group] = sizes.get(document.group, 0) + len(document.segments)
    folds = even_folds(sizes, settings.n_folds)
    if len(folds) < 2:
        raise ModelError("all labelled documents are of one case: nothing is left to measure on.")
    parts: dict[str, list[Unseen]] = {}
    on_progress("measuring on parts left out", 0, len(folds), "")
    fitted = fitted_folds(documents, coder.codebook, folds, embedder)
    for number, (model, left_out) in enumerate(fitted, start=1):
        for name, unseen in apply_model(model, left_out, embedder).items():
            parts.setdefault(name, []).append(unseen)
        on_progress("measuring on parts left out", number, len(folds), "")
    return {name: joined(each) for name, each in parts.items()}

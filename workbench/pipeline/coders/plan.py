"""Which model codes documents, and the coder that is made of rules and model.

A workspace names its model in ``models/in-use.txt``; without that the model that comes with the
workbench is used, where it was trained for the codebook. ``none`` means rules alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from workbench.codebook import Codebook, load_codebook, shipped
from workbench.coding import Coder, matrix_rows
from workbench.errors import InputError
from workbench.learn.models import (
    Embedder,
    ModelCoder,
    list_models,
    load_card,
    load_coder,
    load_model,
)
from workbench.learn.models import available_minilm as load_embedder
from workbench.learn.models.card import card_text
from workbench.learn.models.features.embedding import find_minilm, hash_of
from workbench.learn.models.model import EMBEDDING, LEXICAL
from workbench.pipeline.coders.annotations import CODEBOOK, PROPOSALS, annotation_paths
from workbench.pipeline.versions import file_hash, stage_version
from workbench.records import Coding, Document, Person, Segment

MODELS = Path("models")
IN_USE = MODELS / "in-use.txt"
RULES_ONLY = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class CoderPlan:
    """What a coder is made from; two that are equal make equal coders."""

    codebook_path: Path
    context_path: Path
    hashes: tuple[str, ...]  # of all annotation files, and of the model and its embeddings
    model: Path | None = None  # folder; None: rules alone
    notes: tuple[str, ...] = ()  # what the user should know of the choice


def coder_plan(root: Path | None = None, model: str = "") -> CoderPlan:
    """The coder of a workspace, or the shipped one.

    Args:
        root: The workspace; None for the shipped codebook.
        model: The name or folder of a model, or ``none``; by default what the workspace uses.

    Raises:
        InputError: There is no model of that name.
        ModelError: The named model cannot be used.
    """
    codebook_path, context_path = annotation_paths(root)
    files = sorted({*codebook_path.parent.glob("*.yaml"), *context_path.parent.glob("*.yaml")})
    hashes = tuple(f"{p.name} {file_hash(p)}" for p in files if p.name != PROPOSALS.name)
    folder, notes = _chosen(root, model, codebook_path)
    if folder is not None:
        notes += _words_only(folder)
        # Here, so that a damaged model is said once, and not of every document.
        load_model(folder, load_codebook(codebook_path))
        hashes += (_model_hash(folder), _embedder_hash(), stage_version("learn/models"))
    return CoderPlan(
        codebook_path=codebook_path,
        context_path=context_path,
        hashes=hashes,
        model=folder,
        notes=notes,
    )


def _chosen(
    root: Path | None, model: str, codebook_path: Path
) -> tuple[Path | None, tuple[str, ...]]:
    name = model or model_in_use(root)
    if name == RULES_ONLY:
        return None, ("rules alone code the text, as was asked for",)
    if name:
        return model_folder(root, name), ()
    own = list_models(shipped("models"))
    if not own:
        return None, ("no model comes with this installation: rules alone code the text",)
    trained_for = load_card(own[-1]).get("codebook_id")
    if trained_for != load_codebook(codebook_path).codebook_id:
        return None, (
            f"the model {own[-1].name} was trained for another codebook ({trained_for}): "
            "rules alone code the text. workbench train makes a model for this one",
        )
    return own[-1], ()


def _words_only(folder: Path) -> tuple[str, ...]:
    """A note where a model could do more than it does here."""
    card = load_card(folder)
    if EMBEDDING not in card["variants"] or _installed(card):
        return ()
    return (
        f"the model {folder.name} works by words and rules only, which finds less: its sentence "
        "embeddings are not installed (pip install 'case-review-workbench[embed]')",
    )


def model_in_use(root: Path | None) -> str:
    """The name that a workspace gives; empty when it gives none."""
    path = root / IN_USE if root is not None else None
    return path.read_text(encoding="utf-8").strip() if path is not None and path.is_file() else ""


def model_folder(root: Path | None, name: str) -> Path:
    """The folder of a model, by its name or its path.

    Raises:
        InputError: There is no such model; the message names those that there are.
    """
    known = known_models(root)
    for folder in known:
        if folder.name == name:
            return folder
    if (Path(name) / "card.json").is_file():
        return Path(name).resolve()
    listed = ", ".join(folder.name for folder in known) or "there is none yet"
    raise InputError(f"{name!r} is no model. Known: {listed}; {RULES_ONLY} means rules alone.")


def known_models(root: Path | None) -> tuple[Path, ...]:
    """The models of a workspace, then those that come with the workbench."""
    own = list_models(root / MODELS) if root is not None else ()
    return (*own, *list_models(shipped("models")))


def use_model(root: Path, name: str) -> None:
    """Make a workspace use a model from now on; an empty name goes back to the default.

    Raises:
        InputError: There is no such model.
    """
    if name and name != RULES_ONLY:
        folder = model_folder(root, name)
        name = folder.name if folder in known_models(root) else str(folder)
    path = root / IN_USE
    path.parent.mkdir(exist_ok=True)
    if name:
        path.write_text(name + "\n", encoding="utf-8")
    else:
        path.unlink(missing_ok=True)


def _model_hash(folder: Path) -> str:
    return f"model {folder.name} {load_card(folder).get('sha256')}"


@cache
def _embedder_hash() -> str:
    """Of the weights that would be used; documents coded with and without them differ."""
    folder = find_minilm()
    return f"embeddings {hash_of(folder / 'model.safetensors') if folder else 'none'}"


@cache
def _embedder() -> Embedder | None:
    return load_embedder()[0]


class CombinedCoder:
    """Rules, and the model where there is one; made once in each process."""

    def __init__(self, plan: CoderPlan) -> None:
        self.plan = plan
        self.codebook: Codebook = load_codebook(plan.codebook_path)
        self.rules = Coder(self.codebook, plan.context_path)
        self._model: ModelCoder | None = None

    @property
    def model(self) -> ModelCoder | None:
        """The coder of the model, loaded when it is first asked for: that takes seconds."""
        if self._model is None and self.plan.model is not None:
            embedder = _embedder() if variant_of(self.plan) == EMBEDDING else None
            self._model = load_coder(self.plan.model, self.codebook, embedder)
        return self._model

    @property
    def version(self) -> str:
        """Of the rules, and the source of the model."""
        return self.rules.version + (f" and {self.model.source}" if self.model else "")

    @property
    def notes(self) -> tuple[str, ...]:
        """What the user should know of the model: fallbacks, codes left to the rules."""
        return self.plan.notes + (self.model.notes if self.model else ())

    def code(
        self, document: Document, segments: Sequence[Segment]
    ) -> tuple[tuple[Person, ...], tuple[Coding, ...]]:
        """People and codings of a document, by rules and model together."""
        people, codings = self.rules.code(document, segments)
        return people, self.improve(document, segments, people, codings)

    def improve(
        self,
        document: Document,
        segments: Sequence[Segment],
        people: Sequence[Person],
        codings: tuple[Coding, ...],
    ) -> tuple[Coding, ...]:
        """What the model makes of the rules' codings; the same without a model.

        Rows of a table of factors by person are no matter of words: their signs say what they say.
        """
        if self.model is None:
            return codings
        by_signs = matrix_rows(segments, people)
        improved = self.model.suggest(
            document,
            [segment for segment in segments if segment.ordinal not in by_signs],
            [coding for coding in codings if coding.segment not in by_signs],
            people,
        )
        kept = [coding for coding in codings if coding.segment in by_signs]
        return tuple(sorted((*improved, *kept), key=lambda c: (c.start_char, c.end_char)))


def card_of(plan: CoderPlan) -> dict[str, Any]:
    """The card of a plan's model; empty without one."""
    return load_card(plan.model) if plan.model is not None else {}


def variant_of(plan: CoderPlan) -> str:
    """Which variant of its model is used here: ``embedding`` where those weights are installed."""
    return EMBEDDING if _installed(card_of(plan)) else LEXICAL


def _installed(card: Mapping[str, Any]) -> bool:
    """Whether the embeddings that a model was fitted with are here."""
    wanted = card.get("embedder_sha256")
    return bool(wanted) and _embedder_hash() == f"embeddings {wanted}"


def model_title(plan: CoderPlan) -> str:
    """The model of a plan, its variant and its hash, for people."""
    if plan.model is None:
        return "no model"
    sha256 = str(card_of(plan).get("sha256"))
    return f"model {plan.model.name}, variant {variant_of(plan)}, {sha256[:12]}"


def describe_models(root: Path) -> list[dict[str, Any]]:
    """Name, folder, hash, codebook and use of every model that a workspace can use."""
    current = coder_plan(root if (root / CODEBOOK).is_file() else None).model
    found = []
    for folder in known_models(root):
        card = load_card(folder)
        found.append(
            {
                "name": folder.name,
                "folder": str(folder),
                "in_use": folder == current,
                "sha256": str(card["sha256"]),
                "codebook": f"{card['codebook_id']} {card['codebook_version']}",
                "n_learned": sum(card["is_learned"]),
            }
        )
    return found


def card_of_name(root: Path, name: str) -> dict[str, Any]:
    """The card of a model by its name or folder.

    Raises:
        InputError: There is no such model.
        ModelError: Its card cannot be read.
    """
    return load_card(model_folder(root, name))


def card_for_people(root: Path, name: str) -> str:
    """The card of a model as Markdown.

    Raises:
        InputError: There is no such model.
        ModelError: Its card cannot be read.
    """
    return card_text(card_of_name(root, name))

"""Topics of a workspace: ``workbench topics``."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib import metadata
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from workbench.codebook import Codebook, load_codebook
from workbench.errors import InputError
from workbench.findings.topics import (
    Method,
    TopicPassage,
    Topics,
    TopicSettings,
    find_topics,
    word_rows,
)
from workbench.learn.models import Embedder, available_minilm
from workbench.pipeline.coders.annotations import annotation_files
from workbench.pipeline.run import OnProgress, silent
from workbench.pipeline.topics.embeddings import stored_rows
from workbench.pipeline.topics.gathering import Gathered, gather, review_titles
from workbench.pipeline.topics.proposals import write_proposals
from workbench.pipeline.topics.showing import publication_of
from workbench.pipeline.versions import stage_version
from workbench.publish.topics import write_topics
from workbench.records import EVIDENCE_ROLES, Reading, SectionRole
from workbench.records.codec import dumps, loads
from workbench.store import readings as stored
from workbench.store import results
from workbench.store.objects import step_key
from workbench.store.workspace import Workspace

__all__ = ["Method", "TopicSettings", "TopicsDone", "TopicsRequest", "find_workspace_topics"]

Floats = NDArray[np.float32]
FOLDER = Path("reports/topics")
UNCOUNTED = (
    "no cases are counted here yet, so that each document is taken for a review of its own, a "
    "summary too; workbench run, then look for topics again"
)
_FULL_LIBRARIES = ("bertopic", "umap-learn", "hdbscan")


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicsRequest:
    """What topics are looked for in, and what is made of them."""

    settings: TopicSettings = field(default_factory=TopicSettings)
    roles: frozenset[SectionRole] = EVIDENCE_ROLES
    mask_names: bool = True
    guided: bool = False  # draw topics towards the factors of the codebook
    embeddings: bool = True  # False: words alone, also where embeddings are installed
    propose: bool = False  # write candidates for new codes

    def __post_init__(self) -> None:
        if not self.roles:
            raise InputError("topics: name at least one section role.")


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicsDone:
    """What was found, and where it is written."""

    topics: Topics
    titles: Mapping[str, str]  # of reviews
    page: Path
    n_left_out: int  # headings, notes, tables and short segments of the chosen roles
    proposals: Path | None
    n_proposed: int
    executed: bool  # False: equal passages and settings had been analysed before


def find_workspace_topics(
    root: Path, request: TopicsRequest | None = None, on_progress: OnProgress = silent
) -> TopicsDone:
    """Find the topics of what a workspace has read, and write their pages.

    Equal passages and settings give equal topics; they are found once and kept.

    Raises:
        NotAWorkspaceError: The folder holds no workspace.
        InputError: There are too few passages, the full method is not installed, or the file of
            proposals cannot be used.
        StoreError: The workspace cannot be written.
    """
    request = request or TopicsRequest()
    codebook = load_codebook(annotation_files(root)[0])
    with Workspace.open(root) as workspace:
        readings = {
            reading.document.document_id: reading for reading in stored.read_readings(workspace)
        }
        cases = results.read_cases(workspace)
        gathered = gather(readings.values(), cases, request.roles, mask_names=request.mask_names)
        _require_passages(root, readings, gathered)
        topics, executed = _topics(workspace, gathered, codebook, request, on_progress)
    if not cases:
        topics = replace(topics, notes=(*topics.notes, UNCOUNTED))
    on_progress("writing the pages", 0, 1, "")
    titles = review_titles(cases, readings)
    publication = publication_of(root, topics, gathered, readings, (codebook, titles))
    page = write_topics(publication, root / FOLDER)
    proposals, n_proposed = None, 0
    if request.propose:
        proposals, n_proposed = write_proposals(root, publication, codebook)
    on_progress("writing the pages", 1, 1, "")
    return TopicsDone(
        topics=topics,
        titles=titles,
        page=page,
        n_left_out=gathered.n_left_out,
        proposals=proposals,
        n_proposed=n_proposed,
        executed=executed,
    )


def _require_passages(root: Path, readings: dict[str, Reading], gathered: Gathered) -> None:
    if not readings:
        raise InputError(f"{root}: nothing was read yet. First: workbench run")
    if not gathered.passages:
        raise InputError(
            f"{root}: no passage stands in a section of the roles asked for. Ask for others "
            "(--roles), such as facts,analysis,findings,recommendations."
        )


def _topics(
    workspace: Workspace,
    gathered: Gathered,
    codebook: Codebook,
    request: TopicsRequest,
    on_progress: OnProgress,
) -> tuple[Topics, bool]:
    """The topics, and whether they had to be found."""
    passages, settings = gathered.passages, request.settings
    embedder, missing = available_minilm() if request.embeddings else (None, "")
    rows, guides, rows_from = _rows(workspace, passages, codebook, (request, embedder), on_progress)
    if missing:
        rows_from += f"; sentence embeddings could not be had ({missing})"
    inputs = [
        hashlib.sha256(dumps(passages)).hexdigest(),
        rows_from,
        *(hashlib.sha256(each.tobytes()).hexdigest() for each in (rows, guides)),
    ]
    if settings.method is Method.FULL:
        inputs += [f"{name}=={metadata.version(name)}" for name in _installed(_FULL_LIBRARIES)]
    key = step_key("topics", stage_version("findings/topics"), inputs, settings)
    kept = workspace.objects.recall(key)
    if kept is not None:
        return loads(Topics, workspace.objects.get(kept)), False
    topics = find_topics(
        passages,
        rows,
        settings,
        guides if request.guided else None,
        rows_from,
        lambda stage, done, total: on_progress(stage, done, total, ""),
    )
    workspace.objects.remember(key, workspace.objects.put(dumps(topics)))
    return topics, True


def _rows(
    workspace: Workspace,
    passages: Sequence[TopicPassage],
    codebook: Codebook,
    how: tuple[TopicsRequest, Embedder | None],
    on_progress: OnProgress,
) -> tuple[Floats, Floats, str]:
    """Rows of the passages, rows of the factors that guide, and what they come from."""
    request, embedder = how
    texts = [passage.text for passage in passages]
    cues = [guide_text(codebook, code.code_id) for code in codebook.factors]
    guiding = cues if request.guided else []
    if embedder is None:
        reviews = [passage.review for passage in passages]
        # The cues are passages of the codebook here, so that they share the passages' words.
        both = word_rows([*texts, *guiding], [*reviews, *([""] * len(guiding))])
        return both[: len(texts)], both[len(texts) :], "words (TF-IDF and singular values)"
    parts = [f"{passage.document_id}" for passage in passages]
    rows = stored_rows(workspace.objects, parts, texts, embedder, on_progress)
    guides = stored_rows(workspace.objects, ["codebook"] * len(guiding), guiding, embedder)
    return rows, guides, f"sentence embeddings ({embedder.sha256[:12]})"


def guide_text(codebook: Codebook, code_id: str) -> str:
    """What a factor is, in words that passages may share with it: its label, then its cues."""
    code = codebook.code(code_id)
    return ". ".join((code.label, ", ".join(code.cues)))


def _installed(names: Sequence[str]) -> list[str]:
    installed = {each.metadata["Name"] for each in metadata.distributions()}
    return [name for name in names if name in installed]

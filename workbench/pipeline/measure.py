"""How good the chain is, measured on documents whose truth is known."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import workbench
from workbench.codebook import load_codebook
from workbench.errors import InputError
from workbench.learn.evaluation import Evaluation, evaluate
from workbench.learn.report import evaluation_to_plain, render_markdown
from workbench.learn.truth_check import check_truths
from workbench.learn.truth_records import Truth
from workbench.pipeline.annotation.decisions import undecided
from workbench.pipeline.coders.annotations import annotation_files
from workbench.pipeline.coders.plan import CoderPlan, coder_plan, model_title
from workbench.pipeline.coders.quality import training_note
from workbench.pipeline.coders.training import models_without
from workbench.pipeline.incident import as_mapping
from workbench.pipeline.reading import DocumentRead
from workbench.pipeline.report import count_cases, read_texts
from workbench.pipeline.run import OnProgress, RunSettings, read_documents, silent
from workbench.pipeline.versions import stage_version
from workbench.pipeline.workspace import add_documents, create_workspace
from workbench.records import FrozenText, Reading
from workbench.store.workspace import Workspace

BEGIN, END = "<!-- evaluate: begin -->", "<!-- evaluate: end -->"
STAGES = ("extract", "segment", "coding", "learn/models", "cases")


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """An evaluation, and what was measured."""

    evaluation: Evaluation
    provenance: dict[str, str]

    def markdown(self) -> str:
        """The figures as they stand in ``benchmarks/RESULTS.md``."""
        return render_markdown(self.evaluation, self.provenance)

    def write(self, path: Path) -> None:
        """Put the figures between the marks of a Markdown file; the rest of it stays.

        A file without the marks gets them at its end.
        """
        put_between(path, BEGIN, END, self.markdown())

    def plain(self) -> dict[str, object]:
        """The figures as JSON has them."""
        return {"provenance": self.provenance, **evaluation_to_plain(self.evaluation)}


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldOut:
    """Measure with models that never saw the case they code."""

    n_folds: int  # parts of the cases
    gold: tuple[Path, ...] = ()  # coded passages to learn from beside the other cases

    def __post_init__(self) -> None:
        if self.n_folds < 2:
            raise InputError(f"{self.n_folds} parts: cases are left out in 2 parts or more.")


def put_between(path: Path, begin: str, end: str, text: str) -> None:
    """Put a text between two marks of a Markdown file; the rest of the file stays.

    A file without the marks gets them at its end.
    """
    before, after = "", ""
    if path.exists():
        before, _, rest = path.read_text(encoding="utf-8").partition(begin)
        after = rest.partition(end)[2]
    text = f"{before.rstrip()}\n\n{begin}\n{text.strip()}\n{end}\n{after.lstrip()}"
    path.write_text(text.lstrip(), encoding="utf-8")


def measure(
    folder: Path,
    *,
    root: Path | None = None,
    settings: RunSettings | None = None,
    held_out: HeldOut | None = None,
    on_progress: OnProgress = silent,
) -> Measured:
    """Run the chain over ``folder/pdf`` and compare it with ``folder/truth``.

    Args:
        folder: Holds ``pdf/<id>.pdf`` and ``truth/<id>.json``.
        root: A workspace to use, which saves time when it has read the files already; by
            default a temporary one with the shipped codebook.
        settings: How the run uses the machine.
        held_out: Train models that leave each case out in its turn, and code it with those; not
            with a workspace, whose codings would be theirs afterwards.
        on_progress: Told after each document.

    Raises:
        InputError: The folder has no truth.
        TruthError: A truth file has problems; all of them are listed.
    """
    if not (folder / "truth").is_dir() or not (folder / "pdf").is_dir():
        raise InputError(
            f"{folder}: holds no folders 'pdf' and 'truth'. Give a corpus with its truth, "
            "such as corpora/demo."
        )
    settings = settings or RunSettings(paint=False)
    if root is not None:
        if held_out is not None:
            raise InputError("models that leave cases out are measured without a workspace.")
        return _measure(folder, root, settings, None, on_progress)
    with tempfile.TemporaryDirectory(prefix="workbench-") as scratch:
        create_workspace(Path(scratch))
        return _measure(folder, Path(scratch), settings, held_out, on_progress)


def _measure(
    folder: Path,
    root: Path,
    settings: RunSettings,
    held_out: HeldOut | None,
    on_progress: OnProgress,
) -> Measured:
    codebook = load_codebook(annotation_files(root)[0])
    truths = check_truths(folder, code_ids={code.code_id for code in codebook.codes})
    wanted = [f"{truth.truth_id}.pdf" for truth in truths]
    for _ in add_documents(root, [folder / "pdf"], wanted):
        pass
    with Workspace.open(root) as workspace:
        if held_out is None:
            reads = _read(workspace, wanted, settings, on_progress)
        else:
            reads = read_held_out(workspace, folder, settings, held_out, on_progress)
        readings = read_texts(workspace, reads)
        counted, _, _ = count_cases(workspace, reads, undecided(readings), codebook)
    by_truth = {Path(read.document.file_name).stem: _reading(read, readings) for read in reads}
    on_progress("comparing with truth", 0, 1, "")
    evaluation = evaluate(
        by_truth,
        counted.cases,
        truths,
        journeys=counted.journeys,
        incidents=as_mapping(counted.incidents),
    )
    on_progress("comparing with truth", 1, 1, "")
    provenance = _provenance(folder, truths, coder_plan(root, settings.model))
    if held_out is not None:
        provenance["coder"] = (
            f"rules and models of words that never saw the case: {held_out.n_folds} parts by case, "
            f"{', '.join(path.name for path in held_out.gold) or 'no passages'} learned from too"
        )
    elif note := training_note(coder_plan(root, settings.model), [r.document for r in reads]):
        provenance["note"] = note
    return Measured(evaluation=evaluation, provenance=provenance)


def _read(
    workspace: Workspace, wanted: Collection[str], settings: RunSettings, on_progress: OnProgress
) -> list[DocumentRead]:
    return [
        read
        for read in read_documents(workspace, settings, on_progress)
        if read.document.file_name in wanted
    ]


def read_held_out(
    workspace: Workspace,
    folder: Path,
    settings: RunSettings,
    held_out: HeldOut,
    on_progress: OnProgress = silent,
) -> list[DocumentRead]:
    """Each document of a corpus with truth as the model codes it that never saw its case.

    Args:
        workspace: Has the documents of ``folder/pdf`` and no others.
        folder: Holds ``pdf/<id>.pdf`` and ``truth/<id>.json``.
        settings: How the run uses the machine; the model is replaced.
        held_out: Into how many parts, and what else to learn from.
        on_progress: Told after each document.
    """
    reads: list[DocumentRead] = []
    with tempfile.TemporaryDirectory(prefix="workbench-models-") as models:
        for model, names in models_without(
            folder, held_out.gold, held_out.n_folds, Path(models), on_progress
        ):
            files = {f"{name}.pdf" for name in names}
            reads += _read(workspace, files, replace(settings, model=str(model)), on_progress)
    return sorted(reads, key=lambda read: read.document.document_id)


def _reading(read: DocumentRead, readings: dict[str, Reading]) -> Reading:
    """Also of a document without text: its status is measured."""
    document = read.document
    empty = FrozenText(document_id=document.document_id, text="", words=())
    return readings.get(document.document_id, Reading(document=document, frozen=empty, segments=()))


def _provenance(folder: Path, truths: Sequence[Truth], plan: CoderPlan) -> dict[str, str]:
    codebook = load_codebook(plan.codebook_path)
    return {
        "corpus": f"{folder.name}: {len(truths)} documents",
        "coder": model_title(plan),
        "workbench": workbench.__version__,
        "codebook": f"{codebook.codebook_id} {codebook.version} ({codebook.content_hash[:12]})",
        **{f"version of {stage}": stage_version(stage) for stage in STAGES},
    }

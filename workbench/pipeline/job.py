"""The main job in one call: read, count, report."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from workbench.pipeline.coders.plan import coder_plan, model_title
from workbench.pipeline.report import make_report
from workbench.pipeline.run import OnProgress, RunSettings, read_documents, silent
from workbench.pipeline.workspace import missing_files
from workbench.store.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class JobDone:
    """How a run ended."""

    n_by_status: dict[str, int]
    n_cases: int
    n_findings: int
    executed: int  # steps that were not there already
    attention: tuple[tuple[str, str], ...]  # file, why
    coder: str  # what coded the text
    notes: tuple[str, ...]  # what the user should know of the coder
    report: Path

    def plain(self) -> dict[str, object]:
        """As JSON has it."""
        return {
            "documents": self.n_by_status,
            "cases": self.n_cases,
            "findings": self.n_findings,
            "steps_executed": self.executed,
            "attention": [{"file": name, "reason": why} for name, why in self.attention],
            "coder": self.coder,
            "notes": list(self.notes),
            "report": str(self.report),
        }


def run_job(
    root: Path, settings: RunSettings | None = None, on_progress: OnProgress = silent
) -> JobDone:
    """Read every document of a workspace, count its cases and write its report.

    Raises:
        NotAWorkspaceError: The folder holds no workspace.
        NothingToDoError: No document was added yet.
        StoreError: The workspace cannot be written.
    """
    with Workspace.open(root) as workspace:
        settings = settings or RunSettings()
        plan = coder_plan(root, settings.model)
        reads = read_documents(workspace, settings, on_progress, plan)
        reported = make_report(workspace, reads, plan, on_progress)
        missing = missing_files(workspace)
    attention = [
        (read.document.file_name, f"[{read.document.reason.number}] {read.document.reason.text}")
        for read in reads
        if read.document.reason
    ]
    attention += [
        (checked.source.path, "the file is gone; what was read of it before is used")
        for checked in missing
    ]
    return JobDone(
        n_by_status=dict(sorted(Counter(str(read.document.status) for read in reads).items())),
        n_cases=reported.n_cases,
        n_findings=reported.n_findings,
        executed=sum(read.executed for read in reads) + reported.executed,
        attention=tuple(attention),
        coder=model_title(plan),
        notes=reported.notes,
        report=reported.index,
    )

"""What stands in a workspace, and whether it is sound."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from workbench.errors import InputError
from workbench.findings import recount_problems
from workbench.findings.incidents import incident_problems
from workbench.findings.people import people_problems
from workbench.pipeline.journeys import journey_recount
from workbench.pipeline.report import REPORT, read_counted
from workbench.pipeline.workspace import corpus_title, missing_files
from workbench.publish import check_report
from workbench.publish.walk import check_links
from workbench.records import Case, Coding, Document
from workbench.store import readings, results, sources
from workbench.store.repair import repair as repair_store
from workbench.store.verify import verify as verify_store
from workbench.store.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What a workspace holds."""

    title: str
    documents: tuple[Document, ...]  # that a run has read, by file name
    n_sources: int
    n_waiting: int  # added, not read yet
    missing: tuple[str, ...]  # paths of files that are gone
    n_cases: int
    n_findings: int
    report: Path | None  # its first page, when there is one

    @property
    def n_by_status(self) -> dict[str, int]:
        """Status -> number of documents."""
        return dict(sorted(Counter(str(item.status) for item in self.documents).items()))


def standing(root: Path) -> Standing:
    """What a workspace holds.

    Raises:
        NotAWorkspaceError: The folder holds no workspace.
    """
    with Workspace.open(root) as workspace:
        documents = readings.read_documents(workspace)
        in_use = sources.read_sources(workspace)
        read = {document.document_id for document in documents}
        index = root / REPORT / "index.html"
        return Standing(
            title=corpus_title(root),
            documents=tuple(sorted(documents, key=lambda item: item.file_name)),
            n_sources=len(in_use),
            n_waiting=len({item.document_id for item in in_use} - read),
            missing=tuple(checked.source.path for checked in missing_files(workspace)),
            n_cases=len(results.read_cases(workspace)),
            n_findings=len(results.read_findings(workspace)),
            report=index if index.is_file() else None,
        )


def find_case(root: Path, name: str) -> tuple[Case, dict[str, Coding]]:
    """The case whose id, title or file name holds the name, and the codings behind it.

    Raises:
        InputError: No case or several fit; the message lists them.
    """
    with Workspace.open(root) as workspace:
        cases = results.read_cases(workspace)
        files = {
            document.document_id: document.file_name
            for document in readings.read_documents(workspace)
        }
        wanted = name.casefold()
        found = [case for case in cases if case.case_id == name] or [
            case
            for case in cases
            if any(
                wanted in text.casefold()
                for text in (case.case_id, case.title, *map(files.__getitem__, case.document_ids))
            )
        ]
        if len(found) != 1:
            listed = "\n".join(f"  {case.case_id}  {case.title}" for case in found or cases)
            problem = "fits several cases" if found else "fits no case; there are"
            raise InputError(f"{name!r} {problem}:\n{listed or '  none yet: workbench run'}")
        codings = readings.read_codings(workspace, found[0].document_ids)
        return found[0], {coding.coding_id: coding for coding in codings}


def find_problems(root: Path, *, sample_size: int = 100, seed: int = 0) -> list[str]:
    """Every problem of a workspace and its report, one sentence each; empty when all is sound.

    The store is checked object by object and anchor by anchor, every finding is recounted from
    the cases, and a random sample of the report's numbers is followed to the highlighted words.
    """
    with Workspace.open(root) as workspace:
        problems = verify_store(workspace)
        if problems:  # a recount from damaged rows would say nothing
            return problems
        cases = results.read_cases(workspace)
        codings = {coding.coding_id: coding for coding in readings.read_codings(workspace)}
        findings = results.read_findings(workspace)
        problems = list(recount_problems(findings, cases, codings))
        problems += people_problems(findings, cases, codings)
        counted = read_counted(workspace)
        problems += journey_recount(workspace, counted.journeys if counted else (), codings)
        facts = results.read_incidents(workspace)
        problems += incident_problems(findings, cases, facts)
    folder = root / REPORT
    if not (folder / "index.html").is_file():
        return [*problems, f"{folder}: there is no report. Make it with: workbench run"]
    problems += check_links(folder)
    return [*problems, *check_report(folder, sample_size=sample_size, seed=seed)]


def repair_workspace(root: Path) -> list[str]:
    """Take away what is damaged, so that the next run makes it anew; what was taken.

    Raises:
        StoreError: The database itself is damaged and has to be replaced.
    """
    with Workspace.open(root) as workspace:
        return repair_store(workspace)

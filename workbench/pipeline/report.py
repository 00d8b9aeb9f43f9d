"""From what was read to cases, findings and the report folder."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import workbench
from workbench.cases import build_cases
from workbench.codebook import Codebook, load_codebook
from workbench.findings import compute_findings
from workbench.findings.incidents import incident_findings
from workbench.findings.people import people_findings
from workbench.pipeline.annotation.decisions import Decided, with_decisions
from workbench.pipeline.coders.annotations import annotation_files
from workbench.pipeline.coders.plan import CoderPlan, model_title
from workbench.pipeline.coders.quality import (
    made_from,
    measured_quality,
    quality_by_code,
    training_note,
)
from workbench.pipeline.given import AREAS, case_groups, given_hashes, read_given
from workbench.pipeline.incident import (
    CaseIncident,
    as_mapping,
    dated_in,
    incident_dates,
    incident_groups,
    incidents_told,
    with_passages,
)
from workbench.pipeline.journeys import agency_labels, ways_of
from workbench.pipeline.reading import DocumentRead, PaintedPage, load_reading
from workbench.pipeline.run import OnProgress, silent
from workbench.pipeline.versions import file_hash, stage_version
from workbench.pipeline.workspace import corpus_title, linked_cases
from workbench.publish import PageImage, Provenance, Publication, write_report
from workbench.records import Case, Coding, Finding, Reading
from workbench.records.codec import dumps, loads
from workbench.records.journey import Journey
from workbench.records.register import RegisterEntry
from workbench.store import results
from workbench.store.decisions import replace_decided
from workbench.store.objects import step_key
from workbench.store.workspace import Step, Workspace

REPORT = Path("reports/thematic-review")
#: Holds the key of the run that wrote the report: equal key, equal report.
RUN_KEY = "run-key.txt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What the corpus steps store."""

    cases: tuple[Case, ...]
    findings: tuple[Finding, ...]
    incidents: tuple[CaseIncident, ...] = ()
    journeys: tuple[Journey, ...] = ()
    register: tuple[RegisterEntry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """The report, and how many corpus steps had to be done for it."""

    index: Path
    executed: int
    n_cases: int
    n_findings: int
    notes: tuple[str, ...]  # what the reader should know of the coder


def read_texts(workspace: Workspace, reads: Sequence[DocumentRead]) -> dict[str, Reading]:
    """Document id -> reading, for every document with text."""
    return {
        read.document.document_id: load_reading(workspace.objects, read)
        for read in reads
        if "code" in read.outputs
    }


def count_cases(
    workspace: Workspace,
    reads: Sequence[DocumentRead],
    found: Decided,
    codebook: Codebook,
) -> tuple[Counted, Step, bool]:
    """Cases and findings; the step for the ledger; whether they had to be computed."""
    file_names = {read.document.document_id: read.document.file_name for read in reads}
    linked = linked_cases(workspace.root, file_names)
    version = f"{stage_version('cases')}-{stage_version('findings')}"
    inputs = [codebook.content_hash, *(_digest(read) for read in reads)]
    inputs += given_hashes(workspace.root)
    inputs += found.hashes
    key = step_key("count", version, inputs, tuple(sorted(linked.items())))
    output = workspace.objects.recall(key)
    executed = output is None
    if output is None:
        readings = found.readings
        cases = build_cases(readings.values(), codebook, linked)
        groups = case_groups(workspace.root, workspace.objects, cases, readings)
        told = incidents_told(workspace.root, cases, found, codebook)
        if known := incident_groups(told):
            groups[AREAS] = known
        given = read_given(workspace.root, cases, codebook, groups)
        settings = given.settings
        incidents = dated_in(told, cases, found, given.calendar)
        codings = all_codings(readings)
        findings = compute_findings(cases, codings, codebook, settings, given.labels, groups)
        facts = as_mapping(incidents)
        ways = ways_of(cases, readings, codings, codebook, settings, incident_dates(incidents))
        counted = Counted(
            cases=cases,
            findings=(
                *findings,
                *people_findings(cases, codebook, settings),
                *incident_findings(cases, facts, codebook, calendar=given.calendar),
                *ways.findings,
            ),
            incidents=incidents,
            journeys=ways.journeys,
            register=ways.register,
        )
        output = workspace.objects.put(dumps(counted))
        workspace.objects.remember(key, output)
    else:
        counted = loads(Counted, workspace.objects.get(output))
    step = Step(key=key, step="count", version=version, document_id="", output_hash=output)
    return counted, step, executed


def all_codings(readings: Mapping[str, Reading]) -> dict[str, Coding]:
    """Coding id -> coding, over all documents."""
    return {coding.coding_id: coding for reading in readings.values() for coding in reading.codings}


def make_report(
    workspace: Workspace,
    reads: Sequence[DocumentRead],
    plan: CoderPlan,
    on_progress: OnProgress = silent,
) -> Reported:
    """Bring cases, findings and the report folder up to the documents that were read."""
    codebook = load_codebook(annotation_files(workspace.root)[0])
    found = with_decisions(workspace, read_texts(workspace, reads))
    readings = found.readings
    counted, step, counted_now = count_cases(workspace, reads, found, codebook)
    _keep_counted(workspace, counted, step)
    replace_decided(workspace, found.changed)
    folder = workspace.root / REPORT
    documents = tuple(read.document for read in reads)
    notes = (*plan.notes, training_note(plan, documents), found.note)
    notes = tuple(filter(None, notes))
    run_key = step_key(
        "report",
        stage_version("publish"),
        [step.key, step.output_hash, *plan.hashes, *(_digest(read) for read in reads)],
        (corpus_title(workspace.root), notes),
    )
    written = not _is_written(folder, run_key)
    if written:
        on_progress("writing the report", 0, 1, "")
        publication = Publication(
            title=corpus_title(workspace.root),
            cases=counted.cases,
            findings=counted.findings,
            readings=with_passages(readings, counted.incidents),
            incidents=as_mapping(counted.incidents),
            journeys={journey.case_id: journey for journey in counted.journeys},
            register=counted.register,
            agency_labels=agency_labels(),
            documents=documents,
            codebook=codebook,
            page_images={},
            provenance=_provenance(plan, codebook, run_key, notes),
            quality=measured_quality(plan),
            code_quality=quality_by_code(plan),
        )
        _write(workspace, publication, reads, run_key)
    on_progress("writing the report", 1, 1, "")
    return Reported(
        index=folder / "index.html",
        executed=counted_now + written,
        n_cases=len(counted.cases),
        n_findings=len(counted.findings),
        notes=notes,
    )


def read_counted(workspace: Workspace) -> Counted | None:
    """What the last run counted; None where there was none."""
    hashes = [step.output_hash for step in workspace.steps() if step.step == "current"]
    return loads(Counted, workspace.objects.get(hashes[0])) if hashes else None


def _keep_counted(workspace: Workspace, counted: Counted, step: Step) -> None:
    """Bring the database up to what was counted; nothing is written when it is there already."""
    known = {known.key: known.output_hash for known in workspace.steps()}
    current = Step(
        key=step_key("current", "1", []), step="current", version="1", document_id="",
        output_hash=step.output_hash,
    )  # fmt: skip
    if known.get(current.key) != step.output_hash:
        results.replace_cases(workspace, counted.cases)
        results.replace_incidents(workspace, as_mapping(counted.incidents))
        results.replace_findings(workspace, counted.findings)
        workspace.record_steps([step, current])


def _digest(read: DocumentRead) -> str:
    """One line that changes with anything that a report may say of the document."""
    said = (read.document, tuple(sorted(read.outputs.items())), read.task.corrections)
    return hashlib.sha256(dumps((*said, read.task.named_kind))).hexdigest()


def _is_written(folder: Path, run_key: str) -> bool:
    note = folder / RUN_KEY
    same = note.is_file() and note.read_text(encoding="ascii").strip() == run_key
    return same and (folder / "index.html").is_file()


def _provenance(
    plan: CoderPlan, codebook: Codebook, run_key: str, notes: tuple[str, ...]
) -> Provenance:
    rules = f"rules {stage_version('coding')}, context {file_hash(plan.context_path)[:12]}"
    stages = ("extract", "segment", "coding", "learn/models", "cases", "findings", "publish")
    return Provenance(
        workbench_version=workbench.__version__,
        coder_version=f"{rules}, {model_title(plan)}",
        codebook_id=codebook.codebook_id,
        codebook_version=codebook.version,
        codebook_hash=codebook.content_hash,
        run_key=run_key,
        settings=tuple((f"version of the step {stage}", stage_version(stage)) for stage in stages),
        notes=notes,
        model_data=made_from(plan),
    )


def _write(
    workspace: Workspace,
    publication: Publication,
    reads: Sequence[DocumentRead],
    run_key: str,
) -> None:
    folder = workspace.root / REPORT
    folder.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".images-", dir=folder.parent) as scratch:
        images = dict(_page_images(workspace, reads, Path(scratch)))
        write_report(replace(publication, page_images=images), folder)
    (folder / RUN_KEY).write_text(run_key + "\n", encoding="ascii")


def _page_images(
    workspace: Workspace, reads: Sequence[DocumentRead], folder: Path
) -> Iterator[tuple[tuple[str, int], PageImage]]:
    for read in reads:
        if "paint" not in read.outputs:
            continue
        document_id = read.document.document_id
        painted = loads(tuple[PaintedPage, ...], workspace.objects.get(read.outputs["paint"]))
        for page in painted:
            path = folder / f"{document_id[:16]}-{page.number}.png"
            path.write_bytes(workspace.objects.get(page.image))
            yield (document_id, page.number), PageImage(path, page.width_pt, page.height_pt)

"""Coded passages of other programs, taken into a workspace as decisions."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from workbench.annotate.doors.lines import csv_rows
from workbench.annotate.doors.passages.anchor import (
    ImportSettings,
    anchor_passages,
    completions,
    match_codes,
)
from workbench.annotate.doors.passages.records import (
    AnchoredPassages,
    ForeignCode,
    ForeignPassage,
    NotAnchored,
)
from workbench.annotate.doors.passages.refi import read_codebook_file, read_project
from workbench.annotate.doors.passages.table import read_table
from workbench.errors import CoderTableError, InputError
from workbench.pipeline.annotation.decisions import record_decisions
from workbench.pipeline.annotation.places import workspace_codebook
from workbench.pipeline.annotation.samples import can_be_coded
from workbench.records import Document, Reading
from workbench.store import readings
from workbench.store.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOptions:
    """How a file is taken in."""

    coder: str = ""  # of passages that name none
    decided_at: str = ""  # of passages that say no time
    codes: Path | None = None  # a table that matches codes: columns theirs, ours
    complete: bool = False  # the coders have read these documents to their end
    dry_run: bool = False  # only say what would be taken in


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What became of a file."""

    n_passages: int
    n_anchored: int
    n_alike: int  # of these, where spaces, marks, hyphens or capitals differ
    n_new: int  # decisions that were not in the workspace yet
    not_anchored: tuple[NotAnchored, ...]
    unmatched_codes: tuple[str, ...]
    cases: Mapping[str, tuple[str, ...]]  # as the other program groups documents
    notes: tuple[str, ...]


def import_passages(root: Path, path: Path, options: ImportOptions) -> Imported:
    """Take in coded passages: a table (.csv, .xlsx) or a REFI-QDA project (.qdpx).

    Passages are anchored in our text by their words. Those that cannot be are left out and
    listed; all others are taken in, or none when the store refuses one.

    Raises:
        InputError: The file cannot be read, or nobody is named as coder.
        CoderTableError: The table has problems; all are listed.
    """
    passages, cases, notes = _read(path)
    if any(not passage.coder for passage in passages) and not options.coder:
        raise InputError(f"{path}: some passages name no coder. Say who coded them: --coder NAME")
    codebook = workspace_codebook(root)
    theirs = sorted({passage.code for passage in passages})
    codes = match_codes(theirs, codebook)
    if options.codes:
        known = {code.code_id for code in codebook.codes}
        codes |= read_code_map(options.codes, known)
    with Workspace.open(root) as workspace:
        found = _documents(workspace, passages)
        settings = ImportSettings(
            coder=options.coder, decided_at=options.decided_at, design=f"import:{path.name}",
            codes=codes,
        )  # fmt: skip
        anchored = anchor_passages(passages, found, codebook, settings)
        n_new = 0 if options.dry_run else _record(workspace, anchored, found, options, path)
    return Imported(
        n_passages=len(passages),
        n_anchored=len(anchored.decisions),
        n_alike=anchored.n_alike,
        n_new=n_new,
        not_anchored=anchored.not_anchored,
        unmatched_codes=tuple(name for name in theirs if name not in codes),
        cases=cases,
        notes=notes,
    )


def read_code_map(path: Path, code_ids: set[str]) -> dict[str, str]:
    """A table that matches codes of another program with ours; empty cells match nothing.

    Raises:
        InputError: The file cannot be read.
        CoderTableError: It has other columns, or names codes that are not in the codebook.
    """
    matched: dict[str, str] = {}
    problems: list[str] = []
    for row in csv_rows(path):
        if row.problem or not {"theirs", "ours"} <= set(row.values):
            problems.append(f"line {row.number}: {row.problem or 'needs columns theirs and ours'}")
            continue
        ours = row.values["ours"]
        if ours and ours not in code_ids:
            problems.append(f"line {row.number}: {ours!r} is not a code of the codebook")
        elif ours:
            matched[row.values["theirs"]] = ours
    if problems:
        raise CoderTableError(path, problems)
    return matched


def code_map_csv(path: Path, root: Path | None) -> str:
    """A table to match the codes of a .qdc or .qdpx file, or of a table, with ours by hand.

    Names that are our ids or labels are matched already.
    """
    suffix = path.suffix.casefold()
    codes: Sequence[ForeignCode]
    if suffix == ".qdc":
        codes = read_codebook_file(path)
    elif suffix == ".qdpx":
        codes = read_project(path).codes
    else:
        names = sorted({passage.code for passage in read_table(path)})
        codes = [ForeignCode(name=name, path=()) for name in names]
    matched = match_codes([code.name for code in codes], workspace_codebook(root))
    target = io.StringIO(newline="")
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(("theirs", "ours", "above", "description"))
    writer.writerows(
        (code.name, matched.get(code.name, ""), " > ".join(code.path), code.description)
        for code in codes
        if code.is_codable
    )
    return target.getvalue()


def report_csv(imported: Imported) -> str:
    """A row for each passage that was left out: where it stands in the file, and why."""
    target = io.StringIO(newline="")
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(("where", "document", "code", "coder", "quote", "problem"))
    writer.writerows(
        (each.passage.where, each.passage.document, each.passage.code, each.passage.coder,
         each.passage.quote, each.problem)
        for each in imported.not_anchored
    )  # fmt: skip
    return target.getvalue()


def _read(
    path: Path,
) -> tuple[tuple[ForeignPassage, ...], Mapping[str, tuple[str, ...]], tuple[str, ...]]:
    suffix = path.suffix.casefold()
    if suffix == ".qdpx":
        project = read_project(path)
        return project.passages, project.cases, project.notes
    if suffix == ".qdc":
        raise InputError(
            f"{path}: is a codebook without passages. To match its codes with ours: "
            f"workbench import passages {path.name} --match-codes codes.csv"
        )
    return read_table(path), {}, ()


def _documents(workspace: Workspace, passages: Sequence[ForeignPassage]) -> dict[str, Reading]:
    """Their name of a document -> our reading: by the file's hash, else by its name."""
    ids = set(readings.read_document_ids(workspace))
    ours: dict[str, list[Document]] = {}
    for document in readings.read_documents(workspace):
        if document.document_id in ids:
            for name in (document.file_name, Path(document.file_name).stem):
                ours.setdefault(name.casefold(), []).append(document)
    found: dict[str, Reading] = {}
    for name, sha256 in sorted({(each.document, each.document_sha256) for each in passages}):
        named = ours.get(name.casefold()) or ours.get(Path(name).stem.casefold()) or []
        if sha256 in ids:
            found[name] = readings.read_reading(workspace, sha256)
        elif len({document.document_id for document in named}) == 1:
            found[name] = readings.read_reading(workspace, named[0].document_id)
    return found


def _record(
    workspace: Workspace,
    anchored: AnchoredPassages,
    found: Mapping[str, Reading],
    options: ImportOptions,
    path: Path,
) -> int:
    decisions = list(anchored.decisions)
    if options.complete:
        unique = {reading.document.document_id: reading for reading in found.values()}
        decisions += completions(decisions, unique.values(), can_be_coded)
    return record_decisions(workspace, decisions, str(path))

"""The commands that do work: init, add, run, report."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbench.cli.options import HERE, JsonOption, ModelOption, WorkspaceOption, print_json
from workbench.cli.progress import Bars

if TYPE_CHECKING:
    from workbench.pipeline.job import JobDone


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command()(init)
    app.command()(add)
    app.command()(run)
    app.command()(report)


def init(
    path: Annotated[Path, typer.Argument(help="The folder to make.")] = HERE,
    title: Annotated[str, typer.Option(help="What the corpus is called in reports.")] = "",
) -> None:
    """Make a workspace: a folder with a codebook, a database and room for reports.

    What is there already is kept, so this can be repeated.

    Example: workbench init knife-crime-2026 --title "Knife crime reviews 2020 to 2026"
    """
    from workbench.pipeline.workspace import create_workspace

    create_workspace(path, title)
    typer.echo(f"workspace ready: {path}")
    typer.echo(f"next: workbench add --workspace {path} FOLDER_OR_PDF...")


def add(
    paths: Annotated[list[Path], typer.Argument(help="PDF files, or folders that hold some.")],
    workspace: WorkspaceOption = HERE,
    names_from: Annotated[
        Path | None,
        typer.Option("--list", help="A text file: take only the file names in it, one a line."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Make PDFs known to a workspace. They stay where they are; nothing is copied or changed.

    A file with the same content as another is one document with two places. A file with a
    known name and new content is a new document; the old one is kept, but no longer counted.

    Example: workbench add --workspace my-review ~/reviews extra/review.pdf
    """
    from workbench.pipeline.workspace import add_documents, read_names

    names = read_names(names_from) if names_from else None
    changes: dict[str, int] = {}
    refused: list[tuple[str, str]] = []
    with Bars(quiet=as_json) as bars:
        for done, total, result in add_documents(workspace, paths, names):
            if isinstance(result, tuple):
                refused.append((str(result[0]), result[1]))
            else:
                changes[str(result.change)] = changes.get(str(result.change), 0) + 1
            bars("looking at files", done, total)
    if as_json:
        print_json({"files": changes, "refused": refused})
        return
    for change, n_files in sorted(changes.items()):
        typer.echo(f"{change.replace('_', ' ')}: {n_files}")
    for path, why in refused:
        typer.echo(f"refused: {path}: {why}", err=True)
    typer.echo(f"next: workbench run --workspace {workspace}")


def run(
    workspace: WorkspaceOption = HERE,
    workers: Annotated[
        int, typer.Option(min=1, help="Processes to use; by default one for each processor.")
    ] = len(os.sched_getaffinity(0)),
    retry: Annotated[
        bool, typer.Option("--retry", help="Try quarantined files once more.")
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit with 3 when a file needs attention.")
    ] = False,
    model: ModelOption = "",
    as_json: JsonOption = False,
) -> None:
    """Do the main job: read every document, code it, count the cases, write the report.

    Only what is not done yet is done: a second run does nothing, and a run that was
    interrupted goes on where it was.

    Example: workbench run --workspace my-review
    """
    from workbench.pipeline.job import run_job
    from workbench.pipeline.run import RunSettings

    with Bars(quiet=as_json) as bars:
        done = run_job(workspace, RunSettings(n_workers=workers, retry=retry, model=model), bars)
    if as_json:
        print_json(done.plain())
    else:
        _print_done(done, workspace)
    if strict and done.attention:
        raise typer.Exit(3)


def _print_done(done: JobDone, workspace: Path) -> None:
    statuses = ", ".join(f"{n} {status}" for status, n in done.n_by_status.items())
    typer.echo(f"documents: {statuses}; cases: {done.n_cases}; findings: {done.n_findings}")
    for name, why in done.attention:
        typer.echo(f"needs attention: {name}: {why}", err=True)
    typer.echo(f"coded by: rules and {done.coder}")
    for note in done.notes:
        typer.echo(f"note: {note}", err=True)
    typer.echo(f"steps done: {done.executed} (the rest was there already)")
    typer.echo(f"report: {done.report}")
    typer.echo(f"check it: workbench verify --workspace {workspace}")


def report(workspace: WorkspaceOption = HERE, as_json: JsonOption = False) -> None:
    """Bring the report up to date and say where it is; the same as run, said otherwise.

    Example: workbench report --workspace my-review
    """
    run(workspace=workspace, as_json=as_json)

"""The command that takes in what was coded elsewhere: import passages."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbench.cli.editing import importing as group
from workbench.cli.options import HERE, JsonOption, WorkspaceOption, print_json
from workbench.records import codec

if TYPE_CHECKING:
    from workbench.pipeline.annotation.importing import Imported

_SHOWN = 10  # passages that were left out; --report has all


def register() -> None:
    """Add the command to the group ``import``."""
    group.command("passages")(import_passages)


def import_passages(  # noqa: PLR0913 - every option of a command is a parameter
    source: Annotated[Path, typer.Argument(help="A file: .csv, .xlsx, .qdpx or .qdc.")],
    coder: Annotated[str, typer.Option(help="Who coded passages that name nobody.")] = "",
    codes: Annotated[
        Path | None, typer.Option(help="A table that matches codes: columns theirs, ours.")
    ] = None,
    match_codes: Annotated[
        Path | None, typer.Option(help="Only write such a table, to be filled in by hand.")
    ] = None,
    complete: Annotated[
        bool, typer.Option("--complete", help="The coders read these documents to their end.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what would be taken in.")
    ] = False,
    report: Annotated[
        Path | None, typer.Option(help="Write the passages that were left out, with the reason.")
    ] = None,
    workspace: WorkspaceOption = HERE,
    as_json: JsonOption = False,
) -> None:
    """Take in passages that were coded in another program, as decisions of their coders.

    A table needs the columns document, code and quote; coder, page, paragraph, assertion, role,
    date and comment are used where they are. A REFI-QDA project (.qdpx) comes with coders, codes
    and text; its documents are matched by file or by name. Quotes are found in our text even if
    spaces, line breaks, kinds of marks, hyphens or capitals differ; letters must not. What cannot
    be found, or is found several times, is left out and listed, and the command exits with 3.
    Importing the same file again adds nothing.

    Example: workbench import passages codings.xlsx --coder anna --report left-out.csv

    Example: workbench import passages project.qdpx --match-codes codes.csv
    """
    from workbench.pipeline.annotation import importing
    from workbench.pipeline.annotation.places import write_text

    if match_codes:
        write_text(match_codes, importing.code_map_csv(source, workspace))
        typer.echo(f"written: {match_codes}; fill in the column ours, then give it as --codes")
        return
    options = importing.ImportOptions(
        coder=coder.strip(),
        decided_at=datetime.now(UTC).isoformat(timespec="seconds"),
        codes=codes,
        complete=complete,
        dry_run=dry_run,
    )
    done = importing.import_passages(workspace, source, options)
    if report:
        write_text(report, importing.report_csv(done))
        typer.echo(f"written: {report}", err=True)
    if as_json:
        print_json(_plain(done))
    else:
        _print(done, dry_run)
    if done.not_anchored:
        raise typer.Exit(3)


def _plain(done: Imported) -> dict[str, object]:
    return {
        "n_passages": done.n_passages,
        "n_anchored": done.n_anchored,
        "n_alike": done.n_alike,
        "n_new": done.n_new,
        "not_anchored": codec.to_plain(done.not_anchored),
        "unmatched_codes": list(done.unmatched_codes),
        "cases": {name: list(documents) for name, documents in done.cases.items()},
        "notes": list(done.notes),
    }


def _print(done: Imported, dry_run: bool) -> None:
    for note in done.notes:
        typer.echo(f"note: {note}", err=True)
    for each in done.not_anchored[:_SHOWN]:
        typer.echo(f"left out: {each.passage.where}: {each.problem}", err=True)
    if len(done.not_anchored) > _SHOWN:
        typer.echo(f"left out: and {len(done.not_anchored) - _SHOWN} more (--report)", err=True)
    if done.unmatched_codes:
        typer.echo(f"codes without a match: {', '.join(done.unmatched_codes)} (--match-codes)")
    if done.cases:
        typer.echo("cases there: corpora/cases.csv of the workspace says which documents are one")
    typer.echo(f"passages: {done.n_passages}; anchored: {done.n_anchored} "
               f"({done.n_alike} but for spaces and marks)")  # fmt: skip
    typer.echo("nothing was taken in (--dry-run)" if dry_run else f"new decisions: {done.n_new}")

"""The commands by which a user adds what no document says: edit, import cases."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbench.cli.options import HERE, JsonOption, WorkspaceOption, print_json
from workbench.errors import InputError
from workbench.records import codec

if TYPE_CHECKING:
    from workbench.pipeline.corrections import Known


importing = typer.Typer(no_args_is_help=True, help="Take over what others coded: tables of cases.")


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command()(edit)
    importing.command()(cases)
    app.add_typer(importing, name="import")


@importing.callback()
def _importing() -> None:
    """Keeps ``cases`` a command of its own while it is the only one."""


def cases(
    tables: Annotated[list[Path], typer.Argument(help="CSV files, or the folder they are in.")],
    map_path: Annotated[
        Path, typer.Option("--map", help="A YAML file that says what the columns mean.")
    ],
    workspace: WorkspaceOption = HERE,
    as_json: JsonOption = False,
) -> None:
    """Take over tables of cases that others coded; the next run counts them.

    Every number that counts such a case leads back to the table, the line and the column. The
    map says of each column what it means; columns and values that it does not know are refused,
    all of them at once.

    Example: workbench import cases dhrd --map annotations/case_tables/dhrd.yaml
    """
    from workbench.pipeline.given import import_case_tables

    done = import_case_tables(workspace, tables, map_path)
    if as_json:
        print_json(
            {
                "name": done.name,
                "cases": done.n_cases,
                "codings": done.n_codings,
                "rows_without_case": done.n_without_case,
                "folder": done.folder,
            }
        )
        return
    typer.echo(f"{done.name}: {done.n_cases} cases, {done.n_codings} codings")
    for name, n in done.n_without_case.items():
        typer.echo(f"note: {n} rows of {name} belong to no case that was taken", err=True)
    typer.echo(_next(workspace))


def edit(  # noqa: PLR0913 - every option of a command is a parameter
    document: Annotated[str, typer.Argument(help="A file name, or part of one.")],
    field: Annotated[str, typer.Argument(help="title, review_type, publisher, author ...")] = "",
    value: Annotated[str, typer.Argument(help="The right value; dates as 2021-05-30.")] = "",
    workspace: WorkspaceOption = HERE,
    show_list: Annotated[bool, typer.Option("--list", help="Only show what is known.")] = False,
    undo: Annotated[
        bool, typer.Option("--undo", help="Take back the correction of FIELD, or all of them.")
    ] = False,
    by: Annotated[str, typer.Option(help="Who says so; kept beside the correction.")] = "",
    as_json: JsonOption = False,
) -> None:
    """Correct what was read of a document: its title, kind, publisher, dates, people, area.

    Corrections are kept in corpora/metadata.csv and no run loses them. A field with several
    values (author, subject) takes them with semicolons between. The next run applies them,
    and after --undo the next run puts back what was read.

    Example: workbench edit overview-report.pdf title "Domestic Homicide Review: Noreen"

    Example: workbench edit overview-report.pdf --list
    """
    from workbench.pipeline.corrections import correct, find_known, take_back

    if undo:
        removed = take_back(workspace, document, field)
        if not as_json:
            for each in removed:
                typer.echo(f"taken back: {each.field} {each.value!r}")
            typer.echo(_next(workspace) if removed else "there was no correction to take back")
    elif field and value and not show_list:
        kept = correct(workspace, document, field, value, by)
        if not as_json:
            typer.echo(f"{kept.file_name}: {kept.field} is {kept.value!r}\n{_next(workspace)}")
            return
    elif field and not show_list:
        raise InputError("edit needs a field and its value, or --list, or --undo.")
    if as_json or not undo:
        _print_known(find_known(workspace, document), as_json)


def _next(workspace: Path) -> str:
    return f"next: workbench run --workspace {workspace}"


def _print_known(known: Known, as_json: bool) -> None:
    if as_json:
        print_json(
            {
                "file_name": known.file_name,
                "metadata": [codec.to_plain(each) for each in known.metadata],
            }
        )
        return
    typer.secho(known.file_name, bold=True)
    for each in known.metadata:
        corrected = each.source == "user"
        how = "corrected by the user" if corrected else f"{each.source}, {each.confidence:.2f}"
        typer.echo(f"  {each.field:<14} {each.value}  ({how.replace('_', ' ')})")
    if not known.metadata:
        typer.echo("  nothing is known: the document was not read, or says nothing of itself")

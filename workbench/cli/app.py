"""The command ``workbench``: its commands, and what an error looks like.

Heavy modules (spaCy, SQLAlchemy, matplotlib) are imported inside the commands that need them,
so that ``--help`` and ``codebook`` answer at once.
"""

from __future__ import annotations

import sys
from typing import Annotated

import typer

import workbench
from workbench.cli import (
    analysis,
    annotation,
    codebook,
    editing,
    inspection,
    measuring,
    passages,
    work,
)
from workbench.cli.learning import models
from workbench.errors import WorkbenchError

EXIT_CODES = """
Exit codes: 0 done. 1 an error, said in one line. 2 the command was not understood.
3 done, but some files (only with --strict) or lines need attention. 4 verify found problems.
130 interrupted; the next run goes on from there.
"""

app = typer.Typer(
    name="workbench",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    help=(
        "Evidence-review and text-mining workbench for statutory case reviews: a folder of PDF "
        "reviews becomes a thematic report whose every number leads back to the page.\n\n"
        "A first report:\n\n"
        "    workbench init my-review\n\n"
        "    workbench add --workspace my-review ~/reviews\n\n"
        "    workbench run --workspace my-review\n\n"
    ),
    epilog=EXIT_CODES.replace("\n", " "),
)
app.add_typer(codebook.app, name="codebook")
work.register(app)
inspection.register(app)
editing.register(app)
measuring.register(app)
passages.register(app)
models.register(app)
annotation.register(app)
analysis.register(app)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"workbench {workbench.__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    pass


def main() -> None:
    """Run the command of ``sys.argv``; an error on purpose is one line, never a traceback."""
    try:
        app()
    except WorkbenchError as error:
        typer.echo(f"error: {error}", err=True)
        sys.exit(1)
    except KeyboardInterrupt:
        typer.echo("interrupted: what was finished is kept; run again to go on", err=True)
        sys.exit(130)

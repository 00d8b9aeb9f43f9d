"""The commands of Label Studio: labelstudio serve, check, setup, push, pull, watch, suggest."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbench.cli.options import HERE, WorkspaceOption
from workbench.cli.progress import Bars
from workbench.errors import InputError

if TYPE_CHECKING:
    from workbench.pipeline.labelstudio import Pulled

app = typer.Typer(no_args_is_help=True, help="Code samples in Label Studio and take them back.")

HomeOption = Annotated[
    Path | None,
    typer.Option(
        "--home",
        envvar="WORKBENCH_LABELSTUDIO_HOME",
        help="Folder of the server: secrets, accounts, database. Never inside a workspace.",
        show_default="~/.local/share/case-review-workbench/labelstudio",
    ),
]
ProgramOption = Annotated[
    Path,
    typer.Option("--program", help="label-studio, in an environment of its own."),
]
PROGRAM = Path(".venv-labelstudio/bin/label-studio")
SampleArgument = Annotated[str, typer.Argument(help="Name of a sample that coders share.")]


def _end_in_order() -> None:
    """Let a plain kill end a command as Ctrl-C does: with all that it has started."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)


def _home(home: Path | None) -> Path:
    from workbench.pipeline.labelstudio import default_home

    return home or default_home()


@app.command()
def serve(
    home: HomeOption = None,
    program: ProgramOption = PROGRAM,
    port: Annotated[int, typer.Option(min=1, max=65535, help="For a new folder only.")] = 8080,
    local_models: Annotated[
        bool,
        typer.Option(
            "--local-models",
            help="Let it ask 'labelstudio suggest' and tell 'labelstudio watch' on this machine.",
        ),
    ] = False,
) -> None:
    """Start a server on this machine, until interrupted.

    It listens on loopback only, with random secrets, sign-up by invitation, and telemetry, error
    reports and version checks off. The first start makes its database and takes minutes.

    Example: workbench labelstudio serve
    """
    from workbench.pipeline.labelstudio import make_secrets, running_server

    _end_in_order()
    folder = _home(home)
    secrets = make_secrets(folder, port=port)
    typer.echo(f"starting {secrets.url} (folder {folder}); the first start takes minutes")
    with running_server(program, secrets, folder, local_models=local_models) as process:
        typer.echo(f"{secrets.url} is up. Make accounts: workbench labelstudio setup --coders ...")
        typer.echo("Stop it with Ctrl-C.")
        process.wait()
    typer.echo(f"the server ended (exit code {process.returncode}); see {folder / 'server.log'}")
    raise typer.Exit(code=1)


@app.command()
def check(home: HomeOption = None, program: ProgramOption = PROGRAM) -> None:
    """Say what is wrong with Label Studio: what is installed, secrets, server, accounts.

    Example: workbench labelstudio check
    """
    from workbench.pipeline.labelstudio import check_server

    n_problems = 0
    for checked in check_server(_home(home), program):
        n_problems += bool(checked.problem)
        sign = "problem" if checked.problem else "ok"
        typer.echo(f"{sign:<8} {checked.what}" + (f": {checked.problem}" * bool(checked.problem)))
    if n_problems:
        raise typer.Exit(code=1)


@app.command()
def setup(
    coders: Annotated[str, typer.Option(help="Names of coders, by commas.")],
    home: HomeOption = None,
    show_passwords: Annotated[
        bool, typer.Option("--show-passwords", help="Print them, to be handed over.")
    ] = False,
) -> None:
    """Make an account on the server for each coder, with a random password and a token.

    Example: workbench labelstudio setup --coders anna,ben --show-passwords
    """
    from workbench.pipeline.labelstudio import set_up_accounts

    names = [part.strip() for part in coders.split(",") if part.strip()]
    folder = _home(home)
    for account in set_up_accounts(folder, names):
        secret = account.password if show_passwords else "(password in accounts.json)"
        typer.echo(f"{account.coder:<16} {account.email:<40} {secret}")
    typer.echo(f"kept in {folder / 'accounts.json'}, readable by you only")


@app.command()
def push(
    sample: SampleArgument,
    home: HomeOption = None,
    model_url: Annotated[
        str,
        typer.Option(help="A running 'labelstudio suggest' that shows the suggestions instead."),
    ] = "",
    workspace: WorkspaceOption = HERE,
) -> None:
    """Put a sample before its coders, in a project for each; what is there already stays.

    Example: workbench labelstudio push week-1
    """
    from workbench.pipeline.labelstudio import push_sample

    with Bars() as bars:
        pushed = push_sample(workspace, sample, _home(home), model_url=model_url, on_progress=bars)
    for each in pushed:
        typer.echo(f"{each.coder:<16} {each.n_new} new, {each.n_known} there already  {each.url}")


@app.command()
def pull(
    sample: SampleArgument,
    home: HomeOption = None,
    every: Annotated[
        float, typer.Option(min=0, help="Pull again after so many seconds; 0: once.")
    ] = 0,
    export: Annotated[
        Path | None,
        typer.Option("--from", help="A JSON export of one coder's project, instead of a server."),
    ] = None,
    coder: Annotated[str, typer.Option(help="Whose export it is.")] = "",
    workspace: WorkspaceOption = HERE,
) -> None:
    """Take in what coders have submitted since the last time, as decisions.

    Every offset, code and quotation is checked; what cannot be believed is named, kept beside
    the batch, and looked at again the next time (exit code 3). With --every the command goes on
    until it is interrupted.

    Example: workbench labelstudio pull week-1

    Example: workbench labelstudio pull week-1 --from export.json --coder anna
    """
    from workbench.pipeline.labelstudio import pull_sample, take_export

    if bool(export) != bool(coder):
        raise InputError("--from FILE and --coder NAME go together.")
    if export:
        taken = take_export(workspace, sample, coder, export)
        _print([taken])
        if taken.problems:
            raise typer.Exit(code=3)
        return
    folder = _home(home)
    while True:
        with Bars() as bars:
            pulled = pull_sample(workspace, sample, folder, on_progress=bars)
        _print(pulled)
        if not every:
            break
        time.sleep(every)
    if any(each.problems for each in pulled):
        raise typer.Exit(code=3)


@app.command()
def watch(
    sample: SampleArgument,
    home: HomeOption = None,
    every: Annotated[
        float, typer.Option(min=1, help="Pull after so many seconds without any event, too.")
    ] = 300,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Pull as soon as coders submit something, until interrupted.

    The server tells of each submission (without any text of it), and an ordinary pull follows.
    An event that is lost is made good by the next pull. A server on this machine must be started
    with --local-models; one that may not tell is looked at every so many seconds.

    Example: workbench labelstudio watch week-1
    """
    from workbench.pipeline.labelstudio.watch import (
        Hearing,
        Nudges,
        WatchSettings,
        watch_sample,
    )

    _end_in_order()
    shown: list[tuple[Pulled, ...]] = []

    def show(pulled: tuple[Pulled, ...]) -> None:
        if not shown or pulled != shown[-1] or any(each.n_decisions for each in pulled):
            _print(pulled)
        shown[:] = [pulled]

    typer.echo("watching; stop with Ctrl-C")
    hearing = Hearing(
        on_pulled=show, on_problem=lambda problem: typer.echo(f"problem: {problem}", err=True)
    )
    settings = WatchSettings(every_s=every)
    watch_sample(workspace, sample, _home(home), Nudges(), hearing=hearing, settings=settings)


@app.command()
def suggest(
    port: Annotated[int, typer.Option(min=1, max=65535)] = 9090,
    workspace: WorkspaceOption = HERE,
) -> None:
    """Serve suggestions to Label Studio on this machine, until interrupted.

    Tasks that were pushed get exactly the suggestions that are on record for them, blind tasks
    none. A server on the same machine must be started with --local-models.

    Example: workbench labelstudio suggest --workspace my-review
    """
    from workbench.pipeline.labelstudio.suggesting import serve_suggestions

    typer.echo(f"serving suggestions at http://127.0.0.1:{port}; stop with Ctrl-C")
    serve_suggestions(workspace, port)


def _print(pulled: Iterable[Pulled]) -> None:
    for each in pulled:
        skipped = f", {each.n_skipped} skipped" if each.n_skipped else ""
        typer.echo(
            f"{each.coder:<16} {each.n_submitted} of {each.n_tasks} submitted{skipped}; "
            f"{each.n_decisions} new decisions"
        )
        for line in each.problems:
            typer.echo(f"  problem: {line}", err=True)
        for line in each.notes:
            typer.echo(f"  note: {line}", err=True)

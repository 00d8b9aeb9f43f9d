"""The command that measures: evaluate."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbench.cli.options import JsonOption, ModelOption, print_json
from workbench.cli.progress import Bars
from workbench.errors import InputError

if TYPE_CHECKING:
    from workbench.pipeline.suggesting import MeasuredGold

_SHOWN_IDS, _SHOWN_TEXTS = 8, 3  # of each kind of mistake; --json has all


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(evaluate)


def evaluate(  # noqa: PLR0913 - every option of a command is a parameter
    truth: Annotated[Path | None, typer.Option(help="A folder with 'pdf' and 'truth'.")] = None,
    gold: Annotated[
        Path | None, typer.Option(help="Coded passages, one JSON object a line.")
    ] = None,
    predictions: Annotated[
        Path | None,
        typer.Option(help="With --gold: codings to measure; by default the coder makes them."),
    ] = None,
    train: Annotated[
        list[Path] | None,
        typer.Option(help="With --gold: more coded passages for the learned baseline."),
    ] = None,
    write: Annotated[
        Path | None, typer.Option(help="Write the figures into this Markdown file.")
    ] = None,
    workspace: Annotated[
        Path | None,
        typer.Option(
            "--workspace", "-w", help="Use its codebook, and what it has read of the files."
        ),
    ] = None,
    show_text: Annotated[
        bool,
        typer.Option("--show-text", help="With --gold: print passages that went wrong, to read."),
    ] = False,
    model: ModelOption = "",
    as_json: JsonOption = False,
) -> None:
    """Measure the work: on whole documents whose truth is known, or on coded passages.

    Text of passages is printed only with --show-text, and is never written into a file.

    Example: workbench evaluate --truth corpora/demo --write benchmarks/RESULTS.md

    Example: workbench evaluate --gold gold.jsonl --predictions codings.jsonl
    """
    if (truth is None) == (gold is None):
        raise InputError("evaluate needs either --truth FOLDER or --gold FILE, and not both.")
    if truth is not None:
        if predictions is not None or train or show_text:
            raise InputError("--predictions, --train and --show-text go with --gold FILE.")
        _evaluate_truth(truth, workspace, model, write, as_json)
    elif gold is not None:
        from workbench.pipeline.suggesting import measure_gold

        with Bars(quiet=as_json) as bars:
            measured = measure_gold(
                gold,
                predictions,
                train=train or (),
                root=workspace,
                model=model,
                on_progress=bars,
            )
        if as_json:
            print_json(measured.plain())
        else:
            typer.echo(measured.markdown())
            _print_mistakes(measured, show_text)
        if write:
            measured.write(write)
            typer.echo(f"written: {write}", err=True)


def _evaluate_truth(
    truth: Path, workspace: Path | None, model: str, write: Path | None, as_json: bool
) -> None:
    from workbench.pipeline.measure import measure
    from workbench.pipeline.run import RunSettings

    with Bars(quiet=as_json) as bars:
        settings = RunSettings(paint=False, model=model)
        measured = measure(truth, root=workspace, settings=settings, on_progress=bars)
    if as_json:
        print_json(measured.plain())
    else:
        typer.echo(measured.markdown())
    if write:
        measured.write(write)
        typer.echo(f"written: {write}", err=True)


def _print_mistakes(measured: MeasuredGold, show_text: bool) -> None:
    typer.echo("## Mistakes to read\n")
    for kind, mistakes in measured.ids_by_kind().items():
        ids = list(dict.fromkeys(mistake.passage_id for mistake in mistakes))
        more = f" and {len(ids) - _SHOWN_IDS} more" if len(ids) > _SHOWN_IDS else ""
        typer.echo(f"{len(mistakes):5d}  {kind}\n       in {', '.join(ids[:_SHOWN_IDS])}{more}")
        for mistake in mistakes[:_SHOWN_TEXTS] if show_text else ():
            typer.echo(f"\n       [{mistake.passage_id}]")
            for line in measured.shown(mistake):
                typer.echo(f"       {line}")
    if not show_text:
        typer.echo("\n--show-text prints passages; --json lists every mistake.")

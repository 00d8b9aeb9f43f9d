"""The command that measures: evaluate."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbench.cli.options import JsonOption, ModelOption, print_json
from workbench.cli.progress import Bars
from workbench.errors import InputError

if TYPE_CHECKING:
    from workbench.pipeline.measure import HeldOut
    from workbench.pipeline.suggesting import MeasuredGold

_SHOWN_IDS, _SHOWN_TEXTS = 8, 3  # of each kind of mistake; --json has all


TrainOption = Annotated[
    list[Path] | None,
    typer.Option(
        help="More coded passages to learn from: with --gold for the learned baseline, with "
        "--held-out for the models."
    ),
]
HeldOutOption = Annotated[
    int,
    typer.Option(
        help="With --truth: train models that leave each case out in its turn, in so many "
        "parts, and measure what those make of it.",
        show_default=False,
    ),
]


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
    train: TrainOption = None,
    held_out: HeldOutOption = 0,
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

    Example: workbench evaluate --truth corpora/demo --held-out 5

    Example: workbench evaluate --gold gold.jsonl --predictions codings.jsonl
    """
    if (truth is None) == (gold is None):
        raise InputError("evaluate needs either --truth FOLDER or --gold FILE, and not both.")
    if truth is not None:
        from workbench.pipeline.measure import HeldOut

        if predictions is not None or show_text or (train and not held_out):
            raise InputError(
                "--predictions and --show-text go with --gold FILE, --train also with --held-out."
            )
        parts = HeldOut(n_folds=held_out, gold=tuple(train or ())) if held_out else None
        _evaluate_truth(truth, workspace, model, parts, write, as_json)
    elif gold is not None:
        measured = _measured_gold(gold, predictions, train or (), workspace, model, as_json)
        if as_json:
            print_json(measured.plain())
        else:
            typer.echo(measured.markdown())
            _print_mistakes(measured, show_text)
        if write:
            measured.write(write)
            typer.echo(f"written: {write}", err=True)


def _measured_gold(
    gold: Path,
    predictions: Path | None,
    train: Sequence[Path],
    workspace: Path | None,
    model: str,
    as_json: bool,
) -> MeasuredGold:
    from workbench.pipeline.suggesting import measure_gold

    with Bars(quiet=as_json) as bars:
        return measure_gold(
            gold, predictions, train=train, root=workspace, model=model, on_progress=bars
        )


def _evaluate_truth(
    truth: Path,
    workspace: Path | None,
    model: str,
    held_out: HeldOut | None,
    write: Path | None,
    as_json: bool,
) -> None:
    from workbench.pipeline.measure import measure
    from workbench.pipeline.run import RunSettings

    with Bars(quiet=as_json) as bars:
        settings = RunSettings(paint=False, model=model)
        measured = measure(
            truth, root=workspace, settings=settings, held_out=held_out, on_progress=bars
        )
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

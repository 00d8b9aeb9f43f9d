"""The commands of learned models: train, models."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from workbench.cli.options import HERE, JsonOption, WorkspaceOption, print_json
from workbench.cli.progress import Bars

app = typer.Typer(no_args_is_help=True, help="List models, read their cards, choose one.")

NameArgument = Annotated[str, typer.Argument(help="Name of a model, or its folder.")]


def register(parent: typer.Typer) -> None:
    """Add the commands to the command line."""
    parent.command()(train)
    parent.add_typer(app, name="models")


def train(  # noqa: PLR0913 - every option of a command is a parameter
    name: Annotated[str, typer.Argument(help="What the model is to be called.")],
    truth: Annotated[
        list[Path] | None,
        typer.Option(help="A corpus with its truth, such as corpora/demo; can be repeated."),
    ] = None,
    gold: Annotated[
        list[Path] | None,
        typer.Option(help="Coded passages, one JSON object a line; can be repeated."),
    ] = None,
    workspace: WorkspaceOption = HERE,
    folds: Annotated[
        int, typer.Option(help="Parts to measure on, each left out in its turn; 0 for none.")
    ] = 5,
    embeddings: Annotated[
        bool, typer.Option(help="Use sentence embeddings too, where they are installed.")
    ] = True,
    replace: Annotated[
        bool, typer.Option("--replace", help="Write over a model of the same name.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Train a model on coded documents, measure it on parts left out, and write its card.

    Coded documents are corpora with their truth, and files of coded passages such as the locked
    gold of an adjudication. The model is stored in the workspace; `models use` chooses it.

    Example: workbench train ours-2026 --gold adjudicated.jsonl --truth corpora/demo
    """
    from workbench.pipeline.coders.training import TrainSettings
    from workbench.pipeline.coders.training import train as make

    settings = TrainSettings(n_folds=folds, embeddings=embeddings, replace=replace)
    with Bars(quiet=as_json) as bars:
        made = make(workspace, name, truth or (), gold or (), settings, bars)
    if as_json:
        print_json({"name": name, "folder": made.folder, "notes": made.notes, "card": made.card})
        return
    for note in made.notes:
        typer.echo(f"note: {note}", err=True)
    _print_figures(made.card)
    typer.echo(f"model: {made.folder}")
    typer.echo(f"next: workbench models use {name} --workspace {workspace}")


@app.command("list")
def list_all(workspace: WorkspaceOption = HERE, as_json: JsonOption = False) -> None:
    """List the models of a workspace and those that come with the workbench.

    Example: workbench models list
    """
    from workbench.pipeline.coders.plan import describe_models

    models = describe_models(workspace)
    if as_json:
        print_json(models)
        return
    if not models:
        typer.echo("no model: rules alone code the text. Make one with: workbench train NAME ...")
    for model in models:
        mark = "*" if model["in_use"] else " "
        typer.echo(
            f"{mark} {model['name']:20} {model['n_learned']} codes learned, "
            f"{model['codebook']}, {model['sha256'][:12]}, {model['folder']}"
        )
    if models and not any(model["in_use"] for model in models):
        typer.echo("  none of them is in use: rules alone code the text")


@app.command()
def card(
    name: NameArgument, workspace: WorkspaceOption = HERE, as_json: JsonOption = False
) -> None:
    """Print the card of a model: what it was made from, how good it is, what it is not for.

    Example: workbench models card starter-1
    """
    from workbench.pipeline.coders.plan import card_for_people, card_of_name

    if as_json:
        print_json(card_of_name(workspace, name))
    else:
        typer.echo(card_for_people(workspace, name))


@app.command()
def use(
    name: Annotated[
        str,
        typer.Argument(help="Name or folder of a model, 'none' for rules alone, or 'default'."),
    ],
    workspace: WorkspaceOption = HERE,
) -> None:
    """Choose the model that runs of this workspace use from now on.

    Example: workbench models use none
    """
    from workbench.pipeline.coders.plan import use_model

    use_model(workspace, "" if name == "default" else name)
    typer.echo(f"from now on: {name}. Bring the report up to date with: workbench run")


def _print_figures(card: dict[str, Any]) -> None:
    for variant, by_kind in card.get("figures", {}).items():
        for kind, numbers in by_kind.items():
            f1, rules = numbers["micro_f1"], numbers["rules_micro_f1"]
            typer.echo(
                f"{variant}, {kind}s left out: micro-F1 {f1['value']:.3f} "
                f"({f1['low']:.3f} to {f1['high']:.3f}); rules alone {rules['value']:.3f}"
            )

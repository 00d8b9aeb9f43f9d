"""The command that codes bare passages: suggest."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from workbench.cli.options import JsonOption, ModelOption, print_json
from workbench.cli.progress import Bars

_SHOWN = 20  # lines of notes and refusals on the terminal; --json has all of them


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(suggest)


def suggest(  # noqa: PLR0913 - every option of a command is a parameter
    source: Annotated[Path, typer.Option("--input", "-i", help="Lines of JSON with id and text.")],
    target: Annotated[Path, typer.Option("--output", "-o", help="Gets the codings, line by line.")],
    workspace: Annotated[
        Path | None,
        typer.Option(
            "--workspace", "-w", help="Use its codebook; by default the shipped one is used."
        ),
    ] = None,
    workers: Annotated[
        int, typer.Option(min=1, help="Processes; with two or more, a passage that hangs is ended.")
    ] = 1,
    llm: Annotated[
        Path | None,
        typer.Option(help="A TOML file that names a language model to ask as well; never needed."),
    ] = None,
    model: ModelOption = "",
    as_json: JsonOption = False,
) -> None:
    """Code bare passages, for any use outside a workspace: one line in, one line out.

    The input has lines {"id": "1", "text": "..."}; "doc", "section" and "source" are optional,
    and passages of one "doc" share their people. A line that cannot be used is named and left
    out, all others are coded; the command then exits with 3.

    Example: workbench suggest --input passages.jsonl --output codings.jsonl
    """
    from workbench.pipeline.suggesting import SuggestSettings, load_settings, suggest

    with Bars(quiet=as_json) as bars:
        done = suggest(
            source,
            target,
            root=workspace,
            settings=SuggestSettings(
                n_workers=workers, llm=load_settings(llm) if llm else None, model=model
            ),
            on_progress=bars,
        )
    if as_json:
        print_json(
            {
                "passages": done.n_passages,
                "codings": done.n_codings,
                "refused": done.refused,
                "notes": done.notes,
                "coder": done.coder,
                "about_coder": done.about_coder,
                "output": target,
            }
        )
    else:
        _print_lines("note", done.about_coder)
        _print_lines("note", done.notes)
        _print_lines("left out", done.refused)
        typer.echo(f"passages: {done.n_passages}; codings: {done.n_codings}")
        typer.echo(f"written: {target}")
    if done.refused:
        raise typer.Exit(3)


def _print_lines(name: str, sentences: tuple[str, ...]) -> None:
    for sentence in sentences[:_SHOWN]:
        typer.echo(f"{name}: {sentence}", err=True)
    if len(sentences) > _SHOWN:
        more = len(sentences) - _SHOWN
        typer.echo(f"{name}: and {more:,} lines more (--json lists them all)", err=True)

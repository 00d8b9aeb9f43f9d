"""The command that shows who decided what: decisions."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from workbench.cli.options import HERE, JsonOption, WorkspaceOption, print_json


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(decisions)


def decisions(
    coder: Annotated[str, typer.Option(help="Only those of this coder.")] = "",
    csv: Annotated[
        Path | None, typer.Option("--csv", help="Write every decision into this file.")
    ] = None,
    workspace: WorkspaceOption = HERE,
    as_json: JsonOption = False,
) -> None:
    """Say who decided how much, and write the trail: what was shown, when, by whom, and why.

    Decisions are never changed or removed. One that was taken back stays in the trail, with the
    decision that took it back.

    Example: workbench decisions --csv trail.csv
    """
    from workbench.pipeline.annotation.places import write_text
    from workbench.pipeline.annotation.trail import read_trail, trail_csv

    trail = read_trail(workspace, coder)
    if csv:
        write_text(csv, trail_csv(trail))
        typer.echo(f"written: {csv}", err=True)
    counts = trail.counts()
    if as_json:
        print_json(
            {
                "decisions": len(trail.decisions),
                "in_force": sum(d.decision_id in trail.in_force for d in trail.decisions),
                "by_coder": {name: dict(sorted(found.items())) for name, found in counts.items()},
                "disputes": trail.n_disputes,
                "stale": [each.decision_id for each in trail.stale],
            }
        )
        return
    for name, found in counts.items():
        said = ", ".join(f"{action} {n}" for action, n in sorted(found.items()))
        typer.echo(f"{name}: {said}")
    typer.echo(f"decisions: {len(trail.decisions)}; in dispute: {trail.n_disputes}")
    if trail.n_disputes:
        typer.echo("next: workbench adjudicate list")
    for each in trail.stale:
        words = " ".join(each.text.split())[:50]
        typer.echo(f"not in the text any more: {each.coder}: {each.code_id} “{words}”", err=True)

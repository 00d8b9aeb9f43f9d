"""The command that says what a coded sample stands for: estimate."""

from __future__ import annotations

from typing import Annotated

import typer

from workbench.cli.options import HERE, JsonOption, WorkspaceOption, print_json

_SHOWN = 20  # codes on the terminal; --json has all


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(estimate)


def estimate(
    name: Annotated[str, typer.Argument(help="A sample of segments that was coded.")],
    seed: Annotated[int, typer.Option(help="Of the resamples for the intervals.")] = 0,
    workspace: WorkspaceOption = HERE,
    as_json: JsonOption = False,
) -> None:
    """Estimate how common each code is in all that a sample was drawn from, with intervals.

    Every coded unit weighs 1 / its inclusion probability, whatever the method of the sample. For
    an audit of missed text (sample --method missed) the first line says how much of the text in
    which the machine found nothing has something after all.

    Example: workbench estimate audit
    """
    from workbench.pipeline.annotation.estimates import estimate_sample

    done = estimate_sample(workspace, name, seed=seed)
    if as_json:
        print_json(
            {
                "sample": done.sample.name,
                "frame": done.sample.frame,
                "n_frame": done.sample.n_frame,
                "n_disputed": done.n_disputed,
                "shares": [
                    {
                        "code": each.code_id,
                        "n_coded": each.n_coded,
                        "n_found": each.n_found,
                        "share": each.share._asdict(),
                        "n_in_frame": each.n_in_frame._asdict(),
                    }
                    for each in done.shares
                ],
            }
        )
        return
    first = done.shares[0]
    n_drawn = len(done.sample.units)
    typer.echo(f"{done.sample.n_frame} {done.sample.frame}; coded: {first.n_coded} of {n_drawn}")
    for each in done.shares[: _SHOWN + 1]:
        value, low, high = each.share
        bounds = f" ({low:.3f} to {high:.3f})" if low is not None and high is not None else ""
        found = f"found in {each.n_found}"
        typer.echo(f"  {each.code_id or 'any code':<32} {value or 0:.3f}{bounds}, {found}")
    if len(done.shares) > _SHOWN + 1:
        typer.echo(f"  and {len(done.shares) - _SHOWN - 1} codes more (--json)")
    if done.n_disputed:
        typer.echo(f"{done.n_disputed} units have a code in dispute, which counts as found")

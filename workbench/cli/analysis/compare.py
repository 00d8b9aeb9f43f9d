"""The command that sets one corpus beside another: compare."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from workbench.cli.options import HERE, JsonOption, WorkspaceOption, print_json

N_SHOWN = 10


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(compare)


def compare(
    other: Annotated[Path, typer.Argument(help="Another workspace, read and counted.")],
    workspace: WorkspaceOption = HERE,
    as_json: JsonOption = False,
) -> None:
    """Say what this corpus has more of than another: factors, and words.

    Shares of cases with their difference, tests with false-discovery control, log-odds ratios
    under an informative prior, and a flag where a difference may be one of templates or lengths.
    The page is written to reports/comparison. Both workspaces must be coded with one codebook.

    Example: workbench compare ../reviews-until-2020
    """
    from workbench.pipeline.comparing import compare_workspaces

    done = compare_workspaces(workspace, other)
    found = done.comparison
    if as_json:
        print_json(
            {
                "cases": found.n_cases,
                "other_cases": found.n_other_cases,
                "factors": [factor._asdict() for factor in found.factors],
                "more": [term._asdict() for term in found.more],
                "less": [term._asdict() for term in found.less],
                "page": done.page,
            }
        )
        return
    for factor in found.factors[:N_SHOWN]:
        q_value = _in_words(factor.q_value)
        remark = "; may be one of templates or lengths" if factor.only_length else ""
        typer.echo(
            f"{factor.label}: {factor.n} of {factor.of} here, {factor.n_other} of "
            f"{factor.of_other} there; difference {factor.difference:+.2f} "
            f"({factor.low:+.2f} to {factor.high:+.2f}); {q_value}{remark}"
        )
    for words, terms in (("more", found.more), ("less", found.less)):
        typer.echo(f"{words}: {', '.join(term.term for term in terms[:N_SHOWN]) or 'none'}")
    typer.echo(f"page: {done.page}")


def _in_words(q_value: float | None) -> str:
    if q_value is None:
        return "not tested"
    return "q <0.001" if q_value < 0.001 else f"q {q_value:.3f}"

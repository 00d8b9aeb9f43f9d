"""Commands that look for patterns beyond the codebook."""

from __future__ import annotations

import typer

from workbench.cli.analysis import compare, topics


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    topics.register(app)
    compare.register(app)

"""The commands of annotation."""

from __future__ import annotations

import typer

from workbench.cli.annotation import (
    adjudication,
    agreement,
    estimating,
    importing,
    labelstudio,
    sampling,
    trail,
)


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    agreement.register(app)
    sampling.register(app)
    estimating.register(app)
    adjudication.register(app)
    importing.register()
    trail.register(app)
    app.add_typer(labelstudio.app, name="labelstudio")

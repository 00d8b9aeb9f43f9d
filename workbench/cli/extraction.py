"""The table of ``workbench verify --extraction``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from workbench.cli.options import print_json

if TYPE_CHECKING:
    from workbench.pipeline.looking.extraction import ExtractionCheck, Share

COLUMNS = (
    ("numbers", "paragraph numbers that follow the one before"),
    ("notes", "footnotes whose mark was found"),
    ("marks", "raised marks whose footnote was found"),
    ("titles", "contents lines whose heading was found"),
    ("pages", "of those, page numbers that agree with the heading's page"),
    ("words", "words that look like words"),
    ("unwarned", "pages without a warning of the extraction"),
)
NAME_WIDTH = 34
MOST_BREAKS = 3


def print_extraction(workspace: Path, *, as_json: bool) -> None:
    """Print the checks of each document, the lowest share first."""
    from workbench.pipeline.looking.extraction import check_workspace

    checks = check_workspace(workspace)
    if as_json:
        print_json({"documents": [_plain(check) for check in checks]})
        return
    if not checks:
        typer.echo("no document has been read yet: workbench run")
        return
    typer.secho(
        f"{'document':<{NAME_WIDTH}} pages " + " ".join(f"{n:>13}" for n, _ in COLUMNS), bold=True
    )
    for check in checks:
        _print_check(check)
    typer.echo("\n" + "\n".join(f"{name:<9} {meaning}" for name, meaning in COLUMNS))
    typer.echo("A share of 1 does not prove that all is right; a low one says where to look.")


def _print_check(check: ExtractionCheck) -> None:
    cells = " ".join(f"{_cell(check.shares[name]):>13}" for name, _ in COLUMNS)
    typer.echo(f"{check.file_name[:NAME_WIDTH]:<{NAME_WIDTH}} {check.n_pages:>5} {cells}")
    if check.breaks:
        rest = len(check.breaks) - MOST_BREAKS
        more = f"; {rest} more" if rest > 0 else ""
        typer.echo(f"    numbers: {'; '.join(check.breaks[:MOST_BREAKS])}{more}")
    for warning in check.warnings[:MOST_BREAKS]:
        typer.echo(f"    warning: {warning}")


def _cell(share: Share) -> str:
    return "-" if share.value is None else f"{share.value:.3f} ({share.chances})"


def _plain(check: ExtractionCheck) -> dict[str, object]:
    return {
        "document_id": check.document_id,
        "file_name": check.file_name,
        "pages": check.n_pages,
        "lowest": check.lowest,
        "shares": {
            name: {"hits": share.hits, "chances": share.chances, "share": share.value}
            for name, share in check.shares.items()
        },
        "breaks": list(check.breaks),
        "warnings": list(check.warnings),
    }

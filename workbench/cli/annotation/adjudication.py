"""The commands that settle what coders differ on: adjudicate and gold."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from workbench.cli.options import HERE, JsonOption, WorkspaceOption, print_json
from workbench.errors import InputError
from workbench.records import codec

_SHOWN = 20  # disagreements on the terminal; the table has all

adjudicate = typer.Typer(
    no_args_is_help=True, help="List what coders differ on, take in verdicts, tell the coders."
)
gold = typer.Typer(no_args_is_help=True, help="Lock settled passages as a gold set; check one.")


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.add_typer(adjudicate, name="adjudicate")
    app.add_typer(gold, name="gold")


@adjudicate.command("list")
def list_disagreements(
    workspace: WorkspaceOption = HERE,
    out: Annotated[
        Path | None, typer.Option(help="Write them as a table (CSV) to be filled in.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """List every code of a segment on which coders differ, with what each of them said.

    With --out, a table is written that has the words, the codebook's rule and each coder's marks
    and reasons. Fill in verdict (absent, present, or the name of the coder who is right) and
    reason; for present, quote, assertion and subject_role may be given too. Rows without a
    verdict stay open. A file that is there is never overwritten. Values of the incident (place,
    method, time, relationship) on which coders differ are rows too: their verdict is a value, the
    name of the coder who is right, or absent (not stated).

    Example: workbench adjudicate list --out disagreements.csv
    """
    from workbench.pipeline.annotation.adjudication import (
        find_disagreements,
        find_value_disputes,
        write_sheet,
    )

    if out:
        n_rows = write_sheet(workspace, out)
        typer.echo(f"written: {out} ({n_rows} disagreements)")
        return
    found, values = find_disagreements(workspace), find_value_disputes(workspace)
    if as_json:
        print_json(
            [
                {
                    "disagreement": each.disagreement_id,
                    "document": each.segment.document_id,
                    "segment": each.segment.ordinal,
                    "code": each.code.code_id,
                    "said": {coder: each.said(coder) for coder in sorted(each.marks)},
                }
                for each in found
            ]
            + [
                {
                    "disagreement": value.disagreement_id,
                    "document": value.document_id,
                    "segment": value.segment.ordinal,
                    "code": value.attribute,
                    "said": {coder: value.said(coder) for coder in sorted(value.chosen)},
                }
                for value in values
            ]
        )
        return
    for each in found[:_SHOWN]:
        place = each.segment.number or f"segment {each.segment.ordinal}"
        typer.secho(f"{each.file_name}, {place}: {each.code.code_id}", bold=True)
        for coder in sorted(each.marks):
            typer.echo(f"  {coder}: {each.said(coder)}")
    for value in values[:_SHOWN]:
        typer.secho(f"{value.file_name}: {value.attribute}", bold=True)
        for coder in sorted(value.chosen):
            typer.echo(f"  {coder}: {value.said(coder)}")
    n_open = len(found) + len(values)
    typer.echo(f"disagreements: {n_open}")
    if n_open:
        typer.echo("next: workbench adjudicate list --out disagreements.csv")


@adjudicate.command()
def apply(
    table: Annotated[Path, typer.Argument(help="A table of adjudicate list, with verdicts.")],
    by: Annotated[str, typer.Option(help="Who decided; none of the coders.")],
    workspace: WorkspaceOption = HERE,
    as_json: JsonOption = False,
) -> None:
    """Take in verdicts: each becomes a new record that points to the decisions it settles.

    Nothing of a table with problems is taken in; every problem is named with its line.

    Example: workbench adjudicate apply disagreements.csv --by cleo
    """
    from workbench.pipeline.annotation.adjudication import apply_sheet

    if not by.strip():
        raise InputError("--by needs the adjudicator's name: verdicts are kept with who decided.")
    moment = datetime.now(UTC).isoformat(timespec="seconds")
    done = apply_sheet(workspace, table, by.strip(), moment)
    if as_json:
        print_json(codec.to_plain(done))
    else:
        typer.echo(f"settled: {done.n_settled}; still open: {done.n_open}")


@adjudicate.command()
def feedback(
    coder: Annotated[str, typer.Argument(help="Whose work.")],
    workspace: WorkspaceOption = HERE,
    out: Annotated[Path | None, typer.Option(help="Write all of it as CSV.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Tell a coder what the adjudicator made of their work, and why.

    Example: workbench adjudicate feedback anna
    """
    from workbench.pipeline.annotation import adjudication
    from workbench.pipeline.annotation.places import write_text

    found = adjudication.feedback(workspace, coder)
    if out:
        write_text(out, adjudication.feedback_csv(found))
        typer.echo(f"written: {out}", err=True)
    if as_json:
        print_json([codec.to_plain(each) for each in found])
        return
    for each in found:
        place = f"{each.document_id[:12]}, segment {each.segment}, {each.code_id}"
        typer.secho(f"{place}: {'changed' if each.changed else 'kept'}", bold=True)
        typer.echo(f"  {coder}: {each.said}\n  {each.adjudicator}: {each.settled}")
        typer.echo(f"  because: {each.reason}")
    n_changed = sum(each.changed for each in found)
    typer.echo(f"adjudicated: {len(found)}; changed: {n_changed}")


@gold.command()
def lock(
    name: Annotated[str, typer.Argument(help="Of the gold set; it gets the next version.")],
    coders: Annotated[
        int, typer.Option(min=1, help="How many must have read a passage to its end.")
    ] = 2,
    sample: Annotated[
        str, typer.Option(help="Only units of this sample, weighed by what they stand for.")
    ] = "",
    workspace: WorkspaceOption = HERE,
    as_json: JsonOption = False,
) -> None:
    """Lock settled passages: on which coders agree, or an adjudicator has decided.

    They are written to annotations/gold as NAME-v1.jsonl, read-only, with their hash in
    NAME-v1.json. What was locked never changes: later decisions make the next version.

    Example: workbench gold lock reviews --sample week-1

    Example: workbench evaluate --gold annotations/gold/reviews-v1.jsonl
    """
    from workbench.pipeline.annotation.gold import GOLD, lock_gold

    made = lock_gold(workspace, name, min_coders=coders, sample=sample)
    if as_json:
        print_json(codec.to_plain(made))
        return
    typer.echo(f"passages: {made.n_passages}; codings: {made.n_codings}; left out: {made.n_open}")
    typer.echo(f"locked: {workspace / GOLD / made.file_name} (sha256 {made.sha256[:12]})")


@gold.command()
def check(
    name: Annotated[str, typer.Argument(help="Of the gold set.")],
    version: Annotated[int | None, typer.Option(min=1, help="The newest by default.")] = None,
    workspace: WorkspaceOption = HERE,
    as_json: JsonOption = False,
) -> None:
    """Check that a gold set is what was locked, and say what it holds.

    Example: workbench gold check reviews
    """
    from workbench.pipeline.annotation.gold import read_gold_set

    found = read_gold_set(workspace, name, version)
    if as_json:
        print_json(codec.to_plain(found))
        return
    typer.echo(f"{found.file_name}: as locked (sha256 {found.sha256[:12]})")
    typer.echo(f"passages: {found.n_passages}; codings: {found.n_codings}")
    typer.echo(f"coders: {', '.join(found.coders)}; codebook: {found.codebook}")

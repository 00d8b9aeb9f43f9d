"""The command that compares coders: agreement."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from workbench.cli.options import JsonOption, print_json
from workbench.errors import InputError

RatingsOption = Annotated[
    str,
    typer.Option(help="The file is a table of ratings: its columns, one a coder, by commas."),
]
UnitOption = Annotated[str, typer.Option(help="With --ratings: column that names the unit.")]
DocumentOption = Annotated[
    str, typer.Option(help="With --ratings: column of the document; resampled whole.")
]
DateOption = Annotated[
    str, typer.Option(help="With --ratings: column of the date, for agreement by week.")
]
WidthOption = Annotated[
    float, typer.Option(help="Wanted width of alpha's interval: says how many documents.")
]
PlanOption = Annotated[
    str, typer.Option(help="Before coding: expected kappa,prevalence; says how many units.")
]


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command()(agreement)


def agreement(  # noqa: PLR0913 - every option of a command is a parameter
    files: Annotated[
        list[Path] | None,
        typer.Argument(help="Codings, CSV or JSON lines; several files are taken together."),
    ] = None,
    ratings: RatingsOption = "",
    unit: UnitOption = "",
    document: DocumentOption = "",
    date: DateOption = "",
    affirmed: Annotated[
        bool, typer.Option("--affirmed", help="Count a code only where it is affirmed.")
    ] = False,
    width: WidthOption = 0.2,
    plan: PlanOption = "",
    resamples: Annotated[int, typer.Option(min=100, help="Resamples for the intervals.")] = 2_000,
    seed: Annotated[int, typer.Option(help="Of the resamples.")] = 0,
    csv: Annotated[
        Path | None, typer.Option("--csv", help="Write a row for each measure into this file.")
    ] = None,
    html: Annotated[
        Path | None, typer.Option("--html", help="Write a page to be sent to the coders.")
    ] = None,
    workspace: Annotated[
        Path | None, typer.Option("--workspace", "-w", help="Check codes; no FILE: its decisions.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Measure how far coders agree: on each code and on all, with intervals, in plain words.

    Codings in CSV have the columns unit and code, and where known coder, document, case,
    start_char, end_char, length, assertion, subject_role and date. A unit that was shown and got
    no code needs a row with an empty code: without it nobody knows that it was looked at. JSON
    lines are those of gold files (id, doc, text, codings). Without a column or key coder, each
    file is one coder.

    Compared are segments (the same code in the same unit), spans (the same words) and cases (the
    code anywhere in the case), with raw, positive and negative agreement, Cohen's and Fleiss'
    kappa, Krippendorff's alpha and Gwet's AC1, always beside the prevalence.

    Without files, the decisions in a workspace are compared.

    Before anything is coded, --plan says how many units two coders need for an interval of kappa
    of that --width; units must be independent, so plan with more where documents hold several.

    Example: workbench agreement --plan 0.7,0.1 --width 0.2

    Example: workbench agreement anna.jsonl ben.jsonl --csv agreement.csv

    Example: workbench agreement table.csv --ratings rater1,rater2,rater3 --unit report_id
    """
    from workbench.pipeline.annotation import (
        AgreementSettings,
        RatingColumns,
        measure_agreement,
    )

    if plan:
        _print_plan(plan, width, as_json)
        return

    if (unit or document or date) and not ratings:
        raise InputError("--unit, --document and --date go with --ratings COLUMN,COLUMN...")
    if width <= 0:
        raise InputError(f"--width is {width:g}; an interval needs a width above 0, such as 0.2.")
    columns = None
    if ratings:
        names = tuple(name.strip() for name in ratings.split(",") if name.strip())
        columns = RatingColumns(coders=names, unit=unit, document=document, date=date)
    settings = AgreementSettings(
        n_resamples=resamples, seed=seed, wanted_width=width, only_affirmed=affirmed
    )
    measured = measure_agreement(files or (), columns, settings, workspace)
    if csv:
        measured.write_csv(csv)
        typer.echo(f"written: {csv}", err=True)
    if html:
        measured.write_html(html)
        typer.echo(f"written: {html}", err=True)
    if as_json:
        print_json(measured.plain())
    else:
        typer.echo(measured.text(), nl=False)


def _print_plan(plan: str, width: float, as_json: bool) -> None:
    from workbench.pipeline.annotation import planned_units

    n_units = planned_units(plan, width)
    if as_json:
        print_json({"units": n_units, "width": width})
    else:
        typer.echo(f"units that two coders have to code: {n_units}")

"""The command that draws what is to be coded: sample."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbench.cli.options import HERE, JsonOption, WorkspaceOption, print_json
from workbench.errors import InputError
from workbench.records import codec

if TYPE_CHECKING:
    from workbench.pipeline.annotation import AssignSettings, Sample

_METHODS = "random, stratified, uncertainty or missed"
_STRATA = "review_type, publisher, section_role, kind, document or flagged"


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(sample)


def sample(  # noqa: PLR0913 - every option of a command is a parameter
    name: Annotated[str, typer.Argument(help="Of the sample; decisions name it.")],
    size: Annotated[int, typer.Option(min=1, help="How many units.")] = 50,
    method: Annotated[str, typer.Option(help=_METHODS.capitalize() + ".")] = "random",
    unit: Annotated[str, typer.Option(help="segment or document.")] = "segment",
    by: Annotated[str, typer.Option(help=f"Strata: {_STRATA}.")] = "review_type",
    equal: Annotated[
        bool, typer.Option("--equal", help="Strata get equal numbers, not by their size.")
    ] = False,
    all_sections: Annotated[
        bool, typer.Option("--all-sections", help="Not only facts, analysis and findings.")
    ] = False,
    new_only: Annotated[
        bool, typer.Option("--new-only", help="Leave out what earlier samples hold.")
    ] = False,
    coders: Annotated[str, typer.Option(help="Names of coders, by commas.")] = "",
    overlap: Annotated[
        float, typer.Option(min=0, max=1, help="Share of units that two code, always blind.")
    ] = 0.2,
    blind: Annotated[
        float, typer.Option(min=0, max=1, help="Share of each coder's units without suggestions.")
    ] = 1.0,
    second_look: Annotated[
        bool, typer.Option("--second-look", help="Show blind units again, with suggestions.")
    ] = False,
    workload: Annotated[str, typer.Option(help="Most units of a coder: anna=40,ben=20.")] = "",
    seed: Annotated[int, typer.Option(help="The same seed draws the same sample.")] = 0,
    workspace: WorkspaceOption = HERE,
    as_json: JsonOption = False,
) -> None:
    """Draw segments or documents to be coded, say how likely each was, divide them among coders.

    random: each as likely as any other. stratified: at random within strata (--by). uncertainty:
    the likelier, the less sure the machine is; every unit keeps a chance, so that figures can
    still be weighed. missed: at random among text in which the machine found nothing, to learn
    what it misses.

    The sample is kept in annotations/samples as NAME.json and NAME.csv, with the inclusion
    probability of every unit: a unit stands for 1 / probability units. It is never replaced.
    Coders get blind units first and units with suggestions after them, in an order of chance.

    Example: workbench sample week-1 --size 60 --coders anna,ben,cleo --overlap 0.25

    Example: workbench sample audit --method missed --size 100 --coders anna,ben --overlap 0
    """
    from workbench.pipeline.annotation import (
        SAMPLES,
        By,
        FrameSettings,
        Method,
        SampleSettings,
        draw_sample,
    )

    if unit not in {"segment", "document"}:
        raise InputError(f"--unit {unit!r}: it is segment or document.")
    try:
        settings = SampleSettings(n_units=size, method=Method(method), seed=seed, equal=equal)
        frame = FrameSettings(
            unit=unit, by=By(by), evidence_only=not all_sections, new_only=new_only
        )
    except ValueError as error:
        raise InputError(f"{error}. --method is {_METHODS}; --by is {_STRATA}.") from error
    names = tuple(part.strip() for part in coders.split(",") if part.strip())
    assigning = _assigning(names, (overlap, blind, second_look), workload, seed)
    drawn = draw_sample(workspace, name, settings, frame, assigning)
    if as_json:
        print_json(codec.to_plain(drawn))
    else:
        _print(drawn, workspace / SAMPLES / f"{name}.csv")


def _assigning(
    names: tuple[str, ...], shown: tuple[float, float, bool], workload: str, seed: int
) -> AssignSettings | None:
    from workbench.pipeline.annotation import AssignSettings

    if not names:
        if workload:
            raise InputError("--workload goes with --coders NAME,NAME...")
        return None
    most: dict[str, int] = {}
    for part in filter(None, (part.strip() for part in workload.split(","))):
        coder, _, number = part.partition("=")
        if not number.strip().isdecimal():
            raise InputError(f"--workload {part!r}: write it as anna=40,ben=20.")
        most[coder.strip()] = int(number)
    overlap, blind, second_look = shown
    try:
        return AssignSettings(
            coders=names, overlap=overlap if len(names) > 1 else 0.0, blind=blind,
            second_look=second_look, workload=most, seed=seed,
        )  # fmt: skip
    except ValueError as error:
        raise InputError(f"--coders, --workload: {error}.") from error


def _print(drawn: Sample, path: Path) -> None:
    typer.echo(f"{drawn.name}: {len(drawn.units)} of {drawn.n_frame} {drawn.frame}")
    for stratum in drawn.strata if len(drawn.strata) > 1 else ():
        typer.echo(f"  {stratum.name:<44} {stratum.n_drawn:>5} of {stratum.n_frame}")
    chances = [unit.inclusion_probability for unit in drawn.units]
    typer.echo(f"inclusion probability: {min(chances):.4g} to {max(chances):.4g}")
    shown = Counter((each.coder, str(each.shown)) for each in drawn.assignments)
    for coder in dict.fromkeys(each.coder for each in drawn.assignments):
        blind, suggested = shown[coder, "blind"], shown[coder, "suggested"]
        typer.echo(f"  {coder:<20} {blind} blind, then {suggested} with suggestions")
    n_shared = sum(n > 1 for n in _coders_of_units(drawn).values())
    if drawn.assignments:
        typer.echo(f"coded by two: {n_shared} units")
    typer.echo(f"written: {path}")


def _coders_of_units(drawn: Sample) -> Counter[str]:
    return Counter(unit for unit, _ in {(a.unit_id, a.coder) for a in drawn.assignments})

"""``workbench codebook``: check, show and compare codebooks."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from workbench.cli.options import HERE, JsonOption, WorkspaceOption, print_json
from workbench.codebook import Codebook, compare, default_codebook_path, load_codebook
from workbench.errors import InputError
from workbench.records import Code, codec

app = typer.Typer(no_args_is_help=True, help="Check, show and compare codebooks.")
IN_WORKSPACE = Path("annotations/codebook/causation_factors.yaml")

FileArgument = Annotated[
    Path | None,
    typer.Argument(
        help="A codebook file; by default that of the workspace you are in, else the shipped one.",
        show_default=False,
    ),
]
FileOption = Annotated[
    Path | None, typer.Option("--file", "-f", help="A codebook file.", show_default=False)
]


def _found(path: Path | None) -> Path:
    return path or (IN_WORKSPACE if IN_WORKSPACE.is_file() else default_codebook_path())


def _load(path: Path | None) -> Codebook:
    return load_codebook(_found(path))


@app.command()
def check(path: FileArgument = None) -> None:
    """Check a codebook and the rules for coding beside it; every problem is listed at once.

    The rules are context.yaml (triggers, people, times) and lexicon.yaml (patterns).

    Example: workbench codebook check annotations/codebook/causation_factors.yaml
    """
    from workbench.pipeline.coders.checking import check_annotations

    codebook, has_rules = check_annotations(_found(path))
    n_attributes = len(codebook.codes) - len(codebook.factors)
    typer.echo(
        f"{codebook.codebook_id} {codebook.version} is sound: {len(codebook.factors)} factors, "
        f"{n_attributes} incident attributes, "
        f"{sum(len(code.cues) for code in codebook.codes)} cues."
    )
    if has_rules:
        typer.echo("The rules beside it (context.yaml, lexicon.yaml) are sound.")


@app.command("list")
def list_codes(path: FileArgument = None, as_json: JsonOption = False) -> None:
    """List the codes of a codebook by group.

    Example: workbench codebook list
    """
    codebook = _load(path)
    if as_json:
        print_json([codec.to_plain(code) for code in codebook.codes])
        return
    for group in dict.fromkeys(code.group for code in codebook.codes):
        typer.secho(f"\n{group.replace('_', ' ')}", bold=True)
        for code in codebook.codes:
            if code.group == group:
                typer.echo(f"  {code.code_id:<32} {code.label}")


@app.command()
def show(
    code_id: Annotated[str, typer.Argument(help="The id of a code, such as ace_domestic_abuse.")],
    file: FileOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show all that the codebook says of one code.

    Example: workbench codebook show school_exclusion
    """
    codebook = _load(file)
    try:
        code = codebook.code(code_id)
    except KeyError as error:
        near = [item.code_id for item in codebook.codes if code_id.casefold() in item.code_id]
        hint = f" Perhaps: {', '.join(near)}." if near else " workbench codebook list shows all."
        raise InputError(f"{error.args[0]}.{hint}") from error
    if as_json:
        print_json(codec.to_plain(code))
        return
    _print_code(code, codebook)


def _print_code(code: Code, codebook: Codebook) -> None:
    typer.secho(f"{code.label}  ({code.code_id})", bold=True)
    rows = {
        "Definition": code.definition,
        "Include": code.include,
        "Exclude": code.exclude,
        "Level": f"{code.level} {codebook.levels.get(code.level, '')}",
        "Tier": code.tier,
        "ACE item": code.ace.replace("_", " "),
        "Roles": ", ".join(code.roles),
        "Objectives": "; ".join(f"{name} {codebook.objectives[name]}" for name in code.objectives),
        "Values": ", ".join(code.values),
        "Cues": "; ".join(code.cues),
        "Topic terms": "; ".join(code.topic_terms),
        "False positives": "; ".join(code.false_positives),
        "Elsewhere": "; ".join(f"{framework}: {name}" for framework, name in code.maps),
    }
    for name, value in rows.items():
        if value.strip():
            typer.echo(f"{name:<16} {value}")


@app.command()
def diff(
    old: Annotated[Path, typer.Argument(help="The older codebook file.")],
    new: Annotated[Path, typer.Argument(help="The newer codebook file.")],
    as_json: JsonOption = False,
) -> None:
    """Say what changed between two codebooks, one line for each change.

    Example: workbench codebook diff old.yaml annotations/codebook/causation_factors.yaml
    """
    lines = compare(load_codebook(old), load_codebook(new))
    if as_json:
        print_json(lines)
        return
    typer.echo("\n".join(lines) or "The codes are the same.")


@app.command()
def update(workspace: WorkspaceOption = HERE) -> None:
    """Bring a workspace's codebook and rules up to those of this version of the workbench.

    A file that you changed is kept under annotations/codebook/earlier with its hash in its
    name; `codebook diff` shows what differs. The next run codes with the new files.

    Example: workbench codebook update --workspace my-review
    """
    from workbench.pipeline.coders.annotations import update_files
    from workbench.pipeline.workspace import require_workspace

    require_workspace(workspace)
    updated = update_files(workspace)
    for each in updated:
        kept = f" (the earlier one is kept as {each.earlier})" if each.earlier else ""
        typer.echo(f"updated: {each.path}{kept}")
    if not updated:
        typer.echo("all annotation files are those of this version already")
    elif any(each.earlier for each in updated):
        typer.echo("next: workbench run")

"""The commands that look: status, show, verify."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbench.cli.extraction import print_extraction
from workbench.cli.options import HERE, JsonOption, WorkspaceOption, print_json
from workbench.records import IncidentFact, Standing, codec

if TYPE_CHECKING:
    from workbench.records import Case, Coding


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command()(status)
    app.command()(show)
    app.command()(verify)


def status(workspace: WorkspaceOption = HERE, as_json: JsonOption = False) -> None:
    """Say what a workspace holds, and which files need attention and why.

    Example: workbench status --workspace my-review
    """
    from workbench.pipeline.inspect import standing

    found = standing(workspace)
    if as_json:
        print_json(
            {
                "title": found.title,
                "documents": [codec.to_plain(document) for document in found.documents],
                "by_status": found.n_by_status,
                "waiting": found.n_waiting,
                "missing": found.missing,
                "cases": found.n_cases,
                "findings": found.n_findings,
                "report": found.report,
            }
        )
        return
    typer.secho(found.title, bold=True)
    statuses = ", ".join(f"{n} {name}" for name, n in found.n_by_status.items()) or "none read yet"
    typer.echo(f"documents: {statuses}; {found.n_waiting} waiting for workbench run")
    for document in found.documents:
        if document.reason:
            typer.echo(
                f"  {document.status}  {document.file_name}: "
                f"[{document.reason.number}] {document.reason.text}"
            )
        for warning in document.warnings:
            typer.echo(f"  warning  {document.file_name}: {warning}")
    for path in found.missing:
        typer.echo(f"  missing  {path}: put it back, or add it from its new place")
    typer.echo(f"cases: {found.n_cases}; findings: {found.n_findings}")
    typer.echo(f"report: {found.report or 'none yet: workbench run'}")


def show(
    case: Annotated[
        str,
        typer.Argument(help="A case's id, or part of its title or file name; with --page a file."),
    ],
    workspace: WorkspaceOption = HERE,
    page: Annotated[
        int | None,
        typer.Option(min=1, help="Draw this page of a document with what was seen on it."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Where to write the drawing (HTML).", dir_okay=False)
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Show one case: its people, each factor and its incident, with the words behind them.

    With --page the argument names a document; the page is drawn with its lines in the colour of
    their kind, numbers on the left and section roles on the right.

    Example: workbench show D12 --workspace my-review
    Example: workbench show D12_review.pdf --page 4 --workspace my-review
    """
    if page is not None:
        from workbench.pipeline.looking.page import draw_page

        typer.echo(draw_page(workspace, case, page, out))
        return
    from workbench.pipeline.incident import stored_facts
    from workbench.pipeline.inspect import find_case, standing

    found, codings = find_case(workspace, case)
    facts = stored_facts(workspace, found.case_id)
    if as_json:
        print_json(
            {
                "case": codec.to_plain(found),
                "incident": [codec.to_plain(fact) for fact in facts],
                "codings": {name: codec.to_plain(coding) for name, coding in codings.items()},
            }
        )
        return
    _print_case(found, codings)
    _print_incident(facts)
    doubts = [
        f"  warning  {document.file_name}: {warning}"
        for document in standing(workspace).documents
        if document.document_id in found.document_ids
        for warning in document.warnings
    ]
    typer.echo("\n" + "\n".join(doubts) if doubts else "")


def _print_case(case: Case, codings: dict[str, Coding]) -> None:
    typer.secho(f"{case.title}  ({case.case_id})", bold=True)
    typer.echo(f"{case.review_type.replace('_', ' ')}; documents: {len(case.document_ids)}")
    if case.link_reason:
        typer.echo(case.link_reason)
    for person in case.people:
        known = [str(person.age_years or ""), person.sex, person.ethnicity]
        typer.echo(
            f"  {person.name:<28} {person.role.replace('_', ' '):<18} "
            f"{', '.join(item for item in known if item)}"
        )
    for state in case.states:
        ids = state.codings_for or state.codings_against or state.codings_suspected
        typer.echo(
            f"\n{state.code_id} / {state.subject_role.replace('_', ' ')}: "
            f"{state.state.replace('_', ' ')} ({len(ids)} passages)"
        )
        for coding_id in ids[:3]:
            typer.echo(f"    “{' '.join(codings[coding_id].text.split())}”")


def _print_incident(facts: tuple[IncidentFact, ...]) -> None:
    names = dict.fromkeys((fact.person_id, fact.field) for fact in facts)
    for person_id, field in names:
        of_field = [fact for fact in facts if (fact.person_id, fact.field) == (person_id, field)]
        typer.echo(f"\nincident: {field.replace('_', ' ')}{f' ({person_id})' if person_id else ''}")
        for fact in of_field[:3]:
            remark = "" if fact.standing is Standing.VALUE else f", {fact.standing}"
            words = " ".join(fact.text.split())
            typer.echo(f"    {fact.exported_value} ({fact.basis}{remark}) “{words}”")


def verify(
    workspace: WorkspaceOption = HERE,
    sample: Annotated[
        int, typer.Option(min=0, help="How many of the report's numbers to follow.")
    ] = 100,
    seed: Annotated[int, typer.Option(help="Draws another sample.")] = 0,
    repair: Annotated[
        bool, typer.Option("--repair", help="First remove what is damaged; a run makes it anew.")
    ] = False,
    extraction: Annotated[
        bool, typer.Option("--extraction", help="Only say how far each document was read soundly.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Check a workspace: every stored byte, every anchor, and numbers drawn from the report.

    Each number drawn is followed to its passages, recounted, and its words are found under a
    highlighted rectangle of the page. Exits with 4 when there is a problem.

    With --extraction it looks at the reading of the files instead, without any truth: do
    paragraph numbers count on, do notes have marks, do contents pages point at headings, do
    words look like words, do the engines agree. The lowest share comes first.

    Example: workbench verify --workspace my-review --sample 500
    Example: workbench verify --workspace my-review --extraction
    """
    if extraction:
        print_extraction(workspace, as_json=as_json)
        return
    from workbench.pipeline.inspect import find_problems, repair_workspace

    taken = repair_workspace(workspace) if repair else []
    if taken and not as_json:
        typer.echo("\n".join([*taken, f"now run: workbench run --workspace {workspace}"]))
        return
    problems = find_problems(workspace, sample_size=sample, seed=seed)
    if as_json:
        found = {"problems": problems, "sample": sample, "seed": seed, "removed": taken}
        print_json(found)
    else:
        for problem in problems:
            typer.echo(problem, err=True)
        typer.echo(
            f"{len(problems)} problem(s)"
            if problems
            else f"all sound; {sample} numbers of the report lead to their words on the page"
        )
    if problems:
        raise typer.Exit(4)

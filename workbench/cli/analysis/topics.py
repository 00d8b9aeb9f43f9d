"""The command that finds topics: topics."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from workbench.cli.options import HERE, JsonOption, WorkspaceOption, print_json
from workbench.cli.progress import Bars
from workbench.errors import InputError
from workbench.records import SectionRole

if TYPE_CHECKING:
    from workbench.pipeline.topics.job import TopicsDone

AssignOption = Annotated[
    bool, typer.Option("--assign-outliers", help="Put passages of no topic with the nearest one.")
]
WordsOption = Annotated[bool, typer.Option("--words-only", help="Use no sentence embeddings.")]
PlainOption = Annotated[
    bool,
    typer.Option("--plain", help="Take the groups of one run, also those that do not come back."),
]
ProposeOption = Annotated[
    bool, typer.Option("--propose", help="Write candidates for new codes to proposals.yaml.")
]


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(topics)


def topics(  # noqa: PLR0913 - every option of a command is a parameter
    workspace: WorkspaceOption = HERE,
    quick: Annotated[
        bool, typer.Option("--quick", help="A preview in seconds: k-means in place of BERTopic.")
    ] = False,
    roles: Annotated[
        str, typer.Option(help="Section roles to look in, with commas between them.")
    ] = "facts,analysis,findings",
    guided: Annotated[
        bool, typer.Option("--guided", help="Draw topics towards the factors of the codebook.")
    ] = False,
    n_topics: Annotated[
        int, typer.Option("--topics", help="Number of topics of a preview; 0 chooses one.")
    ] = 0,
    min_passages: Annotated[
        int, typer.Option(help="Passages of the smallest topic; 0 takes one in 200, 8 or more.")
    ] = 0,
    runs: Annotated[
        int, typer.Option(help="Repeated runs for each kind of change; 0 measures no stability.")
    ] = 5,
    seed: Annotated[int, typer.Option(help="Another seed gives other topics.")] = 20_240_229,
    plain: PlainOption = False,
    assign_outliers: AssignOption = False,
    keep_names: Annotated[
        bool, typer.Option("--keep-names", help="Leave the names of people in the text.")
    ] = False,
    words_only: WordsOption = False,
    propose: ProposeOption = False,
    as_json: JsonOption = False,
) -> None:
    """Find topics: passages that are about one thing, without the codebook.

    The full analysis takes the groups that come back when it is repeated with small changes.
    Says of each topic how far it comes back in further runs, whether one review carries it, and
    whether the codebook has a code for it. The pages, with every passage, are in reports/topics.

    Example: workbench topics --quick
    """
    from workbench.pipeline.topics.job import (
        Method,
        TopicSettings,
        TopicsRequest,
        find_workspace_topics,
    )

    request = TopicsRequest(
        settings=TopicSettings(
            method=Method.QUICK if quick else Method.FULL,
            seed=seed,
            n_topics=n_topics,
            min_passages=min_passages,
            n_runs=runs,
            by_stability=not plain,
            assign_outliers=assign_outliers,
        ),
        roles=_section_roles(roles),
        mask_names=not keep_names,
        guided=guided,
        embeddings=not words_only,
        propose=propose,
    )
    with Bars(quiet=as_json) as bars:
        done = find_workspace_topics(workspace, request, bars)
    if as_json:
        print_json(_plain(done))
    else:
        _print(done)


def _section_roles(names: str) -> frozenset[SectionRole]:
    known = {role.value: role for role in SectionRole}
    wanted = [name.strip() for name in names.split(",") if name.strip()]
    unknown = [name for name in wanted if name not in known]
    if unknown:
        raise InputError(
            f"{', '.join(unknown)}: no section role. Known: {', '.join(sorted(known))}."
        )
    return frozenset(known[name] for name in wanted)


def _print(done: TopicsDone) -> None:
    for note in done.topics.notes:
        typer.echo(f"note: {note}", err=True)
    for topic in done.topics.topics:
        lowest = topic.stability.lowest
        came_back = topic.stability.verdict.value.replace("_", " ")
        codes = ", ".join(overlap.code_id for overlap in topic.overlaps[:3])
        coded = topic.coded.value.replace("_", " ") + (f" as {codes}" if codes else "")
        carrying = done.titles.get(topic.carried_by, topic.carried_by)
        alone = f"; mostly {carrying}" if carrying else ""
        measured = "" if lowest is None else f" ({lowest:.2f})"
        typer.echo(
            f"{topic.topic_id} {len(topic.members):5,} passages, {len(topic.reviews):3} reviews: "
            f"{topic.name}\n     {came_back}{measured}; {coded}{alone}"
        )
    found = done.topics
    typer.echo(
        f"topics: {len(found.topics)}; in no topic: {len(found.outliers):,} of "
        f"{found.n_passages:,} passages; from {found.rows_from}"
    )
    if done.proposals:
        typer.echo(f"candidates for new codes: {done.n_proposed}, in {done.proposals}")
    typer.echo(f"pages: {done.page}")


def _plain(done: TopicsDone) -> dict[str, object]:
    return {
        "topics": [
            {
                "topic_id": topic.topic_id,
                "terms": [term.term for term in topic.terms],
                "n_passages": len(topic.members),
                "n_reviews": len(topic.reviews),
                "carried_by": done.titles.get(topic.carried_by, topic.carried_by),
                "verdict": topic.stability.verdict,
                "stability": topic.stability.lowest,
                "coherence": topic.coherence,
                "coded": topic.coded,
                "codes": [overlap.code_id for overlap in topic.overlaps],
            }
            for topic in done.topics.topics
        ],
        "n_passages": done.topics.n_passages,
        "n_outliers": len(done.topics.outliers),
        "n_left_out": done.n_left_out,
        "rows_from": done.topics.rows_from,
        "notes": list(done.topics.notes),
        "proposals": done.proposals,
        "n_proposed": done.n_proposed,
        "pages": done.page,
    }

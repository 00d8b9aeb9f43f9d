"""An evaluation on gold passages as Markdown, without a word of any passage."""

from __future__ import annotations

from collections.abc import Mapping

from workbench.learn.gold.records import GoldEvaluation
from workbench.learn.report import SMALL_N, UNDEFINED, markdown_table, render_section

CAUTION = (
    "**The gold names no coders; if machine annotators made it, as the passages in the project's "
    "own figures, it is no expert's.** Such annotators share one family of models, so they agree "
    "with each other more than people would; the figures then say how well a system follows their "
    "guide, not how well it follows an expert."
)


def render_gold(evaluation: GoldEvaluation, provenance: Mapping[str, str]) -> str:
    """The pooled figures as Markdown.

    Args:
        evaluation: What was measured.
        provenance: What was measured with what, shown as given.
    """
    figures = evaluation.figures
    blocks = [
        "# Results on coded passages",
        f"Measured on {evaluation.n_passages:,} passages of {evaluation.n_documents:,} documents "
        f"with {evaluation.n_codings:,} gold codings.{_missing(evaluation)}",
        f"The gold was settled by: {', '.join(evaluation.coders)}."
        if evaluation.coders
        else CAUTION,
        "Each measure has its support (n) and, in brackets, a 95 % bootstrap interval "
        f"({figures.n_resamples} resamples of whole documents, seed {figures.seed}, percentile "
        "method; Efron and Tibshirani 1993). Shares run from 0 to 1. "
        f"{UNDEFINED} means that there was nothing to judge; * marks fewer than {SMALL_N}.",
        markdown_table(("what", "which"), list(provenance.items())),
        *(render_section(section) for section in figures.sections),
        "The plainest coders: "
        + "; ".join(f"*{name}*: {what}" for name, what in evaluation.baselines.items())
        + ".",
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _missing(evaluation: GoldEvaluation) -> str:
    if not evaluation.n_missing:
        return ""
    return (
        f" **Of {evaluation.n_missing:,} of them there is no line in the predictions; they count "
        "as passages in which nothing was found.**"
    )

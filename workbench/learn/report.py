"""An evaluation as Markdown, for people, and as plain values, for programs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from workbench.learn.evaluation.records import Cell, Evaluation, Measure, Section, Table
from workbench.records.codec import to_plain

UNDEFINED = "–"
#: Measures of the table that has a line for each document.
DOCUMENT_COLUMNS = {
    "text.words.found": "words found",
    "text.paragraphs.exact": "exact paragraphs",
    "structure.numbers.f1": "numbers F1",
    "running.words.f1": "running matter F1",
    "sections.section_role": "section role",
    "sections.kind": "kind",
    "codings.affirmed.precision": "codes P",
    "codings.affirmed.recall": "codes R",
    "codings.affirmed.f1": "codes F1",
    "matched.assertion": "assertion",
    "matched.role": "role",
    "people.people.f1": "people F1",
    "recommendations.f1": "recommendations F1",
}
CASE_COLUMNS = {
    "states.present.precision": "present P",
    "states.present.recall": "present R",
    "states.present.f1": "present F1",
    "states.ruled_out.precision": "ruled out P",
    "states.ruled_out.recall": "ruled out R",
}
#: Below this support a figure says little; the report marks it.
SMALL_N = 20


def render_markdown(evaluation: Evaluation, provenance: Mapping[str, str]) -> str:
    """The evaluation as one Markdown document.

    Args:
        evaluation: What was measured.
        provenance: What was measured with what (versions, hashes, settings), shown as given.
    """
    blocks = [
        "# Results against the truth",
        _introduction(evaluation),
        markdown_table(("what", "which"), list(provenance.items())) if provenance else "",
        *(render_section(section) for section in evaluation.sections),
        "## By document",
        "The same measures for each document; a dash stands where there was nothing to judge.",
        _by_unit(evaluation, DOCUMENT_COLUMNS, "document"),
        "## By case",
        "States by code and role, one line for each case.",
        _by_unit(evaluation, CASE_COLUMNS, "case"),
        "## The documents",
        _documents(evaluation),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def evaluation_to_plain(evaluation: Evaluation) -> dict[str, object]:
    """The evaluation as JSON has it: dictionaries, lists, strings, numbers and None."""
    plain = to_plain(evaluation)
    return plain if isinstance(plain, dict) else {}


def _introduction(evaluation: Evaluation) -> str:
    documents = evaluation.documents
    n_reviews = len({document.case_id for document in documents})
    left_out = [document.truth_id for document in documents if not document.content_measured]
    sentences = [
        f"Measured on {len(documents)} documents of {n_reviews} reviews.",
        "**All of them are fictional and machine-authored; each has one author and one coder, "
        "and no second reading.** Fiction is tidier than real reviews: the figures compare "
        "versions of the workbench and show its faults, they do not promise how well it reads "
        "a real review.",
        "Each measure has its support (n) and, in brackets, a 95 % bootstrap interval "
        f"({evaluation.n_resamples} resamples of whole reviews, seed {evaluation.seed}, percentile "
        "method; Efron and Tibshirani 1993). Where every review has the same value the interval "
        "has no width; that is not certainty. Shares run from 0 to 1. "
        f"{UNDEFINED} means that there was nothing to judge, which is neither 0 nor 1; "
        f"* marks fewer than {SMALL_N}.",
    ]
    if left_out:
        sentences.append(
            "Only the status is measured, for want of readable text, for: "
            + ", ".join(left_out)
            + "."
        )
    return "\n\n".join(sentences)


def render_section(section: Section) -> str:
    """One section in Markdown: its measures, then its tables."""
    measures = markdown_table(
        ("measure", "value", "95 % interval", "n"),
        [_measure_row(measure) for measure in section.measures],
    )
    tables = [f"### {table.title}\n\n{_breakdown(table)}" for table in section.tables if table.rows]
    shown = [measures] if section.measures else []
    return "\n\n".join([f"## {section.title}", section.explanation, *shown, *tables])


def _measure_row(measure: Measure) -> tuple[str, str, str, str]:
    interval = UNDEFINED
    if measure.low is not None and measure.high is not None:
        interval = f"{measure.low:.3f} to {measure.high:.3f}"
    return measure.label, _number(measure.value), interval, _support(measure.n)


def _support(n: int) -> str:
    return f"{n:,}" + ("*" if 0 < n < SMALL_N else "")


def _breakdown(table: Table) -> str:
    return markdown_table(table.columns, [[_cell(cell) for cell in row] for row in table.rows])


def _cell(cell: Cell) -> str:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, int):
        return f"{cell:,}"
    return _number(cell)


def _number(value: float | None) -> str:
    return UNDEFINED if value is None else f"{value:.3f}"


def _by_unit(evaluation: Evaluation, columns: Mapping[str, str], unit: str) -> str:
    rows: dict[str, list[str]] = {}
    for key in columns:
        for value in evaluation.measure(key).units:
            rows.setdefault(value.unit_id, []).append(
                UNDEFINED if value.value is None else f"{value.value:.2f}"
            )
    return markdown_table(
        (unit, *columns.values()), [(name, *cells) for name, cells in rows.items()]
    )


def _documents(evaluation: Evaluation) -> str:
    return markdown_table(
        ("document", "case", "leads", "kind", "paragraphs", "codings", "read"),
        [
            (
                document.truth_id,
                document.case_id,
                "yes" if document.lead else "no",
                document.kind,
                _cell(document.n_paragraphs),
                _cell(document.n_codings),
                document.status,
            )
            for document in evaluation.documents
        ],
    )


def markdown_table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table: the first column to the left, the others to the right."""
    lines = [
        _line(columns),
        _line(["---", *("---:" for _ in columns[1:])]),
        *(_line(row) for row in rows),
    ]
    return "\n".join(lines)


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", r"\|").replace("\n", " ") for cell in cells) + " |"

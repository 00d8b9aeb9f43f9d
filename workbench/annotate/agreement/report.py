"""Agreement as text for the terminal, as a table, and as JSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from workbench.annotate.agreement.records import MEASURES, Agreement, Figure
from workbench.annotate.statistics.resampling import Estimate

LEVELS = {
    "segment": "Segments: did both mark the code in the same segment?",
    "span": "Spans: did both mark the same words? (a unit is a character)",
    "case": "Cases: did both find the code anywhere in the case?",
    "unit": "Units: did all put the unit into the same category?",
}
_ESTIMATE = ("value", "low", "high")
COLUMNS = (
    "level", "code", "measure", *_ESTIMATE, *(f"prevalence_{part}" for part in _ESTIMATE),
    "n_units", "n_marked", "n_documents", "documents_needed", "reading",
)  # fmt: skip
#: A spreadsheet would take a cell that begins so for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def to_text(agreement: Agreement) -> str:
    """Tables in Markdown, the plain-language readings, and what was left out."""
    return "\n".join(_lines(agreement)) + "\n"


def to_csv(agreement: Agreement) -> str:
    """One row for each measure of each code and level, prevalence beside it."""
    target = io.StringIO(newline="")
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(COLUMNS)
    for figure in agreement.figures:
        for name, found in figure.estimates.items():
            cells = [figure.level, _safe(figure.code_id or "(all)"), name]
            cells += [_number(each) for each in (*found, *figure.prevalence)]
            sizes = (figure.n_units, figure.n_marked, figure.n_documents, figure.documents_needed)
            cells += ["" if size is None else str(size) for size in sizes]
            writer.writerow([*cells, figure.reading])
    return target.getvalue()


def to_plain(agreement: Agreement) -> dict[str, object]:
    """Everything as JSON has it."""
    return {
        "coders": list(agreement.coders),
        "n_units": agreement.n_units,
        "n_documents": agreement.n_documents,
        "n_unused_codes": agreement.n_unused_codes,
        "figures": [_plain_figure(figure) for figure in agreement.figures],
        "pairs": [
            {
                "coders": list(pair.coders),
                "n_units": pair.n_units,
                "raw_agreement": pair.raw_agreement._asdict(),
                "positive_agreement": pair.positive_agreement._asdict(),
                "cohen_kappa": pair.cohen_kappa._asdict(),
            }
            for pair in agreement.pairs
        ],
        "weeks": [
            {
                "week": week.week,
                "n_units": week.n_units,
                "raw_agreement": week.raw_agreement._asdict(),
                "positive_agreement": week.positive_agreement._asdict(),
                "krippendorff_alpha": week.krippendorff_alpha._asdict(),
            }
            for week in agreement.weeks
        ],
        "drift": agreement.drift._asdict(),
        "notes": list(agreement.notes),
        "n_resamples": agreement.settings.n_resamples,
        "seed": agreement.settings.seed,
        "wanted_width": agreement.settings.wanted_width,
    }


def shown(found: Estimate) -> str:
    """The figure with its interval, to two decimals; "-" where it is not defined."""
    if found.value is None:
        return "-"
    if found.low is None or found.high is None:
        return f"{found.value:.2f}"
    return f"{found.value:.2f} ({found.low:.2f} to {found.high:.2f})"


def _lines(agreement: Agreement) -> Iterator[str]:
    yield f"# Agreement of {', '.join(agreement.coders)}\n"
    yield (
        f"{agreement.n_units} units of {agreement.n_documents} documents. Intervals: 95 %, "
        f"{agreement.settings.n_resamples} resamples of documents, seed {agreement.settings.seed}."
    )
    for note in agreement.notes:
        yield f"Note: {note}"
    for level, title in LEVELS.items():
        figures = [figure for figure in agreement.figures if figure.level == level]
        if figures:
            yield f"\n## {title}\n"
            yield from _table(figures, agreement.settings.wanted_width)
            yield ""
            yield from (f"- {figure.code_id or 'all'}: {figure.reading}" for figure in figures)
    if agreement.n_unused_codes:
        yield f"\n{agreement.n_unused_codes} code(s) were used by nobody: they have no figure."
    yield from _pair_lines(agreement)
    yield from _week_lines(agreement)


def _table(figures: Sequence[Figure], wanted_width: float) -> Iterator[str]:
    names = [name for name in MEASURES if any(name in each.estimates for each in figures)]
    title = f"documents for an alpha within {wanted_width:g}"
    heads = ["code", "marked", "prevalence", *(MEASURES[name] for name in names), title]
    rows = [
        [
            figure.code_id or "all",
            f"{figure.n_marked} of {figure.n_units}",
            shown(figure.prevalence),
            *(shown(figure.estimates.get(name, Estimate(None))) for name in names),
            "-" if figure.documents_needed is None else str(figure.documents_needed),
        ]
        for figure in figures
    ]
    yield from _markdown(heads, rows)


def _pair_lines(agreement: Agreement) -> Iterator[str]:
    if len(agreement.coders) < 3:
        return
    yield "\n## Every two coders\n"
    yield from _markdown(
        ["coders", "units", "raw agreement", "positive agreement", "Cohen's kappa"],
        [
            [
                " and ".join(pair.coders), str(pair.n_units), shown(pair.raw_agreement),
                shown(pair.positive_agreement), shown(pair.cohen_kappa),
            ]
            for pair in agreement.pairs
        ],
    )  # fmt: skip


def _week_lines(agreement: Agreement) -> Iterator[str]:
    if len(agreement.weeks) < 2:
        return
    yield "\n## Week by week\n"
    yield from _markdown(
        ["week", "units", "raw agreement", "positive agreement", "Krippendorff's alpha"],
        [
            [
                week.week, str(week.n_units), shown(week.raw_agreement),
                shown(week.positive_agreement), shown(week.krippendorff_alpha),
            ]
            for week in agreement.weeks
        ],
    )  # fmt: skip
    change = shown(agreement.drift)
    yield f"\nChange from the earlier to the later weeks: {change}. {_drift(agreement)}"


def _drift(agreement: Agreement) -> str:
    _, low, high = agreement.drift
    if low is None or high is None:
        return "Too few documents to tell drift from chance."
    if high < 0:
        return "Agreement falls: meet, compare passages, and sharpen the codebook."
    return "Agreement rises." if low > 0 else "No drift can be told from chance."


def _markdown(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    cells = [[cell.replace("|", "\\|") for cell in row] for row in (heads, *rows)]
    widths = [max(len(row[at]) for row in cells) for at in range(len(heads))]
    for number, row in enumerate(cells):
        padded = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
        yield f"| {' | '.join(padded)} |"
        if not number:
            yield f"| {' | '.join('-' * width for width in widths)} |"


def _plain_figure(figure: Figure) -> dict[str, object]:
    return {
        "level": figure.level,
        "code": figure.code_id,
        "n_units": figure.n_units,
        "n_marked": figure.n_marked,
        "n_documents": figure.n_documents,
        "prevalence": figure.prevalence._asdict(),
        "measures": {name: found._asdict() for name, found in figure.estimates.items()},
        "documents_needed": figure.documents_needed,
        "reading": figure.reading,
    }


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.10g}"


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell

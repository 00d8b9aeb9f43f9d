"""Agreement as one HTML page that can be sent to the coders: no script, nothing from outside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from workbench.annotate.agreement.records import MEASURES, Agreement, Figure
from workbench.annotate.agreement.report import LEVELS, shown
from workbench.annotate.statistics.resampling import Estimate

_STYLE = """
body{font:16px/1.5 system-ui,sans-serif;color:#1a1a1a;max-width:90rem;
  margin:2rem auto;padding:0 1rem}
.scroll{overflow-x:auto}table{border-collapse:collapse;font-size:.9rem}
caption{text-align:left;font-weight:600;padding:.5rem 0}
th,td{border-bottom:1px solid #767676;padding:.25rem .6rem;text-align:left;vertical-align:top}
td.num{text-align:right;white-space:nowrap}thead th{background:#f0f0f0}
"""


def to_html(agreement: Agreement) -> str:
    """The page; the same bytes for the same agreement."""
    title = f"Agreement of {', '.join(agreement.coders)}"
    return "\n".join(
        [
            '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width,initial-scale=1">',
            '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
            "style-src 'unsafe-inline'\">",
            f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body><main>",
            f"<h1>{escape(title)}</h1>",
            *_body(agreement),
            "</main></body></html>\n",
        ]
    )


def _body(agreement: Agreement) -> Iterator[str]:
    settings = agreement.settings
    yield (
        f"<p>{agreement.n_units} units of {agreement.n_documents} documents. Brackets: 95% "
        f"interval, {settings.n_resamples} resamples of documents, seed {settings.seed}. A dash: "
        "not defined.</p>"
    )
    if agreement.notes:
        yield f"<ul>{''.join(f'<li>{escape(note)}</li>' for note in agreement.notes)}</ul>"
    for level, question in LEVELS.items():
        figures = [figure for figure in agreement.figures if figure.level == level]
        if figures:
            yield f'<h2 id="{level}">{escape(question)}</h2>'
            yield from _level(figures, settings.wanted_width)
    if agreement.n_unused_codes:
        yield f"<p>{agreement.n_unused_codes} code(s) were used by nobody: they have no figure.</p>"
    if len(agreement.coders) > 2:
        heads = ["coders", "units", "raw agreement", "positive agreement", "Cohen's kappa"]
        rows = [
            [" and ".join(each.coders), str(each.n_units), shown(each.raw_agreement),
             shown(each.positive_agreement), shown(each.cohen_kappa)]
            for each in agreement.pairs
        ]  # fmt: skip
        yield from _table("Every two coders", heads, rows)
    if len(agreement.weeks) > 1:
        heads = ["week", "units", "raw agreement", "positive agreement", "Krippendorff's alpha"]
        rows = [
            [each.week, str(each.n_units), shown(each.raw_agreement),
             shown(each.positive_agreement), shown(each.krippendorff_alpha)]
            for each in agreement.weeks
        ]  # fmt: skip
        change = shown(agreement.drift)
        yield from _table(f"Week by week; later less earlier weeks: {change}", heads, rows)


def _level(figures: Sequence[Figure], wanted_width: float) -> Iterator[str]:
    names = [name for name in MEASURES if any(name in each.estimates for each in figures)]
    heads = [
        "code", "what it means", "marked", "prevalence", *(MEASURES[name] for name in names),
        f"documents for an alpha within {wanted_width:g}",
    ]  # fmt: skip
    rows = [
        [
            figure.code_id or "all",
            figure.reading,
            f"{figure.n_marked} of {figure.n_units}",
            shown(figure.prevalence),
            *(shown(figure.estimates.get(name, Estimate(None))) for name in names),
            "-" if figure.documents_needed is None else str(figure.documents_needed),
        ]
        for figure in figures
    ]
    yield from _table("Figures, with prevalence beside them", heads, rows, n_words=2)


def _table(
    caption: str, heads: Sequence[str], rows: Sequence[Sequence[str]], n_words: int = 1
) -> Iterator[str]:
    """A table whose first columns hold words, the others numbers."""
    yield (
        f'<div class="scroll" role="region" aria-label="{escape(caption)}" tabindex="0"><table>'
        f"<caption>{escape(caption)}</caption><thead><tr>"
    )
    yield "".join(f'<th scope="col">{escape(head)}</th>' for head in heads)
    yield "</tr></thead><tbody>"
    for first, *others in rows:
        cells = [f'<tr><th scope="row">{escape(first)}</th>']
        for at, cell in enumerate(others, start=1):
            kind = "" if at < n_words else ' class="num"'
            cells.append(f"<td{kind}>{escape(cell)}</td>")
        yield "".join([*cells, "</tr>"])
    yield "</tbody></table></div>"

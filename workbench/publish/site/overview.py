"""The pages that a reader meets first: summary, how to read, methods, and what is not counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from workbench.publish.charts import prevalence_chart
from workbench.publish.names import short_id, stem
from workbench.publish.site.catalogue import NOT_COUNTED
from workbench.publish.site.factors import Row, chart_bars, row_of
from workbench.publish.site.passages import Passage
from workbench.publish.site.render import Site
from workbench.records import Code, Coding, DocumentStatus

N_TOP_FACTORS, N_TOP_PRACTICE = 12, 8


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPart:
    """The passages of one document in a long list."""

    name: str
    href: str
    passages: Sequence[Passage]


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorPart:
    """The passages of one factor in a long list."""

    code: Code
    passages: Sequence[Passage]


@dataclass(frozen=True, slots=True, kw_only=True)
class TopBlock:
    """The most frequent factors of one kind."""

    title: str
    rows: Sequence[Row]
    chart: Markup


def write_overview(site: Site) -> None:
    """Write the summary, the reading guide, the methods, and the lists the summary links to."""
    publication = site.catalogue.publication
    left_out: dict[str, list[Coding]] = {reason.key: [] for reason in NOT_COUNTED}
    counted: dict[str, list[Coding]] = {}
    for coding in site.catalogue.codings.values():
        reason = site.catalogue.reason_not_counted(coding)
        if reason:
            left_out[reason].append(coding)
        else:
            counted.setdefault(coding.code_id, []).append(coding)
    rows = [row_of(site.catalogue, code) for code in publication.codebook.factors]
    present = [row for row in rows if row.present is not None and row.present.numerator]
    present.sort(key=lambda row: (-(row.present.numerator if row.present else 0), row.code.label))
    about_people = [row for row in present if not row.code.has_valence]
    about_practice = [row for row in present if row.code.has_valence]
    unread = [item for item in publication.documents if item.status != DocumentStatus.OK]
    site.write(
        "index.html",
        "index.html",
        n_reviews=len({case.review_id for case in publication.cases}),
        n_read=len(publication.documents) - len(unread),
        n_counted=sum(map(len, counted.values())),
        n_factors=len(present),
        top=[
            _top(
                "people",
                "What recurs in people's lives and surroundings",
                about_people[:N_TOP_FACTORS],
            ),
            _top(
                "practice", "What recurs in the work of agencies", about_practice[:N_TOP_PRACTICE]
            ),
        ],
        left_out=[(reason, len(left_out[reason.key])) for reason in NOT_COUNTED],
        unread=unread,
    )
    site.write("how-to-read.html", "how-to-read.html")
    site.write("methods.html", "methods.html")
    if unread:
        site.write("not-read.html", "not-read.html", section="documents.html", unread=unread)
    _write_counted(site, counted, [row.code for row in present])
    _write_left_out(site, left_out)


def _top(name: str, title: str, rows: Sequence[Row]) -> TopBlock:
    bars = chart_bars(rows, "")
    chart = prevalence_chart(bars, name=f"top-{name}", title=title) if bars else ""
    return TopBlock(title=title, rows=rows, chart=Markup(chart))


def _write_counted(site: Site, counted: dict[str, list[Coding]], present: Sequence[Code]) -> None:
    parts = [
        FactorPart(code=code, passages=[site.passage(item) for item in counted[code.code_id]])
        for code in site.catalogue.publication.codebook.codes
        if code.code_id in counted
    ]
    ids = {code.code_id for code in present}
    factors = [code for code in site.catalogue.publication.codebook.factors if code.code_id in ids]
    site.write("counted.html", "counted.html", section="index.html", parts=parts, factors=factors)


def _write_left_out(site: Site, left_out: dict[str, list[Coding]]) -> None:
    for reason in NOT_COUNTED:
        codings = left_out[reason.key]
        by_document: dict[str, list[Coding]] = {}
        for coding in codings:
            by_document.setdefault(coding.document_id, []).append(coding)
        if codings:
            site.write(
                f"not-counted/{stem(reason.key)}.html",
                "listing.html",
                section="index.html",
                title=f"Not counted: {reason.title.lower()}",
                text=reason.text,
                n=len(codings),
                parts=[_list_part(site, *item) for item in by_document.items()],
            )


def _list_part(site: Site, document_id: str, codings: Sequence[Coding]) -> ListPart:
    document = site.catalogue.documents[document_id]
    in_order = sorted(codings, key=lambda coding: (coding.start_char, coding.coding_id))
    return ListPart(
        name=document.title or document.file_name,
        href=f"pages/{short_id(document_id)}/index.html",
        passages=[site.passage(coding) for coding in in_order],
    )

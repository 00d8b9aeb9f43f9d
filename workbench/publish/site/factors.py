"""The table of all factors, and one page for each with its passages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from workbench.publish.charts import prevalence_chart
from workbench.publish.charts.prevalence import Bar
from workbench.publish.labels import group_label
from workbench.publish.names import short_id, stem
from workbench.publish.site.catalogue import NOT_COUNTED, Catalogue
from workbench.publish.site.render import Site
from workbench.records import Assertion, Code, Coding, Finding, SubjectRole


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """The findings of one factor for one role (None: any role)."""

    code: Code
    role: SubjectRole | None
    present: Finding | None
    ruled_out: Finding | None
    not_mentioned: Finding | None
    suspected: Finding | None
    mentions: Finding | None  # passages, each once; for any role only


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """The passages of one case, or those of one document that no case holds."""

    key: str  # of the case; "" for a document
    title: str
    href: str
    passages: Sequence[Markup]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The passages of a factor that say the same kind of thing, by case."""

    key: str
    title: str
    text: str
    n: int
    groups: Sequence[Holder]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupOfRows:
    """The factors of one group of the codebook."""

    label: str
    rows: Sequence[Row]


def row_of(catalogue: Catalogue, code: Code, role: SubjectRole | None = None) -> Row:
    """The four findings of a factor for a role; None where the publication has none."""
    key = (code.code_id,)
    return Row(
        code=code,
        role=role,
        present=catalogue.finding("prevalence", key, role),
        ruled_out=catalogue.finding("ruled_out", key, role),
        not_mentioned=catalogue.finding("not_mentioned", key, role),
        suspected=catalogue.finding("suspected", key, role),
        mentions=catalogue.finding("mentions", key) if role is None else None,
    )


def chart_bars(rows: Iterable[Row], root: str) -> list[Bar]:
    """Bars for the factors that at least one case carries, the commonest first."""
    found = [
        (row, row.present) for row in rows if row.present is not None and row.present.numerator
    ]
    found.sort(key=lambda pair: (-pair[1].estimate, -pair[1].numerator, pair[0].code.label))
    return [
        Bar(
            label=row.code.label,
            share=present.estimate,
            low=present.estimate if present.low is None else present.low,
            high=present.estimate if present.high is None else present.high,
            counts=f"{present.numerator} of {present.denominator}",
            href=f"{root}evidence/{stem(present.finding_id)}.html",
        )
        for row, present in found
    ]


def write_factors(site: Site) -> None:
    """Write ``factors.html`` and ``factors/<code>.html`` for each factor."""
    catalogue = site.catalogue
    rows = [row_of(catalogue, code) for code in catalogue.publication.codebook.factors]
    bars = chart_bars(rows, "")
    chart = prevalence_chart(bars, name="factors", title="Share of cases by factor") if bars else ""
    groups = [
        GroupOfRows(label=group_label(group), rows=list(members))
        for group, members in groupby(rows, key=lambda row: row.code.group)
    ]
    site.write("factors.html", "factors.html", groups=groups, chart=Markup(chart))
    by_code: dict[str, list[Coding]] = {}
    for coding in catalogue.codings.values():
        by_code.setdefault(coding.code_id, []).append(coding)
    for row in rows:
        _write_factor(site, row.code, by_code.get(row.code.code_id, []))


def _write_factor(site: Site, code: Code, codings: Sequence[Coding]) -> None:
    catalogue = site.catalogue
    reasons = {coding.coding_id: catalogue.reason_not_counted(coding) for coding in codings}
    affirmed = [
        coding for coding in codings
        if not reasons[coding.coding_id] and coding.assertion == Assertion.AFFIRMED
    ]  # fmt: skip
    negated = [
        coding for coding in codings
        if not reasons[coding.coding_id] and coding.assertion == Assertion.NEGATED
    ]  # fmt: skip
    parts = [
        _part(site, "affirmed", "Passages that affirm it", "", affirmed),
        _part(site, "ruled-out", "Passages that rule it out",
              "They rule the factor out of a case only where no passage affirms it for the same "
              "role.", negated),
    ]  # fmt: skip
    folded = [
        _part(site, f"reason-{stem(reason.key)}", reason.title, reason.text,
              [coding for coding in codings if reasons[coding.coding_id] == reason.key])
        for reason in NOT_COUNTED
    ]  # fmt: skip
    roles = [role for role in SubjectRole if catalogue.finding("prevalence", (code.code_id,), role)]
    site.write(
        f"factors/{stem(code.code_id)}.html",
        "factor.html",
        section="factors.html",
        code=code,
        level=catalogue.publication.codebook.levels.get(code.level, ""),
        code_quality=catalogue.publication.code_quality.get(code.code_id, ()),
        rows=[row_of(catalogue, code, role) for role in (None, *roles)],
        pairs=[
            finding
            for finding in catalogue.of_measure("role_pair")
            if finding.code_ids == (code.code_id,)
        ],
        corrected=[
            finding
            for finding in catalogue.of_measure("prevalence_corrected")
            if finding.code_ids == (code.code_id,)
        ],
        parts=[part for part in parts if part.n],
        folded=[part for part in folded if part.n],
    )


def _part(site: Site, key: str, title: str, text: str, codings: Sequence[Coding]) -> Part:
    by_case = site.catalogue.group_by_case(coding.coding_id for coding in codings)
    groups = [
        Holder(
            key=case_id,
            title=site.catalogue.cases[case_id].title,
            href=f"cases/{stem(case_id)}.html",
            passages=site.passages_html(found),
        )
        for case_id, found in by_case.items()
    ]
    for document_id, found in site.catalogue.of_no_case(codings).items():
        document = site.catalogue.documents[document_id]
        groups.append(
            Holder(
                key="",
                title=document.title or document.file_name,
                href=f"pages/{short_id(document_id)}/index.html",
                passages=site.passages_html(found),
            )
        )
    n = sum(len(group.passages) for group in groups)
    return Part(key=key, title=title, text=text, n=n, groups=groups)

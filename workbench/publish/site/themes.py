"""Practice themes and recommendations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workbench.publish.names import page_path, segment_anchor, stem
from workbench.publish.site.render import Site
from workbench.publish.site.sheets import segment_key
from workbench.records import Case, Code, Coding, Finding, SegmentKind


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeRow:
    """One practice code: failings and good practice, cases and passages side by side."""

    code: Code
    failing: Finding | None
    good: Finding | None
    n_good_cases: int
    n_good: int
    good_href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation:
    """One recommendation as its review prints it."""

    key: str
    number: str
    text: str
    page: int
    href: str
    addressee: str = ""
    timescale: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePart:
    """The recommendations of one case."""

    case: Case
    items: Sequence[Recommendation]


def write_practice(site: Site) -> None:
    """Write ``practice.html``."""
    catalogue = site.catalogue
    good: dict[str, list[Coding]] = {}
    for coding in catalogue.codings.values():
        if catalogue.reason_not_counted(coding) == "good_practice":
            good.setdefault(coding.code_id, []).append(coding)
    rows = []
    for code in catalogue.publication.codebook.factors:
        if not code.has_valence:
            continue
        by_case = catalogue.group_by_case(item.coding_id for item in good.get(code.code_id, []))
        rows.append(
            ThemeRow(
                code=code,
                failing=catalogue.finding("prevalence", (code.code_id,)),
                good=catalogue.finding("good_practice", (code.code_id,)),
                n_good_cases=len(by_case),
                n_good=sum(map(len, by_case.values())),
                good_href=f"factors/{stem(code.code_id)}.html#reason-good-practice",
            )
        )
    site.write("practice.html", "practice.html", rows=rows)


def write_recommendations(site: Site) -> None:
    """Write ``recommendations.html``."""
    parts = [
        CasePart(case=case, items=_recommendations(site, case))
        for case in site.catalogue.publication.cases
    ]
    parts = [part for part in parts if part.items]
    n = sum(len(part.items) for part in parts)
    site.write("recommendations.html", "recommendations.html", parts=parts, n=n)


def _recommendations(site: Site, case: Case) -> list[Recommendation]:
    found = []
    for document_id in case.document_ids:
        reading = site.catalogue.publication.readings.get(document_id)
        known = {each.segment: each for each in reading.recommendations} if reading else {}
        for segment in reading.segments if reading else ():
            if segment.kind == SegmentKind.RECOMMENDATION:
                boxes = (
                    reading.frozen.boxes(segment.start_char, segment.end_char) if reading else ()
                )
                page = boxes[0].page if boxes else segment.page_start
                anchor = f"#{segment_anchor(segment.ordinal)}" if boxes else ""
                record = known.get(segment.ordinal)
                found.append(
                    Recommendation(
                        key=segment_key(document_id, segment.ordinal),
                        number=segment.number,
                        text=record.text if record else segment.text,
                        page=page,
                        href=f"{page_path(document_id, page)}{anchor}",
                        addressee=record.addressee if record else "",
                        timescale=record.timescale if record else "",
                    )
                )
    return found

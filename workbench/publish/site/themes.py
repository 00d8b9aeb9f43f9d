"""Practice themes."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.publish.names import stem
from workbench.publish.site.render import Site
from workbench.records import Code, Coding, Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeRow:
    """One practice code: failings and good practice, cases and passages side by side."""

    code: Code
    failing: Finding | None
    good: Finding | None
    n_good_cases: int
    n_good: int
    good_href: str


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

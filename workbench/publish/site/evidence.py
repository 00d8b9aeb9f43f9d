"""One evidence page for each finding: exactly what its numerator counts, passage by passage."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from workbench.publish.denominators.listed import (
    OF_FACTORS,
    OF_INCIDENT,
    Base,
    base_of,
    listed_path,
)
from workbench.publish.labels import STATISTICS
from workbench.publish.names import stem
from workbench.publish.numbers import COUNTED, base_path, is_share
from workbench.publish.site.catalogue import Catalogue
from workbench.publish.site.render import Site
from workbench.records import Case, Code, Coding, Finding

#: On the page of a pair: passages of each factor for one case; the rest is on the factors' pages.
PASSAGES_PER_FACTOR = 3
#: More passages than these are listed by their words alone; their sentences are a click away.
MAX_WHOLE = 200
#: Measures that rest on no passages: silence, and the length of the reviews.
WITHOUT_PASSAGES = frozenset({"not_mentioned", "length_correlation"})
#: Measures that count cases for being of a group or kind, whatever they say.
OF_GROUP = frozenset({"group", "typology_class", "placed", "labelled", "labelled_in_group", "rate",
                      "concentration"})  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorPart:
    """The passages of one factor in one case; the factor is what is counted."""

    code: Code
    passages: Sequence[Markup]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """What is counted of one case on an evidence page."""

    case: Case
    passages: Sequence[Markup] = ()
    factors: Sequence[FactorPart] = ()
    searched: bool = False
    rest: Sequence[tuple[str, str]] = ()  # label and path: all passages of a factor


def write_evidence(site: Site, findings: Iterable[Finding]) -> None:
    """Write ``evidence/<finding_id>.html`` for each finding, and its denominator's page."""
    written: set[str] = set()
    for finding in findings:
        href, label = _back(site.catalogue, finding)
        base = base_of(site.catalogue, finding)
        listed = listed_path(base)
        if listed and listed not in written:
            written.add(listed)
            _write_listed(site, finding, base, listed)
        site.write(
            f"evidence/{stem(finding.finding_id)}.html",
            "evidence.html",
            section=href if "/" not in href else "factors.html",
            finding=finding,
            groups=_groups(site, finding),
            base=() if listed else base,
            listed=listed,
            brief=_in_brief(finding),
            base_path=base_path(finding) if finding.unit == "passages" else "",
            is_share=is_share(finding),
            counts=COUNTED.get(finding.unit, ""),
            statistics=_statistics(finding),
            back_href=href,
            back_label=label,
        )


def _write_listed(site: Site, finding: Finding, base: Sequence[Base], path: str) -> None:
    site.write(path, "denominator.html", section="cases.html", base=base, unit=finding.unit)


def write_passage_bases(site: Site) -> None:
    """Write ``passages/<measure>.html``: all passages that findings of passages are shares of."""
    by_measure: dict[str, list[Finding]] = {}
    for finding in site.catalogue.publication.findings:
        if finding.unit == "passages":
            by_measure.setdefault(finding.measure, []).append(finding)
    for findings in by_measure.values():
        parts = [
            (finding, [site.passage(site.catalogue.codings[key]) for key in finding.coding_ids])
            for finding in findings
            if finding.coding_ids
        ]
        site.write(
            base_path(findings[0]), "passages.html", section="factors.html", parts=parts,
            n=findings[0].denominator,
        )  # fmt: skip


def _groups(site: Site, finding: Finding) -> list[Group]:
    by_case = site.catalogue.group_by_case(finding.coding_ids)
    groups = []
    for case_id in finding.case_ids:
        codings = by_case.get(case_id, [])
        of_factors = finding.unit in OF_FACTORS
        shown = _shortened(codings) if finding.measure == "co_occurrence" else codings
        groups.append(
            Group(
                case=site.catalogue.cases[case_id],
                passages=() if of_factors else site.passages_html(shown, brief=_in_brief(finding)),
                factors=_factor_parts(site, finding, codings) if of_factors else (),
                searched=_counts_silence(finding),
                rest=_rest(site.catalogue, finding, case_id),
            )
        )
    return groups


def _in_brief(finding: Finding) -> bool:
    return len(finding.coding_ids) > MAX_WHOLE


def _counts_silence(finding: Finding) -> bool:
    """Whether a case is counted for what it does not say."""
    none_of_them = finding.measure == "factor_count" and dict(finding.statistics)["most"] == 0
    no_factor = finding.measure == "factors_of_case" and finding.numerator == 0
    silent = finding.measure in WITHOUT_PASSAGES or finding.measure in OF_GROUP
    return none_of_them or no_factor or silent


def _factor_parts(site: Site, finding: Finding, codings: Sequence[Coding]) -> list[FactorPart]:
    codebook = site.catalogue.publication.codebook
    return [
        FactorPart(
            code=codebook.code(code_id),
            passages=site.passages_html(item for item in codings if item.code_id == code_id),
        )
        for code_id in finding.code_ids
    ]


def _rest(catalogue: Catalogue, finding: Finding, case_id: str) -> list[tuple[str, str]]:
    """Where all passages of the case on a pair's factors are."""
    if finding.measure != "co_occurrence":
        return []
    codebook = catalogue.publication.codebook
    return [
        (codebook.code(code_id).label, f"cases/{stem(case_id)}.html#present-{stem(code_id)}")
        for code_id in finding.code_ids
    ]


def _shortened(codings: Sequence[Coding]) -> list[Coding]:
    n_of: dict[str, int] = {}
    kept = []
    for coding in codings:
        n_of[coding.code_id] = n_of.get(coding.code_id, 0) + 1
        if n_of[coding.code_id] <= PASSAGES_PER_FACTOR:
            kept.append(coding)
    return kept


def _statistics(finding: Finding) -> list[tuple[str, str]]:
    named = [name for name in ("p_value", "q_value") if getattr(finding, name) is not None]
    named += [name for name, _ in finding.statistics]
    return [(name, STATISTICS.get(name, name.replace("_", " ").capitalize())) for name in named]


def _back(catalogue: Catalogue, finding: Finding) -> tuple[str, str]:
    """The page that a reader most likely came from, and its name."""
    known = {
        "co_occurrence": ("co-occurrence.html", "Co-occurrence"),
        "factor_set": ("co-occurrence.html", "Co-occurrence"),
        "group": ("groups.html", "Groups and kinds"),
        "in_group": ("groups.html", "Groups and kinds"),
        "typology_class": ("groups.html", "Groups and kinds"),
        "typology_profile": ("groups.html", "Groups and kinds"),
        "crosswalk": ("groups.html", "Groups and kinds"),
        "placed": ("groups.html", "Groups and kinds"),
        "rate": ("groups.html", "Groups and kinds"),
        "concentration": ("groups.html", "Groups and kinds"),
        "labelled": ("groups.html", "Groups and kinds"),
        "labelled_in_group": ("groups.html", "Groups and kinds"),
        "coder_hit": ("groups.html", "Groups and kinds"),
        "aces": ("ace-counts.html", "ACE and factor counts"),
        "aces_uk9": ("ace-counts.html", "ACE and factor counts"),
        "factor_count": ("ace-counts.html", "ACE and factor counts"),
        "length_correlation": ("ace-counts.html", "ACE and factor counts"),
        "good_practice": ("practice.html", "Practice themes"),
        "failing_and_good_practice": ("practice.html", "Practice themes"),
        "mentions_good": ("practice.html", "Practice themes"),
        **dict.fromkeys(
            ("incident_stated", "school_days_stated", *OF_INCIDENT), ("incidents.html", "Incidents")
        ),
    }
    if finding.measure in known:
        return known[finding.measure]
    if len(finding.code_ids) == 1:
        label = catalogue.publication.codebook.code(finding.code_ids[0]).label
        return f"factors/{stem(finding.code_ids[0])}.html", label
    if len(finding.case_ids) == 1:
        title = catalogue.cases[finding.case_ids[0]].title
        return f"cases/{stem(finding.case_ids[0])}.html", title
    return "index.html", "Summary"

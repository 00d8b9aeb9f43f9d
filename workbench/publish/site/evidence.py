"""One evidence page for each finding: exactly what its numerator counts, passage by passage."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from workbench.publish.labels import STATISTICS
from workbench.publish.names import stem
from workbench.publish.numbers import COUNTED, base_path, is_share
from workbench.publish.site.catalogue import Catalogue
from workbench.publish.site.render import Site
from workbench.records import Case, Code, Coding, Finding, SubjectRole

#: On the page of a pair: passages of each factor for one case; the rest is on the factors' pages.
PASSAGES_PER_FACTOR = 3
#: Measures that rest on no passages: silence, and the length of the reviews.
WITHOUT_PASSAGES = frozenset({"not_mentioned", "length_correlation"})
#: Measures that count cases for being of a group or kind, whatever they say.
OF_GROUP = frozenset({"group", "typology_class", "placed", "labelled", "labelled_in_group", "rate",
                      "concentration"})  # fmt: skip
#: Measures over the cases of another finding, whose id stands before this in their own.
INSIDE, SEPARATOR = frozenset({"in_group", "typology_profile", "rate", "concentration",
                               "labelled_in_group", "coder_hit"}), "__"  # fmt: skip
#: Units of which each factor counts once, under its own heading.
OF_FACTORS = frozenset({"factors", "items"})


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """One thing that the denominator counts."""

    key: str
    name: str
    href: str


def write_evidence(site: Site, findings: Iterable[Finding]) -> None:
    """Write ``evidence/<finding_id>.html`` for each finding."""
    for finding in findings:
        href, label = _back(site.catalogue, finding)
        site.write(
            f"evidence/{stem(finding.finding_id)}.html",
            "evidence.html",
            section=href if "/" not in href else "factors.html",
            finding=finding,
            groups=_groups(site, finding),
            base=_base(site.catalogue, finding),
            base_path=base_path(finding) if finding.unit == "passages" else "",
            is_share=is_share(finding),
            counts=COUNTED.get(finding.unit, ""),
            statistics=_statistics(finding),
            back_href=href,
            back_label=label,
        )


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
                passages=() if of_factors else site.passages_html(shown),
                factors=_factor_parts(site, finding, codings) if of_factors else (),
                searched=_counts_silence(finding),
                rest=_rest(site.catalogue, finding, case_id),
            )
        )
    return groups


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


def _base(catalogue: Catalogue, finding: Finding) -> list[Base]:
    """What the denominator counts; empty for passages, which have a page of their own."""
    codebook = catalogue.publication.codebook
    if finding.unit in OF_FACTORS:
        codes = codebook.ace_codes if finding.unit == "items" else codebook.factors
        return [
            Base(key=code.code_id, name=code.label, href=f"factors/{stem(code.code_id)}.html")
            for code in codes
        ]
    if finding.unit != "cases":
        return []
    return [
        Base(key=case.case_id, name=case.title, href=f"cases/{stem(case.case_id)}.html")
        for case in _base_cases(catalogue, finding)
    ]


def _base_cases(catalogue: Catalogue, finding: Finding) -> Sequence[Case]:
    if finding.measure in ("aces", "aces_uk9") and finding.subject_role is not None:
        return catalogue.telling_of(finding.subject_role)
    if finding.measure == "role_pair":
        return catalogue.telling_of(*roles_of_pair(finding))
    if finding.measure in INSIDE:
        of_which = catalogue.findings.get(finding.finding_id.rpartition(SEPARATOR)[0])
        return [catalogue.cases[key] for key in sorted(of_which.case_ids)] if of_which else []
    if finding.measure == "group":
        return _cases_of_grouping(catalogue, finding)
    if finding.measure == "failing_and_good_practice":
        failing = catalogue.finding("prevalence", finding.code_ids)
        return [catalogue.cases[case_id] for case_id in failing.case_ids] if failing else []
    return catalogue.publication.cases


def grouping_of(group: Finding) -> str:
    """What a group is one of: "Region" of the group "Region: Wales"."""
    return group.label.partition(": ")[0]


def _cases_of_grouping(catalogue: Catalogue, finding: Finding) -> list[Case]:
    inside = {
        case_id
        for group in catalogue.of_measure("group")
        if grouping_of(group) == grouping_of(finding)
        for case_id in group.case_ids
    }
    return [case for case in catalogue.publication.cases if case.case_id in inside]


def roles_of_pair(finding: Finding) -> tuple[SubjectRole, ...]:
    """The two roles of a role pair, which only its id names."""
    return next(
        (
            (first, second)
            for first in SubjectRole
            for second in SubjectRole
            if finding.finding_id.endswith(f"-{first}-{second}")
        ),
        (),
    )


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

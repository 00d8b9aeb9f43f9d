"""What the denominator of a finding counts, thing by thing."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from workbench.publish.names import stem
from workbench.publish.site.catalogue import Catalogue
from workbench.records import Case, Finding, SubjectRole

#: A longer list has a page of its own: hundreds of findings are shares of the same cases.
MAX_LISTED = 50
#: Units of which each factor counts once, under its own heading.
OF_FACTORS = frozenset({"factors", "items"})
#: Measures over the cases of another finding, whose id stands before this in their own.
INSIDE, SEPARATOR = frozenset({"in_group", "typology_profile", "rate", "concentration",
                               "labelled_in_group", "coder_hit"}), "__"  # fmt: skip

#: The same, of incidents: over the cases that state what is counted.
OF_INCIDENT = frozenset({"incident", "incident_grid", "incident_after_school", "school_days"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """One thing that the denominator counts."""

    key: str
    name: str
    href: str
    review: str = ""  # of a person: the review that tells of them, perhaps of others too


def listed_path(base: Sequence[Base]) -> str:
    """The page of a long list, from the report's root; the same for the same things.

    Empty for a list that is short enough to stand beside its number.
    """
    if len(base) <= MAX_LISTED:
        return ""
    digest = hashlib.sha256("\n".join(item.key for item in base).encode("utf-8", "replace"))
    return f"denominators/{len(base)}-{digest.hexdigest()[:12]}.html"


def base_of(catalogue: Catalogue, finding: Finding) -> list[Base]:
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
    if finding.measure in INSIDE | OF_INCIDENT:
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

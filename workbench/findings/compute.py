"""All findings of a set of cases, in one order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from workbench.codebook import Codebook
from workbench.findings.aces import ace_findings
from workbench.findings.cooccurrence import cooccurrence_findings, role_pair_findings
from workbench.findings.correction.corrected import corrected_findings
from workbench.findings.correction.equality import equality_findings
from workbench.findings.correction.labels import LabelledCase
from workbench.findings.factor_counts import factor_count_findings
from workbench.findings.length import length_findings
from workbench.findings.patterns.crosswalk import crosswalk_findings
from workbench.findings.patterns.groups import Groups, group_findings
from workbench.findings.patterns.sets import set_findings
from workbench.findings.patterns.typology import typology_findings
from workbench.findings.practice import mention_findings, practice_findings
from workbench.findings.prevalence import prevalence_findings
from workbench.findings.rates.findings import rate_findings
from workbench.findings.table import CaseTable, FindingsSettings
from workbench.records import Case, Coding, Finding

_NO_GROUPS: Groups = MappingProxyType({})


def compute_findings(
    cases: Sequence[Case],
    codings: Mapping[str, Coding],
    codebook: Codebook,
    settings: FindingsSettings | None = None,
    labels: Sequence[LabelledCase] = (),
    groups: Groups = _NO_GROUPS,
) -> tuple[Finding, ...]:
    """Every number that may be published of these cases.

    Args:
        cases: Each review once; their order does not matter.
        codings: All codings by ``coding_id``: those that the states of the cases name, and
            those of good practice, which no state names.
        codebook: The one that the cases were made with.
        settings: Levels, roles and thresholds.
        labels: What humans say of cases, by which prevalences are corrected.
        groups: Grouping -> case id -> group, by which factors are compared.

    Returns:
        Findings with unique ids, in a fixed order: prevalence, corrected prevalence, factor
        counts, ACE items, pairs of factors, sets of factors, pairs of roles, mentions, agency
        practice, length, levels and objectives, groups, rates and
        concentration, the coder's errors by group, kinds of case.
        Where the unit is cases, ``numerator == len(case_ids)``; where it is passages,
        ``len(coding_ids)``; where it is factors or items, ``len(code_ids)``. Empty when there
        are no cases.

    Raises:
        KeyError: A state names a coding that is not in ``codings``.
    """
    if not cases:
        return ()
    table = CaseTable.of(cases, codings, codebook, settings or FindingsSettings())
    return (
        *prevalence_findings(table),
        *corrected_findings(table, labels),
        *factor_count_findings(table),
        *ace_findings(table),
        *cooccurrence_findings(table),
        *set_findings(table),
        *role_pair_findings(table),
        *mention_findings(table),
        *practice_findings(table),
        *length_findings(table),
        *crosswalk_findings(table, codebook.levels, codebook.objectives),
        *group_findings(table, groups),
        *rate_findings(table, groups),
        *equality_findings(table, labels, groups),
        *typology_findings(table),
    )

"""Whether the coder errs alike in all groups, as a table: what it finds, what it claims wrongly."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from workbench.publish.labels import ROLES
from workbench.records import Finding

#: Before the name of the group in the label of a finding.
_GROUP = re.compile(r"of the labelled cases (?:with|without) it, ")
_WITH, _WITHOUT = "labelled-with-", "labelled-without-"


@dataclass(frozen=True, slots=True, kw_only=True)
class EqualityRow:
    """One factor, role and group: of labelled cases with the factor, and of those without."""

    code_id: str
    role: str
    group: str
    found: Finding | None  # None where too few cases of the group were labelled
    claimed: Finding | None

    @property
    def differs(self) -> bool:
        """Whether the coder errs here otherwise than in the other groups."""
        return any(each and "Warning" in each.note for each in (self.found, self.claimed))


def equality_rows(findings: Iterable[Finding]) -> list[EqualityRow]:
    """The findings ``coder_hit`` side by side, in their order."""
    rows: dict[tuple[str, str, str], dict[str, Finding]] = {}
    for finding in findings:
        group = _GROUP.split(finding.label, maxsplit=1)[-1]
        key = (finding.code_ids[0], ROLES[finding.subject_role], group)
        kind = _WITH if finding.finding_id.startswith(_WITH) else _WITHOUT
        rows.setdefault(key, {})[kind] = finding
    return [
        EqualityRow(
            code_id=code_id,
            role=role,
            group=group[:1].upper() + group[1:],
            found=of.get(_WITH),
            claimed=of.get(_WITHOUT),
        )
        for (code_id, role, group), of in rows.items()
    ]

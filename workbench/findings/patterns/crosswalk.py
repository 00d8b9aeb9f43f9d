"""Factors against the levels and objectives of a violence reduction strategy (table T11)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from workbench.findings.table import REVIEWS_ONLY, CaseTable
from workbench.records import Code, Finding


def crosswalk_findings(
    table: CaseTable, levels: Mapping[str, str], objectives: Mapping[str, str]
) -> Iterator[Finding]:
    """For each level and each objective: the cases in which one of its factors is present.

    A factor stands at one level and may serve several objectives; a case counts once for each.
    ``code_ids`` are the factors, ``statistics`` say how many of them any case has.
    """
    for kind, names in (("level", levels), ("objective", objectives)):
        for key, name in names.items():
            codes = [
                code
                for code in table.factors
                if key == code.level or (kind == "objective" and key in code.objectives)
            ]
            if codes:
                yield _finding(table, kind, (key, name), codes)


def _finding(table: CaseTable, kind: str, name: tuple[str, str], codes: Sequence[Code]) -> Finding:
    present = {code.code_id: table.tally(code.code_id, None).present for code in codes}
    places = sorted({place for found in present.values() for place in found})
    code_ids = tuple(present)
    return Finding(
        finding_id=f"crosswalk-{kind}-{name[0].lower()}",
        measure="crosswalk",
        label=f"{name[0]} {name[1]}: at least one of its {len(codes)} factors",
        code_ids=code_ids,
        coding_ids=table.first_passages(code_ids, places),
        statistics=(("n_factors_present", float(sum(map(bool, present.values())))),),
        note=REVIEWS_ONLY,
        **table.share(places).fields,
    )

"""How many factors a review tells of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median

from workbench.findings.table import REVIEWS_ONLY, CaseTable
from workbench.records import Code, Finding

ALL_FACTORS = "all"
#: Counts from here on are put together: "4 or more".
TOP_COUNT = 4


def factor_count_findings(table: CaseTable) -> Iterator[Finding]:
    """The spread of factor counts, for all factors and for each group, and each case's own count.

    For each group: cases with exactly 0, 1, 2 and 3 factors and with 4 or more, as far as the
    group has so many, and cases with at least one. A factor counts once in a case, whoever's it is.
    """
    groups = {ALL_FACTORS: table.factors}
    for group in dict.fromkeys(code.group for code in table.factors):
        groups[group] = tuple(code for code in table.factors if code.group == group)
    present = table.present()
    columns = {code.code_id: column for column, code in enumerate(table.factors)}
    for group, codes in groups.items():
        chosen = present[:, [columns[code.code_id] for code in codes]]
        yield from _spread(table, group, codes, chosen.sum(axis=1).tolist())
    for place, case in enumerate(table.cases):
        codes = tuple(code for code in table.factors if present[place, columns[code.code_id]])
        yield Finding(
            finding_id=f"factors-case-{case.case_id}",
            measure="factors_of_case",
            label=f"Factors present in {case.title}",
            unit="factors",
            numerator=len(codes),
            denominator=len(table.factors),
            estimate=len(codes) / len(table.factors),
            code_ids=tuple(code.code_id for code in codes),
            case_ids=(case.case_id,),
            coding_ids=table.first_passages((code.code_id for code in codes), [place]),
        )


def _spread(
    table: CaseTable, group: str, codes: Sequence[Code], counts: Sequence[int]
) -> Iterator[Finding]:
    words = "factors" if group == ALL_FACTORS else f"{group.replace('_', ' ')} factors"
    code_ids = tuple(code.code_id for code in codes)
    summary = (
        ("median", float(median(counts))),
        ("minimum", float(min(counts))),
        ("maximum", float(max(counts))),
    )
    bands = [(f"exactly_{n}", n, n, f"exactly {n}") for n in range(TOP_COUNT)]
    bands += [(f"at_least_{n}", n, len(codes), f"{n} or more") for n in (1, TOP_COUNT)]
    for name, least, most, band in bands:
        if least > len(codes):
            continue
        places = [place for place, count in enumerate(counts) if least <= count <= most]
        yield Finding(
            finding_id=f"factors-{group}-{name}",
            measure="factor_count",
            label=f"Reviews with {band} of the {len(codes)} {words}",
            code_ids=code_ids,
            coding_ids=table.first_passages(code_ids, places),
            statistics=(("least", float(least)), ("most", float(most)), *summary),
            note=REVIEWS_ONLY,
            **table.share(places).fields,
        )

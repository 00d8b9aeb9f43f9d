"""How many factors a review tells of, and whether longer reviews simply tell of more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median

from workbench.findings.intervals import rank_correlation_interval
from workbench.findings.table import REVIEWS_ONLY, CaseTable
from workbench.records import Code, Finding

ALL_FACTORS = "all"
#: Counts from here on are put together: "4 or more".
TOP_COUNT = 4
LENGTH_WARNING = (
    "Warning: a longer review has more room to mention factors. Where this correlation is "
    "positive, differences in factor counts, and pairs of factors in the same review, are in "
    "part differences in length."
)


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


def length_findings(table: CaseTable) -> Iterator[Finding]:
    """The rank correlation of the factor count with the length of the review.

    Nothing when there are fewer than four cases, or when all have one count or one length: the
    correlation is then not defined. ``estimate`` is Spearman's rho, -1 to 1; numerator and
    denominator are the cases that it rests on.

    Source: Spearman (1904), Am. J. Psychol. 15(1), 72-101; p from Student's t.
    """
    # scipy.stats takes most of a second to import; only this function needs it here.
    from scipy.stats import spearmanr

    counts = table.present().sum(axis=1).tolist()
    lengths = [case.n_words for case in table.cases]
    if table.n_cases < 4 or len(set(counts)) == 1 or len(set(lengths)) == 1:
        return
    result = spearmanr(counts, lengths)
    rho = float(result.statistic)
    low, high = rank_correlation_interval(rho, table.n_cases, table.settings.confidence)
    yield Finding(
        finding_id="length-factor_count",
        measure="length_correlation",
        label="Rank correlation of the number of factors with the length of the review",
        unit="cases",
        numerator=table.n_cases,
        denominator=table.n_cases,
        estimate=rho,
        low=low,
        high=high,
        p_value=float(result.pvalue),
        code_ids=tuple(code.code_id for code in table.factors),
        case_ids=table.case_ids(range(table.n_cases)),
        statistics=(
            ("median_words", float(median(lengths))),
            ("minimum_words", float(min(lengths))),
            ("maximum_words", float(max(lengths))),
        ),
        note=LENGTH_WARNING,
    )

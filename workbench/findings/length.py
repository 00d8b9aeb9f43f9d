"""The length of a review: whether longer ones tell of more."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

from workbench.findings.intervals import rank_correlation_interval
from workbench.findings.table import CaseTable
from workbench.records import Finding

LENGTH_WARNING = (
    "Warning: a longer review has more room to mention factors. Where this correlation is "
    "positive, differences in factor counts, and pairs of factors in the same review, are in "
    "part differences in length."
)


def length_findings(table: CaseTable) -> Iterator[Finding]:
    """The rank correlation of the factor count with the length of the review.

    Nothing when there are fewer than four cases, when all have one count or one length (the
    correlation is then not defined), or when the length of one is not known. ``estimate`` is
    Spearman's rho, -1 to 1; numerator and denominator are the cases that it rests on.

    Source: Spearman (1904), Am. J. Psychol. 15(1), 72-101; p from Student's t.
    """
    # scipy.stats takes most of a second to import; only this function needs it here.
    from scipy.stats import spearmanr

    counts = table.present().sum(axis=1).tolist()
    lengths = [case.n_words for case in table.cases]
    if table.n_cases < 4 or 0 in lengths or len(set(counts)) == 1 or len(set(lengths)) == 1:
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

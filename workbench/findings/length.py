"""The length of a review: whether longer ones tell of more, and pairs among reviews alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median

import numpy as np
from numpy.typing import NDArray

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


def length_adjusted_odds_ratios(
    present: NDArray[np.int64], n_words: Sequence[int]
) -> NDArray[np.float64]:
    """The odds ratio of each pair of factors among reviews of like length.

    The reviews are split at the median length, and the two tables are pooled: a pair that goes
    together only because long reviews mention everything falls back towards 1.

    Args:
        present: 0 or 1, shape ``(n_cases, n_factors)``.
        n_words: The length of each review.

    Returns:
        Shape ``(n_factors, n_factors)``, symmetric; NaN where it is not defined: when all
        reviews have one length, or no review of either half has only one factor of the pair.

    Source: Mantel and Haenszel (1959), J. Natl. Cancer Inst. 22(4), 719-748.
    """
    lengths = np.asarray(n_words)
    shorter = lengths <= np.median(lengths)
    n_factors = present.shape[1]
    if shorter.all():
        return np.full((n_factors, n_factors), np.nan)
    return pooled_odds_ratios([present[shorter], present[~shorter]])


def pooled_odds_ratios(strata: Sequence[NDArray[np.int64]]) -> NDArray[np.float64]:
    """Mantel-Haenszel odds ratios of all pairs of columns; NaN where they are not defined."""
    n_factors = strata[0].shape[1]
    agreeing, differing = np.zeros((2, n_factors, n_factors))
    for present in strata:
        both = present.T @ present
        n_first, n_second = np.diag(both)[:, None], np.diag(both)[None, :]
        neither = len(present) - n_first - n_second + both
        agreeing += both * neither / len(present)
        differing += (n_first - both) * (n_second - both) / len(present)
    ratios: NDArray[np.float64] = np.full((n_factors, n_factors), np.nan)
    np.divide(agreeing, differing, out=ratios, where=differing > 0)
    return ratios

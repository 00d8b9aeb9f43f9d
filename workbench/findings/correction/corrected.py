"""Findings: the prevalence of a factor corrected for the coder's errors, where labels exist."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from workbench.findings.correction.labels import LabelledCase
from workbench.findings.correction.missed import missed_upper_bound
from workbench.findings.correction.prediction_powered import prediction_powered_share
from workbench.findings.correction.rogan_gladen import CoderCounts, rogan_gladen_share
from workbench.findings.intervals import Estimate
from workbench.findings.table import CaseTable, role_words
from workbench.records import Code, Finding, SubjectRole

#: Fewer labelled cases carry no correction.
MIN_LABELLED = 20
SAMPLE = (
    "Corrected by prediction-powered inference from a labelled random sample of the cases. The "
    "interval tells of the choice of reviews and of the coder's errors."
)
CHOSEN = (
    "Corrected by the Rogan-Gladen estimator; the labelled cases were not drawn at random, so it "
    "holds only if the coder errs on them as it does on the others."
)
Statistics = tuple[tuple[str, float], ...]


def corrected_findings(table: CaseTable, labels: Sequence[LabelledCase]) -> Iterator[Finding]:
    """For each factor and role with enough labelled cases: its corrected prevalence.

    ``numerator`` and ``case_ids`` are what the coder counts, ``estimate`` with its interval is
    the corrected share. ``statistics`` hold the naive share with its Wilson interval, the
    coder's sensitivity and specificity on the labels, and, where an audit of silent cases is
    part of the sample, the most cases that the coder may have missed. Labels that carry no
    correction (fewer than twenty; of one kind only and not drawn at random; a coder no better
    than chance) give no finding.
    """
    for code in table.factors:
        of_code = [label for label in labels if label.code_id == code.code_id]
        for role in (None, *SubjectRole):
            of_role = [label for label in of_code if label.subject_role is role]
            if len(of_role) >= MIN_LABELLED:
                yield from _of_role(table, code, role, of_role)


def _of_role(
    table: CaseTable, code: Code, role: SubjectRole | None, labels: Sequence[LabelledCase]
) -> Iterator[Finding]:
    places = table.tally(code.code_id, role).present
    found = set(table.case_ids(places))
    drawn = [label for label in labels if label.inclusion_probability is not None]
    if len(drawn) >= MIN_LABELLED:
        used, note = drawn, SAMPLE
        estimate = _from_sample(table, found, drawn)
    else:
        used, note = list(labels), CHOSEN
        coder = coder_counts(labels, found)
        if coder is None or coder.youden <= 0:
            return
        estimate = rogan_gladen_share(len(found), table.n_cases, coder, table.settings.confidence)
    naive = table.share(places)
    statistics = (
        ("naive_share", naive.estimate),
        ("naive_low", naive.low),
        ("naive_high", naive.high),
        ("n_labelled", float(len(used))),
        *_coder_statistics(used, found),
        *_missed(table, found, drawn),
    )
    counted = naive.fields | {
        "estimate": estimate.value, "low": estimate.low, "high": estimate.high,
    }  # fmt: skip
    yield Finding(
        finding_id=f"corrected-{code.code_id}-{role or 'any'}",
        measure="prevalence_corrected",
        label=f"{code.label} ({role_words(role)}): prevalence corrected for coder error",
        code_ids=(code.code_id,),
        subject_role=role,
        coding_ids=table.first_passages([code.code_id], places, role),
        statistics=statistics,
        note=note,
        **counted,
    )


def coder_counts(labels: Iterable[LabelledCase], found: set[str]) -> CoderCounts | None:
    """The coder (cases in which it found the factor) against labels; None if all are alike."""
    with_it = [label.case_id in found for label in labels if label.present]
    without = [label.case_id not in found for label in labels if not label.present]
    if not with_it or not without:
        return None
    return CoderCounts(
        n_with=len(with_it),
        n_found=sum(with_it),
        n_without=len(without),
        n_left=sum(without),
    )


def _from_sample(table: CaseTable, found: set[str], drawn: Sequence[LabelledCase]) -> Estimate:
    labelled = {label.case_id for label in drawn}
    in_order = sorted(drawn, key=lambda label: label.case_id)
    return prediction_powered_share(
        labels=[float(label.present) for label in in_order],
        predictions=[float(label.case_id in found) for label in in_order],
        other_predictions=[
            float(case.case_id in found) for case in table.cases if case.case_id not in labelled
        ],
        inclusion=[label.inclusion_probability or 0.0 for label in in_order],
        confidence=table.settings.confidence,
    )


def _coder_statistics(labels: Sequence[LabelledCase], found: set[str]) -> Statistics:
    coder = coder_counts(labels, found)
    if coder is None:
        return ()
    return (("sensitivity", coder.sensitivity), ("specificity", coder.specificity))


def _missed(table: CaseTable, found: set[str], drawn: Sequence[LabelledCase]) -> Statistics:
    """The bound for missed cases, if the silent cases of the sample had all the same chance."""
    audited = [label for label in drawn if label.case_id not in found]
    if not audited or len({label.inclusion_probability for label in audited}) > 1:
        return ()
    n_silent = table.n_cases - len(found)
    n_missed = sum(label.present for label in audited)
    bound = missed_upper_bound(n_silent, len(audited), n_missed, table.settings.confidence)
    return (
        ("n_silent", float(n_silent)),
        ("n_audited", float(len(audited))),
        ("n_missed_in_audit", float(n_missed)),
        ("n_missed_at_most", float(bound)),
    )

"""What an evaluation says of systems that are perfect, empty or nearly right."""

from __future__ import annotations

from dataclasses import replace

import pytest
from evaluation_examples import make_truth, truth_coding
from evaluation_systems import (
    PERFECT,
    QUICK,
    TRUTH,
    empty_reading,
    make_document,
    measured,
    perfect_case,
    perfect_reading,
    system_coding,
    value,
    with_codings,
)
from hypothesis import given
from hypothesis import strategies as st

from workbench.learn.evaluation import Evaluation, evaluate, incident
from workbench.learn.evaluation.journey import agencies, events
from workbench.records import (
    DocumentStatus,
    Reading,
)

#: Measures of a perfect system that are not shares of right things.
ZERO_IS_BEST = {
    "running.body_lost",
    "calibration.brier",
    "calibration.error",
    "ace.difference",
    "ace.bias",
}
#: Nothing to find, in one document and without lines on a page.
NOT_IN_THE_EXAMPLE = {
    "states.links.recall", "running.words.recall", "codings.suspected.recall",
    "chronology.printed.recall", "chronology.told.recall", "chronology.all.recall",
    "agencies.named.recall", *(f"incident.{key}" for key in incident.LABELS),
}  # fmt: skip


def test_a_perfect_system_has_one_everywhere() -> None:
    evaluation = measured(PERFECT, cases=[perfect_case([TRUTH])])
    wrong = {
        measure.key: measure.value
        for section in evaluation.sections
        for measure in section.measures
        if measure.value not in ({0.0} if measure.key in ZERO_IS_BEST else {1.0, None})
    }
    assert wrong == {}
    undefined = {
        measure.key
        for section in evaluation.sections
        for measure in section.measures
        if measure.value is None
    }
    # One document has no pair of documents, and the example lacks what these count.
    assert undefined == {
        "states.links.precision",
        "states.links.recall",
        "rows.table_rows",
        "codings.suspected.precision",
        "codings.suspected.recall",
        "codings.suspected.f1",
        "codings.affirmed.macro_f1",
        "events.date",
        "events.date.read",
        "events.day_month",
        *(f"chronology.{key}" for key in events.LABELS),
        *(f"agencies.{key}" for key in agencies.LABELS),
        *(f"incident.{key}" for key in incident.LABELS),
    }


@pytest.mark.parametrize(
    "reading",
    [
        pytest.param(empty_reading(TRUTH), id="an empty reading"),
        pytest.param(None, id="no reading at all"),
    ],
)
def test_an_empty_system_has_no_recall_and_no_precision(reading: Reading | None) -> None:
    evaluation = measured(reading)
    recalls = [
        measure
        for section in evaluation.sections
        for measure in section.measures
        if measure.key.endswith((".recall", ".found")) and measure.key not in NOT_IN_THE_EXAMPLE
    ]
    precisions = [
        measure
        for section in evaluation.sections
        for measure in section.measures
        if measure.key.endswith(".precision")
    ]
    assert len(recalls) == 12
    assert {measure.value for measure in recalls} == {0.0}
    assert len(precisions) == 25
    assert {measure.value for measure in precisions} == {None}
    assert value(evaluation, "sections.section_role") is None
    assert value(evaluation, "codings.affirmed.f1") == 0.0


def test_a_scan_is_judged_by_its_status_only() -> None:
    scan = make_truth(status="needs_ocr")
    reading = replace(
        empty_reading(scan), document=make_document(scan, status=DocumentStatus.NEEDS_OCR)
    )
    evaluation = measured(reading, scan)
    assert value(evaluation, "documents.status") == 1.0
    assert evaluation.measure("codings.affirmed.recall").n == 0
    assert not evaluation.documents[0].content_measured
    assert value(measured(empty_reading(scan), scan), "documents.status") == 0.0


def test_a_scan_that_was_recognised_is_judged_like_any_other() -> None:
    scan = make_truth(status="needs_ocr")
    evaluation = measured(perfect_reading(scan), scan)
    assert value(evaluation, "documents.status") == 1.0
    assert value(evaluation, "documents.title") == 1.0
    assert value(evaluation, "codings.affirmed.recall") == 1.0
    assert evaluation.documents[0].content_measured


def test_the_same_input_in_any_order_gives_the_same_evaluation() -> None:
    truths = [make_truth(f"T{number}", f"T{number}") for number in range(4)]
    readings = {truth.truth_id: perfect_reading(truth) for truth in truths[:3]}
    cases = [perfect_case([truth]) for truth in truths]
    forwards = evaluate(readings, cases, truths, QUICK)
    turned = {
        truth_id: replace(reading, codings=reading.codings[::-1], segments=reading.segments[::-1])
        for truth_id, reading in reversed(readings.items())
    }
    assert evaluate(turned, cases[::-1], truths[::-1], QUICK) == forwards


@given(st.sets(st.integers(0, 4)), st.integers(0, 4), st.booleans())
def test_a_further_correct_coding_never_lowers_recall(
    chosen: set[int], further: int, noisy: bool
) -> None:
    noise = (
        system_coding(PERFECT, TRUTH, truth_coding(3, "school", "self_harm")),
        system_coding(PERFECT, TRUTH, truth_coding(1, "drank", "ace_parental_separation")),
    )

    def evaluation(numbers: set[int]) -> Evaluation:
        reading = with_codings(PERFECT, TRUTH, [TRUTH.codings[n] for n in sorted(numbers)])
        return measured(replace(reading, codings=reading.codings + noise * noisy))

    before, after = evaluation(chosen), evaluation(chosen | {further})
    for key in ("codings.affirmed.recall", "codings.any.recall"):
        low, high = value(before, key), value(after, key)
        assert low is not None
        assert high is not None
        assert high >= low

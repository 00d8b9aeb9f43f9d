"""Codings that are nearly right, and what they are charged with."""

from __future__ import annotations

from dataclasses import replace

import pytest
from evaluation_examples import make_truth, truth_coding
from evaluation_systems import (
    PERFECT,
    QUICK,
    TRUTH,
    added,
    measured,
    perfect_reading,
    system_coding,
    value,
    with_coding,
)

from workbench.learn.evaluation import evaluate
from workbench.records import (
    Assertion,
    SubjectRole,
    Temporality,
    Valence,
)


def test_the_right_code_on_the_wrong_paragraph_is_wrong_and_missed() -> None:
    footnote = PERFECT.segments[4]
    moved = with_coding(
        1,
        segment=footnote.ordinal,
        start_char=footnote.start_char,
        end_char=footnote.start_char + 10,
        text=footnote.text[:10],
    )
    evaluation = measured(moved)
    assert value(evaluation, "codings.affirmed.precision") == pytest.approx(3 / 4)
    assert value(evaluation, "codings.affirmed.recall") == pytest.approx(3 / 4)
    errors = {row[0]: row[1:] for row in evaluation.table("codings.errors").rows}
    assert errors["affirmed within 2 paragraphs"] == (1, 1)


def test_the_right_words_with_another_assertion_are_found_but_not_affirmed() -> None:
    evaluation = measured(with_coding(1, assertion=Assertion.SUSPECTED))
    assert value(evaluation, "codings.affirmed.precision") == 1.0
    assert value(evaluation, "codings.affirmed.recall") == pytest.approx(3 / 4)
    assert value(evaluation, "codings.any.f1") == 1.0
    assert value(evaluation, "matched.assertion") == pytest.approx(4 / 5)
    table = evaluation.table("matched.assertions")
    affirmed = dict(zip(table.columns, table.rows[0], strict=True))
    assert affirmed == {"truth \\ system": "affirmed", "affirmed": 3, "suspected": 1, "negated": 0}


def test_calling_a_denied_factor_affirmed_is_a_false_positive() -> None:
    evaluation = measured(with_coding(2, assertion=Assertion.AFFIRMED))
    assert value(evaluation, "codings.affirmed.precision") == pytest.approx(4 / 5)
    assert value(evaluation, "codings.affirmed.recall") == 1.0
    errors = {row[0]: row[1:] for row in evaluation.table("codings.errors").rows}
    assert errors["same paragraph, other assertion"] == (1, 0)


def test_an_optional_coding_is_neither_right_nor_wrong() -> None:
    optional = system_coding(PERFECT, TRUTH, TRUTH.optional_codings[0], score=0.1)
    evaluation, perfect = measured(added(optional)), measured(PERFECT)
    assert evaluation.section("codings") == perfect.section("codings")
    assert evaluation.section("calibration") == perfect.section("calibration")


@pytest.mark.parametrize(
    ("paragraph", "assertion"),
    [
        pytest.param(1, Assertion.AFFIRMED, id="in another paragraph"),
        pytest.param(5, Assertion.SUSPECTED, id="optional as suspected only"),
    ],
)
def test_an_optional_coding_excuses_no_more_than_itself(
    paragraph: int, assertion: Assertion
) -> None:
    quote = "school"
    truth = replace(
        TRUTH, optional_codings=(truth_coding(5, quote, "ap_record_keeping", assertion=assertion),)
    )
    coding = system_coding(PERFECT, truth, truth_coding(paragraph, quote, "ap_record_keeping"))
    evaluation = measured(added(coding), truth)
    assert value(evaluation, "codings.affirmed.precision") == pytest.approx(4 / 5)


def test_a_code_counts_once_for_a_paragraph() -> None:
    again = replace(PERFECT.codings[0], subject_role=SubjectRole.PARENT_CARER)
    evaluation = measured(added(again))
    assert evaluation.section("codings") == measured(PERFECT).section("codings")
    assert value(evaluation, "matched.role") == 1.0


def test_a_coding_on_running_matter_is_wrong() -> None:
    header = PERFECT.segments[0]
    coding = replace(
        PERFECT.codings[0],
        segment=0,
        start_char=header.start_char,
        end_char=header.end_char,
        text=header.text,
    )
    evaluation = measured(added(coding))
    assert value(evaluation, "codings.affirmed.precision") == pytest.approx(4 / 5)
    errors = {row[0]: row[1:] for row in evaluation.table("codings.errors").rows}
    assert errors["outside all paragraphs of the truth"] == (1, 0)


@pytest.mark.parametrize(
    ("change", "key", "expected"),
    [
        pytest.param({"subject_role": SubjectRole.PEER}, "matched.role", 3 / 4, id="role"),
        pytest.param({"subject_role": SubjectRole.PEER}, "matched.role.all_codes", 4 / 5, id="all"),
        pytest.param({"temporality": Temporality.CURRENT}, "matched.temporality", 4 / 5, id="time"),
        pytest.param({"person_id": "P2"}, "matched.person", 3 / 4, id="another person"),
        pytest.param({"person_id": ""}, "matched.person", 1.0, id="no person is not a wrong one"),
        pytest.param({"person_id": ""}, "matched.person.named", 3 / 4, id="but not a named one"),
    ],
)
def test_what_is_said_of_a_code_is_judged_by_itself(
    change: dict[str, object], key: str, expected: float
) -> None:
    evaluation = measured(with_coding(0, **change))
    assert value(evaluation, key) == pytest.approx(expected)
    assert value(evaluation, "codings.affirmed.f1") == 1.0


def test_practice_codes_are_left_out_of_the_role_but_judged_for_valence() -> None:
    evaluation = measured(with_coding(4, subject_role=SubjectRole.VICTIM, valence=Valence.POSITIVE))
    assert value(evaluation, "matched.role") == 1.0
    assert value(evaluation, "matched.role.all_codes") == pytest.approx(4 / 5)
    assert evaluation.measure("matched.valence").n == 1
    assert value(evaluation, "matched.valence") == 0.0


def test_highlighted_words_are_compared_word_by_word() -> None:
    coding = PERFECT.codings[0]  # "a father who drank heavily"
    words = "father who"
    start_char = coding.start_char + coding.text.index(words)
    evaluation = measured(
        with_coding(0, start_char=start_char, end_char=start_char + len(words), text=words)
    )
    assert value(evaluation, "matched.words.overlap") == 1.0
    assert value(evaluation, "matched.words.iou") == pytest.approx((4 + 2 / 5) / 5)


def test_codes_are_counted_by_the_section_the_truth_gives_them() -> None:
    advice = truth_coding(6, "a child that is excluded", "school_exclusion")
    evaluation = measured(added(system_coding(PERFECT, TRUTH, advice)))
    rows = {row[0]: row[1:4] for row in evaluation.table("codings.sections").rows}
    assert rows == {"facts": (3, 3, 3), "findings": (1, 1, 1), "recommendations": (0, 1, 0)}


def test_denied_codes_are_judged_as_denied() -> None:
    evaluation = measured(with_coding(1, assertion=Assertion.NEGATED))
    assert value(evaluation, "codings.negated.precision") == pytest.approx(1 / 2)
    assert value(evaluation, "codings.negated.recall") == 1.0
    assert value(evaluation, "codings.suspected.f1") is None


def test_the_mean_over_codes_takes_only_codes_with_support() -> None:
    truths = [make_truth(f"T{n}", f"T{n}") for n in range(5)]
    readings = {truth.truth_id: perfect_reading(truth) for truth in truths}
    without_first = replace(readings["T0"], codings=readings["T0"].codings[1:])
    measure = evaluate({**readings, "T0": without_first}, (), truths, QUICK).measure(
        "codings.affirmed.macro_f1"
    )
    assert measure.n == 4  # codes; the denied one is not affirmed
    assert measure.value == pytest.approx((3 + 8 / 9) / 4)
    assert [unit.value for unit in measure.units] == [0.75, 1.0, 1.0, 1.0, 1.0]

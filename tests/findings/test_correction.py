"""Prevalence corrected for the coder's errors, against published examples."""

from __future__ import annotations

import pytest
from finding_making import corpus, findings_of
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.findings.correction import (
    CoderCounts,
    LabelledCase,
    missed_upper_bound,
    prediction_powered_share,
    rogan_gladen,
    rogan_gladen_share,
)

CODE = "alcohol_misuse"


@pytest.mark.parametrize(
    ("apparent", "sensitivity", "specificity", "expected"),
    [
        # Manual of the R package epiR, epi.prev: 23 of 150 cows, published as 5.1 in 100.
        pytest.param(23 / 150, 0.96, 0.89, 0.051, id="brucellosis"),
        # The same manual, data of Moujaber et al. (2008): 6 of 151, published as 0.
        pytest.param(6 / 151, 0.964, 0.927, 0.0, id="below the false alarms"),
        pytest.param(0.42, 1.0, 1.0, 0.42, id="a perfect coder changes nothing"),
        pytest.param(0.99, 0.9, 0.99, 1.0, id="never above 1"),
    ],
)
def test_rogan_gladen_gives_the_published_prevalence(
    apparent: float, sensitivity: float, specificity: float, expected: float
) -> None:
    assert rogan_gladen(apparent, sensitivity, specificity) == pytest.approx(expected, abs=5e-4)


def test_a_coder_no_better_than_chance_is_refused() -> None:
    with pytest.raises(ValueError, match="says nothing of the prevalence"):
        rogan_gladen(0.3, 0.6, 0.4)


def test_the_interval_grows_with_the_doubt_about_the_coder() -> None:
    # epiR prints 0 to 13 in 100 where sensitivity and specificity are known exactly.
    known = CoderCounts(n_with=96_000, n_found=92_160, n_without=100_000, n_left=89_000)
    measured = CoderCounts(n_with=25, n_found=24, n_without=100, n_left=89)
    sure = rogan_gladen_share(23, 150, known)
    unsure = rogan_gladen_share(23, 150, measured)
    assert sure.low == pytest.approx(0, abs=0.005)
    assert sure.high == pytest.approx(0.13, abs=0.01)
    assert unsure.high - unsure.low > sure.high - sure.low
    assert rogan_gladen_share(23, 150, measured) == unsure


@pytest.mark.parametrize(
    ("counts", "message"),
    [
        pytest.param((5, 6, 5, 5), "not counts of a coder", id="more found than there are"),
        pytest.param((0, 0, 5, 5), "with and without", id="no case has it"),
        pytest.param((5, 5, 0, 0), "with and without", id="every case has it"),
    ],
)
def test_counts_that_cannot_be_are_refused(counts: tuple[int, int, int, int], message: str) -> None:
    n_with, n_found, n_without, n_left = counts
    with pytest.raises(ValueError, match=message):
        CoderCounts(n_with=n_with, n_found=n_found, n_without=n_without, n_left=n_left)


LABELS = [1.0] * 12 + [0.0] * 28
PREDICTIONS = [1.0] * 10 + [0.0] * 2 + [1.0] * 3 + [0.0] * 25
OTHERS = [1.0] * 90 + [0.0] * 210


def test_the_prediction_powered_share_is_that_of_its_authors_package() -> None:
    # ppi-python 0.2.3 (Angelopoulos et al.), ppi_mean_pointestimate with its own tuning:
    # 0.28411654; ppi_mean_ci gives 0.1785 to 0.3897, a normal interval of width 0.2112.
    made = prediction_powered_share(LABELS, PREDICTIONS, OTHERS)
    assert made.value == pytest.approx(0.28411654, abs=1e-8)
    assert made.high - made.low == pytest.approx(0.2112, rel=0.06)


def test_weights_undo_a_sample_that_prefers_what_the_coder_finds() -> None:
    # Every found case labelled, one in ten of the others: 20 of 22 silent ones are right.
    labels = [1.0] * 30 + [0.0] * 10 + [1.0] * 2 + [0.0] * 18
    predictions = [1.0] * 40 + [0.0] * 20
    inclusion = [1.0] * 40 + [0.1] * 20
    weighted = prediction_powered_share(labels, predictions, [0.0] * 180, inclusion)
    plain = prediction_powered_share(labels, predictions, [0.0] * 180)
    truth = (30 + 2 * 10) / 240
    assert weighted.low < truth < weighted.high
    assert weighted.value == pytest.approx(truth)
    assert abs(plain.value - truth) > 0.1


def test_labels_of_all_cases_are_their_own_share() -> None:
    made = prediction_powered_share(LABELS, PREDICTIONS, [])
    assert made.value == pytest.approx(12 / 40)


@pytest.mark.parametrize("chance", [0.0, -0.1, 1.2])
def test_a_chance_that_is_none_is_refused(chance: float) -> None:
    with pytest.raises(ValueError, match="above 0 and at most 1"):
        prediction_powered_share([1, 0], [1, 0], [1], [0.5, chance])


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=2, max_size=30), st.data())
def test_the_order_of_labels_does_not_matter(
    pairs: list[tuple[bool, bool]], data: st.DataObject
) -> None:
    mixed = data.draw(st.permutations(pairs))
    one, other = (
        prediction_powered_share([y for y, _ in some], [f for _, f in some], [1.0, 0.0, 0.0])
        for some in (pairs, mixed)
    )
    assert one == pytest.approx(other)
    assert 0 <= one.low <= one.value <= one.high <= 1


@pytest.mark.parametrize(
    ("n", "upper"),
    # Hanley and Lippman-Hand (1983), J. Am. Med. Assoc. 249, 1743-1745: none seen among n;
    # the exact bound is 1 - 0.05 ** (1 / n), the rule of three 3 / n.
    [(14, 0.193), (30, 0.095), (100, 0.030)],
)
def test_none_missed_in_an_audit_bounds_the_missed_as_published(n: int, upper: float) -> None:
    assert missed_upper_bound(1_000_000, n, 0) / 1_000_000 == pytest.approx(upper, abs=5e-4)


def test_a_full_audit_leaves_no_doubt_and_none_leaves_all() -> None:
    assert missed_upper_bound(50, 50, 3) == 3
    assert missed_upper_bound(50, 0, 0) == 50


@settings(max_examples=50)
@given(st.integers(1, 60), st.data())
def test_reading_more_silent_cases_never_raises_the_bound(
    n_silent: int, data: st.DataObject
) -> None:
    n_audited = data.draw(st.integers(0, n_silent - 1))
    assert missed_upper_bound(n_silent, n_audited + 1, 0) <= missed_upper_bound(
        n_silent, n_audited, 0
    )


def labelled(n: int, wrong: set[int], chance: float | None) -> list[LabelledCase]:
    """The first ``n`` cases; every second one has the factor, but for the wrong ones."""
    return [
        LabelledCase(
            case_id=f"c{place:02d}", code_id=CODE, subject_role=None,
            present=(place % 2 == 0) != (place in wrong), inclusion_probability=chance,
        )
        for place in range(n)
    ]  # fmt: skip


def test_a_labelled_sample_corrects_the_share_and_says_how() -> None:
    cases, codings = corpus({CODE: [f"c{n:02d}" for n in range(0, 80, 2)]}, 80)
    labels = labelled(40, {0, 2, 4, 6, 1}, 0.5)
    found = findings_of(cases, codings, labels=labels)[f"corrected-{CODE}-any"]
    said = dict(found.statistics)
    assert (found.numerator, found.denominator, said["naive_share"]) == (40, 80, 0.5)
    assert found.estimate == pytest.approx(17 / 40)
    assert (found.low or 0.0) < 0.4 < (found.high or 0.0)
    assert said["n_labelled"] == 40
    assert (said["sensitivity"], said["specificity"]) == pytest.approx((16 / 17, 19 / 23))
    assert (said["n_silent"], said["n_audited"], said["n_missed_in_audit"]) == (40, 20, 1)
    assert said["n_missed_at_most"] == missed_upper_bound(40, 20, 1)
    assert "labelled random sample" in found.note


def test_labels_that_were_chosen_correct_by_the_coders_errors() -> None:
    cases, codings = corpus({CODE: [f"c{n:02d}" for n in range(0, 80, 2)]}, 80)
    found = findings_of(cases, codings, labels=labelled(40, {0, 2, 4, 6, 1}, None))
    made = found[f"corrected-{CODE}-any"]
    expected = rogan_gladen(0.5, 16 / 17, 19 / 23)
    assert made.estimate == pytest.approx(expected)
    assert "not drawn at random" in made.note


@pytest.mark.parametrize(
    "labels",
    [
        pytest.param(labelled(19, set(), 0.5), id="too few"),
        pytest.param(labelled(40, set(range(40)), None), id="a coder that is always wrong"),
        pytest.param(labelled(40, set(range(0, 40, 2)), None), id="no case has it"),
    ],
)
def test_labels_that_carry_no_correction_give_none(labels: list[LabelledCase]) -> None:
    cases, codings = corpus({CODE: [f"c{n:02d}" for n in range(0, 80, 2)]}, 80)
    assert f"corrected-{CODE}-any" not in findings_of(cases, codings, labels=labels)

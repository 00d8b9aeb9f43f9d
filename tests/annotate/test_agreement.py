"""Agreement of coders at every level, with what is said of it."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import replace

import pytest
from coder_work import coded, mark, two_coders

from workbench.annotate.agreement import (
    AgreementSettings,
    RatingTable,
    measure_codings,
    measure_ratings,
    to_csv,
    to_plain,
    to_text,
)
from workbench.annotate.agreement.reading import read_figure
from workbench.annotate.statistics.resampling import Estimate
from workbench.errors import InputError

QUICK = AgreementSettings(n_resamples=200)


def values(estimates: dict[str, Estimate] | object, name: str) -> float | None:
    return estimates[name].value  # type: ignore[index]


def test_segments_are_compared_code_by_code() -> None:
    found = measure_codings(two_coders(), QUICK)
    figure = found.figure("segment", "debt")
    # 24 units: 9 both, 3 only A, 12 neither.
    assert (figure.n_units, figure.n_marked, figure.n_documents) == (24, 12, 12)
    assert figure.prevalence.value == pytest.approx(21 / 48)
    assert values(figure.estimates, "raw_agreement") == pytest.approx(21 / 24)
    assert values(figure.estimates, "positive_agreement") == pytest.approx(18 / 21)
    assert values(figure.estimates, "negative_agreement") == pytest.approx(24 / 27)
    by_chance = (12 * 9 + 12 * 15) / 24**2
    kappa = (21 / 24 - by_chance) / (1 - by_chance)
    assert values(figure.estimates, "cohen_kappa") == pytest.approx(kappa)


def test_every_figure_has_an_interval_around_it_and_the_same_one_each_time() -> None:
    one, other = measure_codings(two_coders(), QUICK), measure_codings(two_coders(), QUICK)
    assert to_plain(one) == to_plain(other)
    for estimate in one.figure("segment", "debt").estimates.values():
        assert estimate.value is not None
        assert estimate.low is not None
        assert estimate.high is not None
        assert estimate.low <= estimate.value <= estimate.high


def test_a_case_has_a_code_when_any_of_its_units_has() -> None:
    units = [
        coded("A", "d1", "u1", mark("debt")), coded("A", "d1", "u2"),
        coded("B", "d1", "u1"), coded("B", "d1", "u2", mark("debt")),
        coded("A", "d2", "u1"), coded("B", "d2", "u1", mark("debt")),
    ]  # fmt: skip
    found = measure_codings(units, QUICK)
    assert values(found.figure("segment", "debt").estimates, "positive_agreement") == 0
    assert values(found.figure("case", "debt").estimates, "raw_agreement") == pytest.approx(1 / 2)


def test_several_documents_of_one_case_are_one_case() -> None:
    units = [
        replace(unit, case_id="c1")
        for unit in (
            coded("A", "d1", "u1", mark("debt")), coded("A", "d2", "u1"),
            coded("B", "d1", "u1"), coded("B", "d2", "u1", mark("debt")),
        )
    ]  # fmt: skip
    figure = measure_codings(units, QUICK).figure("case", "debt")
    assert (figure.n_units, values(figure.estimates, "raw_agreement")) == (1, 1.0)


def test_a_coder_who_saw_a_part_of_a_case_is_not_compared_on_it() -> None:
    units = [
        coded("A", "d1", "u1"), coded("A", "d1", "u2", mark("debt")),
        coded("B", "d1", "u1"), coded("C", "d1", "u2"),
    ]  # fmt: skip
    found = measure_codings(units, QUICK)
    assert [figure.level for figure in found.figures] == ["segment", "segment"]
    assert any("1 of 1 case(s) are not compared" in note for note in found.notes)


def test_spans_are_compared_by_character_and_by_span() -> None:
    figure = measure_codings(two_coders(spans=True), QUICK).figure("span", "debt")
    # A marks 0-10 in 12 units, B 4-12 in 9 of them: 6 characters shared of 100 in each document.
    assert (figure.n_units, figure.n_marked) == (1200, 9 * 12 + 3 * 10)
    assert values(figure.estimates, "positive_agreement") == pytest.approx(
        2 * 9 * 6 / (12 * 10 + 9 * 8)
    )
    assert values(figure.estimates, "span_f1") == pytest.approx(18 / 21)
    assert values(figure.estimates, "span_f1_exact") == 0


def test_spans_are_left_out_with_a_reason_where_offsets_are_missing() -> None:
    found = measure_codings(two_coders(), QUICK)
    assert all(figure.level != "span" for figure in found.figures)
    assert any("21 of 21 mark(s) have no offsets" in note for note in found.notes)


def test_units_of_one_coder_are_said_and_not_compared() -> None:
    units = [*two_coders(), coded("A", "d99", "u1", mark("debt"))]
    found = measure_codings(units, QUICK)
    assert found.figure("segment", "debt").n_units == 24
    assert found.notes[0].startswith("1 unit(s) were coded by one coder only")


@pytest.mark.parametrize(
    "units",
    [
        pytest.param([], id="nobody"),
        pytest.param([coded("A", "d1", "u1", mark("debt"))], id="one coder"),
        pytest.param([coded("A", "d1", "u1"), coded("B", "d1", "u2")], id="nothing shared"),
    ],
)
def test_nothing_to_compare_is_an_error_that_says_what_to_check(units: list[object]) -> None:
    with pytest.raises(InputError, match="ids of documents and units are the same"):
        measure_codings(units, QUICK)  # type: ignore[arg-type]


def test_coders_who_found_nothing_at_all_have_no_figures_and_no_error() -> None:
    units = [coded(coder, f"d{at}", "u1") for coder in "AB" for at in range(6)]
    found = measure_codings(units, QUICK, known_codes=["debt", "gambling"])
    assert (found.figures, found.n_unused_codes) == ((), 2)
    assert "2 code(s) were used by nobody" in to_text(found)


def test_only_affirmed_marks_count_when_asked() -> None:
    units = [
        coded("A", "d1", "u1", mark("debt", assertion="negated")),
        coded("B", "d1", "u1", mark("debt", assertion="affirmed")),
        coded("A", "d1", "u2"), coded("B", "d1", "u2"),
    ]  # fmt: skip
    anyhow = measure_codings(units, QUICK)
    strict = measure_codings(units, replace(QUICK, only_affirmed=True))
    assert values(anyhow.figure("segment", "debt").estimates, "raw_agreement") == 1
    assert values(strict.figure("segment", "debt").estimates, "raw_agreement") == 0.5


def test_weeks_show_when_agreement_falls() -> None:
    found = measure_codings(two_coders(), QUICK)
    assert [week.week for week in found.weeks] == ["2026-W06", "2026-W07"]
    assert [week.n_units for week in found.weeks] == [14, 10]
    first = found.weeks[0].positive_agreement.value
    last = found.weeks[1].positive_agreement.value
    assert first is not None
    assert last is not None
    assert found.drift.value == pytest.approx(last - first)


def test_three_coders_are_compared_two_by_two() -> None:
    units = [*two_coders(), *(replace(u, coder="C") for u in two_coders() if u.coder == "A")]
    found = measure_codings(units, QUICK)
    kappas = {pair.coders: pair.cohen_kappa.value for pair in found.pairs}
    assert set(kappas) == {("A", "B"), ("A", "C"), ("B", "C")}
    assert kappas["A", "C"] == pytest.approx(1)
    mean = sum(value or 0 for value in kappas.values()) / 3
    whole = found.figure("segment", "debt").estimates["cohen_kappa"].value
    assert whole == pytest.approx(mean)


def test_the_table_has_prevalence_beside_every_figure_and_no_formula() -> None:
    units = [replace(u, marks=tuple(mark("=1+1") for _ in u.marks)) for u in two_coders()]
    rows = list(csv.DictReader(io.StringIO(to_csv(measure_codings(units, QUICK)))))
    assert {row["code"] for row in rows} == {"(all)", "'=1+1"}
    assert all(row["prevalence_value"] and row["n_documents"] for row in rows)


def test_the_text_says_what_the_figures_mean() -> None:
    text = to_text(measure_codings(two_coders(), QUICK))
    assert "Where one coder marks it, another does so in 86 of 100." in text
    assert "| debt |" in text
    assert "Week by week" in text


def alpha_of(
    value: float, low: float | None = None, high: float | None = None
) -> dict[str, Estimate]:
    return {
        "raw_agreement": Estimate(0.9),
        "positive_agreement": Estimate(0.8),
        "krippendorff_alpha": Estimate(value, low, high),
    }


@pytest.mark.parametrize(
    ("estimates", "share", "n_marked", "n_documents", "words"),
    [
        pytest.param(alpha_of(0.9, 0.82, 0.95), 0.3, 50, 30, "reliable.", id="reliable"),
        pytest.param(alpha_of(0.9, 0.7, 0.95), 0.3, 50, 30, "reaches lower", id="unsure"),
        pytest.param(alpha_of(0.7, 0.6, 0.8), 0.3, 50, 30, "tentative", id="tentative"),
        pytest.param(alpha_of(0.5, 0.4, 0.6), 0.3, 50, 30, "not reliable", id="not reliable"),
        pytest.param(alpha_of(1.0), 0.3, 4, 30, "too few to judge", id="four marks"),
        pytest.param(alpha_of(1.0), 0.3, 50, 30, "first impression", id="no interval"),
        pytest.param(alpha_of(0.9, 0.8, 1.0), 0.01, 50, 30, "Rare (1.0%", id="rare"),
        pytest.param(alpha_of(0.9, 0.8, 1.0), 0.99, 50, 30, "Nearly always", id="common"),
        pytest.param(alpha_of(0.9, 0.8, 1.0), 0.3, 50, 3, "too few for an interval", id="3 docs"),
        pytest.param(alpha_of(0.9, 0.8, 1.0), 0.3, 50, 7, "itself uncertain", id="7 documents"),
    ],
)
def test_readings_are_careful(
    estimates: dict[str, Estimate], share: float, n_marked: int, n_documents: int, words: str
) -> None:
    assert words in read_figure(Estimate(share), estimates, n_marked, n_documents)


def rating_table(rows: Sequence[tuple[str, ...]]) -> RatingTable:
    names = tuple(f"u{at}" for at in range(len(rows)))
    return RatingTable(
        coders=tuple(f"r{at}" for at in range(len(rows[0]))),
        unit_ids=names, document_ids=names, values=tuple(rows), dates=(None,) * len(rows),
    )  # fmt: skip


def test_ratings_are_compared_whole_and_category_by_category() -> None:
    rows = [("x", "x"), ("x", "y"), ("y", "y"), ("z", "z"), ("z", ""), ("y", "y")]
    found = measure_ratings(rating_table(rows), QUICK)
    whole = found.figure("unit")
    assert whole.n_units == 5
    assert values(whole.estimates, "raw_agreement") == pytest.approx(4 / 5)
    assert values(found.figure("unit", "x").estimates, "positive_agreement") == pytest.approx(2 / 3)
    assert values(found.figure("unit", "z").estimates, "positive_agreement") == 1
    assert "1 unit(s) have fewer than two ratings" in found.notes[0]


def test_ratings_without_any_pair_are_an_error() -> None:
    with pytest.raises(InputError, match="none of 2 units has two"):
        measure_ratings(rating_table([("x", ""), ("", "y")]), QUICK)

"""Who was in touch, who knew of what, when first, how long not, and in which order."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from finding_making import made_case, passage
from journey_making import WIDTH, event, found, journey, mention

from workbench.findings import journey_problems
from workbench.findings.journey.sequences import sign_test
from workbench.records import Valence
from workbench.records.journey import Journey, date_bounds

ALCOHOL, VOICE = "alcohol_misuse", "ap_voice"


def test_a_kind_of_agency_is_in_touch_once_a_case_however_often_it_came() -> None:
    cases = [made_case("a"), made_case("b"), made_case("c")]
    journeys = [
        journey("a", mentions=[mention("a", 0), mention("a", 200)]),
        journey("b", mentions=[mention("b", 0, is_contact=False)]),
        journey("c", mentions=[mention("c", 0)]),
    ]
    finding = found(cases, journeys)["agency-in-touch-police"]
    assert (finding.numerator, finding.denominator, finding.case_ids) == (2, 3, ("a", "c"))
    assert len(finding.coding_ids) == 3


def test_an_agency_knows_of_a_factor_only_in_the_same_sentence_and_with_a_contact() -> None:
    inside, outside = passage("a", ALCOHOL, 20), passage("b", ALCOHOL, WIDTH + 20)
    without = passage("c", ALCOHOL, 20)
    cases = [made_case(c, [p]) for c, p in zip("abc", (inside, outside, without), strict=True)]
    journeys = [
        journey("a", mentions=[mention("a", 0)]),
        journey("b", mentions=[mention("b", 0)]),
        journey("c", mentions=[mention("c", 0, is_contact=False)]),
    ]
    codings = {each.coding_id: each for each in (inside, outside, without)}
    findings = found(cases, journeys, codings)
    finding = findings["agency-factor-police-alcohol_misuse"]
    assert (finding.case_ids, finding.coding_ids) == (("a",), (inside.coding_id,))
    assert journey_problems(tuple(findings.values()), cases, journeys, codings) == ()


def test_practice_stands_with_an_agency_for_better_and_for_worse() -> None:
    bad = passage("a", VOICE, 20, valence=Valence.NEGATIVE)
    good = passage("b", VOICE, 20, valence=Valence.POSITIVE)
    cases = [made_case("a", [bad]), made_case("b")]
    journeys = [
        journey("a", mentions=[mention("a", 0, is_contact=False)]),
        journey("b", mentions=[mention("b", 0)]),
    ]
    codings = {bad.coding_id: bad, good.coding_id: good}
    findings = found(cases, journeys, codings)
    assert findings["agency-failing-police-ap_voice"].case_ids == ("a",)
    assert findings["agency-good-police-ap_voice"].case_ids == ("b",)
    assert "agency-factor-police-ap_voice" not in findings
    assert journey_problems(tuple(findings.values()), cases, journeys, codings) == ()


@pytest.mark.parametrize(
    ("date", "span"),
    [
        ("2015-06-01", "over-5-years"),
        ("2021-03", "1-to-5-years"),
        ("2022-03-01", "6-to-12-months"),
        ("2022-10-20", "last-month"),
        ("2022", ""),  # the year leaves open whether it was a month or ten before
        ("2021", ""),
    ],
)
def test_the_first_contact_falls_into_a_span_only_without_doubt(date: str, span: str) -> None:
    made = journey("a", [event("a", date, 0, ["police"])], incident="2022-11-05")
    spans = {
        name.removeprefix("first-contact-police-")
        for name in found([made_case("a")], [made])
        if name.startswith("first-contact-police-")
    }
    assert spans == ({span} if span else set())


def test_a_contact_after_the_incident_is_no_contact_before_it() -> None:
    made = journey(
        "a",
        [event("a", "2021-01-02", 0, ["education"]), event("a", "2023-01-02", 200, ["police"])],
        incident="2022-11-05",
    )
    assert [each.kinds for each in made.dated_contacts] == [("education",)]
    assert not any(
        name.startswith("first-contact-police") for name in found([made_case("a")], [made])
    )


@pytest.mark.parametrize(
    ("date", "band"),
    [
        ("2009-05-01", "before-birth"),
        ("2010-03-01", "under-1"),
        ("2016-03-01", "5-to-10"),
        ("2010-01-10", ""),  # before or after the birth in January 2010
        ("2026-06", "16-to-17"),
    ],
)
def test_the_age_at_the_first_contact_follows_from_what_is_known_of_the_birth(
    date: str, band: str
) -> None:
    made = journey("a", [event("a", date, 0, ["police"])], birth="2010-01")
    bands = {
        name.removeprefix("first-contact-age-police-")
        for name in found([made_case("a")], [made])
        if name.startswith("first-contact-age-police-")
    }
    assert bands == ({band} if band else set())


def test_a_time_without_contact_is_only_as_long_as_the_dates_make_sure() -> None:
    made = journey(
        "a",
        [
            event("a", "2021-01-10", 0, ["police"]),
            event("a", "2021-03", 200, ["education"]),  # on some day of March
            event("a", "2021-06-01", 400, ["police"]),
            event("a", "2021-05-01", 600),  # no agency: no contact
        ],
    )
    gap = made.longest_gap()
    assert gap is not None
    assert (gap.n_days, gap.before.date, gap.after.date) == (62, "2021-03", "2021-06-01")


def test_a_long_stay_that_covers_later_contacts_leaves_no_gap_inside_it() -> None:
    long = replace(event("a", "2021-01-01", 0, ["police"]), date="2021-01/2021-12")
    made = journey(
        "a", [long, event("a", "2021-02-01", 200, ["police"]),
              event("a", "2022-01-10", 400, ["police"])],
    )  # fmt: skip
    gap = made.longest_gap()
    assert gap is not None
    assert gap.n_days == 10
    assert journey("a", [event("a", "2021-01-01", 0, ["police"])]).longest_gap() is None


def test_gaps_and_last_contacts_count_cases_of_those_that_date_them() -> None:
    near = journey(
        "a",
        [event("a", "2022-01-01", 0, ["police"]), event("a", "2022-11-01", 200, ["police"]),
         event("a", "2022-11-05", 400, ["police"])],
        incident="2022-11-05",
    )  # fmt: skip
    undated = journey("b", mentions=[mention("b", 0)], incident="2022-11-05")
    cases = [made_case("a"), made_case("b")]
    findings = found(cases, [near, undated])
    assert findings["contact-gap-180"].numerator == findings["contact-gap-180"].denominator == 1
    assert findings["contact-gap-365"].numerator == 0
    # The police that came to the incident are no contact before it.
    assert (findings["last-contact-7"].numerator, findings["last-contact-7"].denominator) == (1, 1)
    assert journey_problems(tuple(findings.values()), cases, [near, undated], {}) == ()


def ordered(case_id: str, first: str, second: str, days: tuple[str, str]) -> Journey:
    kinds = (first, second)
    return journey(
        case_id,
        [event(case_id, day, 200 * n, [kind]) for n, (day, kind) in
         enumerate(zip(days, kinds, strict=True))],
    )  # fmt: skip


def test_an_order_counts_only_where_the_dates_are_strictly_apart() -> None:
    days = [("2020-01-05", "2020-02-01"), ("2020-01", "2020-02"), ("2020-01", "2020-01-20"),
            ("2020", "2020-05"), ("2019", "2020-05")]  # fmt: skip
    cases = [made_case(f"c{n}") for n in range(6)]
    journeys = [ordered(f"c{n}", "police", "education", each) for n, each in enumerate(days)]
    journeys.append(ordered("c5", "education", "police", ("2020-01-05", "2020-02-01")))
    findings = found(cases, journeys)
    finding = findings["sequence-contact_police-then-contact_education"]
    assert (finding.numerator, finding.denominator) == (3, 4)
    assert dict(finding.statistics) == {"n_reverse": 1.0, "n_unclear": 2.0, "exploratory": 1.0}
    assert "Exploratory" in finding.note
    assert journey_problems(tuple(findings.values()), cases, journeys, {}) == ()


@pytest.mark.parametrize(
    ("n", "critical"), [(6, 0), (8, 0), (9, 1), (11, 1), (12, 2), (15, 3), (20, 5), (25, 7)]
)
def test_the_sign_test_has_the_published_critical_values(n: int, critical: int) -> None:
    # Two-sided 5 % points: Dixon and Mood (1946), J. Am. Stat. Assoc. 41(236), table 1.
    assert sign_test(critical, n - critical) <= 0.05 < sign_test(critical + 1, n - critical - 1)
    assert sign_test(critical, n - critical) == sign_test(n - critical, critical)


def test_without_any_order_nothing_is_tested() -> None:
    assert sign_test(0, 0) == 1.0


def test_shuffled_dates_give_false_discoveries_at_or_under_the_nominal_rate() -> None:
    draw, n_data_sets, n_false = random.Random(6), 200, 0
    kinds = ("police", "primary_care", "education")
    cases = [made_case(f"c{n:02}") for n in range(24)]
    for _ in range(n_data_sets):
        journeys = []
        for case in cases:
            days = draw.sample([f"2020-{month:02}-05" for month in range(1, 13)], len(kinds))
            journeys.append(
                journey(
                    case.case_id,
                    [event(case.case_id, day, 200 * n, [kinds[n]]) for n, day in enumerate(days)],
                )
            )
        q = [each.q_value for each in found(cases, journeys).values() if each.measure == "sequence"]
        n_false += any(value is not None and value <= 0.05 for value in q)
    # All are null: any discovery is false. 5 % of 200 is 10; 18 is its 99 % point.
    assert n_false <= 18


def test_a_real_order_is_found() -> None:
    cases = [made_case(f"c{n:02}") for n in range(12)]
    journeys = [
        ordered(case.case_id, "police", "education", ("2020-01-05", "2020-02-01")) for case in cases
    ]
    finding = found(cases, journeys)["sequence-contact_police-then-contact_education"]
    assert finding.q_value is not None
    assert finding.q_value < 0.001


def test_the_order_of_the_cases_changes_nothing() -> None:
    cases = [made_case("a"), made_case("b")]
    journeys = [journey(c, [event(c, "2020-01-05", 0, ["police"])]) for c in "ab"]
    assert found(cases, journeys) == found(cases[::-1], journeys[::-1])


def test_a_changed_number_or_passage_is_seen() -> None:
    cases = [made_case("a"), made_case("b")]
    journeys = [journey(c, mentions=[mention(c, 0)]) for c in "ab"]
    finding = found(cases, journeys)["agency-in-touch-police"]
    for wrong in (
        replace(finding, numerator=1, case_ids=("a",), estimate=0.5),
        replace(finding, denominator=3, estimate=2 / 3),
        replace(finding, estimate=0.9),
        replace(finding, coding_ids=("no such passage",)),
    ):
        assert journey_problems((wrong,), cases, journeys, {})


@pytest.mark.parametrize(
    ("iso", "bounds"),
    [
        ("2020-02-29", ("2020-02-29", "2020-02-29")),
        ("2020-02", ("2020-02-01", "2020-02-29")),
        ("2020", ("2020-01-01", "2020-12-31")),
        ("2019-21", ("2019-03-01", "2019-05-31")),
        ("2019-24", ("2019-12-01", "2020-02-29")),
        ("2019-05/2020", ("2019-05-01", "2020-12-31")),
        ("", None),
        ("2021-02-30", None),
        ("soon", None),
    ],
)
def test_a_date_means_every_day_that_its_precision_leaves(
    iso: str, bounds: tuple[str, str] | None
) -> None:
    found_bounds = date_bounds(iso)
    assert (found_bounds and tuple(day.isoformat() for day in found_bounds)) == bounds

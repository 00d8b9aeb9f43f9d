"""Counts of incidents: of those that say it, with the silent beside, and against the hours."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from finding_making import CODEBOOK
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import CalendarError
from workbench.findings.incidents import incident_findings, incident_problems, read_calendar
from workbench.findings.incidents.counts import values_of
from workbench.records import (
    CalendarPeriod,
    Case,
    FactBasis,
    Finding,
    IncidentFact,
    IncidentField,
    Standing,
)

F = IncidentField


def document_id(number: int) -> str:
    return f"{number:012x}".ljust(64, "0")


def case(number: int) -> Case:
    return Case(
        case_id=f"case-{number:03d}", title=f"Case {number}", review_type="",
        document_ids=(document_id(number),), people=(), states=(), n_segments=1, n_words=1,
    )  # fmt: skip


def fact(number: int, field: IncidentField, value: str, **more: Any) -> IncidentFact:
    start = 10 * list(IncidentField).index(field)
    fields: dict[str, Any] = {
        "field": field, "value": value, "basis": FactBasis.STATED, "standing": Standing.VALUE,
        "score": 0.9, "document_id": document_id(number), "segment": 0, "start_char": start,
        "end_char": start + 5, "text": "words",
    } | more  # fmt: skip
    return IncidentFact(**fields)


def found(
    *of_cases: list[IncidentFact],
    n_silent: int = 0,
    calendar: Sequence[CalendarPeriod] = (),
) -> dict[str, Finding]:
    cases = [case(number) for number in range(len(of_cases) + n_silent)]
    incidents = {case(number).case_id: facts for number, facts in enumerate(of_cases)}
    made = incident_findings(cases, incidents, CODEBOOK, calendar=calendar)
    assert incident_problems(made, cases, incidents) == ()
    return {finding.finding_id: finding for finding in made}


def test_a_share_is_of_the_cases_that_state_it_and_the_silent_stand_beside() -> None:
    findings = found(
        [fact(0, F.PLACE, "park")], [fact(1, F.PLACE, "park")], [fact(2, F.PLACE, "workplace")],
        n_silent=7,
    )  # fmt: skip
    stated, park = findings["incident-place"], findings["incident-place__park"]
    assert (stated.numerator, stated.denominator) == (3, 10)
    assert (park.numerator, park.denominator) == (2, 3)
    # Wilson (1927), by the formula: 2 of 3 gives 0.2077 to 0.9385.
    assert (park.low, park.high) == pytest.approx((0.2077, 0.9385), abs=5e-5)
    assert park.case_ids == ("case-000", "case-001")
    assert park.coding_ids == (
        fact(0, F.PLACE, "park").coding_id, fact(1, F.PLACE, "park").coding_id,
    )  # fmt: skip


def test_what_differs_is_never_counted() -> None:
    findings = found(
        [fact(0, F.PLACE, "park"), fact(0, F.PLACE, "workplace", standing=Standing.DIFFERS)]
    )
    assert "incident-place__workplace" not in findings


def test_a_case_counts_once_for_a_value_and_may_have_several() -> None:
    findings = found(
        [fact(0, F.METHOD, "shooting", person_id="A"), fact(0, F.METHOD, "shooting", person_id="B"),
         fact(0, F.METHOD, "drowning", person_id="C")],
    )  # fmt: skip
    assert findings["incident-method__shooting"].numerator == 1
    assert findings["incident-method"].numerator == 1
    assert findings["incident-method__drowning"].denominator == 1


def test_bands_are_compared_by_the_hours_that_they_have() -> None:
    of_cases = [[fact(n, F.TIME_BAND, "16-19")] for n in range(6)]
    of_cases += [[fact(n, F.TIME_BAND, "19-24")] for n in range(6, 10)]
    statistics = dict(found(*of_cases)["incident-time_band__16-19"].statistics)
    # 6 in 3 hours against 4 in the other 21: 2 an hour against 4/21, a ratio of 10.5.
    assert statistics["hours"] == 3
    assert statistics["rate_ratio"] == pytest.approx(10.5)
    assert statistics["rate_ratio_low"] < 10.5 < statistics["rate_ratio_high"]


def test_no_ratio_where_a_case_is_in_two_bands() -> None:
    findings = found(
        [fact(0, F.TIME_BAND, "16-19", person_id="A"), fact(0, F.TIME_BAND, "19-24", person_id="B")]
    )
    assert findings["incident-time_band__16-19"].statistics == ()


def told(number: int, band: str, day: str, kind: str, calendar: str) -> list[IncidentFact]:
    return [
        fact(number, F.TIME_BAND, band), fact(number, F.WEEKDAY, day),
        fact(number, F.DAY_TYPE, kind), fact(number, F.SCHOOL_CALENDAR, calendar),
    ]  # fmt: skip


def test_the_grid_counts_days_by_hours_where_both_are_said() -> None:
    findings = found(
        told(0, "16-19", "monday", "weekday", "term"),
        told(1, "16-19", "tuesday", "weekday", "school_holiday"),
        told(2, "00-06", "saturday", "weekend", "term"),
        [fact(3, F.TIME_BAND, "16-19")],
    )
    assert findings["incident-when"].numerator == 3
    assert findings["incident-when__weekday-16-19"].numerator == 2
    assert findings["incident-when__monday-16-19"].numerator == 1
    assert findings["incident-when__saturday-00-06"].denominator == 3
    after = findings["incident-after-school__inside"]
    assert (after.numerator, after.denominator) == (1, 3)


def test_band_and_day_of_two_subjects_are_not_mixed() -> None:
    findings = found(
        [fact(0, F.TIME_BAND, "16-19", person_id="A"), fact(0, F.WEEKDAY, "monday", person_id="B")]
    )
    assert "incident-when" not in findings


def test_no_case_states_nothing_and_no_finding_is_made() -> None:
    assert found([], n_silent=3) == {}


def test_every_value_of_the_codebook_has_a_place_in_the_order() -> None:
    assert values_of(F.TIME_BAND, CODEBOOK) == ("00-06", "06-09", "09-16", "16-19", "19-24")
    assert values_of(F.DAY_TYPE, CODEBOOK) == ("weekday", "weekend")
    assert "not_stated" not in values_of(F.PLACE, CODEBOOK)


@given(st.lists(st.sampled_from(["park", "workplace", ""]), max_size=8))
def test_values_and_silence_share_the_cases_out(places: list[str]) -> None:
    of_cases = [[fact(n, F.PLACE, place)] if place else [] for n, place in enumerate(places)]
    findings = found(*of_cases)
    counted = [f.numerator for key, f in findings.items() if key.startswith("incident-place__")]
    n_stated = findings["incident-place"].numerator if counted else 0
    assert sum(counted) == n_stated == sum(map(bool, places))


def test_term_and_holiday_are_compared_by_their_days() -> None:
    calendar = [
        CalendarPeriod(
            area="", kind=kind, name=kind, first=date.fromisoformat(first),
            last=date.fromisoformat(last),
        )
        for kind, first, last in (
            ("term", "2023-01-01", "2023-03-31"), ("school_holiday", "2023-04-01", "2023-04-10"),
        )
    ]  # fmt: skip
    days = ["2023-01-05", "2023-02-05", "2023-03-05", "2023-04-02", "2023-04-03"]
    of_cases = [
        [fact(n, F.DATE, day),
         fact(n, F.SCHOOL_CALENDAR, kind, basis=FactBasis.CALENDAR,
              explanation=f"{kind} (all areas)")]
        for n, day in enumerate(days)
        for kind in ["school_holiday" if day > "2023-03-31" else "term"]
    ]  # fmt: skip
    said = [fact(5, F.DATE, "2023-01-09"), fact(5, F.SCHOOL_CALENDAR, "term")]
    findings = found(*of_cases, said, calendar=calendar)
    holiday = findings["incident-school-days-1__school-holiday"]
    # 2 in 10 days against 3 in the 90 of term: 0.2 / (3 / 90) = 6.
    assert (holiday.numerator, holiday.denominator) == (2, 5)
    assert dict(holiday.statistics)["days"] == 10
    assert dict(holiday.statistics)["rate_ratio"] == pytest.approx(6.0)
    assert findings["incident-school-days-1"].numerator == 5


def calendar_file(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "calendar.csv"
    path.write_text("\n".join(("area,kind,name,first,last", *lines)) + "\n", encoding="utf-8")
    return path


def test_a_calendar_is_read_as_it_is_given(tmp_path: Path) -> None:
    periods = read_calendar(
        calendar_file(
            tmp_path,
            "Stannery,school_holiday,autumn half-term,2023-10-23,2023-10-27",
            ",term,autumn,2023-09-04,2023-12-20",  # overlaps, but of another area
        )
    )
    assert [(p.area, p.kind, p.last.isoformat()) for p in periods] == [
        ("Stannery", "school_holiday", "2023-10-27"), ("", "term", "2023-12-20"),
    ]  # fmt: skip


def test_every_problem_of_a_calendar_is_named_at_once(tmp_path: Path) -> None:
    path = calendar_file(
        tmp_path,
        "Stannery,vacation,half-term,2023-10-23,2023-10-27",
        "Stannery,term,,2023-10-28,soon",
        "Stannery,term,backwards,2023-12-20,2023-09-04",
        "Stannery,term,autumn,2023-09-04,2023-12-20",
        "STANNERY,school_holiday,half-term,2023-10-23,2023-10-27",
    )
    with pytest.raises(CalendarError) as caught:
        read_calendar(path)
    assert list(caught.value.problems) == [
        "line 2: kind is 'vacation': term or school_holiday is needed",
        "line 3: the period has no name",
        "line 3: last is 'soon': a day such as 2023-10-23 is needed",
        "line 4: backwards ends on 2023-09-04, before it begins on 2023-12-20",
        "area stannery: autumn (2023-09-04 to 2023-12-20) and half-term (2023-10-23 to "
        "2023-10-27) overlap",
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("area,kind\nA,term\n", "needs the columns"),
        ("area,kind,name,first,last\n", "no line but its head"),
    ],
)
def test_a_file_that_is_no_calendar_is_refused(tmp_path: Path, text: str, problem: str) -> None:
    path = tmp_path / "calendar.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CalendarError, match=problem):
        read_calendar(path)

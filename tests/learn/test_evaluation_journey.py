"""Dated events and agencies are held against the truth without excuses."""

from __future__ import annotations

from dataclasses import replace

import pytest
from evaluation_examples import make_truth
from evaluation_systems import perfect_reading

from workbench.learn.evaluation.journey.agencies import agency_section, n_same
from workbench.learn.evaluation.journey.events import chronology_section, match_events
from workbench.learn.evaluation.journey.names import same_agency
from workbench.learn.evaluation.pooling import Bootstrap, EvaluationSettings
from workbench.learn.matching.comparison import compare
from workbench.learn.truth_records import TruthEvent
from workbench.records import DateBasis, DatedEvent, DatePrecision, Reading
from workbench.records.journey import Agency, Journey, JourneyEvent

TRUTH = make_truth(
    chronology=(
        TruthEvent(
            date="2019-05", precision="month", event="Wren moves", agencies=("Marl Council",)
        ),
        TruthEvent(date="2020-02-01", precision="day", event="Kit is seen", agencies=("GP",)),
    ),
    agencies=("Marl Council", "GP practice", "Marl Police"),
)  # fmt: skip
READING = perfect_reading(TRUTH)


def agency(name: str, number: int, *aliases: str) -> Agency:
    return Agency(
        document_id=READING.document.document_id, agency_id=f"A{number}", kind="other", name=name,
        is_named=True, aliases=aliases, start_char=0, end_char=1,
    )  # fmt: skip


def journey(names: tuple[str, ...], reading: Reading = READING) -> dict[str, Journey]:
    events = tuple(
        JourneyEvent(
            document_id=event.document_id, segment=event.segment, start_char=event.start_char,
            end_char=event.end_char, text=event.text, date=event.date, precision=event.precision,
            printed=event.printed, agencies=(name,),
        )
        for event, name in zip(reading.events, ("The Council", "Vale Police"), strict=True)
    )  # fmt: skip
    agencies = tuple(agency(name, n) for n, name in enumerate(names, 1))
    made = Journey(case_id="T1", agencies=agencies, mentions=(), events=events)
    return {reading.document.document_id: made}


def figures(reading: Reading, names: tuple[str, ...] = ()) -> dict[str, float | None]:
    compared = [compare(TRUTH, reading)]
    bootstrap, journeys = Bootstrap(["X"], EvaluationSettings()), journey(names)
    sections = (
        chronology_section(compared, bootstrap, journeys),
        agency_section(compared, bootstrap, journeys),
    )
    return {measure.key: measure.value for section in sections for measure in section.measures}


def test_all_events_with_their_dates_are_found() -> None:
    found = figures(READING)
    assert (found["chronology.all.f1"], found["chronology.told.recall"]) == (1.0, 1.0)


def test_a_wrong_precision_is_a_miss_and_a_date_too_many() -> None:
    first, second = READING.events
    made_up = replace(first, date="2019-05-01", precision=DatePrecision.DAY)
    found = figures(replace(READING, events=(made_up, second)))
    assert found["chronology.all.recall"] == found["chronology.all.precision"] == 0.5


def test_the_agency_of_an_event_is_right_in_short_and_wrong_when_it_is_another() -> None:
    assert figures(READING)["chronology.agency"] == 0.5


def test_each_event_of_the_truth_takes_one_record_with_most_words_in_common() -> None:
    records = [
        DatedEvent(
            document_id="d", segment=n, date="2020-02-01", precision=DatePrecision.DAY,
            basis=DateBasis.PRINTED, printed="", text=text, start_char=n, end_char=n + 1,
        )
        for n, text in enumerate(["Wren is born", "Kit is seen by the nurse"])
    ]  # fmt: skip
    wanted = TruthEvent(date="2020-02-01", precision="day", event="Kit seen by nurse")
    matched = match_events([wanted, wanted, wanted], records)
    assert [record.segment for _, record in matched.pairs] == [1, 0]
    assert (len(matched.missed), len(matched.spare)) == (1, 0)


def test_agencies_count_once_each() -> None:
    found = figures(READING, ("The Council", "Marl Council", "GP"))
    assert found["agencies.named.precision"] == found["agencies.named.recall"] == 2 / 3
    assert n_same(["Marl Police"], [agency("Marl Constabulary", 1, "Marl Police")]) == 1


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Marl Police", "the police", True),
        ("Department for Work and Pensions", "Department for Work & Pensions", True),
        ("Marl Police", "Vale Police", False),
        ("Marl Police", "the", False),
        ("GP practice", "GP", True),
    ],
)
def test_a_name_and_its_short_form_are_one_agency(one: str, other: str, same: bool) -> None:
    assert same_agency(one, other) is same

"""Facts of a case from all its documents, with people's decisions and the school calendar."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from case_making import codebook, document_id_of, person, reading

from workbench.cases import build_cases
from workbench.cases.incident.settle import incidents_of
from workbench.cases.tables.readings import CASE_TABLE
from workbench.records import (
    Action,
    Assertion,
    CalendarPeriod,
    Decision,
    FactBasis,
    IncidentFact,
    IncidentField,
    Reading,
    SectionRole,
    SegmentKind,
    Shown,
    Standing,
    SubjectRole,
)

CODEBOOK = codebook()
FACTS = SectionRole.FACTS
TEXT = "On Tuesday 24 October 2023 Mara was stabbed in the street in the Borough of Stannery."


def review(name: str, *texts: str) -> Reading:
    return reading(name, [(FACTS, text) for text in texts], people=[person("Mara", name)])


def settled(*readings: Reading, **more: Any) -> tuple[IncidentFact, ...]:
    """The facts of the one case that these documents are put into."""
    linked = {each.document.document_id: "the case" for each in readings}
    cases = build_cases(readings, CODEBOOK, linked)
    by_id = {each.document.document_id: each for each in readings}
    return incidents_of(cases, by_id, CODEBOOK, **more)[cases[0].case_id]


def of_field(facts: tuple[IncidentFact, ...], field: IncidentField) -> list[tuple[str, Standing]]:
    return [(fact.value, fact.standing) for fact in facts if fact.field is field]


def decide(value: str, coder: str = "anna", **more: Any) -> Decision:
    fields: dict[str, Any] = {
        "document_id": document_id_of("a"), "segment": 0, "start_char": 0, "end_char": len(TEXT),
        "text": TEXT, "coder": coder, "decided_at": "2026-02-28T10:15:00+00:00",
        "action": Action.ADD, "shown": Shown.BLIND, "code_id": "incident_place",
        "assertion": Assertion.AFFIRMED, "subject_role": SubjectRole.NOT_APPLICABLE,
        "value": value,
    } | more  # fmt: skip
    return Decision(**fields)


def places(*decisions: Decision) -> dict[str, Standing]:
    facts = settled(review("a", TEXT), decisions={document_id_of("a"): decisions})
    return dict(of_field(facts, IncidentField.PLACE))


def test_documents_of_one_case_agree_or_differ_and_one_value_counts() -> None:
    facts = settled(
        review("a", TEXT, "He was taken to hospital."),
        review("b", "Mara was stabbed in the street in October 2023."),
        review("c", "Mara was stabbed in a park."),
    )
    told = of_field(facts, IncidentField.PLACE)
    assert told.count(("street_or_open_space", Standing.VALUE)) == 1
    assert ("street_or_open_space", Standing.AGREES) in told
    assert ("park", Standing.DIFFERS) in told
    assert [value for value, s in of_field(facts, IncidentField.DATE) if s is Standing.VALUE] == [
        "2023-10-24"
    ]
    assert ("2023-10", Standing.AGREES) in of_field(facts, IncidentField.DATE)


def test_a_persons_choice_goes_before_the_rules_and_theirs_stays_visible() -> None:
    assert places(decide("park")) == {
        "park": Standing.VALUE, "street_or_open_space": Standing.DIFFERS,
    }  # fmt: skip


def test_a_choice_that_agrees_takes_the_place_of_the_rules() -> None:
    facts = settled(
        review("a", TEXT), decisions={document_id_of("a"): [decide("street_or_open_space")]}
    )
    counted = [f for f in facts if f.field is IncidentField.PLACE and f.standing is Standing.VALUE]
    assert [(fact.basis, fact.score) for fact in counted] == [(FactBasis.HUMAN, 1.0)]
    # Coders choose values, not words: the choice stands at the words that say it.
    (choice,) = counted
    assert choice.text == "in the street"
    assert choice.explanation == "chosen by anna; the words are those found to say so"
    (plain,) = (
        f for f in settled(review("a", TEXT), decisions={document_id_of("a"): [decide("park")]})
        if f.basis is FactBasis.HUMAN
    )  # fmt: skip
    assert (plain.text, plain.explanation) == (TEXT, "chosen by anna")  # no words say it


def test_not_stated_takes_the_value_away() -> None:
    assert places(decide("not_stated")) == {"street_or_open_space": Standing.DIFFERS}


def test_coders_who_differ_leave_the_rules_and_are_shown() -> None:
    assert places(decide("park"), decide("workplace", "ben")) == {
        "street_or_open_space": Standing.VALUE,
        "park": Standing.DIFFERS,
        "workplace": Standing.DIFFERS,
    }


def test_an_adjudicator_settles_what_coders_differ_on() -> None:
    first, second = decide("park"), decide("workplace", "ben")
    settles = (first.decision_id, second.decision_id)
    third = decide("workplace", "chair", settles=settles)
    assert places(first, second, third)["workplace"] is Standing.VALUE
    assert places(first, second, third)["street_or_open_space"] is Standing.DIFFERS


def test_a_value_of_another_field_or_codebook_is_passed_over() -> None:
    assert places(decide("moon")) == {"street_or_open_space": Standing.VALUE}
    facts = settled(
        review("a", TEXT),
        decisions={
            document_id_of("a"): [decide("time_band=16-19", code_id="incident_time")],
        },
    )
    assert of_field(facts, IncidentField.TIME_BAND) == [("16-19", Standing.VALUE)]
    assert of_field(facts, IncidentField.DAY_TYPE)[0] == ("weekday", Standing.VALUE)


def period(kind: str, first: str, last: str, area: str = "") -> CalendarPeriod:
    return CalendarPeriod(
        area=area, kind=kind, name=f"{kind} from {first}", first=date.fromisoformat(first),
        last=date.fromisoformat(last),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("calendar", "wanted"),
    [
        pytest.param([], [], id="no calendar, no guess"),
        pytest.param(
            [period("school_holiday", "2023-10-23", "2023-10-27", "Stannery")],
            [("school_holiday", Standing.VALUE)], id="of the area",
        ),
        pytest.param(
            [period("term", "2023-10-01", "2023-12-20"),
             period("school_holiday", "2023-10-23", "2023-10-27", "Stannery")],
            [("school_holiday", Standing.VALUE)], id="the area before all areas",
        ),
        pytest.param(
            [period("term", "2023-10-01", "2023-12-20")], [("term", Standing.VALUE)],
            id="all areas",
        ),
        pytest.param(
            [period("term", "2023-10-01", "2023-12-20", "Elsewhere")], [], id="another area",
        ),
        pytest.param(
            [period("term", "2023-11-01", "2023-12-20")], [], id="a day in no period",
        ),
    ],
)  # fmt: skip
def test_term_or_holiday_by_the_calendar_that_is_given(
    calendar: list[CalendarPeriod], wanted: list[tuple[str, Standing]]
) -> None:
    facts = settled(review("a", TEXT), calendar=calendar)
    assert of_field(facts, IncidentField.SCHOOL_CALENDAR) == wanted


def test_a_calendar_that_contradicts_the_text_stands_beside_it() -> None:
    facts = settled(
        review("a", TEXT.replace("stabbed", "stabbed on her way home from school")),
        calendar=[period("school_holiday", "2023-10-23", "2023-10-27")],
    )
    assert of_field(facts, IncidentField.SCHOOL_CALENDAR) == [
        ("term", Standing.VALUE), ("school_holiday", Standing.DIFFERS),
    ]  # fmt: skip


def of_two(review_type: str) -> Reading:
    """A review with a part for each of two children, each hurt on a day of their own."""
    people = [
        person(name, "several", person_id=name, role=SubjectRole.INDEX_CHILD)
        for name in ("Ada", "Bo")
    ]
    texts = (
        "Ada", "On 3 May 2021 Ada was stabbed in a park.",
        "Bo", "On 4 June 2022 Bo was shot on a bus.",
    )  # fmt: skip
    made = reading(
        "several", [(FACTS, text) for text in texts], people=people, review_type=review_type
    )
    segments = tuple(
        replace(
            segment,
            kind=SegmentKind.HEADING if segment.text in ("Ada", "Bo") else segment.kind,
            level=1 if segment.text in ("Ada", "Bo") else 0,
            section_path=("Ada",) if segment.ordinal == 1 else ("Bo",) if segment.ordinal == 3
            else (),
        )
        for segment in made.segments
    )  # fmt: skip
    return replace(made, segments=segments)


def decided_of_ada(plain: Reading) -> dict[str, list[Decision]]:
    words = plain.segments[1]
    chosen = decide(
        "street_or_open_space", document_id=document_id_of("several"), segment=1, text=words.text,
        start_char=words.start_char, end_char=words.end_char,
    )  # fmt: skip
    return {document_id_of("several"): [chosen]}


def test_each_person_of_a_thematic_review_has_the_facts_of_their_own_case() -> None:
    plain = of_two("thematic_review")
    cases = build_cases([plain], CODEBOOK)
    by_id = {plain.document.document_id: plain}
    told = [_told(facts) for facts in incidents_of(cases, by_id, CODEBOOK).values()]
    assert told == [
        {("", "sharp_instrument"), ("", "park")},
        {("", "shooting"), ("", "transport_hub_or_vehicle")},
    ]  # fmt: skip
    decided = incidents_of(cases, by_id, CODEBOOK, decided_of_ada(plain))
    assert [_told(facts) for facts in decided.values()] == [
        {("", "sharp_instrument"), ("", "street_or_open_space")}, told[1],
    ]  # fmt: skip


def test_subjects_with_parts_of_their_own_have_facts_of_their_own() -> None:
    plain = of_two("serious_case_review")
    assert _told(settled(plain)) == {
        ("Ada", "sharp_instrument"), ("Ada", "park"), ("Bo", "shooting"),
        ("Bo", "transport_hub_or_vehicle"),
    }  # fmt: skip
    decided = settled(plain, decisions=decided_of_ada(plain))
    assert _told(decided) == {
        ("Ada", "sharp_instrument"), ("Ada", "street_or_open_space"), ("Bo", "shooting"),
        ("Bo", "transport_hub_or_vehicle"),
    }  # fmt: skip
    assert plain.segments[3].text not in {fact.text for fact in decided}


def _told(facts: tuple[IncidentFact, ...]) -> set[tuple[str, str]]:
    return {
        (fact.person_id, fact.value)
        for fact in facts
        if fact.field in (IncidentField.METHOD, IncidentField.PLACE)
        and fact.standing is Standing.VALUE
    }


def test_a_case_of_a_table_has_no_facts() -> None:
    made = review("a", TEXT)
    table = replace(made, document=replace(made.document, producer=CASE_TABLE))
    cases = build_cases([table], CODEBOOK, {})
    assert incidents_of(cases, {table.document.document_id: table}, CODEBOOK) == {}


def test_the_order_of_documents_does_not_matter() -> None:
    documents = [review("a", TEXT), review("b", "Mara was stabbed in a park."), review("c", TEXT)]
    assert settled(*documents) == settled(*reversed(documents))


def test_a_fact_without_a_value_cannot_be_built() -> None:
    (fact, *_) = settled(review("a", TEXT))
    with pytest.raises(ValueError, match="needs a value that is stated"):
        IncidentFact(**{name: getattr(fact, name) for name in fact.__dataclass_fields__}
                     | {"value": "not_stated"})  # fmt: skip


def test_not_stated_on_one_text_does_not_undo_the_value_on_another() -> None:
    silent = decide("not_stated", segment=1, start_char=90, end_char=94, text="Mara")
    facts = settled(
        review("a", TEXT, "Mara lived alone."),
        decisions={document_id_of("a"): [decide("park"), silent, decide("park", "ben")]},
    )
    assert dict(of_field(facts, IncidentField.PLACE))["park"] is Standing.VALUE

"""Incident facts against a truth: what is right, what is rightly unsaid, and what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from evaluation_examples import make_truth
from evaluation_systems import perfect_case, perfect_reading

from workbench.learn.evaluation import Evaluation, evaluate
from workbench.records import FactBasis, IncidentFact, IncidentField, Standing

F = IncidentField
TRUTH = {
    "method": "sharp_instrument",
    "place": "street_or_open_space",
    "place_also": ["shop_or_takeaway"],
    "time_band": "16-19",
    "day_type": "not_stated",
    "school_calendar": "not_applicable",
    "relationship": "stranger",
    "date": "2023-10-14",
}


def fact(field: IncidentField, value: str, **more: Any) -> IncidentFact:
    fields: dict[str, Any] = {
        "field": field, "value": value, "basis": FactBasis.STATED, "standing": Standing.VALUE,
        "score": 0.9, "document_id": "d", "segment": 0, "start_char": 0, "end_char": 5,
        "text": "words",
    } | more  # fmt: skip
    return IncidentFact(**fields)


def measured(*facts: IncidentFact, truth: Mapping[str, object] | None = None) -> Evaluation:
    wanted = replace(make_truth(), incident=truth or TRUTH)
    case = perfect_case([wanted])
    readings = {wanted.truth_id: perfect_reading(wanted)}
    return evaluate(readings, [case], [wanted], incidents={case.case_id: facts})


def figure(evaluation: Evaluation, key: str) -> tuple[float | None, int]:
    measure = evaluation.measure(f"incident.{key}")
    return measure.value, measure.n


def test_silence_is_right_only_where_the_truth_is_silent() -> None:
    nothing = measured()
    assert figure(nothing, "day_type.accuracy") == (1.0, 1)
    assert figure(nothing, "school_calendar.accuracy") == (1.0, 1)
    assert figure(nothing, "method.accuracy") == (0.0, 1)
    assert figure(nothing, "method.precision") == (None, 0)
    assert figure(nothing, "all.recall") == (0.0, 4)


def test_a_value_where_the_truth_is_silent_costs_precision() -> None:
    guessed = measured(fact(F.DAY_TYPE, "weekday"), fact(F.METHOD, "sharp_instrument"))
    assert figure(guessed, "day_type.precision") == (0.0, 1)
    assert figure(guessed, "all.precision") == (0.5, 2)
    assert guessed.measure("incident.all.accuracy").value == pytest.approx(2 / 6)


def test_another_place_that_the_truth_allows_is_right() -> None:
    assert figure(measured(fact(F.PLACE, "shop_or_takeaway")), "place.accuracy") == (1.0, 1)
    assert figure(measured(fact(F.PLACE, "park")), "place.accuracy") == (0.0, 1)


def test_one_of_several_relationships_may_be_the_right_one() -> None:
    both = measured(
        fact(F.RELATIONSHIP, "friend_or_acquaintance"), fact(F.RELATIONSHIP, "stranger")
    )
    assert figure(both, "relationship.accuracy") == (1.0, 1)


def test_what_differs_is_no_statement() -> None:
    beside = measured(fact(F.METHOD, "sharp_instrument", standing=Standing.DIFFERS))
    assert figure(beside, "method.recall") == (0.0, 1)


def test_dates_are_compared_by_their_month() -> None:
    assert figure(measured(fact(F.DATE, "2023-10-15")), "date.precision") == (1.0, 1)
    assert figure(measured(fact(F.DATE, "2023-11-14")), "date.recall") == (0.0, 1)


def test_values_of_several_people_are_compared_as_a_bag() -> None:
    truth = {"method": ["shooting", "shooting", "drowning"]}
    found = measured(
        fact(F.METHOD, "shooting", person_id="A"), fact(F.METHOD, "drowning", person_id="B"),
        fact(F.METHOD, "vehicle", person_id="C"), truth=truth,
    )  # fmt: skip
    assert found.measure("incident.method.accuracy").value == pytest.approx(2 / 3)
    assert found.table("incident.method").columns == (
        "truth \\ system", "drowning", "shooting", "vehicle",
    )  # fmt: skip
    assert found.table("incident.method").rows == (("drowning", 1, 0, 0), ("shooting", 0, 1, 1))

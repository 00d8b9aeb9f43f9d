from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest
from store_records import document_id, make_case, make_reading
from test_decisions import make_decision

from workbench.records import FactBasis, IncidentFact, IncidentField, Standing
from workbench.store.decisions import append_decisions, read_decisions
from workbench.store.readings import save_reading
from workbench.store.repair import repair
from workbench.store.results import read_incidents, replace_cases, replace_incidents
from workbench.store.verify import verify
from workbench.store.workspace import Workspace


def make_fact(**changes: object) -> IncidentFact:
    fact = IncidentFact(
        field=IncidentField.PLACE,
        value="park",
        basis=FactBasis.STATED,
        standing=Standing.VALUE,
        score=0.1 + 0.2,
        document_id=document_id("a"),
        segment=0,
        start_char=0,
        end_char=4,
        text="Alex",
        explanation="in the park",
    )
    return replace(fact, **changes)  # type: ignore[arg-type]


@pytest.fixture
def counted(workspace: Workspace) -> Workspace:
    save_reading(workspace, make_reading("a"))
    replace_cases(workspace, [make_case("a", case_id="A"), make_case("a", case_id="B")])
    return workspace


def test_facts_come_back_as_they_were_and_in_order(counted: Workspace) -> None:
    facts = {"B": (make_fact(), make_fact(value="other", standing=Standing.DIFFERS)), "A": ()}
    replace_incidents(counted, facts)
    assert read_incidents(counted) == {"B": facts["B"]}
    assert verify(counted) == []
    replace_incidents(counted, {"A": (make_fact(),)})
    assert read_incidents(counted) == {"A": (make_fact(),)}


def test_facts_go_with_their_cases(counted: Workspace) -> None:
    replace_incidents(counted, {"A": (make_fact(),)})
    replace_cases(counted, [make_case("a", case_id="A")])
    assert read_incidents(counted) == {}
    assert verify(counted) == []


def test_a_fact_that_was_changed_behind_its_back_is_found_and_taken_away(
    counted: Workspace,
) -> None:
    replace_incidents(counted, {"A": (make_fact(),)})
    with closing(sqlite3.connect(counted.database.path)) as connection, connection:
        connection.execute("UPDATE incident_facts SET value = 'street_or_open_space'")
    assert [line[:15] for line in verify(counted)] == ["incident facts:"]
    repair(counted)
    assert read_incidents(counted) == {}
    assert verify(counted) == []


def test_a_decision_without_a_value_keeps_the_id_that_it_had_before_values() -> None:
    # Computed by the version of the records that had no values.
    assert make_decision().decision_id == "238075f95be378caa1acd8b6ace0cff2"
    assert make_decision(value="park").decision_id != make_decision().decision_id


def test_the_value_of_a_decision_is_kept(workspace: Workspace) -> None:
    decision = make_decision(code_id="incident_place", value="park")
    append_decisions(workspace, [decision])
    assert read_decisions(workspace) == (decision,)
    assert verify(workspace) == []

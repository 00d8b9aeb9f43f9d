from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import text
from store_records import document_id, make_case, make_finding, make_reading

from workbench.errors import StoreError
from workbench.store.readings import save_reading
from workbench.store.results import read_cases, read_findings, replace_cases, replace_findings
from workbench.store.workspace import Workspace


@pytest.fixture
def read(workspace: Workspace) -> Workspace:
    for name in "ab":
        save_reading(workspace, make_reading(name))
    return workspace


def test_cases_come_back_as_they_were_and_in_order(read: Workspace) -> None:
    cases = (make_case("b", "a", case_id="Z"), make_case("a", case_id="A"))
    replace_cases(read, cases)
    assert read_cases(read) == cases


def test_new_cases_take_the_place_of_all_others(read: Workspace) -> None:
    replace_cases(read, [make_case("a", case_id="old"), make_case("b", case_id="kept")])
    kept = replace(make_case("b", case_id="kept"), people=(), states=(), subjects=(), part=None)
    replace_cases(read, [kept])
    assert read_cases(read) == (kept,)
    replace_cases(read, [])
    assert read_cases(read) == ()


def test_a_case_of_an_unknown_document_is_refused_and_the_old_ones_stay(read: Workspace) -> None:
    replace_cases(read, [make_case("a")])
    with pytest.raises(StoreError, match="contradict"):
        replace_cases(read, [make_case("b"), make_case("unknown", case_id="C2")])
    assert read_cases(read) == (make_case("a"),)


def test_a_state_twice_is_refused(read: Workspace) -> None:
    case = make_case("a")
    with pytest.raises(StoreError, match="contradict"):
        replace_cases(read, [replace(case, states=case.states * 2)])


def test_findings_come_back_to_the_last_digit_and_in_order(workspace: Workspace) -> None:
    findings = (make_finding("z"), replace(make_finding("a"), subject_role=None, statistics=()))
    replace_findings(workspace, findings)
    assert read_findings(workspace) == findings
    replace_findings(workspace, findings[:1])
    assert read_findings(workspace) == findings[:1]


def test_a_finding_that_is_no_number_is_refused(workspace: Workspace) -> None:
    replace_findings(workspace, [make_finding()])
    with pytest.raises(StoreError, match="contradict"):
        replace_findings(workspace, [replace(make_finding(), estimate=float("nan"))])
    assert read_findings(workspace) == (make_finding(),)


def test_cases_can_be_asked_in_sql(read: Workspace) -> None:
    replace_cases(read, [make_case("a"), make_case("b", case_id="C2")])
    question = text(
        "SELECT cases.case_id, codings.text FROM cases"
        " JOIN case_states USING (case_id), json_each(case_states.codings_for) AS named"
        " JOIN codings ON codings.coding_id = named.value"
        " WHERE case_states.state = 'present' ORDER BY cases.case_id"
    )
    with read.database.read() as session:
        rows = [tuple(row) for row in session.execute(question)]
    assert rows == [("C1", "Nobody asked Alex 🙂"), ("C2", "Nobody asked Alex 🙂")]


def test_a_document_in_a_case_keeps_its_row(read: Workspace) -> None:
    replace_cases(read, [make_case("a")])
    save_reading(read, make_reading("a"))  # read again: the case stays until it is rebuilt
    assert read_cases(read) == (make_case("a"),)
    assert read_cases(read)[0].document_ids == (document_id("a"),)
